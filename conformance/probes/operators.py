"""Operators in Functional models, one a probe, as keras.ops and as TensorFlow functions."""

import numpy as np
import tensorflow as tf
from probe import IMAGE, probe


def operators(k):
    """Yields probes of one Keras module, or of the TensorFlow that is beneath it."""
    return keras_operators(k.ops) if hasattr(k, "ops") else tensorflow_operators()


def keras_operators(ops):
    """Yields probes of keras.ops."""
    array = np.linspace(-1, 1, 4).astype("float32")
    grid = np.linspace(-1, 1, 32).reshape(8, 4).astype("float32")
    for name in ("mean", "max", "min", "sum", "prod", "var", "std", "logsumexp", "any", "all"):
        function = getattr(ops, name)
        for axis, keepdims in ((-1, True), ((1, 2), False), ((1, 2, 3), True)):
            yield probe(
                f"{name} along {axis}",
                lambda x, f=function, a=axis, k=keepdims: ops.cast(
                    f(x / 2, axis=a, keepdims=k), "float32"
                ),
            )
    yield probe("count_nonzero", lambda x: ops.cast(ops.count_nonzero(x, axis=(1, 2)), "float32"))
    yield probe("norm", lambda x: ops.norm(x + 0.25, axis=-1, keepdims=True))
    yield probe("norm 1", lambda x: ops.norm(x, ord=1, axis=-1))
    yield probe("norm of matrices", lambda x: ops.norm(x + 0.25, axis=(1, 2)))
    yield probe("normalize", lambda x: ops.normalize(x + 0.25, axis=-1))
    yield probe("normalize along 1", lambda x: ops.normalize(x + 0.25, axis=1, epsilon=1e-3))
    yield probe("cumsum", lambda x: ops.cumsum(x, axis=1))
    for name in (
        "abs", "sign", "floor", "ceil", "round", "square", "negative", "exp", "expm1", "sin", "cos",
        "tanh", "sinh", "cosh", "arctan", "arcsinh", "erf", "exp2", "zeros_like", "ones_like",
        "relu", "relu6", "sigmoid", "softplus", "softsign", "silu", "elu", "selu", "gelu",
        "leaky_relu", "hard_sigmoid", "hard_silu", "log_sigmoid", "celu", "hard_tanh",
    ):  # fmt: skip
        yield probe(name, lambda x, n=name: getattr(ops, n)(x))
    for name in ("sqrt", "rsqrt", "log", "log1p", "log2", "log10", "reciprocal"):
        yield probe(name, lambda x, n=name: getattr(ops, n)(x), positive=True)
    for name in ("arcsin", "arccos", "arctanh"):
        yield probe(name, lambda x, n=name: getattr(ops, n)(x / 10))
    yield probe("tan", lambda x: ops.tan(x / 4))
    yield probe("arccosh", lambda x: ops.arccosh(x + 1), positive=True)
    for name in ("isnan", "isinf", "isfinite", "logical_not"):
        yield probe(name, lambda x, n=name: ops.cast(getattr(ops, n)(x), "float32"))
    for dtype in ("int32", "int64", "bool"):
        yield probe(f"cast {dtype}", lambda x, d=dtype: x * ops.cast(ops.cast(x, d), "float32"))
    yield probe("full_like", lambda x: x + ops.full_like(x, 3.0))
    yield probe("clip", lambda x: ops.clip(x, -1, 1))
    for name in ("greater", "greater_equal", "less", "less_equal", "equal", "not_equal"):
        function = getattr(ops, name)
        yield probe(f"{name} number", lambda x, f=function: x * ops.cast(f(x, 0.5), "float32"))
        yield probe(
            f"{name} tensor",
            lambda x, y, f=function: ops.cast(f(x, y), "float32"),
            IMAGE,
            (1, 1, 4),
        )
    for name in ("logical_and", "logical_or", "logical_xor"):
        yield probe(
            name,
            lambda x, y, n=name: x * ops.cast(getattr(ops, n)(x > 0, y > 0), "float32"),
            IMAGE,
            IMAGE,
        )
    yield probe("x > 0", lambda x: x * ops.cast(x > 0, "float32"))
    yield probe("1 - x, 2 / x", lambda x: (1 - x) * (2 / x), positive=True)
    yield probe("where numbers", lambda x: ops.where(x > 0, x, -0.5))
    yield probe("where number first", lambda x: ops.where(x > 0, 1.0, x))
    yield probe("where tensors", lambda x, y: ops.where(x > y, x, y * 2), IMAGE, IMAGE)
    yield probe("where broadcasts", lambda x, y: ops.where(x > 0, y, x), IMAGE, (1, 1, 4))
    yield probe("where array", lambda x: ops.where(x > 0, array, x))
    yield probe("power 2", lambda x: x**2)
    yield probe("power tensor", lambda x, y: ops.power(x, y), IMAGE, (1, 1, 4), positive=True)
    yield probe("number to the power", lambda x: 2.0**x)
    yield probe("mod", lambda x: ops.mod(x, 1.5))
    yield probe("mod tensor", lambda x, y: ops.mod(x, y), IMAGE, IMAGE, positive=True)
    yield probe("floor_divide", lambda x: x + x // 1.5)
    yield probe("arctan2", lambda x, y: ops.arctan2(x + 0.25, y + 0.25), IMAGE, IMAGE)
    yield probe("maximum array", lambda x: ops.maximum(x, array))
    yield probe("times array", lambda x: x * array)
    yield probe("array minus", lambda x: ops.subtract(array, x))
    yield probe("times grid", lambda x: x * grid)
    yield probe("product grows", lambda x: x[..., :1] * array)
    yield probe("array over", lambda x: ops.divide(array, x), positive=True)
    yield probe("times column", lambda x: x * np.arange(6, dtype="float32").reshape(6, 1, 1))
    yield probe("split 2", lambda x: ops.split(x, 2, axis=-1)[1] * 2)
    yield probe("split all", lambda x: ops.concatenate(ops.split(x, 4, axis=2)[::-1], axis=2))
    yield probe("split at", lambda x: ops.split(x, [1, 3], axis=-1)[1])
    yield probe("split at, last", lambda x: ops.split(x, [2, 5], axis=1)[2])
    yield probe("unstack", lambda x: ops.add(*ops.unstack(x, 4, axis=-1)[1:3]))
    yield probe("unstack rows", lambda x: ops.unstack(x, axis=1)[5])
    yield probe("stack", lambda x, y: ops.stack([x, y], axis=1), (6, 4), (6, 4))
    yield probe("stack last", lambda x, y: ops.stack([x, y * 2, x], axis=-1), IMAGE, IMAGE)
    yield probe("stack negative", lambda x, y: ops.stack([x, y], axis=-2), (6, 4), (6, 4))
    yield probe("tile", lambda x: ops.tile(x, (1, 2, 1, 3)))
    yield probe("tile shorter", lambda x: ops.tile(x, (2, 1)))
    yield probe("repeat", lambda x: ops.repeat(x, 3, axis=1))
    yield probe("repeat last", lambda x: ops.repeat(x, 2, axis=-1))
    yield probe("roll", lambda x: ops.roll(x, 2, axis=1))
    yield probe("roll two", lambda x: ops.roll(x, (-3, 1), axis=(1, 2)))
    yield probe("take", lambda x: ops.take(x, [3, 0, 0, -1], axis=2))
    yield probe("take one", lambda x: ops.take(x, 2, axis=1))
    yield probe("expand_dims", lambda x: ops.expand_dims(x, 2))
    yield probe("squeeze", lambda x: ops.squeeze(x, 1), (1, 8, 4))
    yield probe("flip", lambda x: ops.flip(x, axis=2))
    yield probe("swapaxes", lambda x: ops.swapaxes(x, 1, -1))
    yield probe("moveaxis", lambda x: ops.moveaxis(x, -1, 1))
    yield probe("transpose", lambda x: ops.transpose(x, (0, 3, 1, 2)))
    yield probe("transpose negative", lambda x: ops.transpose(x, (0, -1, -2, 1)))
    yield probe("reshape", lambda x: ops.reshape(x, (-1, 48, 4)))
    yield probe("concatenate", lambda x, y: ops.concatenate([x, y], axis=1), IMAGE, IMAGE)
    yield probe("pad", lambda x: ops.pad(x, ((0, 0), (1, 2), (0, 0), (0, 3))))
    yield probe("pad reflect", lambda x: ops.pad(x, ((0, 0), (1, 2), (2, 0), (0, 0)), "reflect"))
    for name, function in INDICES.items():
        yield probe(name, function)
    yield from contractions(ops, array, grid)
    for name, function, why in (
        ("mean of all", lambda x: x - ops.mean(x), "works along all axes"),
        ("over samples", lambda x: x - ops.mean(x, 0), "along the axis of samples"),
        ("float16", lambda x: ops.cast(x, "uint8"), "rounds to uint8"),
        ("samples matmul", lambda x: ops.einsum("bi,ci->bc", x, x), "along the axis of samples"),
        ("diagonal", lambda x: ops.einsum("bii->bi", x[:, :6, :6, 0]), "does not know"),
        ("norm 3", lambda x: ops.norm(x, ord=3, axis=-1), "a norm of the order 3"),
    ):
        shapes = ((6,),) if name == "samples matmul" else ()
        yield probe(name, function, *shapes, refused=why)
    yield probe("softmax", lambda x: ops.softmax(x))
    yield probe("softmax along rows", lambda x: ops.softmax(x, axis=1))
    yield probe("stop_gradient", lambda x: x * ops.stop_gradient(x))
    yield probe("squeeze and excite", lambda x: x * ops.sigmoid(ops.mean(x, (1, 2), keepdims=True)))
    yield probe(
        "attention of channels and places",
        lambda x: ops.concatenate(
            [ops.max(x, -1, keepdims=True), ops.mean(x, -1, keepdims=True)], axis=-1
        ),
    )
    yield probe(
        "instance normalisation",
        lambda x: (
            (x - ops.mean(x, (1, 2), keepdims=True))
            / ops.sqrt(ops.var(x, (1, 2), keepdims=True) + 1e-5)
        ),
    )


def contractions(ops, array, grid):
    """Yields probes that sum products."""
    weights = np.linspace(-1, 1, 24).reshape(4, 6).astype("float32")
    yield probe("matmul", lambda x, y: ops.matmul(x, y), (2, 3, 4), (2, 4, 5))
    yield probe("matmul with weights", lambda x: ops.matmul(x, weights))
    yield probe("weights matmul", lambda x: ops.matmul(weights, x), (6, 5))
    yield probe("matmul of ranks 4 and 3", lambda x: ops.matmul(x, weights[None, None]))
    yield probe("matmul broadcast", lambda x, y: ops.matmul(x, y), (5, 3, 4), (1, 4, 2))
    yield probe("matmul with a vector", lambda x: ops.matmul(x, array))
    yield probe("dot", lambda x: ops.dot(x, weights))
    yield probe("dot with a vector", lambda x: ops.dot(x, array))
    yield probe("tensordot", lambda x: ops.tensordot(x, grid, axes=[[2, 3], [0, 1]]))
    yield probe("tensordot of one", lambda x: ops.tensordot(x, weights, axes=1))
    for name, equation, shapes in (
        ("channels", "bhwc,bhwd->bcd", (IMAGE, IMAGE)),
        ("heads", "bqhd,bkhd->bhqk", ((3, 2, 4), (5, 2, 4))),
        ("values", "bhqk,bkhd->bqhd", ((2, 3, 5), (5, 2, 4))),
        ("sum", "bhwc->bc", (IMAGE,)),
        ("turned", "bhwc->bchw", (IMAGE,)),
        ("dots", "...c,...c->...", (IMAGE, IMAGE)),
        ("three", "bhc,bwc,bc->bhw", ((3, 4), (5, 4), (4,))),
        ("outer", "bi,bj->bij", ((3,), (4,))),
    ):
        yield probe(f"einsum {name}", lambda *xs, e=equation: ops.einsum(e, *xs), *shapes)
    yield probe("einsum weights", lambda x: ops.einsum("bhwc,cd->bhwd", x, weights))
    yield probe(
        "attention by hand",
        lambda q, k: ops.matmul(ops.softmax(ops.matmul(q, ops.transpose(k, (0, 2, 1)))), k),
        (3, 4),
        (5, 4),
    )


INDICES = {
    "x[:, 0]": lambda x: x[:, 0],
    "x[:, -1]": lambda x: x[:, -1],
    "x[:, ::2]": lambda x: x[:, ::2],
    "x[:, 1::2, ::2]": lambda x: x[:, 1::2, ::2],
    "x[:, ::-1]": lambda x: x[:, ::-1],
    "x[..., 1:3]": lambda x: x[..., 1:3],
    "x[..., ::-1]": lambda x: x[..., ::-1],
    "x[..., None]": lambda x: x[..., None],
    "x[:, None, :, 1]": lambda x: x[:, None, :, 1],
    "x[:, -3:-1]": lambda x: x[:, -3:-1],
}


def tensorflow_operators():
    """Yields probes of TensorFlow's functions, as Keras 2 writes them."""
    array = np.linspace(-1, 1, 4).astype("float32")
    grid = np.linspace(-1, 1, 32).reshape(8, 4).astype("float32")
    math = tf.math
    for name in ("mean", "max", "min", "sum", "prod", "variance", "std", "logsumexp"):
        function = getattr(math, f"reduce_{name}")
        for axis, keepdims in ((-1, True), ([1, 2], False)):
            yield probe(
                f"reduce_{name} along {axis}",
                lambda x, f=function, a=axis, k=keepdims: f(x / 2, axis=a, keepdims=k),
            )
    yield probe("reduce_any", lambda x: tf.cast(tf.reduce_any(x > 1, axis=[1, 2]), tf.float32))
    yield probe("norm", lambda x: tf.norm(x + 0.25, axis=-1))
    yield probe("l2_normalize", lambda x: math.l2_normalize(x + 0.25, axis=-1))
    yield probe("cumsum", lambda x: math.cumsum(x, axis=1, exclusive=True, reverse=True))
    for name in (
        "abs", "sign", "floor", "ceil", "square", "negative", "exp", "expm1", "sin", "cos", "tanh",
        "sinh", "cosh", "atan", "asinh", "erf", "sigmoid", "softplus",
    ):  # fmt: skip
        yield probe(name, lambda x, n=name: getattr(math, n)(x))
    for name in ("sqrt", "rsqrt", "log", "log1p", "reciprocal"):
        yield probe(name, lambda x, n=name: getattr(math, n)(x), positive=True)
    for name in ("relu", "relu6", "elu", "selu", "leaky_relu", "silu", "gelu", "softmax"):
        yield probe(name, lambda x, n=name: getattr(tf.nn, n)(x))
    for dtype in (tf.int32, tf.bool):
        yield probe(f"cast {dtype.name}", lambda x, d=dtype: x * tf.cast(tf.cast(x, d), tf.float32))
    yield probe("clip_by_value", lambda x: tf.clip_by_value(x, -1.0, 1.0))
    for name in ("greater", "greater_equal", "less", "less_equal", "equal", "not_equal"):
        function = getattr(math, name)
        yield probe(f"{name} number", lambda x, f=function: x * tf.cast(f(x, 0.5), tf.float32))
        yield probe(
            f"{name} tensor", lambda x, y, f=function: tf.cast(f(x, y), tf.float32), IMAGE, IMAGE
        )
    yield probe("x > 0", lambda x: x * tf.cast(x > 0, tf.float32))
    yield probe("x <= y", lambda x, y: x * tf.cast(x <= y, tf.float32), IMAGE, IMAGE)
    for name in ("logical_and", "logical_or"):
        yield probe(
            name,
            lambda x, y, n=name: x * tf.cast(getattr(math, n)(x > 0, y > 0), tf.float32),
            IMAGE,
            IMAGE,
        )
    yield probe("where numbers", lambda x: tf.where(x > 0, x, -0.5))
    yield probe("where tensors", lambda x, y: tf.where(x > y, x, y * 2), IMAGE, IMAGE)
    yield probe("1 - x, 2 / x", lambda x: (1 - x) * (2 / x), positive=True)
    yield probe("x ** 2", lambda x: x**2)
    yield probe("2 ** x", lambda x: 2.0**x)
    yield probe("pow tensor", lambda x, y: math.pow(x, y), IMAGE, IMAGE, positive=True)
    yield probe("floormod", lambda x: math.floormod(x, 1.5))
    yield probe("x // 1.5", lambda x: x + x // 1.5)
    yield probe("x % 1.5", lambda x: x % 1.5)
    yield probe("squared_difference", lambda x, y: math.squared_difference(x, y), IMAGE, IMAGE)
    yield probe("divide_no_nan", lambda x, y: math.divide_no_nan(x, y), IMAGE, IMAGE)
    yield probe("add_n", lambda x, y: math.add_n([x, y, x]), IMAGE, IMAGE)
    yield probe("times array", lambda x: x * array)
    yield probe("array minus", lambda x: tf.subtract(array, x))
    yield probe("times grid", lambda x: x * grid)
    yield probe("product grows", lambda x: x[..., :1] * array)
    yield probe("split 2", lambda x: tf.split(x, 2, axis=-1)[1] * 2)
    yield probe("split sizes", lambda x: tf.split(x, [1, 3], axis=-1)[1])
    yield probe("unstack", lambda x: tf.add_n(tf.unstack(x, axis=-1)[1:3]))
    yield probe("stack", lambda x, y: tf.stack([x, y], axis=1), (6, 4), (6, 4))
    yield probe("tile", lambda x: tf.tile(x, [1, 2, 1, 3]))
    yield probe("repeat", lambda x: tf.repeat(x, 3, axis=1))
    yield probe("roll", lambda x: tf.roll(x, shift=2, axis=1))
    yield probe("roll two", lambda x: tf.roll(x, shift=[-3, 1], axis=[1, 2]))
    yield probe("gather", lambda x: tf.gather(x, [3, 0, 0], axis=2))
    yield probe("expand_dims", lambda x: tf.expand_dims(x, 2))
    yield probe("squeeze", lambda x: tf.squeeze(x, axis=1), (1, 8, 4))
    yield probe("reverse", lambda x: tf.reverse(x, axis=[2]))
    yield probe("transpose", lambda x: tf.transpose(x, [0, 3, 1, 2]))
    yield probe("reshape", lambda x: tf.reshape(x, [-1, 48, 4]))
    yield probe("concat", lambda x, y: tf.concat([x, y], axis=1), IMAGE, IMAGE)
    yield probe("pad", lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 0], [0, 3]]))
    yield probe("pad reflect", lambda x: tf.pad(x, [[0, 0], [1, 2], [2, 0], [0, 0]], "REFLECT"))
    for name, function in INDICES.items():
        yield probe(name, function)
    weights = np.linspace(-1, 1, 24).reshape(4, 6).astype("float32")
    yield probe("matmul", lambda x, y: tf.matmul(x, y), (2, 3, 4), (2, 4, 5))
    yield probe("x @ y", lambda x, y: x @ y, (2, 3, 4), (2, 4, 5))
    yield probe("x @ y turned", lambda x, y: tf.matmul(x, y, transpose_b=True), (3, 4), (5, 4))
    yield probe("x turned @ y", lambda x, y: tf.matmul(x, y, transpose_a=True), (4, 3), (4, 5))
    yield probe("matmul with weights", lambda x: tf.matmul(x, weights), (5, 4))
    yield probe("tensordot", lambda x: tf.tensordot(x, weights, axes=[[3], [0]]))
    yield probe(
        "einsum",
        lambda x, y: tf.einsum("bhwc,bhwd->bcd", x, y),
        IMAGE,
        IMAGE,
        refused="that Keras 2 has left out of the file",
    )
    yield probe("stop_gradient", lambda x: x * tf.stop_gradient(x))
