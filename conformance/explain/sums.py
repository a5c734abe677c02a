"""Values of layers, taken apart: what Keras on TensorFlow computes of them, and of one channel.

Five models: the demo's network; convolutions of all kinds with every argument away from its
default; a MobileNetV2 with noise for weights, nested in a Sequential; a small DenseNet; and
layers with their channels first, run by Keras with them last. Writes
conformance/data/explain/sums.json, which src/engine/run/sums/take-sum.spec.ts reads, and the
models beside it.

    .venv-keras/bin/python conformance/explain/sums.py
"""

import json
import os
import pathlib
import shutil
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "ops"))

import keras
import numpy as np
from keras.src.applications.densenet import DenseNet
from tensors import encode

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "conformance" / "data" / "explain"
LESSONS = ROOT / "gradlens" / "lessons" / "files" / "models"
L = keras.layers

WEIGHED = (
    L.Conv1D,
    L.Conv2D,
    L.DepthwiseConv2D,
    L.SeparableConv2D,
    L.Conv2DTranspose,
    L.Dense,
)


def shuffle(model, seed):
    """Noise for weights, of a size that keeps values near 1."""
    rng = np.random.default_rng(seed)
    for variable in model.weights:
        shape = variable.shape
        fan = max(1, int(np.prod(shape[:-1])))
        noise = rng.normal(0, 1, shape)
        name = variable.path.rsplit("/", 1)[-1]
        if "variance" in name:
            noise = rng.uniform(0.5, 2, shape)
        elif "gamma" in name:
            noise = rng.uniform(0.5, 1.5, shape)
        elif "kernel" in name:
            noise = noise * np.sqrt(2 / fan)
        else:
            noise = 0.1 * noise
        variable.assign(noise.astype("float32"))


def flat(model, prefix=""):
    """Layers with their ids, those of nested models too, and the model that they stand in."""
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from flat(layer, f"{prefix}{layer.name}/")
        elif not isinstance(layer, L.InputLayer):
            yield model, prefix + layer.name, layer


def values(model, x):
    """(id, layer, inputs, output) of every layer."""
    fed = {id(model): x}
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            fed[id(layer)] = keras.Model(model.inputs, layer_input(model, layer)).predict(
                x, verbose=0
            )
    for owner, name, layer in flat(model):
        given = layer.input if isinstance(layer.input, list) else [layer.input]
        run = keras.Model(owner.inputs, [*given, layer.output])
        *inputs, output = run.predict(fed[id(owner)], verbose=0)
        yield name, layer, inputs, output


def layer_input(model, nested):
    before = model.layers[model.layers.index(nested) - 1]
    return before.output


def alone(layer, x, channel):
    """What one input channel adds to a layer without its activation."""
    only = np.zeros_like(x)
    only[..., channel] = x[..., channel]
    activation, layer.activation = layer.activation, keras.activations.linear
    try:
        # The bias is in both.
        return np.array(layer(only), "float64") - np.array(layer(np.zeros_like(x)), "float64")
    finally:
        layer.activation = activation


def cells_of(name, layer, inputs, output, rng):
    size = output.shape[1:]
    places = {tuple(0 for _ in size), tuple(n - 1 for n in size)}
    places |= {tuple(int(rng.integers(n)) for n in size) for _ in range(2)}
    told = []
    for at in sorted(places):
        value, size = float(output[(0, *at)]), float(np.abs(output).max())
        cell = {"layer": name, "at": list(at), "value": value, "size": size}
        if isinstance(layer, WEIGHED):
            count = inputs[0].shape[-1]
            some = sorted({0, count - 1, int(rng.integers(count))})
            cell["alone"] = [[c, float(alone(layer, inputs[0], c)[(0, *at)])] for c in some]
        told.append(cell)
    return told


def case(file, model, x, rng, skip=()):
    cells = [
        cell
        for name, layer, inputs, output in values(model, x)
        if name not in skip
        for cell in cells_of(name, layer, inputs, output, rng)
    ]
    return {"file": file, "input": encode(x), "cells": cells}


