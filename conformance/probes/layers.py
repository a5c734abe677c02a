"""Layers in Functional models, one or a few a probe, with arguments away from the default."""

import numpy as np
from attention import attention, group_query_attention
from probe import IMAGE, SEQUENCE, probe


def keras3(k):
    """Yields what only Keras 3 has."""
    layers = k.layers
    for kind in ("Average", "Max"):
        for size in (2, (3, 4), (4, 3), (6, 8)):
            make = getattr(layers, f"Adaptive{kind}Pooling2D")
            yield probe(f"Adaptive{kind}Pooling2D {size}", lambda x, m=make, s=size: m(s)(x))
        make = getattr(layers, f"Adaptive{kind}Pooling1D")
        yield probe(f"Adaptive{kind}Pooling1D", lambda x, m=make: m(3)(x), (7, 4))
    yield from group_query_attention(k)


def resizing(k, is_keras3):
    """Yields resizes by every way, and crops larger than their input."""
    layers = k.layers
    ways = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"]
    options = [{"crop_to_aspect_ratio": True}]
    if is_keras3:
        options += [
            {"pad_to_aspect_ratio": True},
            {"pad_to_aspect_ratio": True, "fill_value": 0.5},
            {"antialias": True},
        ]
    else:
        ways += ["gaussian", "mitchellcubic", "area"]
    sizes = ((4, 5), (7, 3), (9, 11))
    for way, size, option in [
        *((way, size, {}) for way in ways for size in sizes),
        *((way, size, option) for way in ways[1:4] for size in sizes[:2] for option in options),
    ]:
        yield probe(
            f"Resizing {way} {size} {option}",
            lambda x, w=way, s=size, o=option: layers.Resizing(*s, interpolation=w, **o)(x),
            differentiable=way != "area",
        )
    for size in ((12, 4), (12, 10), (3, 11), (3, 5)):
        yield probe(f"CenterCrop {size}", lambda x, s=size: layers.CenterCrop(*s)(x))


def without_channels(k):
    """Yields pictures that have no axis of channels."""
    layers = k.layers
    conv = {"filters": 3, "kernel_size": 3, "strides": 2}
    yield probe("flattened gray", lambda x: layers.Dense(4)(layers.Flatten()(x)), (12, 14))
    yield probe(
        "gray to a picture",
        lambda x: layers.Conv2D(**conv)(layers.Reshape((12, 14, 1))(x)),
        (12, 14),
    )
    yield probe(
        "gray, rescaled, to a picture",
        lambda x: layers.Conv2D(**conv)(layers.Reshape((12, 14, 1))(layers.Rescaling(0.5, -1)(x))),
        (12, 14),
    )
    yield probe(
        "gray, rescaled by column",
        lambda x: layers.Flatten()(layers.Rescaling(np.linspace(0.5, 2, 14).tolist())(x)),
        (12, 14),
    )
    yield probe("gray as a signal", lambda x: layers.Conv1D(3, 3)(x), (12, 14))
    yield probe(
        "gray as both",
        lambda x: layers.Concatenate()(
            [
                layers.Flatten()(layers.Conv2D(**conv)(layers.Reshape((12, 14, 1))(x))),
                layers.LSTM(3)(x),
            ]
        ),
        (12, 14),
    )


FRAMES = (3, 6, 8, 4)


def wrappers(k):
    """Yields layers around others."""
    layers = k.layers
    timed = layers.TimeDistributed

    def model(*shape):
        inputs = k.Input(shape)
        x = layers.Conv2D(3, 3, activation="relu")(inputs)
        return k.Model(inputs, layers.Dense(2)(layers.Flatten()(x)), name="inner")

    def small():
        return k.Sequential([k.Input((4,)), layers.Dense(5, "relu"), layers.Dense(3)], name="small")

    def twice(x):
        shared = timed(layers.Dense(4, "tanh"))
        return shared(layers.Add()([shared(x), x]))

    def nested(x):
        inputs = k.Input(FRAMES)
        y = timed(layers.Conv2D(3, 3))(inputs)
        return k.Model(inputs, timed(layers.Flatten())(y), name="nested")(x)

    yield probe("each step: Dense", lambda x: timed(layers.Dense(3, "softmax"))(x), SEQUENCE)
    yield probe("each step: Dense twice", twice, SEQUENCE)
    yield probe("each step: Dense of pictures", lambda x: timed(layers.Dense(3))(x))
    yield probe("each step: Conv1D", lambda x: timed(layers.Conv1D(3, 3))(x))
    yield probe("each step: Conv2D", lambda x: timed(layers.Conv2D(3, 3, strides=2))(x), FRAMES)
    yield probe("each step: normalised", lambda x: timed(layers.BatchNormalization())(x), FRAMES)
    yield probe("each step: LSTM", lambda x: timed(layers.LSTM(3))(x))
    yield probe("each step: Flatten, LSTM", lambda x: layers.LSTM(3)(timed(layers.Flatten())(x)))
    yield probe("each step: pooling", lambda x: timed(layers.GlobalMaxPooling2D())(x), FRAMES)
    yield probe(
        "each step: a model, LSTM",
        lambda x: layers.LSTM(3)(timed(model(6, 8, 4))(x)),
        FRAMES,
    )
    yield probe("each step: a Sequential", lambda x: timed(small())(x), SEQUENCE)
    yield probe("each step, in a model", nested, FRAMES)
    yield probe(
        "each step of what is masked",
        lambda x: timed(layers.Flatten())(layers.Reshape((5, 4, 1))(layers.Masking()(x))),
        SEQUENCE,
    )
    normal = layers.SpectralNormalization
    # Keras 2's cannot be made in one process with Keras 3's: it takes the other's InputSpec.
    if hasattr(k, "ops"):
        yield probe("spectral Conv2D", lambda x: normal(layers.Conv2D(3, 3))(x))
        yield probe("spectral Dense", lambda x: layers.ReLU()(normal(layers.Dense(3))(x)), SEQUENCE)


