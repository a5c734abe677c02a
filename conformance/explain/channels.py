"""Models some of whose channels are off, and what channels do over images, by Keras and NumPy.

Each model is built again with a layer behind the one whose channels are off, which is what a reader
would do by hand. Writes conformance/data/explain/channels.json, which
src/engine/run/channels/channels.spec.ts reads.

    .venv-keras/bin/python conformance/explain/channels.py
"""

import base64
import json
import os
import pathlib
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "ops"))

import keras
import numpy as np
import tensorflow as tf
import tf_keras
from network import wave
from tensors import encode

OUT = pathlib.Path(__file__).resolve().parents[1] / "data" / "explain"
SHAPE = (16, 20, 3)
TARGET = 1


def pictures(count):
    """(count, 16, 20, 3): smooth, and different from one to the next."""
    y, x = np.mgrid[0:16, 0:20]
    smooth = [np.sin(0.3 * y + 0.2 * x * (1 + c) + 1.7 * s) for s in range(count) for c in range(3)]
    smooth = np.stack(smooth).reshape(count, 3, 16, 20).transpose(0, 2, 3, 1)
    return (smooth + wave((count, *SHAPE), 0.5, 0.3)).astype("float32")


class Cut:
    """Puts a layer behind each one whose channels are off."""

    def __init__(self, library, off=()):
        self.library, self.off = library, off
        self.values = {}

    def __call__(self, name, x):
        for entry in self.off:
            if entry["layer"] == name:
                x = self.library.layers.Lambda(self.without, arguments={"entry": entry})(x)
        self.values[name] = x
        return x

    @staticmethod
    def without(x, entry):
        mask = np.zeros(x.shape[-1], "float32")
        mask[entry["channels"]] = 1
        axes = list(range(1, len(x.shape) - 1))
        other = (
            tf.reduce_mean(x, axes, keepdims=True) if entry["by"] == "mean" else tf.zeros_like(x)
        )
        return x * (1 - mask) + other * mask


def plain(library, cut):
    """Convolutions, each with BatchNormalization and ReLU, which an engine merges."""
    layers = library.layers
    inputs = library.Input(SHAPE, name="image")
    x = cut("conv1", layers.Conv2D(8, 3, padding="same", name="conv1")(inputs))
    x = cut("bn1", layers.BatchNormalization(name="bn1")(x))
    x = cut("relu1", layers.ReLU(name="relu1")(x))
    x = cut("pool", layers.MaxPooling2D(name="pool")(x))
    x = cut("conv2", layers.Conv2D(12, 3, activation="relu", name="conv2")(x))
    x = cut("gap", layers.GlobalAveragePooling2D(name="gap")(x))
    x = cut("hidden", layers.Dense(6, activation="tanh", name="hidden")(x))
    logits = layers.Dense(3, name="logits")(x)
    return inputs, logits, layers.Softmax(name="softmax")(logits)


def residual(library, cut):
    """Blocks whose first value is used twice, one of them with a gate."""
    layers = library.layers
    inputs = library.Input(SHAPE, name="image")
    x = cut(
        "stem",
        layers.Conv2D(8, 3, strides=2, padding="same", activation="relu", name="stem")(inputs),
    )
    y = cut("branch", layers.Conv2D(8, 3, padding="same", name="branch")(x))
    y = cut("norm", layers.BatchNormalization(name="norm")(y))
    x = cut("add", layers.Add(name="add")([x, y]))
    x = cut("relu", layers.Activation("relu", name="relu")(x))
    gate = layers.GlobalAveragePooling2D(keepdims=True, name="squeeze")(x)
    gate = cut("gate", layers.Conv2D(8, 1, activation="sigmoid", name="gate")(gate))
    x = cut("scaled", layers.Multiply(name="scaled")([x, gate]))
    y = cut("wide", layers.Conv2D(8, 3, padding="same", activation="relu", name="wide")(x))
    x = cut("concat", layers.Concatenate(name="concat")([x, y]))
    x = layers.GlobalAveragePooling2D(name="gap")(x)
    logits = layers.Dense(4, name="logits")(x)
    return inputs, logits, layers.Activation("softmax", name="softmax")(logits)