def geometry():
    """Every argument away from its default."""
    x = keras.Input((17, 14, 6), name="image")
    a = L.Conv2D(8, (3, 5), strides=(2, 1), padding="same", activation="relu", name="strided")(x)
    b = L.Conv2D(8, 3, dilation_rate=(2, 3), padding="same", use_bias=False, name="dilated")(x)
    c = L.Conv2D(6, (2, 3), groups=3, padding="valid", activation="tanh", name="grouped")(x)
    d = L.DepthwiseConv2D(3, strides=2, padding="same", depth_multiplier=2, name="depthwise")(x)
    e = L.SeparableConv2D(
        5, 3, depth_multiplier=2, dilation_rate=2, activation="gelu", name="separable"
    )(x)
    f = L.Conv2DTranspose(4, 3, strides=2, padding="same", name="transposed")(x)
    g = L.Conv2DTranspose(4, (4, 3), strides=(3, 2), padding="valid", name="widened")(x)
    h = L.MaxPooling2D(3, strides=2, padding="same", name="largest")(x)
    i = L.AveragePooling2D((2, 3), strides=2, padding="same", name="mean")(x)
    j = L.BatchNormalization(epsilon=0.02, scale=False, name="normalized")(x)
    k = L.ZeroPadding2D(((1, 2), (0, 3)), name="padded")(x)
    m = L.Conv2D(6, 1, activation="softmax", name="shares")(x)
    n = L.LeakyReLU(negative_slope=0.2, name="leaky")(m)
    o = L.Multiply(name="product")([x, n])
    p = L.Concatenate(name="joined")([o, x])
    q = L.Cropping2D(((1, 2), (3, 1)), name="cropped")(p)
    r = L.UpSampling2D((2, 3), name="repeated")(x)
    s = L.GlobalMaxPooling2D(name="winner")(q)
    t = L.Flatten(name="flat")(h)
    u = L.Dense(7, activation="softmax", name="classes")(t)
    v = L.Reshape((17 * 14, 6), name="rows")(x)
    w = L.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="elu", name="causal")(v)
    y = L.Dense(3, name="tokens")(v)
    z = L.Permute((2, 1, 3), name="turned")(x)
    return keras.Model(x, [a, b, c, d, e, f, g, i, j, k, r, s, u, w, y, z])


def nested(seed):
    base = keras.applications.MobileNetV2(
        input_shape=(32, 32, 3), alpha=0.35, include_top=False, weights=None
    )
    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            L.Rescaling(1 / 127.5, -1, name="scale"),
            base,
            L.GlobalAveragePooling2D(name="gap"),
            L.Dense(10, activation="softmax", name="head"),
        ]
    )
    shuffle(model, seed)
    return model


def dense_blocks(seed):
    model = DenseNet([1, 2, 1, 2], input_shape=(32, 32, 3), weights=None, classes=10)
    shuffle(model, seed)
    return model


def channels_first(rng):
    """Saved with its channels first, computed by the same layers with their channels last."""

    def build(data_format):
        first = data_format == "channels_first"
        x = keras.Input((4, 9, 8) if first else (9, 8, 4), name="image")
        kind = {"data_format": data_format}
        a = L.Conv2D(6, 3, strides=2, padding="same", activation="relu", name="conv", **kind)(x)
        b = L.MaxPooling2D(2, name="pool", **kind)(a)
        c = L.DepthwiseConv2D(2, name="depthwise", **kind)(b)
        d = L.BatchNormalization(axis=1 if first else -1, name="norm")(c)
        e = L.GlobalAveragePooling2D(name="gap", **kind)(d)
        return keras.Model(x, e)

    saved, run = build("channels_first"), build("channels_last")
    shuffle(saved, 5)
    run.set_weights(saved.get_weights())
    saved.save(OUT / "sums-first.keras")
    x = rng.normal(size=(1, 9, 8, 4)).astype("float32")
    told = case("sums-first.keras", run, x, rng)
    for cell in told["cells"]:
        if len(cell["at"]) == 3:
            row, column, channel = cell["at"]
            cell["at"] = [channel, row, column]
    told["input"] = encode(np.moveaxis(x, -1, 1))
    return told


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(15)

    def noise(model):
        return rng.normal(size=(1, *model.input_shape[1:])).astype("float32")

    shutil.copy(LESSONS / "tank.keras", OUT / "sums-demo.keras")
    demo = keras.models.load_model(OUT / "sums-demo.keras")
    every = geometry()
    shuffle(every, 3)
    every.save(OUT / "sums-geometry.keras")
    mobile = nested(4)
    mobile.save(OUT / "sums-mobile.keras")
    blocks = dense_blocks(6)
    blocks.save(OUT / "sums-dense.keras")
    picture = rng.uniform(0, 255, (1, 32, 32, 3)).astype("float32")
    shown = rng.uniform(0, 255, (1, *demo.input_shape[1:])).astype("float32")
    cases = [
        case("sums-demo.keras", demo, shown, rng),
        case("sums-geometry.keras", every, noise(every), rng),
        case("sums-mobile.keras", mobile, picture, rng),
        case("sums-dense.keras", blocks, noise(blocks), rng),
        channels_first(rng),
    ]
    (OUT / "sums.json").write_text(json.dumps(cases))
    print({one["file"]: len(one["cells"]) for one in cases})


main()
