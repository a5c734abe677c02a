"""The `mask` of `show`: the part of each image that shares are measured in."""

from __future__ import annotations

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


def masks(mask: Any, images: int) -> Masks:
    """Return the payload's form of the masks of images.

    Args:
        mask: None; one mask (rows, columns) for all images, not 0 inside; or a list of one
            for each, None among them, or an array (n, rows, columns).
        images: The number of images.

    Raises:
        ArgumentError: no mask, or not one for each image.
    """
    none: list[dict[str, Any] | None] = [None] * images
    if mask is None:
        return Masks(None, none)
    if not _are_several(mask):
        return Masks(mask_of(mask, "mask", _SIZE), none)
    if len(mask) != images:
        raise ArgumentError(
            f"mask holds {len(mask)} {'mask' if len(mask) == 1 else 'masks'}, but there "
            f"{'is 1 image' if images == 1 else f'are {images} images'}: "
            "give one for each, or one array (rows, columns) for all."
        )
    encoded = [
        None if one is None else mask_of(one, f"mask[{i}]", _SIZE) for i, one in enumerate(mask)
    ]
    runs = sum(len(one["runs"]) for one in encoded if one is not None)
    if runs > MOST_RUNS:
        raise ArgumentError(
            f"mask: the masks begin or end {runs:,} times along their rows, more than the "
            f"{MOST_RUNS:,} that a notebook is to hold: give smaller or smoother ones."
        )
    return Masks(None, encoded)


def _are_several(mask: Any) -> bool:
    if isinstance(mask, (list, tuple)):
        # Rows of numbers are one mask.
        first = next((one for one in mask if one is not None), None)
        is_row = isinstance(first, (list, tuple)) and all(
            isinstance(value, (int, float)) for value in first
        )
        return not is_row
    return getattr(mask, "ndim", 2) == 3 and mask.shape[-1] != 1
