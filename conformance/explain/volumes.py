"""TensorFlow's results for models of videos: maps of every slice, for layers over the frames.

Writes conformance/data/explain/: two models and volumes.json, which
src/engine/worker/volumes.spec.ts reads.

    .venv-keras/bin/python conformance/explain/volumes.py
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
CLIP = (12, 9, 8, 2)
TARGET = 1
# Blocks of an eighth of the frames, in steps of half of that.
DEPTH, PATCH, STRIDE = 2, 3, 2


def frame_model():
    """A small network for one frame."""
    inputs = keras.Input(CLIP[1:])
    x = layers.Conv2D(4, 3, activation="relu", name="edges")(inputs)
    x = layers.MaxPooling2D(name="pool")(x)
    x = layers.Conv2D(6, 2, padding="same", activation="relu", name="parts")(x)
    return keras.Model(inputs, layers.GlobalAveragePooling2D(name="gap")(x), name="frame")


def sequential_head(x):
    return layers.Dense(3, name="scores")(layers.LSTM(4, name="time")(x))


def separate():
    """Layers over the frames, one by one. Returns the model and a tap at a layer."""
    inputs = keras.Input(CLIP, name="clip")
    x = layers.TimeDistributed(layers.Conv2D(4, 3, activation="relu"), name="conv")(inputs)
    x = layers.BatchNormalization(name="norm")(x)
    tap = x
    x = layers.TimeDistributed(layers.Flatten(), name="flat")(x)
    return inputs, tap, sequential_head(x), "norm"


def together():
    """A model over the frames; its inner layer is tapped by calling it over the frames too."""
    inputs = keras.Input(CLIP, name="clip")
    frame = frame_model()
    return inputs, frame, layers.TimeDistributed(frame, name="frames")(inputs)


def grad_cam(activation, gradient):
    """Selvaraju et al. 2017, the mean over all places of a volume, in float64."""
    a, g = activation.astype("float64"), gradient.astype("float64")
    weights = g.mean((1, 2, 3), keepdims=True)
    return np.maximum((weights * a).sum(-1), 0)


@tf.custom_gradient
def guided_relu(x):
    y = tf.nn.relu(x)
    return y, lambda dy: tf.where((dy > 0) & (x > 0), dy, tf.zeros_like(dy))


def guided_grad_cam(cam, guided):
    """Each frame's map, enlarged, times guided backpropagation."""
    frames = cam.reshape((-1, *cam.shape[2:], 1))
    large = tf.image.resize(frames, CLIP[1:3], "bilinear").numpy()
    return np.abs(guided).max(-1) * large.reshape(guided.shape[:-1])


def hires_cam(activation, gradient):
    return np.maximum((activation.astype("float64") * gradient).sum(-1), 0)


def occlusion(model, x):
    """Mean, over the blocks that cover a cell, of how much the score falls."""

    def score(clips):
        return model.predict(clips, verbose=0)[:, TARGET].astype("float64")

    _, frames, height, width, _ = x.shape
    total, count = np.zeros(x.shape[:4]), np.zeros(x.shape[:4])
    for front in range(frames - DEPTH + 1):
        for top in range(0, height - PATCH + STRIDE, STRIDE):
            for left in range(0, width - PATCH + STRIDE, STRIDE):
                part = (
                    slice(None),
                    slice(front, front + DEPTH),
                    slice(top, top + PATCH),
                    slice(left, left + PATCH),
                )
                covered = x.copy()
                covered[part] = 0
                total[part] += (score(x) - score(covered))[:, None, None, None]
                count[part] += 1
    return np.divide(total, count, out=np.zeros_like(total), where=count > 0)


def record_of(model, activation, gradient, x, input_gradient):
    return {
        "output": model.predict(x, verbose=0),
        "activation": activation,
        "grad-cam": grad_cam(activation, gradient),
        "hires-cam": hires_cam(activation, gradient),
        "saliency": np.abs(input_gradient).max(-1),
        "input-x-gradient": (x * input_gradient).sum(-1),
        "occlusion": occlusion(model, x),
    }


def main():
    rng = np.random.default_rng(3)
    keras.utils.set_random_seed(3)
    x = rng.normal(size=(2, *CLIP)).astype("float32")
    records = {}

    inputs, tap, scores, layer = separate()
    model = keras.Model(inputs, scores, name="separate")
    taps = keras.Model(inputs, [tap, scores])
    with tf.GradientTape() as tape:
        clip = tf.constant(x)
        tape.watch(clip)
        activation, output = taps(clip)
        score = tf.reduce_sum(output[:, TARGET])
    gradient, at_input = tape.gradient(score, [activation, clip])
    records["separate"] = {"layer": layer} | record_of(
        model, activation.numpy(), gradient.numpy(), x, at_input.numpy()
    )
    model.save(OUT / "separate.keras")
    model.get_layer("conv").layer.activation = guided_relu
    with tf.GradientTape() as tape:
        clip = tf.constant(x)
        tape.watch(clip)
        score = tf.reduce_sum(taps(clip)[1][:, TARGET])
    records["separate"]["guided-grad-cam"] = guided_grad_cam(
        records["separate"]["grad-cam"], tape.gradient(score, clip).numpy()
    )

    inputs, frame, vectors = together()
    model = keras.Model(inputs, sequential_head(vectors), name="together")
    # The same layers, called on the frames as on samples.
    inner = keras.Model(frame.input, [frame.get_layer("parts").output, frame.output])
    with tf.GradientTape() as tape:
        clip = tf.constant(x)
        tape.watch(clip)
        parts, each = inner(tf.reshape(clip, (-1, *CLIP[1:])))
        each = tf.reshape(each, (len(x), CLIP[0], -1))
        output = model.get_layer("scores")(model.get_layer("time")(each))
        score = tf.reduce_sum(output[:, TARGET])
    gradient, at_input = tape.gradient(score, [parts, clip])
    np.testing.assert_allclose(output, model.predict(x, verbose=0), atol=1e-5)
    shape = (len(x), CLIP[0], *parts.shape[1:])
    records["together"] = {"layer": "frames/frame/parts"} | record_of(
        model, parts.numpy().reshape(shape), gradient.numpy().reshape(shape), x, at_input.numpy()
    )
    model.save(OUT / "together.keras")
    for name in ("edges", "parts"):
        frame.get_layer(name).activation = guided_relu
    with tf.GradientTape() as tape:
        clip = tf.constant(x)
        tape.watch(clip)
        each = tf.reshape(inner(tf.reshape(clip, (-1, *CLIP[1:])))[1], (len(x), CLIP[0], -1))
        score = tf.reduce_sum(model.get_layer("scores")(model.get_layer("time")(each))[:, TARGET])
    records["together"]["guided-grad-cam"] = guided_grad_cam(
        records["together"]["grad-cam"], tape.gradient(score, clip).numpy()
    )

    encoded = {
        name: {key: value if key == "layer" else encode(value) for key, value in record.items()}
        for name, record in records.items()
    }
    (OUT / "volumes.json").write_text(json.dumps({"input": encode(x), **encoded}))
    print(f"volumes: {sum(len(record) for record in records.values())} arrays")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    main()
