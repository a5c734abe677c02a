"""Write the models that bench-batches.mjs runs; those that exist are kept.

python bench/passes/models.py FOLDER
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
from keras import layers


def main():
    folder = Path(sys.argv[1])
    keras.utils.set_random_seed(1)
    for name, make in MODELS.items():
        if not (folder / f"{name}.keras").exists():
            make().save(folder / f"{name}.keras")


def plain(side):
    """Six convolutions, as beginners have them."""
    x = inputs = layers.Input((side, side, 3))
    for channels in (32, 64, 128):
        x = layers.Conv2D(channels, 3, padding="same", activation="relu")(x)
        x = layers.Conv2D(channels, 3, padding="same", activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


def mobile(side):
    return keras.applications.MobileNetV2(weights=None, input_shape=(side, side, 3))


MODELS = {
    "cnn-32": lambda: plain(32),
    "cnn-64": lambda: plain(64),
    "MobileNetV2-96": lambda: mobile(96),
    "MobileNetV2-224": lambda: mobile(224),
}

main()
