"""How reproducible Keras' own gradients are: float32 beside float64, same weights, same kernels.

In a deep network some inputs of ReLU lie within rounding of 0. Which side they
fall on decides whole entries of the gradient below, so that two correct float32
programs differ there by far more than rounding. No one can be closer to Keras
than Keras is to itself: the runner takes its limit for such layers from here.
"""

import json

import numpy as np
from recorder import Recorder


def double_precision_run(model, inputs):
    """Run a float64 twin of the model on the same inputs; gives the recorder's Run."""
    config = json.dumps(model.get_config()).replace('"float32"', '"float64"')
    twin = type(model).from_config(json.loads(config))
    twin.set_weights([weight.astype("float64") for weight in model.get_weights()])
    return Recorder(twin).run([value.astype("float64") for value in inputs])


def distance(a, b):
    """1 - cosine of two arrays seen as vectors."""
    a, b = a.ravel().astype("float64"), b.ravel().astype("float64")
    norm = np.sqrt((a @ a) * (b @ b))
    return float(1 - a @ b / norm) if norm else float(a.any() != b.any())
