"""Write models of unusual shapes, a notebook that shows them, and Keras' Grad-CAM of them.

Usage: python shapes.py FOLDER. Writes signal.keras (a 1-D signal), first.keras
(channels first), gray.keras (no channels), shapes.ipynb and shapes.json.
"""

import json
import os
import sys
from pathlib import Path

# Off by itself on processors without AVX-512; TensorFlow's own kernels know no channels-first.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

import keras
import numpy as np
import tensorflow as tf
from keras import layers

STEPS = 96


def main():
    """Writes the models and the notebook into the folder given."""
    folder = Path(sys.argv[1])
    random = np.random.default_rng(1)
    time = np.arange(STEPS)
    wave = np.sin(time / 3) * np.exp(-(((time - 30) / 12) ** 2))
    signal = np.stack([wave, np.roll(wave, 25)], axis=-1).astype("float32")
    picture = random.integers(0, 256, (24, 24, 3), dtype="uint8")
    records = {}
    for name, build, layer, batch in [
        ("signal", a_signal, "conv2", signal[None]),
        ("first", channels_first, "seen", np.moveaxis(picture, -1, 0)[None] / np.float32(255)),
        ("gray", without_channels, "seen", picture[None, ..., 0] / np.float32(255)),
    ]:
        keras.utils.set_random_seed(3)
        model = build()
        for bias in (v for v in model.weights if v.name == "bias"):
            bias.assign(random.normal(0, 0.2, bias.shape))
        model.save(folder / f"{name}.keras")
        records[name] = grad_cam(model, layer, batch.astype("float32"))
    np.save(folder / "signal.npy", signal)
    np.save(folder / "first.npy", picture)
    np.save(folder / "gray.npy", picture[..., 0])
    (folder / "shapes.json").write_text(json.dumps(records))
    (folder / "shapes.ipynb").write_text(json.dumps(notebook()))


def a_signal():
    """Builds a one-dimensional CNN of two channels."""
    inputs = keras.Input((STEPS, 2), name="signal")
    x = layers.Conv1D(6, 5, strides=2, padding="same", activation="relu", name="conv1")(inputs)
    x = layers.Conv1D(8, 3, padding="same", activation="relu", name="conv2")(x)
    x = layers.GlobalAveragePooling1D()(x)
    return keras.Model(inputs, layers.Dense(3, activation="softmax", name="head")(x))


def channels_first():
    """Builds a CNN whose channels come first."""
    inputs = keras.Input((3, 24, 24), name="image")
    x = layers.Conv2D(6, 3, data_format="channels_first", activation="relu", name="hidden")(inputs)
    x = layers.Permute((2, 3, 1), name="turned")(x)
    x = layers.Conv2D(8, 3, strides=2, activation="relu", name="seen")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(3, activation="softmax", name="head")(x))


def without_channels():
    """Builds a CNN that takes gray pictures as Keras' MNIST has them."""
    inputs = keras.Input((24, 24), name="image")
    x = layers.Reshape((24, 24, 1))(layers.Rescaling(2.0, -1.0)(inputs))
    x = layers.Conv2D(8, 3, strides=2, activation="relu", name="seen")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(3, activation="softmax", name="head")(x))


def grad_cam(model, layer, batch):
    """Selvaraju et al. 2017, of the highest class's logit; a signal's map is one row."""
    head = model.get_layer("head")
    probabilities = model(batch).numpy()[0]
    head.activation = keras.activations.linear
    taps = keras.Model(model.input, [model.get_layer(layer).output, model.output])
    with tf.GradientTape() as tape:
        activation, logits = taps(batch)
        score = logits[0, int(probabilities.argmax())]
    slopes = tape.gradient(score, activation).numpy()[0]
    weights = slopes.reshape(-1, slopes.shape[-1]).mean(0)
    cam = np.maximum(activation.numpy()[0] @ weights, 0)
    cam = cam if cam.ndim == 2 else cam[None]
    peak = [int(i) for i in np.unravel_index(cam.argmax(), cam.shape)]
    return {
        "target": int(probabilities.argmax()),
        "probability": float(probabilities.max()),
        "shape": list(cam.shape),
        "peak": peak,
        "max": float(cam.max()),
    }


def notebook():
    """Writes a notebook that shows each model."""
    sources = [
        "import gradlens\nimport numpy as np",
        'gradlens.show("signal.keras", np.load("signal.npy"), layer="conv2")',
        'gradlens.show("first.keras", np.load("first.npy"), preprocess="scale")',
        'gradlens.show("gray.keras", np.load("gray.npy"), preprocess="scale")',
    ]
    cells = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell{i}",
            "metadata": {},
            "outputs": [],
            "source": source,
        }
        for i, source in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


if __name__ == "__main__":
    main()
