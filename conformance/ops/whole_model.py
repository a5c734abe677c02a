"""A small model in a file, and what Keras says of it: for tests of the whole way to a map.

Writes conformance/data/ops/small.keras and conformance/data/ops/small.json.
"""

import base64
import io
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from PIL import Image
from tensors import OUT, encode

LAYER = "features"


def build():
    inputs = keras.Input((24, 24, 3))
    x = layers.Conv2D(8, 3, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(12, 3, activation="relu", name=LAYER)(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(5, activation="softmax")(x))


def grad_cam(model, x):
    """Raw Grad-CAM of the highest class's logit, as Selvaraju et al. 2017 define it."""
    logits = keras.Model(model.inputs, [model.get_layer(LAYER).output, model.layers[-2].output])
    kernel, bias = model.layers[-1].get_weights()
    with tf.GradientTape() as tape:
        features, _ = logits(x)
        tape.watch(features)
        score = tf.reduce_max(tf.reduce_mean(features, (1, 2)) @ kernel + bias)
    weights = tf.reduce_mean(tape.gradient(score, features), (1, 2), keepdims=True)
    return tf.nn.relu(tf.reduce_sum(weights * features, -1)).numpy(), features.numpy()


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(3)
    rng = np.random.default_rng(3)
    model = build()
    for variable in model.weights:
        offset = 1.0 if "variance" in variable.path or "gamma" in variable.path else 0.0
        variable.assign(offset + rng.uniform(-0.5, 0.5, variable.shape))
    picture = rng.integers(0, 256, (24, 24, 3), dtype=np.uint8)
    x = picture.astype("float32") / np.float32(127.5) - 1
    heatmap, features = grad_cam(model, x[None])
    output = model.predict(x[None], verbose=0)
    png = io.BytesIO()
    Image.fromarray(picture).save(png, "PNG")
    model.save(OUT / "small.keras")
    record = {
        "layer": LAYER,
        "png": base64.b64encode(png.getvalue()).decode(),
        "input": encode(x[None]),
        "output": encode(output),
        "activation": encode(features),
        "map": encode(heatmap),
        "target": int(output.argmax()),
    }
    (OUT / "small.json").write_text(json.dumps(record))
    print("whole model: 1 case")


if __name__ == "__main__":
    main()
