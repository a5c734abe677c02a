"""Grad-CAM in float64 of a model whose channels cancel for one class, and of it scaled down.

The third channel is the sum of the others, and the first class counts it against them: its
map is zero, and what float32 makes of it is rounding. Writes cancelling.json, cancelling.keras
and cancelling-scaled.keras (all weights times 1e-6) into conformance/data/explain/, which
src/engine/worker/cancelling.spec.ts reads.

    .venv-keras/bin/python conformance/explain/cancelling.py
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "ops"))

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from tensors import encode

OUT = pathlib.Path(__file__).resolve().parents[1] / "data" / "explain"
CLASSES = [[1, 1, -1], [-0.5, 0.25, -0.75]]


def build(scale, dtype):
    inputs = keras.Input((9, 8, 3), name="image", dtype=dtype)
    x = layers.Conv2D(3, 3, name="features", dtype=dtype)(inputs)
    x = layers.GlobalAveragePooling2D(name="gap", dtype=dtype)(x)
    model = keras.Model(inputs, layers.Dense(2, name="dense", dtype=dtype)(x))
    # Of few digits, so that the sum of two kernels is exact in float32 too.
    kernel = np.random.default_rng(3).integers(-32, 33, (3, 3, 3, 3)) / 64
    kernel[..., 2] = kernel[..., 0] + kernel[..., 1]
    model.get_layer("features").set_weights([kernel * scale, np.zeros(3)])
    model.get_layer("dense").set_weights([np.transpose(CLASSES) * scale, np.zeros(2)])
    return model


def grad_cam(model, x, target):
    """Selvaraju et al. 2017, and the largest sum of the sizes of its terms."""
    taps = keras.Model(model.inputs, [model.get_layer("features").output, model.output])
    with tf.GradientTape() as tape:
        features, output = taps(x)
        score = output[:, target]
    weights = tf.reduce_mean(tape.gradient(score, features), (1, 2), keepdims=True)
    terms = (weights * features).numpy()
    assert terms.dtype == "float64"
    return np.maximum(terms.sum(-1), 0), float(np.abs(terms).sum(-1).max())


def main():
    x = np.random.default_rng(4).random((1, 9, 8, 3)).astype("float32")
    record = {"input": encode(x), "models": {}}
    OUT.mkdir(parents=True, exist_ok=True)
    for name, scale in {"cancelling": 1, "cancelling-scaled": 1e-6}.items():
        build(scale, "float32").save(OUT / f"{name}.keras")
        found = [grad_cam(build(scale, "float64"), x.astype("float64"), k) for k in range(2)]
        record["models"][name] = [{"map": encode(map_), "scale": scale} for map_, scale in found]
    (OUT / "cancelling.json").write_text(json.dumps(record))
    print("cancelling: 2 models")


if __name__ == "__main__":
    main()
