"""Channels by fours, which have SIMD kernels of their own on WASM."""

import itertools

from keras import layers

from .case import case


def wide():
    """Channels by fours, which have kernels of their own on WASM (kernels/)."""
    for padding, size, (kernel, stride), channels in itertools.product(
        ["same", "valid"],
        [(7, 8), (8, 5), (12, 9)],
        [(3, 1), (3, 2), (1, 2), (5, 2), (2, 3), ((7, 3), 2)],
        [(16, 20), (32, 16)],
    ):
        yield case(
            lambda kernel=kernel, stride=stride, padding=padding, channels=channels: layers.Conv2D(
                channels[1], kernel, stride, padding
            ),
            (2, *size, channels[0]),
            name=f"wide {channels} conv {kernel} stride {stride} {padding} {size}",
        )
    for activation in ["relu", "relu6"]:
        yield case(
            lambda activation=activation: layers.Conv2D(
                16, 3, padding="same", activation=activation
            ),
            (2, 6, 7, 16),
            spread=2.0,
            name=f"wide conv {activation}",
        )
    # More cells than 2 x 8,192, which tfjs' im2col on WebGL gets wrong.
    for kernel, activation in [(3, None), (3, "relu"), (1, None), (1, "relu")]:
        yield case(
            lambda kernel=kernel, activation=activation: layers.Conv2D(
                24, kernel, padding="same", use_bias=False, activation=activation
            ),
            (1, 150, 131, 16),
            name=f"wide conv {kernel} {activation} of many cells without a bias",
        )
    yield case(lambda: layers.Dense(8), (1, 150, 131, 16), name="wide dense of many cells")
    yield case(
        lambda: layers.Conv2D(16, 3, dilation_rate=2), (1, 9, 8, 16), name="wide conv dilated"
    )
    for stride, padding, kernel in itertools.product([1, 2, 3], ["same", "valid"], [2, 3, 5]):
        yield case(
            lambda stride=stride, padding=padding, kernel=kernel: layers.DepthwiseConv2D(
                kernel, stride, padding
            ),
            (2, 8, 7, 8),
            name=f"wide depthwise {kernel} stride {stride} {padding}",
        )
        yield case(
            lambda stride=stride, padding=padding, kernel=kernel: layers.Conv2DTranspose(
                4, kernel, stride, padding
            ),
            (2, 4, 5, 8),
            name=f"wide transpose {kernel} stride {stride} {padding}",
        )
    yield case(
        lambda: layers.DepthwiseConv2D(3, dilation_rate=(2, 1)),
        (1, 9, 8, 4),
        name="wide depthwise dilated",
    )
    for kind, size, stride, padding, integers in itertools.product(
        [layers.MaxPooling2D, layers.AveragePooling2D],
        [2, 3, (3, 2)],
        [1, 2, 3],
        ["same", "valid"],
        [False, True],
    ):
        yield case(
            lambda kind=kind, size=size, stride=stride, padding=padding: kind(
                size, stride, padding
            ),
            (2, 7, 8, 8),
            integers=integers,
            name=f"wide {kind.__name__} {size} {stride} {padding}{' ties' if integers else ''}",
        )
    for name in ["relu", "relu6"]:
        yield case(
            lambda name=name: layers.Activation(name),
            (2, 3, 5, 7),
            spread=5.0,
            name=f"wide {name}",
        )