def normalized(k):
    """Yields normalisations along other axes than the last."""
    layers = k.layers
    rng = np.random.default_rng(3)
    for axis in ((1,), (1, 3), (3, 2), (1, 2, 3), None):
        yield probe(f"Normalization {axis}", lambda x, a=axis: layers.Normalization(a)(x))
    for axis, mean in (
        (-1, rng.normal(size=4)),
        ((1, 3), rng.normal(size=(6, 4))),
        ((2, 3), 0.25),
    ):
        yield probe(
            f"Normalization {axis} by numbers",
            lambda x, a=axis, m=mean: layers.Normalization(
                a, mean=m, variance=np.abs(m) + 0.5, invert=np.ndim(m) == 2
            )(x),
        )
    # Keras 3 takes no list beside a number.
    lists = () if hasattr(k, "ops") else (([0.1, -0.2, 0.0, 0.3], 2.0), (0.5, [2.0, 0.1, 0.5, 1.0]))
    for mean, variance in lists:
        yield probe(
            f"Normalization by {mean} and {variance}",
            lambda x, m=mean, v=variance: layers.Normalization(mean=m, variance=v)(x),
        )
    for axis, groups in ((1, 3), (2, 4), (-1, 2), (3, -1)):
        yield probe(
            f"GroupNormalization {axis} by {groups}",
            lambda x, a=axis, g=groups: layers.GroupNormalization(g, axis=a)(x),
        )
    for shape in (SEQUENCE, IMAGE):
        yield probe(
            f"Flatten, channels first, of {len(shape)} axes",
            lambda x: layers.Flatten("channels_first")(x),
            shape,
        )


def masked(k):
    """Yields what a Masking says is padding."""
    layers = k.layers
    mask = layers.Masking
    yield probe("Masking", lambda x: mask(0.5)(x), (5, 2))
    for name in ("SimpleRNN", "LSTM", "GRU"):
        kind = getattr(layers, name)
        yield probe(f"Masking, {name}", lambda x, c=kind: c(3)(mask(0.5)(x)), (6, 1))
    yield probe(
        "Masking, Dense, LSTM",
        lambda x: layers.LSTM(3)(layers.Dense(3)(mask()(x))),
        (6, 1),
    )
    yield probe(
        "Masking, both ways",
        lambda x: layers.Bidirectional(layers.GRU(3, return_sequences=True))(mask()(x)),
        (6, 1),
    )
    yield probe(
        "Masking in a Sequential",
        lambda x: k.Sequential([k.Input((6, 1)), mask(0.5), layers.LSTM(3), layers.Dense(2)])(x),
        (6, 1),
    )
    yield probe(
        "Masking, pooled",
        lambda x: layers.GlobalAveragePooling1D()(mask(0.5)(x)),
        (6, 1),
    )


def biases(k, is_keras3):
    """Yields what is added along one axis while another is as long: Keras 3 takes the wrong one."""
    layers = k.layers
    wrong = "Keras 3 adds them along the wrong one" if is_keras3 else None
    first = {"data_format": "channels_first", "padding": "same"}
    for name, layer, shape in (
        ("Conv1D", layers.Conv1D(5, 3, padding="same"), (5, 4)),
        ("Conv2D", layers.Conv2D(5, 3, **first), (2, 4, 6)),
        ("Conv2D of as many columns", layers.Conv2D(5, 3, **first), (2, 4, 5)),
        ("Conv2D of as many rows", layers.Conv2D(5, 3, **first), (2, 5, 4)),
        ("Conv2DTranspose of as many columns", layers.Conv2DTranspose(5, 3, **first), (2, 4, 5)),
        ("DepthwiseConv2D of as many columns", layers.DepthwiseConv2D(3, **first), (5, 4, 5)),
        ("SeparableConv2D of as many columns", layers.SeparableConv2D(5, 3, **first), (2, 4, 5)),
        (
            "Conv2D of as many columns, no bias",
            layers.Conv2D(5, 3, use_bias=False, **first),
            (2, 4, 5),
        ),
    ):
        is_wrong = "columns" in name and "no bias" not in name
        yield probe(
            f"bias of {name}", lambda x, f=layer: f(x), shape, refused=wrong if is_wrong else None
        )
    for name, size, shape, is_wrong in (
        ("of each row", (4, 1, 1), (4, 5, 3), False),
        ("of each column", (5, 1), (4, 5, 3), False),
        ("of each column, as many as rows", (5, 1), (5, 5, 3), True),
        ("of each row, as many as channels", (5, 1, 1), (5, 4, 5), True),
        ("of each channel, as many as rows", (5,), (5, 4, 5), False),
    ):
        array = np.linspace(-1, 1, size[0]).reshape(size).astype("float32")
        yield probe(
            f"x + array {name}",
            lambda x, a=array: x + a,
            shape,
            refused=wrong if is_wrong else None,
        )
    yield probe(
        "EinsumDense bias along a middle axis",
        lambda x: layers.EinsumDense("abc,cd->adb", (4, None), bias_axes="d")(x),
        (4, 3),
        refused=wrong,
    )


def layers(k):
    """Yields the probes of one Keras module."""
    is_keras3 = hasattr(k, "ops")
    yield from attention(k)
    yield from resizing(k, is_keras3)
    yield from without_channels(k)
    yield from wrappers(k)
    yield from masked(k)
    yield from normalized(k)
    if is_keras3:
        yield from keras3(k)
    yield from biases(k, is_keras3)
