"""The picture of a heatmap, for places that cannot run the live view."""

from __future__ import annotations

import numpy as np

from .natural import NOT_FINITE
from .png import MOST_TILES, contact_sheet
from .viridis import VIRIDIS


def draw(planes: np.ndarray) -> bytes:
    """Draw float32 (channels, h, w) in viridis as PNG.

    Each map spans its own lowest to highest value; the first 36 are drawn.
    """
    return contact_sheet([colours(plane) for plane in planes[:MOST_TILES]], smooth=False)


def colours(plane: np.ndarray) -> np.ndarray:
    """Colour a map (h, w): uint8 (h, w, 3); NaN and infinities are gray."""
    values = plane.astype(np.float64)
    finite = np.isfinite(values)
    low = np.min(values, where=finite, initial=np.inf)
    span = np.max(values, where=finite, initial=-np.inf) - low
    scaled = np.where(finite, values - low, 0) / (span if span > 0 else 1)
    picture = VIRIDIS[np.rint(scaled * 255).astype(np.uint8)]
    return np.where(finite[..., None], picture, np.uint8(NOT_FINITE))
