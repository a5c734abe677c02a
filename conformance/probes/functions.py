"""Operators that are made of others: numpy's and those of neural networks."""

import numpy as np
import tensorflow as tf
from probe import IMAGE, probe


def functions(k):
    """Yields probes of one Keras module, or of the TensorFlow that is beneath it."""
    return keras_functions(k.ops) if hasattr(k, "ops") else tensorflow_functions()


def keras_functions(ops):
    """Yields probes of keras.ops."""
    array = np.linspace(0.5, 2, 4).astype("float32")
    for name in (
        "cbrt", "conj", "copy", "deg2rad", "rad2deg", "fabs", "heaviside", "nan_to_num",
        "real", "sinc", "square", "positive",
    ):  # fmt: skip
        if not hasattr(ops, name):
            continue
        if name == "heaviside":
            yield probe(name, lambda x: ops.heaviside(x, array - 1))
        else:
            yield probe(name, lambda x, n=name: getattr(ops, n)(x))
    for name in ("signbit", "isneginf", "isposinf", "isreal", "isclose"):
        if name == "isclose":
            yield probe(name, lambda x, y: ops.cast(ops.isclose(x, y), "float32"), IMAGE, (1, 1, 4))
        elif hasattr(ops, name):
            yield probe(name, lambda x, n=name: ops.cast(getattr(ops, n)(x / (x - 1)), "float32"))
    yield probe("erfc", lambda x: ops.erfc(x))
    yield probe("angle", lambda x: ops.angle(x))
    yield probe("imag", lambda x: x + ops.imag(x))
    yield probe("saturate_cast", lambda x: ops.saturate_cast(x, "float32"))
    for name in ("hypot", "fmax", "fmin", "logaddexp", "logaddexp2"):
        yield probe(name, lambda x, y, n=name: getattr(ops, n)(x, y), IMAGE, IMAGE)
        yield probe(f"{name} array", lambda x, n=name: getattr(ops, n)(x, array))
    yield probe("fmod", lambda x: ops.fmod(x, 1.5))
    yield probe("fmod tensor", lambda x, y: ops.fmod(x, y), IMAGE, IMAGE, positive=True)
    yield probe("ldexp", lambda x: ops.ldexp(x, 3))
    for name in ("nansum", "nanmean", "nanmax", "nanmin", "nanprod", "nanvar", "nanstd"):
        for axis, keepdims in ((-1, True), ((1, 2), False)):
            yield probe(
                f"{name} along {axis}",
                lambda x, n=name, a=axis, k=keepdims: getattr(ops, n)(
                    ops.sqrt(x + 0.75), axis=a, keepdims=k
                ),
            )
    yield probe("ptp", lambda x: ops.ptp(x, axis=1))
    yield probe("ptp keepdims", lambda x: ops.ptp(x, axis=(1, 2), keepdims=True))
    yield probe("average", lambda x: ops.average(x, axis=2))
    yield probe("average weights", lambda x: ops.average(x, axis=-1, weights=array))
    yield probe("trapezoid", lambda x: ops.trapezoid(x, axis=1))
    yield probe(
        "trapezoid x",
        lambda x: ops.trapezoid(x, [0.0, 1.0, 3.0, 4.0], axis=-1),
        refused="sums over steps of unlike widths",
    )
    yield probe("trapezoid dx", lambda x: ops.trapezoid(x, dx=0.5, axis=-1))
    for name in ("argmax", "argmin"):
        for axis, keepdims in ((-1, False), (1, True)):
            yield probe(
                f"{name} along {axis}",
                lambda x, n=name, a=axis, k=keepdims: ops.cast(
                    getattr(ops, n)(x, axis=a, keepdims=k), "float32"
                ),
            )
    yield probe("one_hot", lambda x: ops.one_hot(ops.cast(x + 2, "int32"), 5), (6,))
    yield probe("one_hot of argmax", lambda x: ops.one_hot(ops.argmax(x, axis=-1), 4) * x)
    yield probe("fliplr", lambda x: ops.fliplr(x))
    for turns in (1, 2, 3, -1):
        yield probe(
            f"rot90 {turns}",
            lambda x, n=turns: ops.rot90(x, n, axes=(1, 2)),
            refused="turns by a half" if turns == 2 else None,
        )
    yield probe("rot90 other axes", lambda x: ops.rot90(x, 1, axes=(3, 1)))
    yield probe("hstack", lambda x, y: ops.hstack([x, y]), IMAGE, IMAGE)
    yield probe("dstack", lambda x, y: ops.dstack([x, y]), IMAGE, IMAGE)
    yield probe("append", lambda x, y: ops.append(x, y, axis=-1), IMAGE, (6, 8, 2))
    yield probe("hsplit", lambda x: ops.hsplit(x, 2)[1])
    yield probe("dsplit", lambda x: ops.dsplit(x, [3])[1])
    yield probe("array_split", lambda x: ops.array_split(x, 3, axis=-1)[0])
    yield probe("array_split of others", lambda x: ops.array_split(x, 3, axis=2)[2])
    yield probe("diff", lambda x: ops.diff(x, axis=1))
    yield probe(
        "diff of samples",
        lambda x: ops.diff(x, axis=0),
        refused="The layer diff (Diff) works along an axis of samples",
    )
    yield probe("diff twice", lambda x: ops.diff(x, n=2))
    yield probe("cross", lambda x, y: ops.cross(x, y), (5, 3), (5, 3))
    yield probe("tril", lambda x: ops.tril(x))
    yield probe("triu", lambda x: ops.triu(x, 1))
    yield probe("cumprod", lambda x: ops.cumprod(x, axis=2))
    yield probe("glu", lambda x: ops.glu(x))
    yield probe("glu along 1", lambda x: ops.glu(x, axis=1))
    yield probe("threshold", lambda x: ops.threshold(x, 0.5, -1.0))
    yield probe("hard_shrink threshold", lambda x: ops.hard_shrink(x, 0.75))
    yield probe("soft_shrink threshold", lambda x: ops.soft_shrink(x, 0.75))
    yield probe("squareplus b", lambda x: ops.squareplus(x, 2))
    yield probe("softplus", lambda x: ops.softplus(x))
    yield probe("gray by expand_dims", lambda x: ops.expand_dims(x / 2, -1) * array, (12, 14))
    yield probe("moments", lambda x: ops.add(*ops.moments(x, axes=(1, 2))))
    yield probe("moments keepdims", lambda x: ops.subtract(*ops.moments(x, axes=-1, keepdims=True)))
    yield probe(
        "batch_normalization",
        lambda x: ops.batch_normalization(x, array, array * 2, -1, array - 1, array, 1e-2),
    )
    yield probe("batch_normalization plain", lambda x: ops.batch_normalization(x, array, array, -1))
    yield probe(
        "batch_normalization along 1",
        lambda x: ops.batch_normalization(x, np.ones(6), np.ones(6), 1),
    )
    yield probe("layer_normalization", lambda x: ops.layer_normalization(x, array, array - 1))
    yield probe("rms_normalization", lambda x: ops.rms_normalization(x, array, epsilon=1e-2))


