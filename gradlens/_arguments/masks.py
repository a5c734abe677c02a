"""The `mask` of `show`: the part of each image that shares are measured in."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..errors import ArgumentError
from .pixels import mask_of

MOST_RUNS = 1_000_000
"""The most runs of all masks together that a notebook is to hold."""

ENDINGS = (".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".jpg", ".jpeg")
"""Of the masks in a folder."""

_SIZE = "of the size of the picture"


class Masks(NamedTuple):
    """Masks in the payload's form; None where there is none."""

    of_all: dict[str, Any] | None
    """The one of all images."""
    each: list[dict[str, Any] | None]
    """Of each image, where they differ."""


def masks(mask: Any, names: Sequence[str]) -> Masks:
    """Return the payload's form of the masks of images.

    Args:
        mask: None; one mask (rows, columns) for all images, not 0 inside; or a list of one
            for each, None among them, or an array (n, rows, columns). In place of an array
            the path of a picture of it; in place of a list the path of a folder of such, in
            which the mask of `a.jpg` is `a.png` or has another ending.
        names: What the images are called.

    Raises:
        ArgumentError: no mask, or not one for each image.
        MissingFileError: there is no file at its path.
    """
    images = len(names)
    none: list[dict[str, Any] | None] = [None] * images
    if mask is None:
        return Masks(None, none)
    if isinstance(mask, (str, os.PathLike)) and os.path.isdir(os.path.expanduser(mask)):
        mask = _of_folder(os.path.expanduser(os.fspath(mask)), names)
    if not _are_several(mask):
        return Masks(mask_of(_opened(mask), "mask", _SIZE), none)
    if len(mask) != images:
        raise ArgumentError(
            f"mask holds {len(mask)} {'mask' if len(mask) == 1 else 'masks'}, but there "
            f"{'is 1 image' if images == 1 else f'are {images} images'}: "
            "give one for each, or one array (rows, columns) for all."
        )
    encoded = [
        None if one is None else mask_of(_opened(one), f"mask[{i}]", _SIZE)
        for i, one in enumerate(mask)
    ]
    runs = sum(len(one["runs"]) for one in encoded if one is not None)
    if runs > MOST_RUNS:
        raise ArgumentError(
            f"mask: the masks begin or end {runs:,} times along their rows, more than the "
            f"{MOST_RUNS:,} that a notebook is to hold: give smaller or smoother ones."
        )
    return Masks(None, encoded)


def _opened(mask: Any) -> Any:
    """Return the array of a picture of a mask; anything else as it is.

    Inside is what is neither black nor wholly transparent. Of a palette its colours count, not
    their order: black is outside, as the first of Pascal VOC's.
    """
    if not isinstance(mask, (str, os.PathLike)):
        return mask
    from .._images.picture_file import picture_path

    path = picture_path(mask)
    import numpy as np  # numpy and Pillow only where they are needed
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            if picture.format in ("JPEG", "MPO"):
                raise ArgumentError(
                    f'mask: "{path}" is a JPEG, which blurs the edges of what is black: give a PNG.'
                )
            grey = picture.mode in ("1", "L", "LA", "F") or picture.mode.startswith("I")
            pixels = np.asarray(picture if grey else picture.convert("RGBA"))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        raise ArgumentError(
            f'mask: "{path}" is not a picture that Pillow can read: give a PNG file, or an array.'
        ) from None
    if pixels.ndim == 2:
        return pixels
    colours = 3 if pixels.shape[2] >= 3 else 1
    # What is wholly transparent is outside.
    return pixels[..., :colours].any(axis=2) & (pixels[..., colours:] > 0).all(axis=2)


def _of_folder(folder: str, names: Sequence[str]) -> list[str | None]:
    """Return the path of each image's mask, called like it; None where the folder has none.

    Images of sub-folders have their masks in sub-folders of the same names; or beside each other,
    where no two images share a name.
    """
    stems = [os.path.splitext(name)[0] for name in names]
    shared = Counter(os.path.basename(stem) for stem in stems)
    found: list[str | None] = []
    for stem in stems:
        name = os.path.basename(stem)
        path = _mask_called(folder, stem)
        if path is None and name != stem:
            path = _mask_called(folder, name)
            if path is not None and shared[name] > 1:
                raise ArgumentError(
                    f'mask: "{path}" is called as {shared[name]} of the images: put the masks '
                    "into folders as the images are."
                )
        found.append(path)
    if not any(found):
        raise ArgumentError(
            f'mask: no file in "{folder}" is called as one of the images, such as '
            f'"{stems[0] if stems else "image"}.png".'
        )
    return found


def _mask_called(folder: str, stem: str) -> str | None:
    paths = [os.path.join(folder, *(stem + ending).split("/")) for ending in ENDINGS]
    there = [path for path in paths if os.path.isfile(path)]
    if len(there) > 1:
        raise ArgumentError(f'mask: "{there[0]}" and "{there[1]}" are masks of one image.')
    return there[0] if there else None


def _are_several(mask: Any) -> bool:
    if isinstance(mask, (str, os.PathLike)):
        return False
    if isinstance(mask, (list, tuple)):
        # Rows of numbers are one mask.
        first = next((one for one in mask if one is not None), None)
        is_row = isinstance(first, (list, tuple)) and all(
            isinstance(value, (int, float)) for value in first
        )
        return not is_row
    return getattr(mask, "ndim", 2) == 3 and mask.shape[-1] != 1
