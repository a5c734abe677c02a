"""Pictures as PNG: for the payload, and for places that cannot run the live view."""

from __future__ import annotations

import io
import math

import numpy as np
from PIL import Image

from .._shared import warn as caller
from ..errors import ArgumentError

MAX_PICTURE_BYTES = 6_000_000
"""Of one PNG in the payload; a larger picture is reduced."""

FALLBACK_WIDTH = 512
"""Of the picture for places that cannot run the live view, in pixels."""

PREVIEW_SIDE = 64
"""Of what the notebook keeps of each picture of a list of files, in pixels."""

COPY_SIDES = (512, 384, 256, 192)
"""Of what the notebook keeps of a single picture that lies in a file, in pixels."""

COPY_BYTES = 150_000
"""Of that copy, which takes the first of the sides above that keeps within it."""

MOST_TILES = 36
GAP = 4

# Deflating well takes seconds for a photograph, and gains little.
LARGE = 3_000_000


def encode(picture: np.ndarray) -> bytes:
    """Encode uint8 (h, w, 1) or (h, w, 3) as PNG, without metadata."""
    return _save(_to_pil(picture))


def encode_for_payload(
    picture: np.ndarray, name: str, warn: bool, may_reduce: bool = True
) -> tuple[bytes, bool]:
    """Encode a picture as PNG, reduced if that takes over `MAX_PICTURE_BYTES`.

    Returns the PNG, and whether it is reduced.

    Args:
        picture: uint8 (h, w, 1) or (h, w, 3).
        name: The picture's name, for the warning.
        warn: Whether to warn: a reduced picture changes what the model sees,
            unless a tensor goes with it.
        may_reduce: False of a volume, whose slices would run into each other.

    Raises:
        ArgumentError: the picture is too large and may not be reduced.
    """
    image = _to_pil(picture)
    data = _save(image)
    if len(data) <= MAX_PICTURE_BYTES:
        return data, False
    if not may_reduce:
        raise ArgumentError(
            f"{name} takes {len(data) / 1e6:.1f} MB as PNG, but an output cell holds at most "
            f"{MAX_PICTURE_BYTES / 1e6:.1f} MB of it: give fewer or smaller slices."
        )
    while len(data) > MAX_PICTURE_BYTES:
        scale = 0.95 * math.sqrt(MAX_PICTURE_BYTES / len(data))
        size = (max(1, int(image.width * scale)), max(1, int(image.height * scale)))
        image = image.resize(size, Image.Resampling.LANCZOS)
        data = _save(image)
    if warn:
        caller.warn(
            f"The picture {name} is reduced from {picture.shape[1]} x {picture.shape[0]} to "
            f"{image.width} x {image.height} pixels, so that the notebook stays small.",
        )
    return data, True


def encode_preview(picture: np.ndarray) -> bytes:
    """Encode a small copy of a picture as PNG: what is stored of one that lies in a file."""
    return _save(_fit(_to_pil(picture), PREVIEW_SIDE, smooth=True))


def encode_copy(picture: np.ndarray) -> bytes:
    """Encode a copy of a single picture: large enough to be computed on where its file is gone."""
    image = _to_pil(picture)
    data = b""
    for side in COPY_SIDES:
        image = _fit(image, side, smooth=True)
        data = _save(image)
        if len(data) <= COPY_BYTES:
            break
    return data


def encode_within(picture: np.ndarray, most: int) -> bytes | None:
    """Encode a picture as PNG; None if that takes more bytes, or the time of a photograph."""
    if picture.size > LARGE:
        return None
    data = encode(picture)
    return data if len(data) <= most else None


def contact_sheet(pictures: list[np.ndarray], smooth: bool = True) -> bytes:
    """Draw pictures side by side as one PNG, at most `FALLBACK_WIDTH` wide.

    Args:
        pictures: uint8 (h, w, 1) or (h, w, 3), of any sizes; the first 36 are drawn.
        smooth: Whether enlarging is left out and reducing smooth, as fits
            photographs; else small ones are enlarged in whole cells.
    """
    pictures = pictures[:MOST_TILES]
    columns = math.ceil(math.sqrt(len(pictures)))
    room = (FALLBACK_WIDTH - (columns - 1) * GAP) // columns
    tiles = [_fit(_to_pil(picture), room, smooth) for picture in pictures]
    if len(tiles) == 1:
        return _save(tiles[0])
    width = max(tile.width for tile in tiles)
    height = max(tile.height for tile in tiles)
    rows = math.ceil(len(tiles) / columns)
    size = (columns * (width + GAP) - GAP, rows * (height + GAP) - GAP)
    sheet = Image.new("RGB", size, "white")
    for index, tile in enumerate(tiles):
        row, column = divmod(index, columns)
        sheet.paste(tile, (column * (width + GAP), row * (height + GAP)))
    return _save(sheet)


def _fit(image: Image.Image, room: int, smooth: bool) -> Image.Image:
    largest = max(image.size)
    if largest > room:
        scale = room / largest
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        return image.resize(size, Image.Resampling.LANCZOS if smooth else Image.Resampling.NEAREST)
    if smooth:
        return image
    factor = room // largest
    size = (image.width * factor, image.height * factor)
    return image.resize(size, Image.Resampling.NEAREST)


def _to_pil(picture: np.ndarray) -> Image.Image:
    return Image.fromarray(picture[..., 0] if picture.shape[-1] == 1 else picture)


def _save(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    large = image.width * image.height * len(image.getbands()) > LARGE
    image.save(buffer, format="PNG", compress_level=1 if large else 6)
    return buffer.getvalue()
