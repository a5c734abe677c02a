"""Activation maximisation of channels and a class of the small network, by Keras and NumPy.

The same start, the same jitter, the same holds as src/explain/channels/ascent.ts, written from the
papers with numpy.roll, tf.image.total_variation's square, and scipy's kernel. Writes
conformance/data/explain/ascent.json, which src/engine/run/channels/seek-channel.spec.ts reads.

    .venv-keras/bin/python conformance/explain/ascent.py
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "ops"))

import keras
import network
import numpy as np
import tensorflow as tf
from generate import build
from network import TARGET
from noise import uniform
from tensors import encode

OUT = pathlib.Path(__file__).resolve().parents[1] / "data" / "explain"
SIZE = network.INPUT[1:]
SETTINGS = {
    "steps": 12,
    "rate": 0.05,
    "jitter": 3,
    "tv": 0.25,
    "l2": 0.1,
    "blurEvery": 4,
    "blurSigma": 0.7,
}
SEEDS = [1, 5]


def blur(u, sigma):
    """scipy.ndimage.gaussian_filter(u, (sigma, sigma, 0), mode="nearest")."""
    radius = int(4 * sigma + 0.5)
    bell = np.exp(-(np.arange(-radius, radius + 1) ** 2) / (2 * sigma**2))
    bell /= bell.sum()
    for axis in (0, 1):
        pad = [(radius, radius) if i == axis else (0, 0) for i in range(3)]
        wide = np.pad(u, pad, mode="edge")
        u = sum(
            weight * np.take(wide, range(i, i + u.shape[axis]), axis)
            for i, weight in enumerate(bell)
        )
    return u


def variation(u):
    u = tf.constant(u, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(u)
        total = tf.reduce_sum((u[1:] - u[:-1]) ** 2) + tf.reduce_sum((u[:, 1:] - u[:, :-1]) ** 2)
    return tape.gradient(total, u).numpy()


def climb(score, low, high, seed):
    """The pictures before each step and at the end, and their scores as they were run."""
    u = np.clip(0.5 + 0.1 * network.gaussian(int(np.prod(SIZE)), seed).reshape(SIZE), 0, 1)
    numbers = uniform(seed ^ 0x9E3779B9)
    pictures, scores = [], []
    for step in range(SETTINGS["steps"]):
        jitter = SETTINGS["jitter"]
        shift = [int(next(numbers) * (2 * jitter + 1)) - jitter for _ in range(2)]
        x = tf.constant(np.roll(low + u * (high - low), shift, (0, 1))[None], tf.float32)
        with tf.GradientTape() as tape:
            tape.watch(x)
            value = score(x)
        pictures.append(low + u * (high - low))
        scores.append(float(value))
        g = tape.gradient(value, x).numpy()[0].astype("float64")
        g = np.roll(g, [-s for s in shift], (0, 1)) * (high - low)
        uphill = g / np.sqrt(np.mean(g**2))
        pull = SETTINGS["tv"] * variation(u) + SETTINGS["l2"] * 2 * (u - 0.5)
        u = np.clip(u + SETTINGS["rate"] * (uphill - pull), 0, 1)
        if (step + 1) % SETTINGS["blurEvery"] == 0:
            u = blur(u, SETTINGS["blurSigma"])
    pictures.append(low + u * (high - low))
    scores.append(float(score(tf.constant(pictures[-1][None], tf.float32))))
    return np.stack(pictures), scores


def main():
    relu, logits = build(), build(ending=None)

    def channel(layer, index):
        """The mean of a channel before its ReLU: the layer's own activation is taken away."""
        model = keras.models.clone_model(relu)
        model.set_weights(relu.get_weights())
        model.get_layer(layer).activation = keras.activations.linear
        tap = keras.Model(model.inputs, model.get_layer(layer).output)
        return lambda x: tf.reduce_mean(tap(x)[..., index])

    picture = network.picture()[:1]
    low, high = picture.min(), picture.max()
    cases = {
        "conv1": ({"layer": "conv1", "channel": 2}, channel("conv1", 2)),
        "features": ({"layer": "features", "channel": 3}, channel("features", 3)),
        "class": (TARGET, lambda x: tf.reduce_sum(logits(x)[:, TARGET])),
    }
    record = []
    for name, (target, score) in cases.items():
        found = [climb(score, low, high, seed) for seed in SEEDS]
        record.append(
            {
                "target": target,
                "given": float(score(tf.constant(picture))),
                "pictures": encode(np.stack([pictures for pictures, _ in found])),
                "scores": [scores for _, scores in found],
            }
        )
        print(name, [f"{scores[0]:.4g} to {scores[-1]:.4g}" for _, scores in found])
    OUT.mkdir(parents=True, exist_ok=True)
    out = {"settings": {**SETTINGS, "seeds": SEEDS}, "cases": record}
    (OUT / "ascent.json").write_text(json.dumps(out))


if __name__ == "__main__":
    main()