def tensorflow_functions():
    """Yields probes of TensorFlow's functions, as Keras 2 writes them."""
    yield probe("erfc", lambda x: tf.math.erfc(x))
    yield probe("argmax", lambda x: tf.cast(tf.argmax(x, axis=-1), tf.float32))
    yield probe("argmin", lambda x: tf.cast(tf.argmin(x, axis=2), tf.float32))
    yield probe("one_hot", lambda x: tf.one_hot(tf.argmax(x, axis=-1), 4) * x)
    yield probe("cumprod", lambda x: tf.math.cumprod(x, axis=2))
    yield probe("slice", lambda x: tf.slice(x, [0, 1, 2, 0], [-1, 3, 4, -1]))
    yield probe("strided_slice", lambda x: x[:, 1:-1, ::2])
    yield probe("moments", lambda x: tf.add_n(tf.nn.moments(x, [1, 2])))
    yield probe("moments keepdims", lambda x: tf.subtract(*tf.nn.moments(x, [-1], keepdims=True)))
    array = np.linspace(0.5, 2, 4).astype("float32")
    yield probe(
        "batch_normalization",
        lambda x: tf.nn.batch_normalization(x, array, array * 2, array - 1, array, 1e-2),
    )
    yield probe("linalg.band_part", lambda x: tf.linalg.band_part(x, -1, 0))
    yield probe("reduce_euclidean_norm", lambda x: tf.math.reduce_euclidean_norm(x + 0.25, axis=1))
    yield probe("crelu", lambda x: tf.nn.crelu(x))
    yield probe("reshape by shape", lambda x: tf.reshape(x, [tf.shape(x)[0], 48, 4]))
    yield probe("reshape by sizes", lambda x: tf.reshape(x, [tf.shape(x)[0], tf.shape(x)[1], -1]))
    yield probe("reshape -1 by shape", lambda x: tf.reshape(x, [-1, 6 * 8, tf.shape(x)[3]]))
    yield probe(
        "resize to the size of another",
        lambda x, y: tf.image.resize(x, tf.shape(y)[1:3]),
        (3, 4, 2),
        IMAGE,
    )
