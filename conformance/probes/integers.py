"""Whole numbers, truths and masks of numbers where others are expected."""

import numpy as np
from probe import probe

SEQUENCE = (5, 4)
#: What the two Kerases round.
ROUNDED = {"tf_keras": ("mean",), "keras": ("resize", "rgb_to_grayscale")}


def integers(k):
    """Yields operators on values that a cast made whole numbers."""
    yield from (keras2(k) if k.__name__.startswith("tf_keras") else keras3(k))


def keras2(k):
    """Yields what TensorFlow computes in int32, where float32 gives something else."""
    import tensorflow as tf

    def whole(x):
        return tf.cast(x * 3, tf.int32)

    def real(x):
        return tf.cast(x, tf.float32)

    functions = {
        "mean": lambda x: tf.reduce_mean(x, axis=[1, 2]),
        "sum": lambda x: tf.reduce_sum(x, axis=1),
        "max": lambda x: tf.reduce_max(x, axis=3),
        "floordiv": lambda x: x // 2,
        "mod": lambda x: x % 3,
        "truediv": lambda x: x / 2,
        "square": tf.square,
        "abs": tf.abs,
        "where": lambda x: tf.where(x > 1, x, -x),
        "plus": lambda x: x + 1,
        "times itself": lambda x: x * x,
        "maximum": lambda x: tf.maximum(x, 0),
        "cumsum": lambda x: tf.cumsum(x, axis=1),
        "clip": lambda x: tf.clip_by_value(x, -2, 2),
        "resize": lambda x: tf.image.resize(x, (3, 4)),
        "resize nearest": lambda x: tf.image.resize(x, (3, 4), method="nearest"),
        "negative": lambda x: -x,
        "relu": tf.nn.relu,
        "power": lambda x: x**2,
    }
    yield from on_integers(functions, lambda f: lambda x: real(f(whole(x))), ROUNDED[k.__name__])
    yield probe("int32 half", lambda x: real(tf.cast(x, tf.int32)) * 0.5, differentiable=False)
    yield from casts("float64", lambda t: lambda x: real(tf.cast(tf.abs(x) * 3, t)))
    yield from masks(k)
    array = np.linspace(-1, 1, 20).reshape(4, 5).astype("float32")
    yield probe(
        "einsum with an array",
        lambda x: tf.einsum("bij,jk->bik", x, array),
        SEQUENCE,
        refused="that Keras 2 has left out of the file",
    )
    yield probe(
        "mean of positions",
        lambda x: real(tf.reduce_mean(tf.argmax(x, axis=1), axis=1)),
        differentiable=False,
        refused="rounds the result",
    )
    yield probe(
        "mean of the positions of the largest",
        lambda x: real(tf.reduce_mean(tf.math.top_k(x, 2)[1], axis=1)),
        differentiable=False,
        refused="rounds the result",
    )
    yield probe(
        "mean of what is divided",
        lambda x: real(tf.reduce_mean(whole(x) / 2, axis=1)),
        differentiable=False,
    )
    yield probe(
        "mean of what is cast back",
        lambda x: tf.reduce_mean(k.layers.Flatten()(real(whole(x))), axis=1),
        differentiable=False,
    )
    yield probe(
        "mean behind a layer that keeps the type",
        lambda x: real(tf.reduce_mean(k.layers.Reshape((12, 16))(whole(x)), axis=1)),
        differentiable=False,
        refused="rounds the result",
    )


def keras3(k):
    """Yields what keras.ops makes of whole numbers."""
    ops = k.ops

    def whole(x):
        return ops.cast(x * 3, "int32")

    def real(x):
        return ops.cast(x, "float32")

    functions = {
        "mean": lambda x: ops.mean(x, axis=(1, 2)),
        "sum": lambda x: ops.sum(x, axis=1),
        "max": lambda x: ops.max(x, axis=3),
        "var": lambda x: ops.var(x, axis=(1, 2)),
        "floor_divide": lambda x: ops.floor_divide(x, 2),
        "mod": lambda x: ops.mod(x, 3),
        "divide": lambda x: ops.divide(x, 2),
        "square": ops.square,
        "sqrt": lambda x: ops.sqrt(ops.abs(x)),
        "where": lambda x: ops.where(x > 1, x, -x),
        "plus": lambda x: x + 1,
        "plus half": lambda x: x + 0.5,
        "times itself": lambda x: x * x,
        "power": lambda x: ops.power(x, 2),
        "clip": lambda x: ops.clip(x, -2, 2),
        "average": lambda x: ops.average(x, axis=1),
        "exp": ops.exp,
        "relu": ops.relu,
        "resize": lambda x: ops.image.resize(x, (3, 4)),
        "rgb_to_grayscale": lambda x: ops.image.rgb_to_grayscale(x[..., :3]),
        "argmax": lambda x: ops.argmax(x, axis=1),
        "round": ops.round,
        "norm": lambda x: ops.norm(x, axis=1),
    }
    yield from on_integers(functions, lambda f: lambda x: real(f(whole(x))), ROUNDED[k.__name__])
    yield from casts("bfloat16", lambda t: lambda x: real(ops.cast(ops.abs(x) * 3, t)))
    yield from masks(k)
    array = np.linspace(-1, 1, 20).reshape(4, 5).astype("float32")
    yield probe("einsum with an array", lambda x: ops.einsum("bij,jk->bik", x, array), SEQUENCE)
    half = np.linspace(-1, 1, 8).reshape(2, 4).astype("float32")
    yield probe("einsum along the batch", lambda x: ops.einsum("bij,bj->bi", x, half), SEQUENCE)


def on_integers(functions, around, rounded):
    """Yields each function of whole numbers, a cast ``around`` it; the ``rounded`` are refused."""
    for name, function in functions.items():
        yield probe(
            f"int32 {name}",
            around(function),
            differentiable=False,
            refused="rounds the result" if name in rounded else None,
        )


def casts(other, to_and_back):
    """Yields casts to each type, an ``other`` among them, and back."""
    for kind in ("uint8", "int8", "int64", "float16", other, "bool"):
        yield probe(
            f"cast to {kind} and back",
            to_and_back(kind),
            differentiable=False,
            refused="GradLens cannot compute" if kind in ("uint8", "int8") else None,
        )


def masks(k):
    """Yields attention under masks that are numbers, not truths."""
    layers = k.layers
    for name, values in (
        ("0 and 1", (0.0, 1.0)),
        ("halves", (0.5, 1.0)),
        ("2 and 0", (0.0, 2.0)),
        ("negative", (-1.0, 1.0)),
    ):
        mask = np.where(np.tril(np.ones((1, 5, 5))), values[1], values[0]).astype("float32")
        yield probe(
            f"attention_mask of {name}",
            lambda x, m=mask: layers.MultiHeadAttention(2, 3)(x, x, attention_mask=m),
            SEQUENCE,
        )
