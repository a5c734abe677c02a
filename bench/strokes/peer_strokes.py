"""Cover a picture in a plain loop with Keras and tf-keras-vis, a stroke for each line of stdin.

    python bench/strokes/peer_strokes.py MODEL PICTURE SCALE LAYER

SCALE is ``tf`` where the model takes x / 127.5 - 1, ``none`` where it takes the picture. LAYER is
where Grad-CAM is made. Each line is JSON, ``{"points": [[x, y], …], "diameter": d, "class": c}``:
a round brush of ``d`` pixels along these places, as shares of the picture's sides; the answer is
``{"scores": ms, "map": ms, "probability": p}``, both from the stroke's end. A line ``quit`` ends.
"""

import json
import sys
import time

import numpy as np
import tensorflow as tf
from PIL import Image
from tf_keras_vis.gradcam import Gradcam
from tf_keras_vis.utils.model_modifiers import ReplaceToLinear
from tf_keras_vis.utils.scores import CategoricalScore


def main():
    path, picture, scale, layer = sys.argv[1:]
    given = np.asarray(Image.open(picture).convert("RGB"))
    model = tf.keras.models.load_model(path, compile=False)
    # Of its own, because it is changed: tf-keras-vis takes the softmax off.
    twin = functional(tf.keras.models.load_model(path, compile=False))
    gradcam = Gradcam(twin, model_modifier=ReplaceToLinear(), clone=False)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        if line.strip() == "quit":
            return
        stroke = json.loads(line)
        start = time.perf_counter()
        made = given.astype("float32")
        made[inside(given.shape[:2], stroke["points"], stroke["diameter"] / 2)] = 0
        tensor = (made / 127.5 - 1 if scale == "tf" else made)[np.newaxis]
        found = model.predict(tensor, verbose=0)
        scores = time.perf_counter()
        gradcam(
            CategoricalScore([stroke["class"]]),
            tensor,
            penultimate_layer=layer,
            seek_penultimate_conv_layer=False,
        )
        end = time.perf_counter()
        answer = {
            "scores": 1000 * (scores - start),
            "map": 1000 * (end - start),
            "probability": float(found[0, stroke["class"]]),
        }
        print(json.dumps(answer), flush=True)


def functional(model):
    """Return the model as tf-keras-vis knows it: a Sequential, which it does not know, rebuilt."""
    if not isinstance(model, tf.keras.Sequential):
        return model
    first = last = tf.keras.Input(model.input_shape[1:])
    for layer in model.layers:
        last = type(layer).from_config(layer.get_config())(last)
    made = tf.keras.Model(first, last)
    made.set_weights(model.get_weights())
    return made


def inside(shape, points, radius):
    """Return the pixels whose middle is at most `radius` from the way along the points."""
    rows, columns = shape
    y, x = np.mgrid[0:rows, 0:columns] + 0.5
    ends = [np.array([px * columns, py * rows]) for px, py in points]
    covered = np.zeros(shape, bool)
    for start, end in zip(ends, ends[1:] or ends, strict=False):
        along = end - start
        length = along @ along
        at = ((x - start[0]) * along[0] + (y - start[1]) * along[1]) / length if length else 0
        at = np.clip(at, 0, 1)
        covered |= np.hypot(x - start[0] - at * along[0], y - start[1] - at * along[1]) <= radius
    return covered


main()
