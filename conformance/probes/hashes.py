"""Layers that hash whole numbers, and pictures evened out tile by tile."""

import tensorflow as tf
from probe import probe

#: Numbers of one to eight digits, of both signs, from the halves that probes are fed.
SPREAD = 123457


def hashes(k):
    """Yields probes of either Keras."""

    def whole(x):
        if hasattr(k, "ops"):
            return k.ops.cast(x * SPREAD, "int64")
        return tf.cast(x * SPREAD, tf.int64)

    def floats(x):
        if hasattr(k, "ops"):
            return k.ops.cast(x, "float32")
        return tf.cast(x, tf.float32)

    for options in (
        {"num_bins": 10},
        {"num_bins": 1000, "salt": 133},
        {"num_bins": 97, "salt": [133, 137]},
        {"num_bins": 10, "mask_value": 0},
        {"num_bins": 1, "mask_value": 0},
        {"num_bins": 7, "output_mode": "one_hot"},
        {"num_bins": 7, "output_mode": "multi_hot"},
        {"num_bins": 7, "output_mode": "count", "mask_value": 0},
    ):
        size = 1 if options.get("output_mode") == "one_hot" else 6
        yield probe(
            f"Hashing {options}",
            lambda x, o=options: floats(k.layers.Hashing(**o)(whole(x))),
            (size,),
            differentiable=False,
        )
    for options in ({"num_bins": 10}, {"num_bins": 7, "output_mode": "one_hot"}):
        yield probe(
            f"HashedCrossing {options}",
            lambda x, y, o=options: floats(k.layers.HashedCrossing(**o)((whole(x), whole(y)))),
            (1,),
            (1,),
            differentiable=False,
        )
    yield probe(
        "mean of bins",
        lambda x: (
            k.ops.mean(k.layers.Hashing(9)(whole(x)), axis=1, keepdims=True)
            if hasattr(k, "ops")
            else floats(tf.reduce_mean(k.layers.Hashing(9)(whole(x)), axis=1, keepdims=True))
        ),
        (6,),
        differentiable=False,
        refused=None if hasattr(k, "ops") else "rounds the result",
    )
    if hasattr(k, "ops"):
        yield probe(
            "Hashing of fractions and more axes",
            lambda x: floats(k.layers.Hashing(9, mask_value=1)(x * 3)),
            (4, 3),
            differentiable=False,
        )
        yield from equalised(k.layers.ContrastLimitedAdaptiveHistogramEqualization)
    else:
        # Keras 3 builds no model of three.
        yield probe(
            "HashedCrossing of three",
            lambda x, y: floats(k.layers.HashedCrossing(1000)((whole(x), whole(y), whole(x + y)))),
            (1,),
            (1,),
            differentiable=False,
        )


def equalised(layer):
    """Yields probes of Keras 3: shades of the halves from -2 to 2."""
    for options in (
        {"tile_grid_size": (2, 2)},
        {"tile_grid_size": (3, 2), "clip_limit": 2.0},
        {"tile_grid_size": (4, 4), "clip_limit": 40.0},
        {"clip_limit": 0.0},
        {"value_range": (-2.0, 2.0), "tile_grid_size": (2, 3)},
        {"value_range": (0.0, 1.0), "tile_grid_size": (2, 2)},
        {"tile_grid_size": (2, 2), "data_format": "channels_first"},
    ):
        spread = 1.0 if "value_range" in options else 61.3
        yield probe(
            f"tiles evened out {options}",
            lambda x, o=options, s=spread: layer(**o)(x * s + (s > 1) * 120.0),
            (9, 10, 3),
            differentiable=False,
        )
