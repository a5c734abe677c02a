"""Convolutions over kernels, strides, paddings and odd sizes, and layers of one axis."""

import itertools

from keras import layers

from .case import case


def convolutions():
    grid = itertools.product([1, 2, 3, 5], [1, 2, 3], ["same", "valid"], [(7, 8), (10, 9)])
    for kernel, stride, padding, size in grid:
        yield case(
            lambda kernel=kernel, stride=stride, padding=padding: layers.Conv2D(
                4, kernel, stride, padding
            ),
            (2, *size, 3),
            name=f"conv {kernel} stride {stride} {padding} {size}",
        )
    for dilation, padding in itertools.product([2, 3], ["same", "valid"]):
        yield case(
            lambda dilation=dilation, padding=padding: layers.Conv2D(
                4, 3, padding=padding, dilation_rate=dilation
            ),
            (1, 11, 9, 3),
            name=f"conv dilation {dilation} {padding}",
        )
    yield case(
        lambda: layers.Conv2D(4, (2, 3), (2, 1), "same"), (1, 7, 8, 3), name="conv rectangular"
    )
    yield case(lambda: layers.Conv2D(6, 3, 2, "same", groups=3), (2, 7, 8, 6), name="conv 3 groups")
    yield case(
        lambda: layers.Conv2D(12, 3, groups=6), (1, 7, 8, 6), name="conv groups as depthwise"
    )
    yield case(
        lambda: layers.Conv2D(4, 3, use_bias=False, activation="relu"),
        (1, 7, 8, 3),
        name="conv relu",
    )
    yield case(lambda: layers.Conv2D(4, 3, activation="gelu"), (1, 7, 8, 3), name="conv gelu")
    yield case(
        lambda: layers.Conv2D(4, 3, padding="same", data_format="channels_first"),
        (1, 3, 7, 8),
        name="conv channels first",
    )
    for stride, padding, kernel in itertools.product([1, 2, 3], ["same", "valid"], [2, 3]):
        yield case(
            lambda stride=stride, padding=padding, kernel=kernel: layers.Conv2DTranspose(
                4, kernel, stride, padding
            ),
            (2, 4, 5, 3),
            name=f"transpose {kernel} stride {stride} {padding}",
        )
    yield case(
        lambda: layers.Conv2DTranspose(4, 3, 2, "same", output_padding=1),
        (1, 4, 5, 3),
        name="transpose output padding",
    )
    yield case(
        lambda: layers.Conv2DTranspose(4, 3, 2, "same", output_padding=0),
        (1, 4, 5, 3),
        name="transpose output padding 0",
    )
    yield case(
        lambda: layers.Conv2DTranspose(4, 3, 2, "valid", output_padding=1),
        (1, 4, 5, 3),
        name="transpose valid output padding",
    )
    for stride, padding, multiplier, kernel in itertools.product(
        [1, 2], ["same", "valid"], [1, 2], [2, 3, 5]
    ):
        yield case(
            lambda stride=stride, padding=padding, multiplier=multiplier, kernel=kernel: (
                layers.DepthwiseConv2D(kernel, stride, padding, depth_multiplier=multiplier)
            ),
            (2, 8, 7, 3),
            name=f"depthwise {kernel} stride {stride} {padding} times {multiplier}",
        )
    yield case(
        lambda: layers.DepthwiseConv2D(3, dilation_rate=2, padding="same"),
        (1, 9, 8, 3),
        name="depthwise dilated",
    )
    yield case(lambda: layers.DepthwiseConv2D(1, 2), (1, 9, 8, 3), name="depthwise 1x1 stride 2")
    yield case(
        lambda: layers.SeparableConv2D(5, 3, 2, "same", depth_multiplier=2),
        (1, 9, 8, 3),
        name="separable",
    )
    yield case(
        lambda: layers.SeparableConv2D(5, 3, activation="relu"), (1, 9, 8, 3), name="separable relu"
    )


def one_dimensional():
    for padding, stride, dilation in [
        ("same", 1, 1),
        ("valid", 2, 1),
        ("causal", 1, 2),
        ("causal", 2, 1),
        ("same", 1, 3),
    ]:
        yield case(
            lambda p=padding, s=stride, d=dilation: layers.Conv1D(4, 3, s, p, dilation_rate=d),
            (2, 11, 3),
            name=f"conv1d {padding} stride {stride} dilation {dilation}",
        )
    yield case(lambda: layers.Conv1DTranspose(4, 3, 2, "same"), (1, 6, 3), name="conv1d transpose")
    yield case(lambda: layers.DepthwiseConv1D(3, padding="same"), (1, 9, 3), name="depthwise 1d")
    yield case(lambda: layers.SeparableConv1D(5, 3), (1, 9, 3), name="separable 1d")
    yield case(lambda: layers.MaxPooling1D(2), (2, 9, 3), name="max 1d")
    yield case(lambda: layers.AveragePooling1D(3, 2, "same"), (2, 9, 3), name="average 1d")
    yield case(lambda: layers.GlobalAveragePooling1D(), (2, 9, 3), name="global average 1d")
    yield case(lambda: layers.GlobalMaxPooling1D(), (2, 9, 3), name="global max 1d")
    yield case(lambda: layers.ZeroPadding1D((1, 2)), (2, 5, 3), name="pad 1d")
    yield case(lambda: layers.Cropping1D((1, 2)), (2, 7, 3), name="crop 1d")
    yield case(lambda: layers.UpSampling1D(3), (2, 5, 3), name="up 1d")
    yield case(lambda: layers.RepeatVector(4), (2, 5), name="repeat")
