"""Operators on values in their order, and others that stand in heads, blocks and losses."""

import numpy as np
from probe import IMAGE, probe
from tensorflow_functions import tensorflow_orders


def orders(k):
    """Yields probes of one Keras module, or of the TensorFlow that is beneath it."""
    return keras_orders(k) if hasattr(k, "ops") else tensorflow_orders()


def keras_orders(k):
    """Yields probes of keras.ops."""
    yield from sorts(k.ops)
    yield from quantiles(k.ops)
    yield from normalisations(k.ops)
    yield from attention(k.ops)
    yield from losses(k.ops)
    yield from diagonals(k.ops)
    yield from members(k.ops)
    yield from rearrangements(k.ops)
    for axis in (-1, 1):
        yield probe(f"sparsemax along {axis}", lambda x, a=axis: k.ops.sparsemax(x, axis=a))
    yield probe("sparsemax of many", lambda x: k.ops.sparsemax(x / 4), (19,))
    yield probe("Dense sparsemax", lambda x: k.layers.Dense(5, activation="sparsemax")(x))
    yield probe("Activation sparsemax", lambda x: k.layers.Activation("sparsemax")(x / 2))


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


def normalisations(ops):
    """Yields probes of normalisation along other axes, and by arrays and tensors."""
    rows, grid = np.linspace(0.5, 2, 6).astype("float32"), np.linspace(0.5, 2, 32).reshape(8, 4)
    yield probe(
        "batch_normalization along 1",
        lambda x: ops.batch_normalization(x, rows, rows * 2, 1, rows - 1, rows, 1e-2),
    )
    yield probe(
        "batch_normalization along 3", lambda x: ops.batch_normalization(x, rows[:4], rows[:4], 3)
    )
    for axis, shape in ((1, (6,)), ((2, 3), (8, 4)), ([-2, -1], (8, 4)), ((1, 2, 3), (6, 8, 4))):
        scale = np.linspace(0.5, 2, int(np.prod(shape))).reshape(shape).astype("float32")
        yield probe(
            f"layer_normalization along {axis}",
            lambda x, a=axis, s=scale: ops.layer_normalization(x, s, s - 1, axis=a),
        )
    yield probe("layer_normalization plain", lambda x: ops.layer_normalization(x, axis=(1, 2)))
    yield probe(
        "layer_normalization from both ends",
        lambda x: ops.layer_normalization(x, axis=(1, -1)),
        refused="neither tensors nor arrays that fit its axes",
    )
    yield probe("rms_normalization along 2", lambda x: ops.rms_normalization(x, axis=2))
    yield probe(
        "rms_normalization of a grid",
        lambda x: ops.rms_normalization(x, grid.astype("float32"), axis=(-2, -1)),
    )


def attention(ops):
    """Yields probes of attention as a function."""
    shapes = ((5, 2, 4), (3, 2, 4), (3, 2, 4))
    attend = ops.dot_product_attention
    yield probe("attention", lambda q, k, v: attend(q, k, v), *shapes)
    yield probe("attention of itself", lambda x: attend(x, x, x, is_causal=True), (5, 2, 4))
    yield probe("attention scaled", lambda q, k, v: attend(q, k, v, scale=0.3), *shapes)
    yield probe("attention causal", lambda q, k, v: attend(q, k, v, is_causal=True), *shapes)
    yield probe("attention biased", lambda q, k, v, b: attend(q, k, v, bias=b), *shapes, (2, 5, 3))
    yield probe(
        "attention masked",
        lambda q, k, v, m: attend(q, k, v, mask=m > -1, bias=m),
        *shapes,
        (1, 5, 3),
    )
    mask = np.array([[True, True, False], [True] * 3, [False] * 3, [True] * 3, [True] * 3])
    yield probe(
        "attention masked by an array",
        lambda q, k, v: attend(q, k, v, mask=mask[None, None], is_causal=True),
        *shapes,
    )


def losses(ops):
    """Yields probes of losses as operators."""
    yield probe(
        "binary_crossentropy of logits",
        lambda x, y: ops.binary_crossentropy(x, y, from_logits=True),
        IMAGE,
        IMAGE,
    )
    for axis in (-1, 1):
        yield probe(
            f"categorical_crossentropy of logits along {axis}",
            lambda x, y, a=axis: ops.categorical_crossentropy(x, y, from_logits=True, axis=a),
            IMAGE,
            IMAGE,
        )
    yield probe(
        "sparse_categorical_crossentropy of logits",
        lambda x, y: ops.sparse_categorical_crossentropy(ops.argmax(x, -1), y, from_logits=True),
        IMAGE,
        IMAGE,
    )
    yield probe(
        "crossentropy of probabilities",
        lambda x, y: ops.categorical_crossentropy(x, ops.softmax(y)),
        IMAGE,
        IMAGE,
        refused="compares with probabilities",
    )


