"""Writes src/engine/backend/self-test-numbers.ts: the self-test's network as Keras computes it."""

import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import layers

OUT = (
    pathlib.Path(__file__).resolve().parents[2]
    / "src"
    / "engine"
    / "backend"
    / "self-test-numbers.ts"
)


def wave(shape, phase, offset=0.0):
    i = np.arange(np.prod(shape))
    return (np.sin(0.7 * (i + 1) + phase) + offset).astype("float32").reshape(shape)


def spell(values):
    return ", ".join(f"{v:.9g}" for v in np.ravel(values))


def main():
    model = keras.Sequential(
        [
            keras.Input((6, 6, 3)),
            layers.Conv2D(4, 3, padding="same"),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.MaxPooling2D(2),
            layers.DepthwiseConv2D(3, padding="same"),
            layers.Activation("silu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(3),
        ]
    )
    conv, norm, _, _, depthwise, _, _, dense = model.layers
    conv.set_weights([wave((3, 3, 3, 4), 0), wave((4,), 1)])
    norm.set_weights([wave((4,), 2, 2), wave((4,), 3), wave((4,), 4), wave((4,), 5, 2)])
    depthwise.set_weights([wave((3, 3, 4, 1), 6), wave((4,), 7)])
    dense.set_weights([wave((4, 3), 8), wave((3,), 9)])
    x = tf.constant(wave((1, 6, 6, 3), 0.5))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x, training=False)
        score = y[0, 0]
    gradient = tape.gradient(score, x).numpy().ravel()[:36]
    first, second = spell(gradient[:18]), spell(gradient[18:])
    OUT.write_text(
        "/** Made by conformance/ops/self_test.py with Keras on TensorFlow. Do not edit. */\n\n"
        f"export const SELF_TEST_OUTPUT: readonly number[] = [{spell(y.numpy())}];\n\n"
        "/** The gradient of output 0 at the first 36 input values. */\n"
        f"export const SELF_TEST_GRADIENT: readonly number[] = [\n  {first},\n  {second}\n];\n"
    )


if __name__ == "__main__":
    main()
