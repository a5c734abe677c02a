"""Changes of a picture before a model is given it: the twin of src/perturb/ in the browser."""

from __future__ import annotations

import math
from typing import Any, get_args

import numpy as np

from .._arguments.fill import Fill
from ..errors import ArgumentError
from .collect import collect

COVERING_BLUR = 16
"""Longer sides of a picture to a pixel of the blur that covers."""


def perturb(
    image: Any,
    *,
    cover: Any = None,
    fill: Fill = "black",
    soft: int = 0,
    brightness: float = 0.0,
    contrast: float = 1.0,
    blur: int = 0,
    shift: tuple[float, float] = (0, 0),
    rotation: float = 0.0,
) -> np.ndarray:
    """Do what `gradlens.perturb` says."""
    if fill not in (fills := get_args(Fill)):
        raise ArgumentError(f"fill is {fill!r}: give one of {', '.join(map(repr, fills))}.")
    images = collect(image, None)
    if len(images) != 1 or images[0].slices is not None:
        raise ArgumentError("image is several, or a volume: give one picture.")
    given = images[0].given
    is_picture = images[0].tensor is None
    values = given.astype(np.float64)
    low, high = (0.0, 255.0) if is_picture else (float(values.min()), float(values.max()))
    if cover is not None:
        values = _covered(values, _mask(cover, values.shape), fill, soft, low, high)
    if contrast != 1:
        means = values.mean((0, 1))
        values = (values - means) * contrast + means
    if brightness != 0:
        values = values + brightness * (high - low)
    if blur > 0:
        values = _blurred(values, blur)
    if rotation != 0 or any(shift):
        values = _moved(values, rotation, shift)
    if is_picture:
        return np.clip(np.floor(values + 0.5), 0, 255).astype(np.uint8)
    return values.astype(np.float32)


def _mask(cover: Any, shape: tuple[int, ...]) -> np.ndarray:
    """Return a mask (h, w) of booleans: what lies at the middle of each pixel."""
    if isinstance(cover, dict):
        inside = np.arange(len(cover["runs"])) % 2 == 1
        mask = np.repeat(inside, cover["runs"])
        if mask.size != cover["shape"][0] * cover["shape"][1]:
            raise ArgumentError("cover: the runs of the mask do not fill its shape.")
        mask = mask.reshape(cover["shape"])
    else:
        mask = np.asarray(cover) != 0
    if mask.ndim != 2:
        raise ArgumentError(f"cover has the shape {mask.shape}: give a mask (rows, columns).")
    at = [
        np.minimum((np.arange(size) + 0.5) * own / size, own - 1).astype(int)
        for size, own in zip(shape[:2], mask.shape, strict=True)
    ]
    laid: np.ndarray = mask[np.ix_(*at)]
    return laid


def _covered(
    values: np.ndarray, mask: np.ndarray, fill: Fill, soft: int, low: float, high: float
) -> np.ndarray:
    share = mask[..., None].astype(np.float64)
    if soft > 0:
        share = _blurred(share, soft)
    filling = _filling(values, fill, share[..., 0] > 0, low, high)
    mixed: np.ndarray = values * (1 - share) + filling * share
    return mixed


def _filling(
    values: np.ndarray, fill: Fill, covered: np.ndarray, low: float, high: float
) -> np.ndarray:
    if fill == "black":
        return np.full_like(values, low)
    if fill == "grey":
        return np.full_like(values, (low + high) / 2)
    if fill == "mean":
        return np.broadcast_to(values.mean((0, 1)), values.shape)
    if fill == "noise":
        noise = _noise_bytes(values.size).reshape(values.shape)
        grains: np.ndarray = low + (noise / 255) * (high - low)
        return grains
    if fill == "blur":
        return _blurred(values, max(1, math.floor(max(values.shape[:2]) / COVERING_BLUR + 0.5)))
    return _surroundings(values, covered)


def _noise_bytes(count: int) -> np.ndarray:
    """Return the same noise at every call: MurmurHash3's finaliser of the index, top byte."""
    bits = np.arange(1, count + 1, dtype=np.uint32) * np.uint32(0x9E3779B1)
    bits = (bits ^ (bits >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    bits = (bits ^ (bits >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    top: np.ndarray = (bits ^ (bits >> np.uint32(16))) >> np.uint32(24)
    return top


def _blurred(values: np.ndarray, radius: int) -> np.ndarray:
    """Return means over the neighbours: twice a box along each axis, the last pixel repeated."""
    window = 2 * radius + 1
    for axis in (0, 0, 1, 1):
        padding = [(radius, radius) if axis == one else (0, 0) for one in range(values.ndim)]
        padded = np.pad(values, padding, mode="edge")
        values = np.lib.stride_tricks.sliding_window_view(padded, window, axis).sum(-1)
    means: np.ndarray = values / window**4
    return means


def _surroundings(values: np.ndarray, covered: np.ndarray) -> np.ndarray:
    """Continue what is not covered: halved until all is known, then enlarged bilinearly."""
    if covered.all():
        return np.broadcast_to(values.mean((0, 1)), values.shape)
    if not covered.any():
        return values
    height, width = covered.shape
    odd = ((0, height % 2), (0, width % 2))
    known = np.pad(~covered, odd).astype(np.float64)[..., None]
    seen = np.pad(values, (*odd, (0, 0))) * known
    rows, columns = known.shape[0] // 2, known.shape[1] // 2
    blocks = (rows, 2, columns, 2, -1)
    count = known.reshape(blocks).sum((1, 3))
    half = seen.reshape(blocks).sum((1, 3)) / np.maximum(count, 1)
    coarse = _surroundings(half, count[..., 0] == 0)
    return np.where(covered[..., None], _doubled(coarse, height, width), values)


def _doubled(coarse: np.ndarray, height: int, width: int) -> np.ndarray:
    top, bottom, down = _taps(height, coarse.shape[0])
    left, right, across = _taps(width, coarse.shape[1])
    along = coarse[:, left] + (coarse[:, right] - coarse[:, left]) * across[:, None]
    large: np.ndarray = along[top] + (along[bottom] - along[top]) * down[:, None, None]
    return large


def _taps(size: int, cells: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    position = (np.arange(size) + 0.5) / 2 - 0.5
    low = np.floor(position)
    first = np.maximum(low, 0).astype(int)
    return first, np.minimum(low + 1, cells - 1).astype(int), position - low


def _moved(values: np.ndarray, degrees: float, shift: tuple[float, float]) -> np.ndarray:
    """Turn a picture counter-clockwise and shift it; bilinear, the last pixel repeated."""
    height, width = values.shape[:2]
    cos, sin = math.cos(degrees * math.pi / 180), math.sin(degrees * math.pi / 180)
    cx, cy = (width - 1) / 2, (height - 1) / 2
    y, x = np.mgrid[:height, :width]
    px, py = x - shift[0] - cx, y - shift[1] - cy
    column = np.clip(cos * px - sin * py + cx, 0, width - 1)
    row = np.clip(sin * px + cos * py + cy, 0, height - 1)
    left, top = np.floor(column).astype(int), np.floor(row).astype(int)
    right, bottom = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    across, down = (column - left)[..., None], (row - top)[..., None]
    above = values[top, left] + (values[top, right] - values[top, left]) * across
    below = values[bottom, left] + (values[bottom, right] - values[bottom, left]) * across
    turned: np.ndarray = above + (below - above) * down
    return turned
