"""Operators on values in their order, and others that stand in heads, blocks and losses."""

import numpy as np
import tensorflow as tf
from probe import IMAGE, probe


def orders(k):
    """Yields probes of one Keras module, or of the TensorFlow that is beneath it."""
    return keras_orders(k) if hasattr(k, "ops") else tensorflow_orders()


def keras_orders(k):
    """Yields probes of keras.ops."""
    yield from sorts(k.ops)
    yield from quantiles(k.ops)


def number(ops, x):
    """Gives indices and truths as numbers that can be compared."""
    return ops.cast(x, "float32")


def sorts(ops):
    """Yields probes that sort, and that take values at positions."""
    for axis in (-1, 1, 2):
        yield probe(f"sort along {axis}", lambda x, a=axis: ops.sort(x, axis=a))
        yield probe(f"argsort along {axis}", lambda x, a=axis: number(ops, ops.argsort(x, axis=a)))
        yield probe(
            f"take_along_axis of argsort {axis}",
            lambda x, y, a=axis: ops.take_along_axis(x, ops.argsort(y, axis=a), axis=a),
            IMAGE,
            IMAGE,
        )
    yield probe("sort of all", lambda x: ops.sort(x, axis=None), refused="works along all axes")
    yield probe("sort of samples", lambda x: ops.sort(x, axis=0), refused="the axis of samples")
    yield probe("sort of a vector", lambda x: ops.sort(x), (7,))
    for k in (1, 3, 4):
        yield probe(f"top_k {k} values", lambda x, k=k: ops.top_k(x, k)[0])
        yield probe(f"top_k {k} indices", lambda x, k=k: number(ops, ops.top_k(x, k)[1]))
    yield probe("top_k of a vector", lambda x: ops.sum(ops.top_k(x, 2)[0], axis=-1), (9,))
    yield probe("top_k both", lambda x: ops.add(*(number(ops, y) for y in ops.top_k(x, 2))))
    yield probe(
        "top_k in no order", lambda x: ops.top_k(x, 2, sorted=False)[0], refused="in no order"
    )
    yield probe(
        "gate by the kth value", lambda x: ops.where(x >= ops.top_k(x, 2)[0][..., -1:], x, 0.0)
    )
    yield probe(
        "tokens of the highest scores",
        lambda x: ops.take_along_axis(
            x, ops.expand_dims(ops.top_k(ops.mean(x, -1), 3)[1], -1), axis=1
        ),
        (8, 4),
    )
    yield probe(
        "take_along_axis repeated",
        lambda x: ops.take_along_axis(x, np.array([[[0, 3, 0, -1, 1]]]), axis=2),
        (5, 4),
    )
    yield probe(
        "take_along_axis of argmax",
        lambda x, y: ops.take_along_axis(x, ops.argmax(y, axis=1, keepdims=True), axis=1),
        IMAGE,
        IMAGE,
    )
    yield probe(
        "take_along_axis spreads x",
        lambda x, y: ops.take_along_axis(x, ops.argsort(y, axis=1), axis=1),
        (6, 1, 4),
        IMAGE,
    )
    yield probe(
        "take_along_axis of all",
        lambda x: ops.take_along_axis(x, np.array([0, 1]), axis=None),
        refused="works along all axes",
    )


def quantiles(ops):
    """Yields probes of medians and quantiles."""
    for name in ("median", "nanmedian"):
        function = getattr(ops, name)
        for axis, keepdims in ((-1, False), ((1, 2), True), ((2, 1), False), (1, True)):
            yield probe(
                f"{name} along {axis}",
                lambda x, f=function, a=axis, k=keepdims: f(x, axis=a, keepdims=k),
            )
    for method in ("linear", "lower", "higher", "midpoint", "nearest"):
        for share in (0.0, 0.1, 0.25, 0.5, 0.7, 1.0):
            yield probe(
                f"percentile {share} {method}",
                lambda x, q=share, m=method: ops.percentile(x, 100 * q, axis=1, method=m),
                (11, 3),
            )
        yield probe(
            f"quantile {method}",
            lambda x, m=method: ops.quantile(x, 0.3, axis=1, method=m),
            (11, 3),
            refused=None if method == "linear" else "Keras itself leaves out",
        )
    yield probe("quantile of two axes", lambda x: ops.quantile(x, 0.3, axis=(1, 2), keepdims=True))
    yield probe("percentile", lambda x: ops.percentile(x, 30, axis=2))
    yield probe("nanquantile", lambda x: ops.nanquantile(x, 0.3, axis=2, keepdims=True))
    yield probe("nanpercentile", lambda x: ops.nanpercentile(x, 90, axis=(1, 2)))
    for name in ("median", "nanmedian"):
        yield probe(
            f"{name} of what is no number",
            lambda x, n=name: getattr(ops, n)(ops.sqrt(x + 1.25), axis=1),
        )
    yield probe("median of one", lambda x: ops.median(x, axis=1), (1, 4))
    yield probe("median of all", lambda x: ops.median(x), refused="works along all axes")
    yield probe(
        "several quantiles",
        lambda x: ops.quantile(x, [0.25, 0.75], axis=-1),
        refused="finds several quantiles at once",
    )
    yield probe(
        "outliers clipped",
        lambda x: ops.minimum(x, ops.quantile(x, 0.9, axis=(1, 2), keepdims=True)),
    )


def tensorflow_orders():
    """Yields probes of TensorFlow's functions, as Keras 2 writes them."""
    for axis in (-1, 1):
        for direction in ("ASCENDING", "DESCENDING"):
            yield probe(
                f"sort {direction} along {axis}",
                lambda x, a=axis, d=direction: tf.sort(x, axis=a, direction=d),
            )
            yield probe(
                f"argsort {direction} along {axis}",
                lambda x, a=axis, d=direction: tf.cast(
                    tf.argsort(x, axis=a, direction=d), tf.float32
                ),
            )
    yield probe("argsort stable", lambda x: tf.cast(tf.argsort(x, stable=True), tf.float32))
    yield probe("top_k", lambda x: tf.math.top_k(x, 3)[0])
    yield probe("top_k without k", lambda x: tf.math.top_k(x).values)
    yield probe("nn.top_k indices", lambda x: tf.cast(tf.nn.top_k(x, k=2).indices, tf.float32))
    yield probe(
        "top_k in no order",
        lambda x: tf.math.top_k(x, 3, sorted=False)[0],
        refused="in no order",
    )
