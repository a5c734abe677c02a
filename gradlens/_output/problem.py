"""What a cell shows in place of a view when a file is not there, or cannot be read."""

from __future__ import annotations

import functools
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from .._shared.kernel import shell
from ..errors import MissingFileError, UnreadableFileError

if TYPE_CHECKING:
    from typing_extensions import ParamSpec

    from .view import View

    Arguments = ParamSpec("Arguments")


class Problem:
    """One sentence on what is wrong with a file and what to do; displayed, not raised.

    Args:
        message: The sentence.
    """

    def __init__(self, message: str) -> None:
        self.message = message

    def __repr__(self) -> str:
        return f"GradLens: {self.message}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        html = f'<div class="jp-GradLens-problem" role="alert">{escape(self.message)}</div>'
        return {"text/html": html, "text/plain": repr(self)}


def in_notebook() -> bool:
    """Tell whether an IPython shell runs us: without importing it where it is not."""
    return shell() is not None


def problem_in_notebook(make: Callable[Arguments, View]) -> Callable[Arguments, View | Problem]:
    """Turn a file that is missing or unreadable into a `Problem`: the notebook runs on."""

    @functools.wraps(make)
    def made(*args: Arguments.args, **kwargs: Arguments.kwargs) -> View | Problem:
        try:
            return make(*args, **kwargs)
        except (MissingFileError, UnreadableFileError) as error:
            if not in_notebook():
                raise
            return Problem(str(error))

    return made
