"""Keras in float64, and how far two arrays are apart.

What a float32 program computes is compared with the same network in float64,
not with Keras in float32: that is as far from the truth as any other.
"""

import json

import numpy as np
from recorder import Recorder


def double_precision_twin(model):
    """The same model with the same weights in float64."""
    config = json.dumps(model.get_config()).replace('"float32"', '"float64"')
    twin = type(model).from_config(json.loads(config))
    twin.set_weights([weight.astype("float64") for weight in model.get_weights()])
    return twin


def double_precision_run(model, inputs):
    """Run a float64 twin of the model on the same inputs; gives the recorder's Run."""
    return Recorder(double_precision_twin(model)).run(in_double_precision(inputs))


def in_double_precision(inputs):
    return [value.astype("float64") for value in inputs]


def relative(value, truth):
    """Largest difference over the largest absolute value; 0 where both are 0."""
    scale = float(np.abs(truth).max())
    difference = float(np.abs(value - truth).max())
    return difference / scale if difference else 0.0


def distance(a, b):
    """1 - cosine of two arrays seen as vectors."""
    a, b = a.ravel().astype("float64"), b.ravel().astype("float64")
    norm = np.sqrt((a @ a) * (b @ b))
    return float(1 - a @ b / norm) if norm else float(a.any() != b.any())
