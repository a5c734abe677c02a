"""Results of TensorFlow and tf-keras-vis for the small network: maps of every explanation method.

Writes conformance/data/explain/keras.json, which src/explain/methods/peers.spec.ts reads.

    .venv-keras/bin/python conformance/explain/generate.py
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "ops"))

import keras
import network
import numpy as np
import tensorflow as tf
from keras import layers
from network import TARGET
from tensors import encode
from tf_keras_vis.gradcam import Gradcam
from tf_keras_vis.saliency import Saliency
from tf_keras_vis.utils.model_modifiers import ReplaceToLinear
from tf_keras_vis.utils.scores import CategoricalScore

OUT = pathlib.Path(__file__).resolve().parents[1] / "data" / "explain"
LAYER = "features"
STEPS, SAMPLES, NOISE, SEED = 20, 5, 0.2, 7
PATCH, STRIDE, BASELINE = 5, 3, 0.25
OTHER = 1
CHANNEL, AREA = 3, (1, 2, 3, 6)


@tf.custom_gradient
def guided_relu(x):
    y = tf.nn.relu(x)
    return y, lambda dy: tf.where((dy > 0) & (x > 0), dy, tf.zeros_like(dy))


def build(relu="relu", ending="softmax"):
    inputs = keras.Input(network.INPUT[1:], name="image")
    x = layers.Conv2D(6, 3, padding="same", activation=relu, name="conv1")(inputs)
    x = layers.MaxPooling2D(name="pool")(x)
    x = layers.Conv2D(10, 3, padding="same", activation=relu, name=LAYER)(x)
    x = layers.Conv2D(8, 3, activation=relu, name="last")(x)
    x = layers.GlobalAveragePooling2D(name="gap")(x)
    model = keras.Model(inputs, layers.Dense(4, activation=ending, name="dense")(x))
    for name, values in network.weights().items():
        model.get_layer(name).set_weights(values)
    return model


def input_gradient(model, x, target=TARGET):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        score = tf.reduce_sum(model(x)[:, target])
    return tape.gradient(score, x).numpy()


def raw_grad_cam(model, x, score, layer=LAYER):
    """Selvaraju et al. 2017 for `score(output, features, conv1)`; also the score itself."""
    names = (LAYER, "conv1")
    values = [model.get_layer(name).output for name in names]
    taps = keras.Model(model.inputs, [*values, model.output])
    with tf.GradientTape() as tape:
        x = tf.constant(x)
        tape.watch(x)
        features, conv1, output = taps(x)
        total = tf.reduce_sum(score(output, features, conv1))
    at = {LAYER: features, "conv1": conv1}[layer]
    weights = tf.reduce_mean(tape.gradient(total, at), (1, 2), keepdims=True)
    return tf.nn.relu(tf.reduce_sum(weights * at, -1)).numpy()


def guided_grad_cam(logits, x, score=lambda o, f, c: o[:, TARGET], layer=LAYER):
    """Section 3.2 of Selvaraju et al. 2017; of the channels the largest size, as guided backprop."""
    guided = build(guided_relu, None)
    taps = keras.Model(
        guided.inputs, [guided.get_layer(LAYER).output, guided.get_layer("conv1").output, guided.output]
    )
    pixels = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(pixels)
        features, conv1, output = taps(pixels)
        total = tf.reduce_sum(score(output, features, conv1))
    edges = tape.gradient(total, pixels).numpy()
    cam = raw_grad_cam(logits, x, score, layer)
    large = tf.image.resize(cam[..., None], x.shape[1:3], "bilinear").numpy()
    return np.abs(edges * large).max(-1)


def keras_io(model, x, layer=LAYER):
    """`make_gradcam_heatmap` of keras.io/examples/vision/grad_cam, for a given class."""
    grad_model = keras.Model(model.inputs, [model.get_layer(layer).output, model.output])
    with tf.GradientTape() as tape:
        last_conv_layer_output, preds = grad_model(x)
        class_channel = preds[:, TARGET]
    grads = tape.gradient(class_channel, last_conv_layer_output)
    pooled_grads = tf.reduce_mean(grads, axis=(0, 1, 2))
    heatmap = last_conv_layer_output[0] @ pooled_grads[..., tf.newaxis]
    heatmap = tf.squeeze(heatmap)
    heatmap = tf.maximum(heatmap, 0) / tf.math.reduce_max(heatmap)
    return heatmap.numpy()


def integrated_gradients(logits, x):
    points, weights = np.polynomial.legendre.leggauss(STEPS)
    span = x - BASELINE
    steps = [(BASELINE + (point + 1) / 2 * span).astype("float32") for point in points]
    gradients = np.stack([input_gradient(logits, step) for step in steps]).astype("float64")
    total = np.tensordot(weights / 2, gradients, 1)
    ends = logits.predict(x, verbose=0) - logits.predict(np.full_like(x, BASELINE), verbose=0)
    return (span * total).sum(-1), ends[:, TARGET]


def smooth_grad(logits, x):
    """tf-keras-vis' SmoothGrad of one sample, with our noise in place of numpy's."""
    noise = network.gaussian(SAMPLES * x.size, SEED)
    normal = np.random.normal
    np.random.normal = lambda mean, sigma, shape: np.float32(
        np.asarray(sigma) * noise.reshape(shape)
    )
    try:
        saliency = Saliency(logits, clone=False)
        return saliency(
            CategoricalScore([TARGET]),
            x,
            smooth_samples=SAMPLES,
            smooth_noise=NOISE,
            normalize_map=False,
        )
    finally:
        np.random.normal = normal


def occlusion(logits, x):
    """Mean, over the patches that cover a pixel, of how much the score falls."""

    def score(pictures):
        return logits.predict(pictures, verbose=0)[:, TARGET].astype("float64")

    _, height, width, _ = x.shape
    total, count = np.zeros(x.shape[:3]), np.zeros(x.shape[:3])
    for top in range(0, height - PATCH + STRIDE, STRIDE):
        for left in range(0, width - PATCH + STRIDE, STRIDE):
            part = (slice(None), slice(top, top + PATCH), slice(left, left + PATCH))
            covered = x.copy()
            covered[part] = BASELINE
            total[part] += (score(x) - score(covered))[:, None, None]
            count[part] += 1
    return total / count


def eigen_cam(features):
    maps = []
    for a in features.astype("float64"):
        u, s, _ = np.linalg.svd(a.reshape(-1, a.shape[-1]), full_matrices=False)
        map_ = (u[:, 0] * s[0]).reshape(a.shape[:2])
        maps.append(map_ * np.sign(map_.sum()))
    return np.stack(maps)


def main():
    x = network.picture()
    model, logits = build(), build(ending=None)

    def tap(name):
        return keras.Model(model.inputs, model.get_layer(name).output)

    def gradcam(**more):
        conv = {"penultimate_layer": LAYER, "seek_penultimate_conv_layer": False}
        return Gradcam(model, clone=True, **more)(scores, x, **conv)

    def class_(output):
        return output[:, TARGET]

    features = tap(LAYER).predict(x, verbose=0)
    scores = CategoricalScore([TARGET] * len(x))
    attributions, difference = integrated_gradients(logits, x)
    saliency = Saliency(model, model_modifier=ReplaceToLinear(), clone=True)
    top, left, bottom, right = AREA
    record = {
        "output": model.predict(x, verbose=0),
        "activation": features,
        "saliency": saliency(scores, x, normalize_map=False),
        "input-x-gradient": (x * input_gradient(logits, x)).sum(-1),
        "guided-backprop": np.abs(input_gradient(build(guided_relu, None), x)).max(-1),
        "guided-grad-cam": guided_grad_cam(logits, x),
        "guided-grad-cam unit": guided_grad_cam(
            logits,
            x,
            lambda o, f, c: tf.reduce_sum(f[:, top:bottom, left:right, CHANNEL], (1, 2)),
            layer="conv1",
        ),
        "integrated-gradients": attributions,
        "difference": difference,
        "smooth-grad": np.concatenate([smooth_grad(logits, one[None]) for one in x]),
        "occlusion": occlusion(logits, x),
        "eigen-cam": eigen_cam(features),
        "eigen-cam conv1": eigen_cam(tap("conv1").predict(x, verbose=0)),
        "tf-keras-vis logit": gradcam(model_modifier=ReplaceToLinear()),
        "tf-keras-vis probability": gradcam(),
        "keras-io logit": np.stack([keras_io(logits, one[None]) for one in x]),
        "target class": raw_grad_cam(logits, x, lambda o, f, c: class_(o)),
        "target difference": raw_grad_cam(logits, x, lambda o, f, c: class_(o) - o[:, OTHER]),
        "target negative": raw_grad_cam(logits, x, lambda o, f, c: -class_(o)),
        "target highest": raw_grad_cam(logits, x, lambda o, f, c: tf.reduce_max(o, -1)),
        "target probability difference": raw_grad_cam(
            model, x, lambda o, f, c: class_(o) - o[:, OTHER]
        ),
        "target unit": raw_grad_cam(
            logits, x, lambda o, f, c: f[:, top, left, CHANNEL], layer="conv1"
        ),
        "target area": raw_grad_cam(
            logits,
            x,
            lambda o, f, c: tf.reduce_sum(f[:, top:bottom, left:right, CHANNEL], (1, 2)),
            layer="conv1",
        ),
        "target all channels": raw_grad_cam(
            logits, x, lambda o, f, c: tf.reduce_sum(f, (1, 2, 3)), layer="conv1"
        ),
        "sum": features[:, top:bottom, left:right, CHANNEL].sum((1, 2)),
    }
    OUT.mkdir(parents=True, exist_ok=True)
    encoded = {name: encode(value) for name, value in record.items()}
    (OUT / "keras.json").write_text(json.dumps(encoded))
    print(f"explanations: {len(record)} arrays")
    for name, value in record.items():
        low, high = np.min(value), np.max(value)
        print(f"  {name}: {np.shape(value)} {low:.4g} .. {high:.4g}", file=sys.stderr)


if __name__ == "__main__":
    main()
