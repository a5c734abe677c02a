"""Write what a beginner has: a net that reads digits by Flatten, and one that scales its pictures.

Usage: python beginner.py FOLDER. Writes flat.keras and digit.npy, of 0..1, for whose class
Grad-CAM has no positive value; scaling.keras and photograph.npy, of 0..255.
"""

import sys
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from sklearn.datasets import load_digits


def empty(logits, x):
    """Tell of which pictures Grad-CAM of the highest class at the last convolution is empty."""
    both = keras.Model(logits.inputs, [logits.get_layer("conv").output, logits.outputs[0]])
    with tf.GradientTape() as tape:
        activations, scores = both(x)
        score = tf.reduce_max(scores, axis=1)
    weights = tf.reduce_mean(tape.gradient(score, activations), axis=(1, 2), keepdims=True)
    maps = tf.reduce_sum(weights * activations, axis=-1)
    # Well below zero, so that rounding decides nothing.
    return np.flatnonzero(tf.reduce_max(maps, axis=(1, 2)) < -1e-3 * tf.reduce_max(tf.abs(maps)))


def main():
    """Writes the models and the pictures into the folder given."""
    folder = Path(sys.argv[1])
    keras.utils.set_random_seed(0)
    digits = load_digits()
    x = (digits.images / 16).astype("float32")[..., None]
    inputs = keras.Input((8, 8, 1))
    y = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
    y = layers.MaxPooling2D()(y)
    y = layers.Conv2D(32, 3, padding="same", activation="relu", name="conv")(y)
    y = layers.Flatten(name="flatten")(y)
    scores = layers.Dense(10, name="scores")(y)
    logits = keras.Model(inputs, scores)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    logits.compile(keras.optimizers.Adam(2e-3), loss)
    logits.fit(x, digits.target, batch_size=64, epochs=15, verbose=0)
    keras.Model(inputs, layers.Softmax()(scores)).save(folder / "flat.keras")
    np.save(folder / "digit.npy", x[empty(logits, x[:200])[0]])

    scaling = keras.Sequential(
        [
            keras.Input((16, 16, 3)),
            layers.Rescaling(1 / 255, name="rescaling"),
            layers.Conv2D(4, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(3, activation="softmax"),
        ]
    )
    scaling.save(folder / "scaling.keras")
    picture = np.random.default_rng(1).integers(0, 256, (16, 16, 3), dtype="uint8")
    picture[0, 0], picture[0, 1] = 0, 255
    np.save(folder / "photograph.npy", picture)


if __name__ == "__main__":
    main()
