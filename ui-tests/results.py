"""Write a small model and what Keras finds in a picture, for results that come back to Python.

Usage: python results.py FOLDER. Writes results.keras, results.npy (the picture) and
results.npz: by layer, the Grad-CAM of the highest logit, the layer's output, the logit's
gradients there; and the model's output.
"""

import sys
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras import layers

LAYERS = ["conv1", "conv2"]


def main():
    """Writes the model, the picture and Keras' numbers into the folder given."""
    folder = Path(sys.argv[1])
    keras.utils.set_random_seed(7)
    inputs = keras.Input((48, 40, 3), name="image")
    x = layers.Conv2D(8, 3, activation="relu", name="conv1")(inputs)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(12, 3, activation="relu", name="conv2")(x)
    x = layers.GlobalAveragePooling2D()(x)
    logits = layers.Dense(5, name="logits")(x)
    model = keras.Model(inputs, layers.Softmax(name="head")(logits))
    model.save(folder / "results.keras")

    picture = np.random.default_rng(2).integers(0, 256, (48, 40, 3), dtype="uint8")
    np.save(folder / "results.npy", picture)
    outputs = [*(model.get_layer(name).output for name in LAYERS), logits, model.output]
    parts = keras.Model(inputs, outputs)
    with tf.GradientTape() as tape:
        first, second, scores, probabilities = parts(picture[None] / np.float32(255))
        score = tf.reduce_max(scores)
    found = {"scores": probabilities[0]}
    for name, activations, gradients in zip(
        LAYERS, [first, second], tape.gradient(score, [first, second]), strict=True
    ):
        weights = tf.reduce_mean(gradients, axis=(1, 2), keepdims=True)
        found[f"{name}_map"] = tf.nn.relu(tf.reduce_sum(weights * activations, axis=-1))[0]
        found[f"{name}_activations"] = activations[0]
        found[f"{name}_gradients"] = gradients[0]
    np.savez(folder / "results.npz", **{name: np.asarray(value) for name, value in found.items()})


if __name__ == "__main__":
    main()