def old(library, cut):
    """As MobileNet: depthwise convolutions, and ReLU6 as a layer."""
    layers = library.layers
    inputs = library.Input(SHAPE, name="image")
    x = layers.ZeroPadding2D(name="pad")(inputs)
    x = cut("conv", layers.Conv2D(6, 3, strides=2, use_bias=False, name="conv")(x))
    x = cut("conv_bn", layers.BatchNormalization(name="conv_bn")(x))
    x = cut("conv_relu", layers.ReLU(6.0, name="conv_relu")(x))
    x = cut("dw", layers.DepthwiseConv2D(3, padding="same", use_bias=False, name="dw")(x))
    x = cut("dw_bn", layers.BatchNormalization(name="dw_bn")(x))
    x = cut("dw_relu", layers.ReLU(6.0, name="dw_relu")(x))
    x = cut("pw", layers.Conv2D(10, 1, activation="relu", name="pw")(x))
    x = layers.Flatten(name="flat")(x)
    logits = layers.Dense(3, name="logits")(x)
    return inputs, logits, layers.Softmax(name="softmax")(logits)


def zero(layer, *channels):
    return {"layer": layer, "channels": list(channels), "by": "zero"}


def mean(layer, *channels):
    return {"layer": layer, "channels": list(channels), "by": "mean"}


MODELS = {
    "plain.keras": {
        "make": plain,
        "library": keras,
        "map": "conv2",
        "cuts": [
            [zero("conv1", 0, 3)],
            [mean("conv1", 2)],
            [zero("bn1", 1)],
            [mean("relu1", 0, 5)],
            [zero("pool", 4), mean("pool", 1)],
            [zero("conv2", 0, 1, 2, 7)],
            [mean("conv2", 3)],
            [zero("hidden", 2)],
            [zero("relu1", 2), mean("conv2", 5)],
        ],
        "rank": [zero("relu1"), mean("conv2"), zero("hidden"), zero("conv1")],
        "health": ["relu1", "conv2", "hidden", "conv1"],
    },
    "residual.keras": {
        "make": residual,
        "library": keras,
        "map": "concat",
        "cuts": [
            [zero("stem", 1, 2)],
            [mean("stem", 0)],
            [zero("norm", 3)],
            [mean("add", 4)],
            [zero("relu", 0, 6)],
            [mean("relu", 5)],
            [zero("gate", 2)],
            [mean("scaled", 1), zero("wide", 3)],
            [zero("concat", 0, 9)],
        ],
        "rank": [zero("stem"), mean("relu"), zero("gate"), zero("concat")],
        "health": ["stem", "relu", "gate", "concat"],
    },
    "old.h5": {
        "make": old,
        "library": tf_keras,
        "map": "pw",
        "cuts": [
            [zero("conv", 0)],
            [mean("conv_bn", 1)],
            [zero("conv_relu", 2, 5)],
            [mean("dw", 3)],
            [zero("dw_bn", 4)],
            [mean("dw_relu", 0)],
            [zero("pw", 1, 2)],
            [mean("pw", 7)],
        ],
        "rank": [zero("conv"), mean("dw_relu"), zero("pw")],
        "health": ["conv_relu", "dw_relu", "pw"],
    },
}


def give_weights(model):
    """By formula, with some channels that are dead, saturated or like another."""
    for index, layer in enumerate(model.layers):
        values = layer.get_weights()
        if not values:
            continue
        kind = type(layer).__name__
        if kind == "BatchNormalization":
            shape = values[0].shape
            gamma, beta = 1 + wave(shape, index, 0.3), wave(shape, 1 + index, 0.2)
            moving = wave(shape, 2 + index, 0.1), 1 + np.abs(wave(shape, 3 + index, 0.4))
            layer.set_weights([gamma, beta, *moving])
            continue
        kernel = wave(values[0].shape, index, 2.5 / np.sqrt(np.prod(values[0].shape[:-1])))
        if kind == "DepthwiseConv2D":
            kernel = wave(values[0].shape, index, 1.5)
        bias = [wave(value.shape, 20 + index, 0.2) for value in values[1:]]
        if layer.name in ("conv1", "stem", "pw", "conv"):
            kernel[..., 3] = 1.001 * kernel[..., 2]
        if layer.name in ("conv2", "pw", "stem"):
            bias[0][4] = -50
        if layer.name == "wide":
            bias[0][4], kernel[..., 5] = -50, 0
        if layer.name == "conv1":
            kernel[..., 6] = 0
        if layer.name == "gate":
            bias[0][1], bias[0][2] = 9, -9
        if layer.name == "hidden":
            bias[0][0] = 3
        layer.set_weights([kernel, *bias])


