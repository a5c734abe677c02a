"""The `mask` of `show`: the part of each image that shares are measured in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..errors import ArgumentError
from .pixels import mask_of

MOST_RUNS = 1_000_000
"""The most runs of all masks together that a notebook is to hold."""

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

    Of a palette the indices count, as in Pascal VOC: 0 is outside. Of colours all but black.
    """
    if not isinstance(mask, (str, os.PathLike)):
        return mask
    from .._images.picture_file import picture_path

    path = picture_path(mask)
    import numpy as np  # numpy and Pillow only where they are needed
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            pixels = np.asarray(picture.convert("RGBA") if picture.mode == "PA" else picture)
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
    """Return the path of each image's mask; None where the folder has none."""
    files = {os.path.splitext(name)[0]: name for name in sorted(os.listdir(folder))}
    stems = [os.path.splitext(os.path.basename(name))[0] for name in names]
    if not any(stem in files for stem in stems):
        raise ArgumentError(
            f'mask: no file in "{folder}" is called as one of the images, such as '
            f'"{stems[0] if stems else "image"}.png".'
        )
    return [os.path.join(folder, files[stem]) if stem in files else None for stem in stems]


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
