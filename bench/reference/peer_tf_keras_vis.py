"""Time tf-keras-vis on the reference case: cold from its import to its first map, then steady.

    python bench/reference/peer_tf_keras_vis.py model.h5 input.npy layer class repetitions

Prints one JSON line: ``{"cold": ms, "steady": [ms, …], "map": [[…]]}``. Each
steady map is of another picture: the input rolled by some pixels.
"""

import time

START = time.perf_counter()

import json  # noqa: E402
import sys  # noqa: E402

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from tf_keras_vis.gradcam import Gradcam  # noqa: E402
from tf_keras_vis.utils.model_modifiers import ReplaceToLinear  # noqa: E402
from tf_keras_vis.utils.scores import CategoricalScore  # noqa: E402


def main():
    path, image, layer, target, repetitions = sys.argv[1:]
    picture = np.load(image)
    model = tf.keras.models.load_model(path, compile=False)
    gradcam = Gradcam(model, model_modifier=ReplaceToLinear(), clone=False)
    score = CategoricalScore([int(target)])

    def explain(tensor):
        return gradcam(
            score,
            tensor,
            penultimate_layer=layer,
            seek_penultimate_conv_layer=False,
            expand_cam=False,
            normalize_cam=False,
        )

    first = explain(picture)
    cold = 1000 * (time.perf_counter() - START)
    steady = []
    for repetition in range(int(repetitions)):
        tensor = np.roll(picture, 8 * (repetition + 1), axis=2)
        start = time.perf_counter()
        explain(tensor)
        steady.append(1000 * (time.perf_counter() - start))
    print(json.dumps({"cold": cold, "steady": steady, "map": np.array(first)[0].tolist()}))


main()
