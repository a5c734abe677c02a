"""TensorFlow's functions, as Keras 2 writes them: orders, statistics, losses and sizes."""

import numpy as np
import tensorflow as tf
import tf_keras
from probe import IMAGE, probe


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
    yield from tensorflow_functions()


def tensorflow_functions():
    """Yields probes of the rest of TensorFlow's functions."""
    for radius, how in ((5, {}), (2, {"bias": 2.0, "alpha": 0.3, "beta": 0.75}), (1, {"beta": 1})):
        yield probe(
            f"local_response_normalization {radius}",
            lambda x, r=radius, h=how: tf.nn.local_response_normalization(x, r, **h),
            (6, 8, 7),
        )
    yield probe("lrn", lambda x: tf.nn.lrn(x, depth_radius=1, alpha=0.5))
    yield probe("instance normalisation", instance_normalisation)
    yield probe(
        "batch_normalization by tensors",
        lambda x, y: tf.nn.batch_normalization(x, y, tf.square(y), y - 1, y, 1e-2),
        IMAGE,
        (1, 1, 4),
    )
    grid = np.linspace(0.5, 2, 32).reshape(8, 4).astype("float32")
    yield probe(
        "batch_normalization by grids",
        lambda x: tf.nn.batch_normalization(x, grid, grid + 1, None, grid - 1, 1e-2),
    )
    for name in ("sigmoid", "softmax"):
        function = getattr(tf.nn, f"{name}_cross_entropy_with_logits")
        yield probe(
            f"{name} cross entropy", lambda x, y, f=function: f(labels=x, logits=y), IMAGE, IMAGE
        )
    yield probe(
        "softmax cross entropy along 1",
        lambda x, y: tf.nn.softmax_cross_entropy_with_logits(x, y, axis=1),
        IMAGE,
        IMAGE,
    )
    yield probe(
        "sparse softmax cross entropy",
        lambda x, y: tf.nn.sparse_softmax_cross_entropy_with_logits(tf.argmax(x, -1), y),
        IMAGE,
        IMAGE,
    )
    yield probe(
        "softmax cross entropy of TensorFlow 1",
        lambda x, y: tf.compat.v1.nn.softmax_cross_entropy_with_logits(labels=x, logits=y),
        IMAGE,
        IMAGE,
    )
    for name, function in (
        ("in_top_k", lambda x, y: tf.math.in_top_k(tf.argmax(x, -1), y, 2)),
        ("in_top_k of 1", lambda x, y: tf.compat.v1.math.in_top_k(y, tf.argmax(x, -1), 2)),
    ):
        yield probe(name, lambda x, y, f=function: tf.cast(f(x, y), tf.float32), (4,), (4,))
    yield probe("diag_part", lambda x: tf.linalg.diag_part(x))
    yield probe("diag_part k", lambda x: tf.linalg.diag_part(x, k=-1))
    yield probe("trace", lambda x: tf.linalg.trace(x))
    yield probe("broadcast_to", lambda x: tf.broadcast_to(x, [tf.shape(x)[0], 6, 8, 4]), (6, 1, 4))
    yield probe(
        "broadcast_to another",
        lambda x, y: tf.broadcast_to(x, [tf.shape(y)[0], tf.shape(y)[1], 8, 4]),
        (1, 1, 4),
        IMAGE,
    )
    yield probe(
        "broadcast_to two", lambda x: tf.broadcast_to(x, [2, 6, 8, 4]), refused="a fixed number"
    )
    for name in ("xlogy", "xlog1py", "xdivy"):
        yield probe(
            name,
            lambda x, y, n=name: getattr(tf.math, n)(x - 2, y),
            IMAGE,
            (1, 1, 4),
            positive=True,
        )
    yield probe("reciprocal_no_nan", lambda x: tf.math.reciprocal_no_nan(x))
    yield probe("clip_by_norm", lambda x: tf.clip_by_norm(x, 2.0, axes=[3]))
    yield probe("clip_by_norm of two", lambda x: tf.clip_by_norm(x, 9.0, axes=[1, 2]))
    yield probe("silu beta", lambda x: tf.nn.silu(x, beta=1.7))
    yield probe("ensure_shape", lambda x: tf.ensure_shape(x, (None, *IMAGE)))
    yield probe("check_numerics", lambda x: tf.debugging.check_numerics(x, "wrong"))
    yield probe("batch_flatten", lambda x: tf_keras.backend.batch_flatten(x))
    yield probe(
        "weighted cross entropy",
        lambda x, y: tf.nn.weighted_cross_entropy_with_logits(x, y, 2.5),
        IMAGE,
        IMAGE,
    )
    yield probe(
        "gather of each",
        lambda x, y: tf.gather(x, tf.math.top_k(y, 3).indices, batch_dims=1),
        (6, 4),
        (6,),
    )
    yield probe(
        "gather of each row",
        lambda x, y: tf.gather(x, tf.argsort(y, axis=2)[:, :, 1:4], axis=2, batch_dims=2),
        IMAGE,
        (6, 8),
    )
    yield probe("gather at constants", lambda x: tf.gather(x, [2, 0, 2], axis=1))
    yield probe("gather one", lambda x: tf.gather(x, 2, axis=1))
    yield probe(
        "gather among samples",
        lambda x: tf.gather(x, tf.argmax(x[:, :, 0, 0], axis=1), axis=1),
        refused="takes entries of all samples",
    )
    for name, function in SIZES.items():
        yield probe(name, function)
    yield probe(
        "as many samples",
        lambda x: x / tf.cast(tf.shape(x)[0], tf.float32),
        refused="known only when the model runs",
    )
    yield probe("l2_loss", lambda x: x * tf.nn.l2_loss(x), refused="works along all axes")


SIZES = {
    "over the root of a size": lambda x: x / tf.sqrt(tf.cast(tf.shape(x)[-1], tf.float32)),
    "over a product of sizes": lambda x: (
        tf.reduce_sum(x, [1, 2]) / tf.cast(tf.shape(x)[1] * tf.shape(x)[2], tf.float32)
    ),
    "reshape by a product of sizes": lambda x: tf.reshape(
        x, [tf.shape(x)[0], tf.shape(x)[1] * tf.shape(x)[2], tf.shape(x)[-1]]
    ),
    "reshape by a size and a number": lambda x: tf.reshape(x, [-1, tf.shape(x)[1] * 2, 4 * 4]),
}


def instance_normalisation(x):
    """Normalises each picture's channels, with statistics that are tensors."""
    mean, variance = tf.nn.moments(x, [1, 2], keepdims=True)
    return tf.nn.batch_normalization(x, mean, variance, None, None, 1e-3)
