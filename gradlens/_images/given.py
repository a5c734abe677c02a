"""The images of `show`: as numpy and Pillow hold them, or without those the paths of files."""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from typing import Any, Protocol

from .._model.fingerprint import fingerprint_of
from .._shared.packages import has_pictures
from ..errors import MissingPackageError
from .picture_file import PictureFile, picture_path, read_picture, served_path
from .sizes import SMALL_PICTURE, WHOLE_BYTES


class Given(Protocol):
    """What `show` was given to look at."""

    @property
    def names(self) -> Sequence[str]:
        """Of each, what the view calls it."""

    @property
    def slices(self) -> Sequence[int | None]:
        """Of each volume, how many it has."""

    def entries(self) -> list[dict[str, Any]]:
        """Return the payload's form of them."""

    def png(self) -> bytes | None:
        """Return the picture for places that cannot run the live view; None: there is none."""


def given_images(model: Any, image: Any, preprocess: Any) -> Given:
    """Return the images that the argument `image` holds, none if it is None.

    Args:
        model: The argument `model`, as `as_model_takes` has it.
        image: As `show` has it.
        preprocess: The payload's form of how pictures become inputs.

    Raises:
        GradLensError: a file that is not there, or what is no image.
    """
    if image is None:
        return FilesAlone([])
    paths = _paths(image)
    if paths and not has_pictures():
        return FilesAlone(paths)
    from .drawn import Drawn

    return Drawn(model, image, preprocess)


def _paths(image: Any) -> list[str | os.PathLike[str]]:
    """Return the paths that an argument holds; none where it holds anything else."""
    items = image if isinstance(image, (list, tuple)) else [image]
    return list(items) if all(isinstance(one, (str, os.PathLike)) for one in items) else []


class FilesAlone:
    """Picture files, which only the browser decodes.

    Args:
        paths: As the user gave them.
    """

    def __init__(self, paths: list[str | os.PathLike[str]]) -> None:
        self._paths = [picture_path(path) for path in paths]
        self._files = [_known(path) for path in self._paths]
        self.names = [os.path.basename(path) for path in self._paths]
        self.slices = [None] * len(paths)

    def entries(self) -> list[dict[str, Any]]:
        """Return the payload's form of them: how the browser finds each, and knows it."""
        most = WHOLE_BYTES if len(self._files) == 1 else SMALL_PICTURE
        return [
            _entry(path, file, most) for path, file in zip(self._paths, self._files, strict=True)
        ]

    def png(self) -> bytes | None:
        """Return the file itself, where it is a single small PNG."""
        single = self._files[0] if len(self._files) == 1 else None
        return single.content if single and _is_stored(single, WHOLE_BYTES) else None


def _known(path: str) -> PictureFile:
    file = read_picture(path)
    if file is None:
        raise MissingPackageError(
            f'"{os.path.basename(path)}" takes numpy and Pillow to read, which are not installed '
            "here: give a PNG or JPEG file of 8 bits a channel without transparency, or run "
            "%pip install numpy pillow."
        )
    return file


def _is_stored(file: PictureFile, most: int) -> bool:
    return file.is_png and len(file.content) <= most


def _entry(path: str, file: PictureFile, most: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": os.path.basename(path)}
    if _is_stored(file, most):
        entry["picture"] = base64.b64encode(file.content).decode("ascii")
    else:
        size = {"width": file.width, "height": file.height}
        entry["original"] = {**size, **fingerprint_of(path)}
    if file.orientation is not None:
        entry["orientation"] = file.orientation
    served = served_path(path)
    if served is not None:
        entry["path"] = served
    return entry
