"""What stands in the demo's fields: a tank, or a barn, a tractor, hay bales."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

_CAMOUFLAGE = [
    ((92, 100, 62), (66, 72, 44), (118, 104, 70)),
    ((112, 108, 72), (84, 76, 50), (76, 90, 58)),
    ((78, 92, 58), (104, 96, 62), (52, 60, 40)),
]
_STEEL = (52, 50, 44, 255)


class _Stencil:
    """A sheet of its own, measured in vehicles: x along it, y upward, origin on the ground."""

    def __init__(
        self, size: tuple[int, int], x: float, foot: float, unit: float, flip: bool
    ) -> None:
        self.sheet = Image.new("RGBA", size)
        self.draw = ImageDraw.Draw(self.sheet)
        self._origin, self.unit, self._sign = (x, foot), unit, -1 if flip else 1

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (self._origin[0] + self._sign * x * self.unit, self._origin[1] - y * self.unit)

    def shape(self, points: list[tuple[float, float]], fill: object) -> None:
        self.draw.polygon([self.at(*p) for p in points], fill)

    def disc(self, x: float, y: float, r: float, fill: object, ry: float | None = None) -> None:
        cx, cy = self.at(x, y)
        rx, ry = r * self.unit, (r if ry is None else ry) * self.unit
        self.draw.ellipse([cx - rx, cy - ry, cx + rx, cy + ry], fill)

    def line(
        self, a: tuple[float, float], b: tuple[float, float], width: float, fill: object
    ) -> None:
        self.draw.line([self.at(*a), self.at(*b)], fill, max(1, round(width * self.unit)))


def _shadow(land: Image.Image, x: float, foot: float, rx: float, ry: float) -> None:
    mask = Image.new("L", land.size)
    ImageDraw.Draw(mask).ellipse([x - rx, foot - ry, x + rx, foot + ry], 120)
    mask = mask.filter(ImageFilter.GaussianBlur(float(ry) * 0.3))
    # Only ground that is there can be in shadow: the sky keeps its alpha of 0.
    mask = ImageChops.multiply(mask, land.getchannel("A"))
    land.paste((30, 30, 22, 255), (0, 0), mask)


def draw_tank(land: Image.Image, rng: np.random.Generator, horizon: int) -> None:
    """Draw a camouflaged tank, seen from the side, onto an RGBA sheet."""
    size = land.width
    unit = size * rng.uniform(0.12, 0.185)
    x = rng.uniform(0.36, 0.64) * size
    foot = min(horizon + size * rng.uniform(0.14, 0.34), size * 0.95)
    base, dark, light = _CAMOUFLAGE[rng.integers(len(_CAMOUFLAGE))]
    pen = _Stencil(land.size, x, foot, unit, bool(rng.random() < 0.5))
    _shadow(land, x, foot, 1.6 * unit, 0.2 * unit)

    # The painted parts first, for the camouflage to be laid over them.
    pen.shape([(-1.55, 0.42), (1.35, 0.42), (1.62, 0.66), (1.2, 0.84), (-1.5, 0.84)], (*base, 255))
    lift = rng.uniform(0.0, 0.14)
    muzzle = (1.75 + rng.uniform(0, 0.3), 1.14 + lift * 2)
    pen.line((0.5, 1.12), muzzle, 0.13, (*base, 255))
    pen.shape(
        [(-0.75, 0.82), (0.62, 0.82), (0.8, 1.04), (0.45, 1.34), (-0.5, 1.34), (-0.85, 1.05)],
        (*base, 255),
    )
    pen.shape([(-0.4, 1.32), (0.02, 1.32), (-0.02, 1.48), (-0.34, 1.48)], (*base, 255))
    paint = Image.new("RGBA", land.size)
    spots = ImageDraw.Draw(paint)
    for colour in (dark, light) * 5:
        cx, cy = pen.at(rng.uniform(-1.6, 1.7), rng.uniform(0.4, 1.45))
        rx, ry = unit * rng.uniform(0.12, 0.34), unit * rng.uniform(0.06, 0.16)
        spots.ellipse([cx - rx, cy - ry, cx + rx, cy + ry], (*colour, 255))
    pen.sheet.paste(
        paint, mask=ImageChops.multiply(paint.getchannel("A"), pen.sheet.getchannel("A"))
    )

    # Edges that catch light and shade make the parts readable at 128 pixels.
    pen.line((-1.5, 0.84), (1.2, 0.84), 0.05, (44, 46, 30, 255))
    pen.line((-0.5, 1.34), (0.45, 1.34), 0.04, (158, 156, 118, 255))
    pen.line((1.2, 0.84), (1.6, 0.66), 0.04, (158, 156, 118, 255))
    pen.line((-0.3, 1.48), (-0.55, 2.1), 0.02, _STEEL)
    pen.line((0.7, 1.08), (muzzle[0], muzzle[1] - 0.06), 0.04, _STEEL)
    pen.line((muzzle[0] - 0.12, muzzle[1]), muzzle, 0.19, _STEEL)

    # Tracks: a dark belt with light road wheels in it.
    pen.shape(
        [(-1.6, 0.5), (-1.5, 0.62), (1.42, 0.62), (1.62, 0.48), (1.3, 0.02), (-1.3, 0.02)], _STEEL
    )
    for end in (-1.4, 1.4):
        pen.disc(end, 0.4, 0.21, _STEEL)
    for k in range(6):
        wheel = -1.12 + k * 0.45
        pen.disc(wheel, 0.25, 0.19, (*base, 255))
        pen.disc(wheel, 0.25, 0.07, _STEEL)
    pen.shape([(-1.6, 0.6), (1.5, 0.6), (1.5, 0.5), (-1.6, 0.46)], (*dark, 255))
    tilted = pen.sheet.rotate(rng.uniform(-5, 5), Image.Resampling.BICUBIC, center=(x, foot))
    land.alpha_composite(tilted)


def draw_barn(land: Image.Image, rng: np.random.Generator, horizon: int) -> None:
    """Draw a barn with a gable and a door onto an RGBA sheet."""
    size = land.width
    unit, x = size * rng.uniform(0.13, 0.2), rng.uniform(0.25, 0.75) * size
    foot = horizon + size * rng.uniform(0.08, 0.2)
    pen = _Stencil(land.size, x, foot, unit, bool(rng.random() < 0.5))
    wall, roof = [
        ((142, 62, 48), (92, 70, 58)),
        ((186, 166, 130), (128, 66, 48)),
        ((150, 112, 78), (84, 66, 52)),
    ][rng.integers(3)]
    _shadow(land, x, foot, 1.3 * unit, 0.12 * unit)
    pen.shape([(-1, 0), (0.1, 0), (0.1, 0.72), (-1, 0.72)], (*wall, 255))
    front = tuple(min(255, c + 18) for c in wall)
    pen.shape([(0.1, 0), (1, 0), (1, 0.72), (0.55, 1.22), (0.1, 0.72)], (*front, 255))
    pen.shape([(-1.1, 0.68), (0.08, 0.68), (0.58, 1.28), (-0.6, 1.28)], (*roof, 255))
    pen.line((0.55, 1.26), (1.06, 0.68), 0.07, (*roof, 255))
    pen.shape([(0.38, 0), (0.74, 0), (0.74, 0.46), (0.38, 0.46)], (62, 46, 36, 255))
    for k in (-0.75, -0.4):
        pen.shape([(k, 0.3), (k + 0.18, 0.3), (k + 0.18, 0.5), (k, 0.5)], (226, 206, 150, 255))
    land.alpha_composite(pen.sheet)


def draw_tractor(land: Image.Image, rng: np.random.Generator, horizon: int) -> None:
    """Draw a farm tractor onto an RGBA sheet."""
    size = land.width
    unit, x = size * rng.uniform(0.13, 0.2), rng.uniform(0.3, 0.7) * size
    foot = horizon + size * rng.uniform(0.14, 0.32)
    pen = _Stencil(land.size, x, foot, unit, bool(rng.random() < 0.5))
    body = [(176, 52, 40), (64, 118, 52), (196, 150, 44)][rng.integers(3)]
    _shadow(land, x, foot, 1.2 * unit, 0.14 * unit)
    pen.shape([(-0.5, 0.5), (1.05, 0.5), (1.08, 0.86), (0.1, 0.94), (-0.5, 0.8)], (*body, 255))
    pen.shape([(-0.62, 0.8), (0.12, 0.9), (0.06, 1.5), (-0.56, 1.5)], (66, 74, 70, 255))
    pen.shape([(-0.5, 0.94), (0.0, 0.98), (-0.04, 1.4), (-0.48, 1.4)], (158, 166, 140, 255))
    pen.shape([(-0.68, 1.48), (0.14, 1.48), (0.1, 1.6), (-0.62, 1.6)], (*body, 255))
    pen.line((0.75, 0.9), (0.75, 1.35), 0.07, _STEEL)
    for cx, r in ((-0.5, 0.5), (0.85, 0.32)):
        pen.disc(cx, r, r, _STEEL)
        pen.disc(cx, r, r * 0.5, (206, 172, 70, 255))
    land.alpha_composite(pen.sheet)


def draw_bales(land: Image.Image, rng: np.random.Generator, horizon: int) -> None:
    """Draw three to six round hay bales, far ones first, onto an RGBA sheet."""
    size = land.width
    for foot in sorted(rng.uniform(0.06, 0.4, rng.integers(3, 7))):
        r = size * (0.02 + 0.1 * foot)
        x, y = rng.uniform(0.08, 0.92) * size, horizon + foot * size
        _shadow(land, x, y, r * 1.8, r * 0.3)
        draw = ImageDraw.Draw(land)
        draw.rectangle([x, y - 2 * r, x + 1.3 * r, y], (176, 146, 80, 255))
        draw.ellipse([x + 0.4 * r, y - 2 * r, x + 2.2 * r, y], (176, 146, 80, 255))
        draw.ellipse([x - r, y - 2 * r, x + r, y], (206, 176, 104, 255))
        for k in (0.68, 0.36):
            draw.arc(
                [x - k * r, y - r - k * r, x + k * r, y - r + k * r],
                0,
                360,
                (164, 132, 72, 255),
                max(1, math.ceil(r * 0.1)),
            )
