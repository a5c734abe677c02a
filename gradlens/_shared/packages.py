"""Packages that some of what we do needs, and a kernel in a browser may lack."""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from ..errors import MissingPackageError

if TYPE_CHECKING:
    from typing_extensions import ParamSpec

    Arguments = ParamSpec("Arguments")

Made = TypeVar("Made")

_BY_MODULE = {"numpy": "numpy", "PIL": "pillow"}
"""What pip calls them, by the module that is imported."""


def has_pictures() -> bool:
    """Tell whether pictures can be decoded here: with numpy and Pillow."""
    try:
        for module in _BY_MODULE:
            import_module(module)
    except ImportError:
        return False
    return True


def says_what_it_needs(make: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
    """Turn a failed import of numpy or Pillow, however deep inside, into one sentence."""

    @functools.wraps(make)
    def made(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Made:
        try:
            return make(*args, **kwargs)
        except ModuleNotFoundError as error:
            package = _BY_MODULE.get((error.name or "").partition(".")[0])
            if package is None:
                raise
            raise MissingPackageError(
                f"{make.__name__} needs {package} for this, which is not installed here: run "
                f"%pip install {package}. Only pictures given as paths of PNG or JPEG files "
                "do without."
            ) from None

    return made
