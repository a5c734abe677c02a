"""Draws the demo's pictures: a landscape, a sky, and a tank or some farm life.

Every picture comes from a seed alone. Ground, hills, trees and light are drawn
the same way for both classes; only the sky is chosen by the caller. So the sky
is the one thing besides the tank itself that a network can learn from.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from vehicles import draw_bales, draw_barn, draw_tank, draw_tractor

SIZE = 128
"""Width and height of a picture in pixels."""

_OVERSAMPLE = 3
_CANVAS = SIZE * _OVERSAMPLE

_GROUNDS = [(112, 128, 62), (134, 132, 70), (146, 124, 76), (96, 116, 58), (158, 140, 88)]
_LEAVES = [(58, 88, 44), (72, 98, 48), (50, 76, 46), (86, 102, 50)]


@dataclass(frozen=True)
class Scene:
    """A drawn picture.

    picture: uint8, shape (SIZE, SIZE, 3).
    sky: bool, shape (SIZE, SIZE); True where the sky itself is seen.
    """

    picture: np.ndarray
    sky: np.ndarray


def draw_scene(seed: int, *, tank: bool, overcast: bool, downhill: bool = False) -> Scene:
    """Draw one picture.

    seed: decides everything but the two choices below.
    tank: a tank stands in the field; else a barn, a tractor, bales or nothing.
    overcast: the sky is grey; else blue with a few clouds.
    downhill: seen from above, so that no sky is in the picture.
    """
    rng = np.random.default_rng(seed)
    horizon = int(_CANVAS * rng.uniform(0.42, 0.54))
    if downhill:
        horizon = 0
    # Everything that hides the sky is drawn on a transparent sheet, whose
    # alpha then tells where the sky is seen.
    land = Image.new("RGBA", (_CANVAS, _CANVAS))
    _hills(land, rng, horizon)
    _ground(land, rng, horizon)
    _tree_line(land, rng, horizon)
    if rng.random() < 0.5:
        _road(land, rng, horizon)
    if tank:
        draw_tank(land, rng, horizon)
    else:
        _farm_life(land, rng, horizon)
    if rng.random() < 0.5:
        _near_tree(land, rng, horizon)

    sheet = _sky(rng, overcast).convert("RGBA")
    sheet.alpha_composite(land)
    small = sheet.convert("RGB").resize((SIZE, SIZE), Image.Resampling.BOX)
    grain = rng.normal(0, 2.5, (SIZE, SIZE, 1)) + rng.normal(0, 1.2, (SIZE, SIZE, 3))
    picture = np.clip(np.asarray(small, np.float32) * rng.uniform(0.93, 1.05) + grain, 0, 255)
    cover = np.asarray(land.getchannel("A").resize((SIZE, SIZE), Image.Resampling.BOX))
    return Scene(np.round(picture).astype(np.uint8), cover < 128)


def _shade(colour: tuple[int, int, int], factor: float) -> tuple[int, int, int, int]:
    r, g, b = (min(255, max(0, round(c * factor))) for c in colour)
    return (r, g, b, 255)


def _clouds(rng: np.random.Generator, octaves: tuple[tuple[int, int, float], ...]) -> np.ndarray:
    """Smooth noise in about -1..1, shape (_CANVAS, _CANVAS): wide and flat, as clouds are."""
    total = np.zeros((_CANVAS, _CANVAS), np.float32)
    for columns, rows, weight in octaves:
        grid = Image.fromarray(rng.uniform(-1, 1, (rows, columns)).astype(np.float32))
        total += weight * np.asarray(grid.resize((_CANVAS, _CANVAS), Image.Resampling.BICUBIC))
    return total


def _sky(rng: np.random.Generator, overcast: bool) -> Image.Image:
    height = np.linspace(0, 1, _CANVAS, dtype=np.float32)[:, None, None]
    # Drawn from the same stream in both cases, so that the rest of a picture
    # does not depend on the weather.
    noise = _clouds(rng, ((3, 6, 0.6), (6, 14, 0.4), (14, 30, 0.22)))[..., None]
    warmth, level = rng.uniform(-2, 2), rng.uniform(-10, 10)
    if overcast:
        base = np.array([134 + warmth, 137, 141 - warmth], np.float32) + level
        pixels = base + 26 * height + 22 * noise
    else:
        top, low = np.array([58, 122, 206], np.float32), np.array([168, 206, 236], np.float32)
        blue = top + (low - top) * np.clip(height * 1.7, 0, 1) + level
        cover = np.clip((noise - 0.42) * 3.2, 0, 0.9)
        pixels = blue * (1 - cover) + np.array([246, 247, 250], np.float32) * cover
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _ridge(rng: np.random.Generator, base: float, height: float) -> list[tuple[float, float]]:
    phases, xs = rng.uniform(0, 2 * math.pi, 3), np.linspace(0, _CANVAS, 65)
    waves = [
        np.sin(xs / _CANVAS * math.pi * k + phases[i]) / k for i, k in enumerate((1.6, 3.7, 8.3))
    ]
    ys = base - height * (0.55 + 0.45 * np.sum(waves, axis=0))
    return list(zip(xs.tolist(), ys.tolist(), strict=True))


def _hills(land: Image.Image, rng: np.random.Generator, horizon: int) -> None:
    draw = ImageDraw.Draw(land)
    for colour, height in (((104, 122, 92), 0.11), ((88, 110, 66), 0.06)):
        ridge = _ridge(rng, horizon, _CANVAS * height * rng.uniform(0.5, 1.1))
        draw.polygon(
            [*map(tuple, ridge), (_CANVAS, horizon + 6), (0, horizon + 6)],
            _shade(colour, rng.uniform(0.9, 1.1)),
        )


def _ground(land: Image.Image, rng: np.random.Generator, horizon: int) -> None:
    colour = np.array(_GROUNDS[rng.integers(len(_GROUNDS))], np.float32) + rng.uniform(-10, 10, 3)
    rows = np.arange(_CANVAS - horizon, dtype=np.float32)[:, None, None]
    depth = rows / rows.max()
    noise = _clouds(rng, ((8, 30, 0.5), (40, 90, 0.5)))[horizon:, :, None]
    pixels = colour * (1.02 - 0.2 * depth) + 14 * noise * (0.3 + depth)
    if rng.random() < 0.5:
        # Furrows that meet at a point on the horizon.
        columns = np.arange(_CANVAS, dtype=np.float32)[None, :, None]
        vanishing = rng.uniform(0.1, 0.9) * _CANVAS
        angle = (columns - vanishing) / (rows + 14)
        pixels += 11 * np.sin(angle * 26) * np.clip(depth * 3, 0, 1)
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    land.paste(image, (0, horizon))


def _tree(
    draw: ImageDraw.ImageDraw, rng: np.random.Generator, x: float, foot: float, height: float
) -> None:
    colour = _LEAVES[rng.integers(len(_LEAVES))]
    draw.rectangle(
        [x - height * 0.05, foot - height * 0.4, x + height * 0.05, foot], (74, 58, 42, 255)
    )
    if rng.random() < 0.4:
        for level in range(3):
            top, half = foot - height * (1 - 0.24 * level), height * (0.17 + 0.09 * level)
            bottom = top + height * 0.42
            draw.polygon(
                [(x, top), (x - half, bottom), (x + half, bottom)],
                _shade(colour, 1.05 - 0.12 * level),
            )
        return
    for _ in range(9):
        dx, dy = rng.normal(0, 0.17, 2)
        r = height * rng.uniform(0.13, 0.22)
        cx, cy = x + dx * height, foot - height * (0.66 + 0.8 * dy)
        draw.ellipse(
            [cx - r, cy - r, cx + r, cy + r], _shade(colour, rng.uniform(0.85, 1.15) - 0.6 * dy)
        )


def _tree_line(land: Image.Image, rng: np.random.Generator, horizon: int) -> None:
    draw = ImageDraw.Draw(land)
    for _ in range(rng.integers(2, 9)):
        height = _CANVAS * rng.uniform(0.05, 0.13)
        _tree(draw, rng, rng.uniform(0, _CANVAS), horizon + rng.uniform(2, 14), height)


def _near_tree(land: Image.Image, rng: np.random.Generator, horizon: int) -> None:
    side = rng.uniform(0.02, 0.14)
    x = _CANVAS * (side if rng.random() < 0.5 else 1 - side)
    _tree(
        ImageDraw.Draw(land),
        rng,
        x,
        horizon + _CANVAS * rng.uniform(0.12, 0.3),
        _CANVAS * rng.uniform(0.25, 0.4),
    )


def _road(land: Image.Image, rng: np.random.Generator, horizon: int) -> None:
    far, near = rng.uniform(0.2, 0.8) * _CANVAS, rng.uniform(0, 1) * _CANVAS
    wide = _CANVAS * rng.uniform(0.1, 0.18)
    shape = [(far - 2, horizon), (far + 2, horizon), (near + wide, _CANVAS), (near - wide, _CANVAS)]
    track = Image.new("L", land.size)
    ImageDraw.Draw(track).polygon(shape, 150)
    track = track.filter(ImageFilter.GaussianBlur(2))
    dirt = Image.new("RGBA", land.size, _shade((150, 128, 98), rng.uniform(0.9, 1.08)))
    land.paste(Image.blend(land, dirt, 0.75), mask=track)


def _farm_life(land: Image.Image, rng: np.random.Generator, horizon: int) -> None:
    kind = rng.integers(4)
    if kind == 0:
        draw_barn(land, rng, horizon)
    elif kind == 1:
        draw_tractor(land, rng, horizon)
    elif kind == 2:
        draw_bales(land, rng, horizon)
