"""How much of a map is seen over its picture, by the rule that spreads its opacity.

Grad-CAM of several layers of the demo's model and of the reference case (DenseNet169), and
maps of one peak, are laid over their pictures in viridis at the view's opacity. A pixel
counts as seen where its colour differs from the picture's by at least 10 in CIELAB (CIE
1976), which is plain at a glance. Told are the seen share of the map's sum, of its pixels,
and of the pixels that hold less than a hundredth of the largest value.

    .venv-keras/bin/python bench/opacity.py
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import matplotlib
import numpy as np
import tensorflow as tf
from PIL import Image

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
LAYERS = ["conv1_relu", "pool2_conv", "pool3_conv", "pool4_conv", "conv5_block32_concat"]
OPACITY = 0.6
SEEN = 10


def share(values):
    """The share of the magnitude at the far end: the rule of before."""
    return np.clip(values / values.max(), 0, 1)


RULES = {
    "linear": share,
    "square root": lambda values: np.sqrt(share(values)),
    "99th percentile": lambda values: np.clip(values / np.percentile(values, 99), 0, 1),
    "95th percentile": lambda values: np.clip(values / np.percentile(values, 95), 0, 1),
}


def functional_grad_cam(model, batch, layer):
    """Grad-CAM of the highest class's logit, raw, of a functional model."""
    head = model.layers[-1]
    probe = keras.Model(model.inputs, [model.get_layer(layer).output, head.input])
    batch = tf.constant(batch)
    with tf.GradientTape() as tape:
        # What a frozen model computes is else not followed.
        tape.watch(batch)
        activations, features = probe(batch)
        score = tf.reduce_max(tf.matmul(features, head.kernel) + head.bias)
    gradients = tape.gradient(score, activations)
    weights = tf.reduce_mean(gradients, (1, 2), keepdims=True)
    return np.maximum((activations * weights).numpy().sum(-1)[0], 0)


def lab(rgb):
    """CIELAB of sRGB in 0..1, by D65."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_xyz = [[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]]
    xyz = linear @ np.array(to_xyz) / [0.9505, 1, 1.089]
    x, y, z = np.moveaxis(np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116), -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], -1)


def read(name, size):
    """Read a picture of the examples as float32 in 0..255."""
    picture = Image.open(EXAMPLES / "data" / name).convert("RGB").resize((size, size))
    return np.asarray(picture, "float32")


def measure(name, cam, picture):
    """Print a row for each rule."""
    height, width = picture.shape[:2]
    rows, columns = (np.arange(n) * m // n for n, m in zip((height, width), cam.shape, strict=True))
    values = cam[rows][:, columns]
    span = np.ptp(values) or 1
    colors = matplotlib.colormaps["viridis"]((values - values.min()) / span)[..., :3]
    picture = picture / 255
    low = values < values.max() / 100
    for rule, strength in RULES.items():
        mixed = picture + OPACITY * strength(values)[..., None] * (colors - picture)
        seen = np.linalg.norm(lab(mixed) - lab(picture), axis=-1) >= SEEN
        parts = [
            values[seen].sum() / values.sum(),
            seen.mean(),
            seen[low].mean() if low.any() else 0,
        ]
        print("|", " | ".join([name, rule, *(f"{part:.0%}" for part in parts)]), "|")


def main():
    """Measure all maps."""
    sys.path.insert(0, str(EXAMPLES))
    from keras_grad_cam import grad_cam

    print("| map | opacity | of the sum | of the pixels | of those below 1 % |")
    print("|---|---|---:|---:|---:|")
    tank = keras.models.load_model(EXAMPLES / "models/tank.keras", compile=False)
    for file in ["test_tank_grey", "test_field_blue"]:
        picture = read(f"{file}.png", 128)
        for layer in ["conv1", "conv2", "conv3", "conv4"]:
            cam = grad_cam(tank, picture[None], layer)[0][0]
            measure(f"tank, {file[5:]}, {layer}", cam, picture)
    dense = keras.models.load_model(EXAMPLES / "models/model.h5", compile=False)
    for file in ["china", "flower"]:
        picture = read(f"{file}.jpg", 224)
        for layer in LAYERS:
            cam = functional_grad_cam(dense, picture[None] / 127.5 - 1, layer)
            measure(f"DenseNet169, {file}, {layer}", cam, picture)
    y, x = np.mgrid[:112, :112] / 111
    far = np.hypot(x - 0.3, y - 0.4)
    picture = read("china.jpg", 224)
    measure("one peak, nothing else", np.exp(-((far / 0.1) ** 2)), picture)
    tenth = 0.1 * (0.75 + 0.25 * np.sin(9 * x))
    measure("one peak over a tenth", 0.9 * np.exp(-((far / 0.05) ** 2)) + tenth, picture)


if __name__ == "__main__":
    main()