def build(entry, off=(), weights=None):
    library = entry["library"]
    cut = Cut(library, off)
    inputs, logits, outputs = entry["make"](library, cut)
    model = library.Model(inputs, outputs)
    if weights is None:
        give_weights(model)
    else:
        model.set_weights(weights)
    return model, library.Model(inputs, {"logits": logits, "output": outputs, **cut.values})


def explained(taps, x, layers):
    """Output, logit, input gradient, and Grad-CAM (Selvaraju et al. 2017) at layers."""
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        values = taps(x, training=False)
        score = tf.reduce_sum(values["logits"][:, TARGET])
    *slopes, slope = tape.gradient(score, [*(values[layer] for layer in layers), x])
    maps = {}
    for layer, gradient in zip(layers, slopes, strict=True):
        weight = tf.reduce_mean(gradient, (1, 2), keepdims=True)
        maps[layer] = encode(tf.nn.relu(tf.reduce_sum(weight * values[layer], -1)).numpy())
    return {
        "output": encode(values["output"].numpy()),
        "score": float(score),
        "saliency": encode(np.abs(slope.numpy()).max(-1)),
        "maps": maps,
    }


def with_cuts(entry, weights, x):
    found = []
    for off in entry["cuts"]:
        _, taps = build(entry, off, weights)
        image = [one["layer"] for one in off if len(taps.output[one["layer"]].shape) == 4]
        layers = list(dict.fromkeys([entry["map"], *image]))
        found.append({"off": off, **explained(taps, x, layers)})
    return found


def ranked(entry, weights, x):
    found = []
    for asked in entry["rank"]:
        _, taps = build(entry, (), weights)
        channels = taps.output[asked["layer"]].shape[-1]
        scores = []
        for channel in range(channels):
            _, taps = build(entry, [{**asked, "channels": [channel]}], weights)
            scores.append(float(taps(x, training=False)["logits"][0, TARGET]))
        found.append({"layer": asked["layer"], "by": asked["by"], "scores": scores})
    return found


ENDS = {
    "hidden": (-0.98, 0.98),
    "gate": (0.01, 0.99),
    "conv_relu": (-np.inf, 6),
    "dw_relu": (-np.inf, 6),
}
RECTIFIED = {"relu1", "conv2", "stem", "relu", "conv_relu", "dw_relu", "pw"}


def health(values, layer):
    """By the definitions of docs/viewer.md, in float64."""
    channels = values.shape[-1]
    rows = values.reshape(-1, channels).astype("float64")
    low, high = ENDS.get(layer, (-np.inf, np.inf))
    at_ends = (rows <= low) | (rows >= high)
    kinds, twins = [], []
    with np.errstate(invalid="ignore", divide="ignore"):
        correlation = np.corrcoef(rows.T)
    for k in range(channels):
        column = rows[:, k]
        if layer in RECTIFIED and not column.any():
            kinds.append("dead")
        elif np.ptp(column) <= 1e-6 * np.abs(column).max():
            kinds.append("constant")
        elif at_ends[:, k].mean() >= 0.95:
            kinds.append("saturated")
        else:
            like = [j for j in range(k) if kinds[j] == "live" and correlation[j, k] >= 0.99]
            compared = len(rows) >= 32
            kinds.append("duplicate" if like and compared else "live")
            if like and compared:
                twins.append(
                    {"channel": k, "like": like[0], "correlation": float(correlation[like[0], k])}
                )
    return {
        "layer": layer,
        "positions": len(rows),
        "kinds": kinds,
        "twins": twins,
        "atEnds": float(at_ends.mean()) if layer in ENDS else None,
    }


def file_of(model, name):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / name
        model.save(path)
        return base64.b64encode(path.read_bytes()).decode()


def main():
    x = pictures(12)
    record = {"pictures": encode(x), "models": {}}
    for name, entry in MODELS.items():
        model, taps = build(entry)
        weights = model.get_weights()
        values = taps(x, training=False)
        record["models"][name] = {
            "file": file_of(model, name),
            "map": entry["map"],
            "whole": explained(taps, x[:1], [entry["map"]]),
            "cuts": with_cuts(entry, weights, x[:1]),
            "ranked": ranked(entry, weights, x[:1]),
            "health": [health(values[layer].numpy(), layer) for layer in entry["health"]],
        }
        for one in record["models"][name]["health"]:
            print(name, one["layer"], one["positions"], one["kinds"], one["atEnds"])
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "channels.json").write_text(json.dumps(record))


if __name__ == "__main__":
    main()
