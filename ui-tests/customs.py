"""Write a model with two layers of the user's own, and what Keras says of a picture.

Usage: python customs.py FOLDER. Writes customs.keras, customs.npy and customs.json.
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np
from keras import layers


class FixedDropout(layers.Dropout):
    """Changes nothing when the model predicts."""


class Swish(layers.Layer):
    """As keras.activations.silu."""

    def call(self, x):
        """Computes x times its sigmoid."""
        return x * keras.ops.sigmoid(x)


def main():
    """Writes the model, the picture and Keras' output into the folder given."""
    folder = Path(sys.argv[1])
    picture = np.random.default_rng(1).integers(0, 256, (24, 24, 3), dtype="uint8")
    np.save(folder / "customs.npy", picture)
    keras.utils.set_random_seed(4)
    inputs = keras.Input((24, 24, 3), name="image")
    x = layers.Conv2D(8, 3, strides=2, name="conv")(inputs)
    x = FixedDropout(0.2, name="drop")(Swish(name="swish")(x))
    x = layers.GlobalAveragePooling2D()(x)
    model = keras.Model(inputs, layers.Dense(3, activation="softmax", name="head")(x))
    model.save(folder / "customs.keras")
    output = model(picture[None] / np.float32(255), training=False).numpy()[0]
    (folder / "customs.json").write_text(json.dumps(output.tolist()))


if __name__ == "__main__":
    main()
