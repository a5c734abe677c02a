"""What perturbations make of a picture, by TensorFlow and scipy, and by `gradlens.perturb`.

Writes conformance/data/perturb/cases.json, which src/perturb/perturb.spec.ts reads: the browser
must agree with TensorFlow and scipy before rounding, and be the same to the last pixel as Python.

    .venv-keras/bin/python conformance/perturb/generate.py
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "ops"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

import numpy as np
import tensorflow as tf
from scipy import ndimage
from tensors import encode

import gradlens

OUT = pathlib.Path(__file__).resolve().parents[1] / "data" / "perturb"
HEIGHT, WIDTH = 32, 64

SKY = {"shape": [HEIGHT, WIDTH], "runs": [0, 11 * WIDTH + 20, (HEIGHT - 11) * WIDTH - 20]}
PATCH = {"shape": [8, 16], "runs": [19, 5, 11, 5, 11, 5, 11, 5, 11, 5, 40]}
"""Smaller than the picture: it is laid on all of it."""
ALL = {"shape": [1, 1], "runs": [0, 1]}

CASES = [
    *(
        {"cover": cover, "fill": fill}
        for cover in (SKY, PATCH, ALL)
        for fill in ("black", "grey", "mean", "blur", "noise", "surroundings")
    ),
    {"cover": SKY, "fill": "grey", "soft": 3},
    {"cover": PATCH, "fill": "surroundings", "soft": 1},
    {"brightness": -0.3},
    {"contrast": 1.7},
    {"blur": 2},
    {"blur": 40},
    {"shift": [5, -3]},
    {"shift": [0.25, 0]},
    {"rotation": 30},
    {"rotation": -90, "shift": [2, 1]},
    {"cover": SKY, "contrast": 0.5, "brightness": 0.2, "blur": 1, "rotation": 10},
]


def picture():
    """Return a gradient with noise, uint8, from 0 to 255."""
    random = np.random.default_rng(7)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    ramp = np.stack([3 * y + x, 255 - 4 * y, 2 * x + 60], -1) + random.normal(0, 12, (32, 64, 3))
    values = np.clip(ramp, 1, 254).astype(np.uint8)
    values[0, 0, 0], values[-1, -1, -1] = 0, 255
    return values


def blurred(values, radius):
    for axis in (0, 0, 1, 1):
        values = ndimage.uniform_filter1d(values, 2 * radius + 1, axis, mode="nearest")
    return values


def mask_of(cover):
    inside = np.repeat(np.arange(len(cover["runs"])) % 2, cover["runs"]).reshape(cover["shape"])
    nearest = tf.image.ResizeMethod.NEAREST_NEIGHBOR
    sized = tf.image.resize(inside[..., None].astype(np.float32), (HEIGHT, WIDTH), nearest)
    return sized.numpy().astype(np.float64)


def surroundings(values, known):
    """Halve by TensorFlow's pooling until all is known; enlarge by its bilinear resizing."""
    if not known.any():
        return np.broadcast_to(values.mean((0, 1)), values.shape)
    if known.all():
        return values
    pool = tf.nn.avg_pool2d
    seen = pool((values * known)[None].astype(np.float32), 2, 2, "SAME")[0].numpy()
    count = pool(known[None].astype(np.float32), 2, 2, "SAME")[0].numpy()
    coarse = surroundings(seen / np.maximum(count, 1e-9), (count > 0).astype(np.float64))
    return np.where(known > 0, values, tf.image.resize(coarse, values.shape[:2]).numpy())


def filling(values, fill, share):
    if fill == "blur":
        return blurred(values, max(values.shape[:2]) // 16)
    if fill == "mean":
        return np.broadcast_to(tf.reduce_mean(values, (0, 1)).numpy(), values.shape)
    if fill == "surroundings":  # scipy leaves rounding where a running sum is 0
        return surroundings(values, (share < 1e-9).astype(np.float64))
    return np.full_like(values, {"black": 0, "grey": 127.5}[fill])


def reference(values, case):
    """Do by TensorFlow and scipy what a case says; None where only our own noise can."""
    if "cover" in case:
        if case.get("fill") == "noise":
            return None
        share = mask_of(case["cover"])
        share = blurred(share, case["soft"]) if "soft" in case else share
        values = values * (1 - share) + filling(values, case.get("fill", "black"), share) * share
    values = tf.image.adjust_contrast(values, case.get("contrast", 1)).numpy()
    values = tf.image.adjust_brightness(values, 255 * case.get("brightness", 0)).numpy()
    values = blurred(values, case["blur"]) if "blur" in case else values
    (dx, dy), angle = case.get("shift", (0, 0)), np.deg2rad(case.get("rotation", 0))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    middle = (np.array(values.shape[:2]) - 1) / 2
    offset = middle - turn @ (middle + np.array([dy, dx]))
    channels = [
        ndimage.affine_transform(values[..., c], turn, offset, order=1, mode="nearest")
        for c in range(3)
    ]
    return np.stack(channels, -1)


def main():
    given = picture()
    record = {"picture": encode(given), "cases": []}
    for case in CASES:
        made = gradlens.perturb(given, **case)
        expected = reference(given.astype(np.float64), case)
        if expected is not None:
            farthest = np.abs(np.clip(expected, 0, 255) - made).max()
            assert farthest <= 0.5 + 1e-3, (case, farthest)
        record["cases"].append(
            {
                "perturbation": case,
                "python": encode(made),
                "reference": None if expected is None else encode(expected),
            }
        )
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "cases.json").write_text(json.dumps(record))
    print(f"perturbations: {len(CASES)} cases")


if __name__ == "__main__":
    main()
