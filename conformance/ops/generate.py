"""Reference numbers for every operation of the engine, made by Keras on TensorFlow.

Each case is one layer: its config, weights and inputs, Keras' output y, and
the gradient of sum(seed * y) with respect to each input. Writes
conformance/data/ops/<group>.json, which src/engine/ops/*.spec.ts read.

    .venv-keras/bin/python conformance/ops/generate.py            all groups
    .venv-keras/bin/python conformance/ops/generate.py padding    only these
"""

import json
import os
import sys
from functools import partial

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
# Off by itself on processors without AVX-512; TensorFlow's own kernels know no channels-first.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

import keras
import numpy as np
import preprocess
import tensorflow as tf
import whole_model
from cases import GROUPS
from keras import layers
from tensors import OUT, encode


def randomise(variable, rng):
    """Weights of ordinary size; variances positive."""
    values = rng.normal(0, 0.5, variable.shape)
    if "variance" in variable.name:
        values = rng.uniform(0.3, 2, variable.shape)
    if "gamma" in variable.name:
        values = rng.uniform(0.5, 1.5, variable.shape)
    variable.assign(values.astype("float32"))


def plain(value):
    """A config as JSON holds it: functions by name, no objects."""
    if isinstance(value, dict):
        return plain(
            value["config"]["name"] if "config" in value and "name" in value["config"] else None
        )
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else None


def role_of(variable):
    """A weight's role: MultiHeadAttention's layers have a kernel and a bias each."""
    *_, part, name = ["", *variable.path.split("/")]
    if part in ("query", "key", "value", "attention_output"):
        return f"{part.removeprefix('attention_')}_{name}"
    return name


def run_case(
    name, layer, shapes, rng, integers=False, spread=1.0, star=False, low=-2, high=3, fixed=()
):
    draw = (
        (lambda s: rng.integers(low, high, s)) if integers else (lambda s: rng.normal(0, spread, s))
    )
    inputs = [tf.constant(draw(shape).astype("float32")) for shape in shapes]
    for index, values in dict(fixed).items():
        inputs[index] = tf.constant(values.astype("float32"))
    argument = inputs if isinstance(layer, layers.Layer) and len(inputs) > 1 else inputs[0]
    call = (lambda **options: layer(*inputs, **options)) if star else partial(layer, argument)
    call()
    for variable in layer.weights:
        if "seed" not in variable.path:
            randomise(variable, rng)
    with tf.GradientTape() as tape:
        for tensor in inputs:
            tape.watch(tensor)
        output = call(training=False) if layer._call_has_training_arg else call()
        seed = tf.constant(rng.normal(0, 1, output.shape).astype("float32"))
        total = tf.reduce_sum(output * seed)
    gradients = tape.gradient(total, inputs, unconnected_gradients="zero")
    return {
        "name": name,
        "op": type(layer).__name__,
        "attributes": {key: plain(value) for key, value in layer.get_config().items()},
        "weights": {role_of(v): encode(v.numpy()) for v in layer.weights if "seed" not in v.path},
        "inputs": [encode(tensor.numpy()) for tensor in inputs],
        "output": encode(output.numpy()),
        "seed": encode(seed.numpy()),
        "gradients": [encode(g.numpy()) for g in gradients],
    }


def main(wanted):
    OUT.mkdir(parents=True, exist_ok=True)
    for group in wanted or GROUPS:
        cases = GROUPS[group]
        records = []
        for index, case in enumerate(cases):
            rng = np.random.default_rng([index, len(group)])
            keras.utils.set_random_seed(index)
            record = run_case(
                case["name"],
                case["make"](),
                case["shapes"],
                rng,
                case.get("integers", False),
                case.get("spread", 1.0),
                case.get("star", False),
                case.get("low", -2),
                case.get("high", 3),
                case.get("fixed", {}),
            )
            # An operator has no config of its own: what the engine calls it stands in its place.
            records.append(record | case.get("config", {}))
        (OUT / f"{group}.json").write_text(json.dumps(records))
        print(f"{group}: {len(records)} cases")
    if not wanted:
        preprocess.main()
        whole_model.main()


if __name__ == "__main__":
    main(sys.argv[1:])
