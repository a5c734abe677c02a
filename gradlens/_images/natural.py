"""The natural picture of a preprocessed tensor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
CAFFE_MEAN = (103.939, 116.779, 123.68)
"""Of blue, green, red, as keras.applications.imagenet_utils subtracts them."""

NOT_FINITE = 128
"""Gray of a pixel that is NaN or infinite."""

# Float rounding must not push a tensor out of its range.
TOLERANCE = 1e-4

Inverse = Callable[[np.ndarray], np.ndarray]


def natural_pictures(tensors: np.ndarray, preprocess: Any) -> np.ndarray:
    """Return pictures of how preprocessed tensors looked before.

    Undoes `preprocess` where that gives a picture, else guesses by the range of
    the whole batch: -1..1, 0..1 or 0..255; else stretches each image's lowest
    to highest value over black to white.

    Args:
        tensors: Float images (n, h, w, c), possibly with NaN and infinities,
            which become gray.
        preprocess: The payload's form of how the tensors were made, or None.

    Returns:
        uint8 (n, h, w, 1) or (n, h, w, 3).
    """
    values = _colours(tensors.astype(np.float64))
    finite = np.isfinite(values)
    inverse = _stated(values, finite, preprocess) or _guessed(values, finite)
    with np.errstate(invalid="ignore", over="ignore"):
        restored = inverse(values) if inverse else _stretched(values, finite)
    # caffe turns the channels round, so look at the whole pixel.
    broken = ~finite.all(axis=-1, keepdims=True)
    restored = np.where(broken, NOT_FINITE, restored)
    pixels: np.ndarray = np.rint(np.clip(restored, 0, 255)).astype(np.uint8)
    return pixels


def _colours(values: np.ndarray) -> np.ndarray:
    channels = values.shape[-1]
    if channels in (1, 3):
        return values
    return values[..., :3] if channels == 4 else values.mean(axis=-1, keepdims=True)


def _stated(values: np.ndarray, finite: np.ndarray, preprocess: Any) -> Inverse | None:
    inverse = _inverse_of(preprocess, values.shape[-1])
    if inverse is None:
        return None
    with np.errstate(invalid="ignore", over="ignore"):
        restored = inverse(values)
    restored = restored[np.isfinite(restored)]
    # Tensors that were not made this way are better guessed.
    fits = restored.size == 0 or (restored.min() > -1 and restored.max() < 256)
    return inverse if fits else None


def _inverse_of(preprocess: Any, channels: int) -> Inverse | None:
    if preprocess == "tf":
        return lambda x: (x + 1) * 127.5
    if preprocess == "scale":
        return lambda x: x * 255
    if preprocess == "caffe":
        return (lambda x: (x + np.array(CAFFE_MEAN))[..., ::-1]) if channels == 3 else None
    if preprocess == "torch":
        preprocess = {"mean": IMAGENET_MEAN, "std": IMAGENET_STD}
    if preprocess is None:
        return None
    mean, std = np.array(preprocess["mean"]), np.array(preprocess["std"])
    if not {mean.size, std.size} <= {1, channels}:
        return None
    return lambda x: (x * std + mean) * 255


def _guessed(values: np.ndarray, finite: np.ndarray) -> Inverse | None:
    known = values[finite]
    if known.size == 0:
        return lambda x: x
    low, high = known.min(), known.max()
    if low < 0:
        inside = low >= -1 - TOLERANCE and high <= 1 + TOLERANCE
        return (lambda x: (x + 1) * 127.5) if inside else None
    if high <= 1 + TOLERANCE:
        return lambda x: x * 255
    return (lambda x: x) if high <= 255 + TOLERANCE else None


def _stretched(values: np.ndarray, finite: np.ndarray) -> np.ndarray:
    axes = (1, 2, 3)
    low = np.min(values, axis=axes, keepdims=True, where=finite, initial=np.inf)
    high = np.max(values, axis=axes, keepdims=True, where=finite, initial=-np.inf)
    span = high - low
    flat = ~(span > 0)
    scaled = (values - low) / np.where(flat, 1, span) * 255
    return np.where(flat, NOT_FINITE, scaled)
