"""Time Keras on the reference case: a model file opened and explained as keras.io's tutorial does.

    python bench/jupyterlab/peer_keras_io.py model.h5 picture.png layer

Prints one JSON line: ``{"import": ms, "open": ms, "explain": ms}``: importing
Keras and TensorFlow, ``load_model``, and the picture's first Grad-CAM.
"""

import time

START = time.perf_counter()

import json  # noqa: E402
import sys  # noqa: E402

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402


def grad_cam(model, picture, layer):
    outputs = [model.get_layer(layer).output, model.outputs[0]]
    both = keras.Model(model.inputs, outputs)
    with tf.GradientTape() as tape:
        activations, scores = both(picture)
        score = scores[:, tf.argmax(scores[0])]
    weights = tf.reduce_mean(tape.gradient(score, activations), axis=(0, 1, 2))
    heat = tf.nn.relu(activations[0] @ weights[:, None])[..., 0]
    return (heat / tf.reduce_max(heat)).numpy()


def main():
    path, picture, layer = sys.argv[1:]
    imported = time.perf_counter()
    model = keras.models.load_model(path, compile=False)
    opened = time.perf_counter()
    size = model.inputs[0].shape[1:3]
    pixels = keras.utils.img_to_array(keras.utils.load_img(picture, target_size=size))
    heat = grad_cam(model, (pixels / 127.5 - 1)[None], layer)
    done = time.perf_counter()
    assert np.isfinite(heat).all()
    spans = {"import": imported - START, "open": opened - imported, "explain": done - opened}
    print(json.dumps({name: 1000 * seconds for name, seconds in spans.items()}))


if __name__ == "__main__":
    main()