def diagonals(ops):
    """Yields probes of diagonals and traces."""
    for offset in (0, 2, -1, -5, 7):
        yield probe(f"diagonal {offset}", lambda x, k=offset: ops.diagonal(x, k, 1, 2))
    yield probe("diagonal of the last", lambda x: ops.diagonal(x, 0, -2, -1))
    yield probe("diagonal turned", lambda x: ops.diagonal(x, 1, 3, 1))
    yield probe("trace", lambda x: ops.trace(x, 0, 1, 2))
    yield probe("trace beside", lambda x: ops.trace(x, -2, 1, 2))
    yield probe(
        "diagonal of samples", lambda x: ops.diagonal(x), refused="along the axis of samples"
    )


def members(ops):
    """Yields probes that compare with lists and indices."""
    steps = np.array([-1.5, -0.5, 0.5, 0.5, 1.0], "float32")
    for invert in (False, True):
        yield probe(
            f"isin {invert}",
            lambda x, i=invert: number(ops, ops.isin(x, [0.5, -1.0, 2.0], invert=i)),
        )
    yield probe("digitize", lambda x: number(ops, ops.digitize(x, steps)))
    yield probe("multi_hot", lambda x: ops.multi_hot(ops.cast(x + 2, "int32"), 5), (6,))
    yield probe("multi_hot of rows", lambda x: ops.multi_hot(ops.cast(x + 2, "int32"), 5), (3, 4))
    yield probe(
        "in_top_k",
        lambda x, y: number(ops, ops.in_top_k(ops.argmax(x, axis=-1), y, 2)),
        (4,),
        (4,),
    )
    for name in ("nanargmax", "nanargmin"):
        yield probe(
            name,
            lambda x, n=name: number(ops, getattr(ops, n)(ops.sqrt(x + 0.25), axis=-1)),
            differentiable=False,
        )
    for name in ("nancumsum", "nancumprod"):
        yield probe(name, lambda x, n=name: getattr(ops, n)(ops.sqrt(x + 0.75), axis=1))
    yield probe("cdist", lambda x, y: ops.cdist(x + 0.25, y), (5, 4), (3, 4))


def rearrangements(ops):
    """Yields probes that move values, and those that would mix samples."""
    yield probe(
        "select",
        lambda x, y: ops.select([x > 1, y > 0, x > y], [x, y * 2, ops.tanh(x)], -0.5),
        IMAGE,
        IMAGE,
    )
    yield probe("select arrays", lambda x: ops.select([x > 0], [np.ones(4, "float32")], x))
    yield probe("unfold", lambda x: ops.unfold(x, 3), (4, 6, 8))
    yield probe(
        "unfold all",
        lambda x: ops.unfold(x, (2, 3), padding=(1, 2), stride=(2, 1)),
        (4, 6, 8),
    )
    yield probe("unfold dilated", lambda x: ops.unfold(x, 2, dilation=(1, 3)), (4, 6, 8))
    yield probe(
        "unfold dilated by steps",
        lambda x: ops.unfold(x, 2, dilation=2, stride=2),
        (4, 6, 8),
        refused="by strides and by dilation at once",
    )
    yield probe("sobel_edges", lambda x: ops.image.sobel_edges(x))
    for name in ("cumsum", "cumprod"):
        yield probe(f"{name} along the last", lambda x, n=name: getattr(ops, n)(x, axis=-1))
    yield probe("array", lambda x: ops.array(x))
    for name, function, why in (
        ("reshape of cells", lambda x: ops.reshape(x, (-1, 4)), "parts samples or joins them"),
        ("reshape to two", lambda x: ops.reshape(x, (2, 192)), "a batch of 2 samples of any"),
        ("broadcast_to two", lambda x: ops.broadcast_to(x, (2, *IMAGE)), "a fixed number"),
        ("slice of samples", lambda x: ops.slice(x, (0, 0, 0, 0), (1, 6, 8, 4)), "of the samples"),
        ("ravel", lambda x: ops.ravel(x), "works along all axes"),
        ("vdot", lambda x: ops.vdot(x, x), "works along all axes"),
        ("outer", lambda x: ops.outer(x, np.array([1.0, 2.0])), "works along all axes"),
    ):
        yield probe(name, function, refused=why)
