"""Makes the small models of more.ipynb: a signal, a vector, two inputs, a segmentation.

    python examples/make_more.py [--force]

Needs Keras and scikit-learn; does nothing when all of it is there and the code
has not changed. Writes models/more/*.keras, data/more/*.npy (what the models
look at) and data/more/expected.json (what Keras finds in it).
"""

from __future__ import annotations

import json
import logging
import os
import sys

import numpy as np
from stamp import DATA, MODELS, Stamp

MORE_MODELS = MODELS / "more"
MORE_DATA = DATA / "more"

STAMP = Stamp(
    "more",
    ["make_more.py"],
    [
        *(MORE_MODELS / f"{name}.keras" for name in ("beats", "digits", "scene", "mask")),
        *(MORE_DATA / name for name in ("beats.npy", "digits.npy", "expected.json")),
    ],
)

STEPS = 160


def beats(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Traces (count, 160, 1) with a beat every 32 steps; in class 1, one beat is inverted."""
    random = np.random.default_rng(seed)
    steps = np.arange(STEPS)
    traces = 0.05 * random.standard_normal((count, STEPS))
    odd = random.integers(0, 2, count)
    for trace, is_odd in zip(traces, odd, strict=True):
        centres = np.arange(16, STEPS, 32) + random.integers(-3, 4, 5)
        turned = random.integers(0, 5) if is_odd else -1
        for index, centre in enumerate(centres):
            beat = np.exp(-(((steps - centre) / 3) ** 2))
            trace += -beat if index == turned else beat
    return traces[..., None].astype(np.float32), odd


def train_beats(keras):
    """A net of two Conv1D that finds the inverted beat."""
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((STEPS, 1), name="trace"),
            layers.Conv1D(8, 9, padding="same", activation="relu", name="conv1"),
            layers.MaxPooling1D(2, name="pool"),
            layers.Conv1D(16, 9, padding="same", activation="relu", name="conv2"),
            layers.GlobalMaxPooling1D(name="strongest"),
            layers.Dense(2, activation="softmax", name="kind"),
        ],
        name="beats",
    )
    fit(model, *beats(600, 1), epochs=12)
    return model


def train_digits(keras):
    """Two dense layers on scikit-learn's digits, 64 values each."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    model = keras.Sequential(
        [
            keras.Input((64,), name="pixels"),
            keras.layers.Dense(32, activation="relu", name="hidden"),
            keras.layers.Dense(10, activation="softmax", name="digit"),
        ],
        name="digits",
    )
    values = (digits.data / 16).astype(np.float32)
    fit(model, values, digits.target, epochs=10)
    return model, values[:4]


def fit(model, x: np.ndarray, y: np.ndarray, epochs: int) -> None:
    """Train a classifier."""
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=epochs, batch_size=32, verbose=0)


def scene(keras):
    """A picture and five numbers in, a kind and a yes or no out; weights are random."""
    layers = keras.layers
    picture = keras.Input((64, 64, 3), name="picture")
    weather = keras.Input((5,), name="weather")
    x = layers.Rescaling(1 / 255, name="scale")(picture)
    x = layers.Conv2D(8, 5, strides=2, activation="relu", name="conv")(x)
    x = layers.GlobalAveragePooling2D(name="mean")(x)
    x = layers.Concatenate(name="both")([x, weather])
    kind = layers.Dense(3, activation="softmax", name="kind")(x)
    rain = layers.Dense(1, activation="sigmoid", name="rain")(x)
    return keras.Model([picture, weather], [kind, rain], name="scene")


def mask(keras):
    """A segmentation of a picture into three kinds; weights are random."""
    layers = keras.layers
    picture = keras.Input((64, 64, 3), name="picture")
    x = layers.Rescaling(1 / 255, name="scale")(picture)
    x = layers.Conv2D(8, 5, padding="same", activation="relu", name="features")(x)
    kinds = layers.Conv2D(3, 1, activation="softmax", name="kinds")(x)
    return keras.Model(picture, kinds, name="mask")


def write_expected(keras, trace: np.ndarray, digit: np.ndarray) -> None:
    """What Keras finds, from the files as written."""
    import tensorflow as tf

    loaded = {
        name: keras.models.load_model(MORE_MODELS / f"{name}.keras")
        for name in ("beats", "digits", "scene", "mask")
    }

    def logit(model, x):
        head = model.layers[-1]
        return tf.reduce_max(tf.matmul(x, head.kernel) + head.bias)

    model = loaded["beats"]
    features = trace[None]
    for name in ("conv1", "pool", "conv2"):
        features = model.get_layer(name)(features)
    with tf.GradientTape() as tape:
        tape.watch(features)
        score = logit(model, model.get_layer("strongest")(features))
    weights = tf.reduce_mean(tape.gradient(score, features), axis=1, keepdims=True)
    cam = tf.nn.relu(tf.reduce_sum(weights * features, axis=-1))[0].numpy()

    model = loaded["digits"]
    pixels = tf.constant(digit[None])
    with tf.GradientTape() as tape:
        tape.watch(pixels)
        score = logit(model, model.get_layer("hidden")(pixels))
    saliency = np.abs(tape.gradient(score, pixels)[0].numpy())

    ramp = np.tile(np.arange(64, dtype=np.uint8)[:, None, None] * 4, (1, 64, 3))
    batch = ramp[None].astype(np.float32)
    numbers = np.array([[1, 2, 3, 4, 5]], np.float32)
    kind, rain = loaded["scene"]([batch, numbers])
    kinds = loaded["mask"](batch)[0].numpy()
    expected = {
        "beats": {
            "scores": loaded["beats"](trace[None])[0].numpy().tolist(),
            "peak": int(cam.argmax()),
            "cells": len(cam),
            "max": float(cam.max()),
        },
        "digits": {
            "scores": loaded["digits"](digit[None])[0].numpy().tolist(),
            "peak": int(saliency.argmax()),
            "cells": len(saliency),
            "max": float(saliency.max()),
        },
        "scene": {"kind": kind[0].numpy().tolist(), "rain": float(rain[0, 0])},
        "mask": {"pixels": np.bincount(kinds.argmax(-1).ravel(), minlength=3).tolist()},
    }
    (MORE_DATA / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


def main() -> int:
    """Make what is missing; return the exit status."""
    if STAMP.is_fresh() and "--force" not in sys.argv[1:]:
        print("The models of more.ipynb are up to date.")
        return 0
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.getLogger("absl").setLevel(logging.ERROR)
    import keras

    keras.utils.set_random_seed(7)
    MORE_MODELS.mkdir(parents=True, exist_ok=True)
    MORE_DATA.mkdir(parents=True, exist_ok=True)
    finder = train_beats(keras)
    traces, odd = beats(400, 2)
    right = float((finder.predict(traces, verbose=0).argmax(axis=1) == odd).mean())
    if right < 0.95:
        print(f"The net tells only {right:.0%} of the beats: none was made.", file=sys.stderr)
        return 1
    reader, digits = train_digits(keras)
    for model in (finder, reader, scene(keras), mask(keras)):
        model.save(MORE_MODELS / f"{model.name}.keras")
    trace = traces[int(np.flatnonzero(odd)[0])]
    np.save(MORE_DATA / "beats.npy", trace)
    np.save(MORE_DATA / "digits.npy", digits)
    write_expected(keras, trace, digits[3])
    STAMP.write()
    print("The models of more.ipynb are made.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
