"""The grid of layers whose numbers are compared: shapes, strides, paddings, odd sizes, ties."""

import itertools

from cases_recurrent import recurrent_cases
from keras import layers, ops


def case(make, *shapes, **options):
    return {"make": make, "shapes": [tuple(shape) for shape in shapes], **options}


def named(cases):
    """Names cases by their layer's class and number, unless they have a name."""
    for index, entry in enumerate(cases):
        entry.setdefault("name", f"{index}")
    return cases


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


def pooling():
    for kind, size, stride, padding, integers in itertools.product(
        [layers.MaxPooling2D, layers.AveragePooling2D],
        [1, 2, 3],
        [1, 2, 3],
        ["same", "valid"],
        [False, True],
    ):
        if integers and kind is layers.AveragePooling2D:
            continue
        yield case(
            lambda kind=kind, size=size, stride=stride, padding=padding: kind(
                size, stride, padding
            ),
            (2, 7, 8, 3),
            integers=integers,
            name=f"{kind.__name__} {size} stride {stride} {padding}{' ties' if integers else ''}",
        )
    yield case(lambda: layers.MaxPooling2D((2, 3)), (1, 7, 8, 3), name="max rectangular")
    yield case(
        lambda: layers.AveragePooling2D((2, 3), padding="same"),
        (1, 7, 8, 3),
        name="average rectangular",
    )
    yield case(
        lambda: layers.AveragePooling2D(2, data_format="channels_first"),
        (1, 3, 6, 8),
        name="average channels first",
    )
    for kind, keepdims in itertools.product(
        [layers.GlobalAveragePooling2D, layers.GlobalMaxPooling2D], [False, True]
    ):
        yield case(
            lambda kind=kind, keepdims=keepdims: kind(keepdims=keepdims),
            (2, 4, 5, 3),
            name=f"{kind.__name__} keepdims {keepdims}",
        )
    yield case(
        lambda: layers.GlobalMaxPooling2D(), (2, 4, 5, 3), integers=True, name="global max ties"
    )
    yield case(
        lambda: layers.GlobalAveragePooling2D(data_format="channels_first"),
        (2, 3, 4, 5),
        name="global average channels first",
    )


def activations():
    for name in [
        "linear",
        "relu",
        "relu6",
        "elu",
        "selu",
        "celu",
        "exponential",
        "sigmoid",
        "tanh",
        "softplus",
        "softsign",
        "log_sigmoid",
        "hard_sigmoid",
        "hard_silu",
        "hard_tanh",
        "silu",
        "mish",
        "gelu",
        "leaky_relu",
        "softmax",
        "log_softmax",
        "tanh_shrink",
        "hard_shrink",
        "soft_shrink",
        "squareplus",
        "sparse_plus",
        "sparse_sigmoid",
    ]:
        yield case(
            lambda name=name: layers.Activation(name),
            (2, 3, 5, 4),
            spread=3.0,
            name=f"activation {name}",
        )
        yield case(
            lambda name=name: layers.Activation(name),
            (3, 7),
            spread=3.0,
            name=f"activation {name} vector",
        )
    # At their kinks, which whole numbers hit.
    kinked = ["relu6", "hard_sigmoid", "hard_silu", "hard_tanh", "sparse_plus", "sparse_sigmoid"]
    for name in kinked:
        yield case(
            lambda name=name: layers.Activation(name),
            (4, 3, 5, 4),
            integers=True,
            low=-3,
            high=7,
            name=f"activation {name} at whole numbers",
        )
    for options in [
        (2.0, 0.1, 1.0),
        (2.0, 0.0, 0.0),
        (6.0, 0.1, 0.0),
        (None, 0.1, 1.0),
        (None, 0.1, 0.0),
    ]:
        yield case(
            lambda options=options: layers.ReLU(*options),
            (4, 3, 5, 4),
            integers=True,
            low=-3,
            high=7,
            name=f"relu {options} at whole numbers",
        )
    yield case(lambda: layers.ReLU(), (2, 3, 5, 4), integers=True, name="relu at 0")
    yield case(lambda: layers.ReLU(6.0), (2, 3, 5, 4), spread=5.0, name="relu6")
    yield case(lambda: layers.ReLU(2.0, 0.1, 0.5), (2, 3, 5, 4), spread=2.0, name="relu general")
    yield case(lambda: layers.LeakyReLU(0.2), (2, 3, 5, 4), name="leaky relu")
    yield case(lambda: layers.LeakyReLU(), (2, 3, 5, 4), name="leaky relu default")
    yield case(lambda: layers.PReLU(), (2, 3, 5, 4), name="prelu")
    yield case(lambda: layers.PReLU(shared_axes=[1, 2]), (2, 3, 5, 4), name="prelu shared")
    yield case(lambda: layers.ELU(0.7), (2, 3, 5, 4), name="elu 0.7")
    yield case(lambda: layers.Softmax(axis=1), (2, 5, 3), name="softmax axis 1")


def merging():
    for kind in [layers.Add, layers.Multiply, layers.Average, layers.Maximum, layers.Minimum]:
        yield case(
            lambda kind=kind: kind(),
            (2, 3, 4, 5),
            (2, 3, 4, 5),
            (2, 3, 4, 5),
            name=f"{kind.__name__} of three",
        )
        yield case(
            lambda kind=kind: kind(), (2, 3, 4, 5), (2, 1, 1, 5), name=f"{kind.__name__} broadcast"
        )
    # Inputs of lower rank get their missing axes behind the batch, here as long as an image.
    for kind in [layers.Add, layers.Multiply, layers.Average, layers.Maximum, layers.Minimum]:
        yield case(
            lambda kind=kind: kind(), (4, 3, 4, 5), (4, 5), name=f"{kind.__name__} of unequal rank"
        )
    yield case(lambda: layers.Multiply(), (3, 5), (3, 3, 5), name="multiply a vector by a sequence")
    yield case(
        lambda: layers.Maximum(), (2, 3, 4, 5), (2, 3, 4, 5), integers=True, name="maximum ties"
    )
    yield case(
        lambda: layers.Minimum(), (2, 3, 4, 5), (2, 3, 4, 5), integers=True, name="minimum ties"
    )
    yield case(lambda: layers.Subtract(), (2, 3, 4, 5), (2, 3, 4, 5), name="subtract")
    for axis in [1, -1]:
        yield case(
            lambda axis=axis: layers.Concatenate(axis=axis),
            (2, 3, 4, 5),
            (2, 3, 4, 5),
            name=f"concatenate {axis}",
        )
    yield case(
        lambda: layers.Concatenate(),
        (2, 3, 4, 5),
        (2, 3, 4, 2),
        (2, 3, 4, 1),
        name="concatenate three",
    )


def arranging():
    yield case(lambda: layers.Flatten(), (2, 3, 4, 5), name="flatten")
    yield case(lambda: layers.Reshape((6, -1)), (2, 3, 4, 5), name="reshape")
    yield case(lambda: layers.Permute((3, 1, 2)), (2, 3, 4, 5), name="permute")
    yield case(lambda: layers.ZeroPadding2D(((1, 2), (0, 3))), (2, 3, 4, 5), name="pad")
    yield case(lambda: layers.ZeroPadding2D(2), (2, 3, 4, 5), name="pad 2")
    yield case(lambda: layers.Cropping2D(((1, 0), (2, 1))), (2, 5, 6, 3), name="crop")
    yield case(lambda: layers.UpSampling2D((2, 3)), (2, 3, 4, 5), name="up nearest")
    yield case(
        lambda: layers.UpSampling2D(2, interpolation="bilinear"), (2, 3, 4, 5), name="up bilinear"
    )
    for interpolation, size in itertools.product(
        ["bilinear", "nearest", "bicubic"], [(9, 4), (3, 11), (6, 7)]
    ):
        yield case(
            lambda interpolation=interpolation, size=size: layers.Resizing(
                *size, interpolation=interpolation
            ),
            (2, 6, 7, 3),
            name=f"resize {interpolation} {size}",
        )
    yield case(lambda: layers.CenterCrop(3, 4), (2, 6, 7, 3), name="centre crop")
    yield case(lambda: layers.Dropout(0.5), (2, 6), name="dropout")
    yield case(lambda: layers.SpatialDropout2D(0.5), (2, 3, 4, 2), name="spatial dropout")
    yield case(lambda: layers.GaussianNoise(0.5), (2, 3, 4, 2), name="gaussian noise")


def augmenting():
    """Layers that change a picture only while a model is trained."""
    for name, values in {
        "RandomErasing": (),
        "RandomShear": (0.2, 0.2),
        "RandomHue": (0.5,),
        "RandomSaturation": (0.5,),
        "RandomSharpness": (0.5,),
        "RandomGrayscale": (),
        "RandomColorJitter": (),
        "RandomColorDegeneration": (0.5,),
        "RandomInvert": (),
        "RandomGaussianBlur": (),
        "RandomPerspective": (),
        "RandomElasticTransform": (),
        "RandomPosterization": (4,),
        "RandAugment": (),
        "AugMix": (),
        "MixUp": (),
        "CutMix": (),
    }.items():
        yield case(
            lambda name=name, values=values: getattr(layers, name)(*values),
            (2, 6, 5, 3),
            name=name,
        )


def normalising():
    yield case(lambda: layers.BatchNormalization(), (2, 3, 4, 5), name="batch norm")
    yield case(lambda: layers.BatchNormalization(axis=1), (2, 3, 4, 5), name="batch norm axis 1")
    yield case(
        lambda: layers.BatchNormalization(center=False, scale=False),
        (2, 3, 4, 5),
        name="batch norm bare",
    )
    yield case(lambda: layers.BatchNormalization(epsilon=0.1), (3, 6), name="batch norm vector")
    yield case(lambda: layers.LayerNormalization(), (2, 3, 4, 5), name="layer norm")
    yield case(
        lambda: layers.LayerNormalization(axis=[1, 2, 3], epsilon=1e-5),
        (2, 3, 4, 5),
        name="layer norm axes",
    )
    yield case(
        lambda: layers.LayerNormalization(center=False, scale=False), (3, 6), name="layer norm bare"
    )
    yield case(
        lambda: layers.Rescaling(1 / 127.5, -1), (2, 3, 4, 3), spread=100.0, name="rescaling"
    )
    yield case(
        lambda: layers.Normalization(mean=[0.1, 0.2, 0.3], variance=[0.5, 1.0, 2.0]),
        (2, 3, 4, 3),
        name="normalization",
    )
    yield case(lambda: layers.Dense(4), (3, 6), name="dense")
    yield case(
        lambda: layers.Dense(4, activation="relu", use_bias=False), (2, 3, 6), name="dense rank 3"
    )
    yield case(lambda: layers.Dense(4, activation="softmax"), (2, 6), name="dense softmax")


def attending():
    """What vision transformers add. ``star``: the inputs are arguments of their own."""
    attention = layers.MultiHeadAttention
    yield case(
        lambda: attention(2, 3),
        (2, 5, 4),
        (2, 7, 4),
        (2, 7, 4),
        star=True,
        name="attention to other tokens",
    )
    yield case(
        lambda: attention(3, 4, value_dim=5, output_shape=6),
        (1, 4, 7),
        (1, 6, 5),
        (1, 6, 3),
        star=True,
        name="attention with value_dim, output_shape and key",
    )
    yield case(lambda: attention(2, 3, use_bias=False), *[(2, 5, 4)] * 3, star=True, name="no bias")
    yield case(
        lambda: attention(2, 3), *[(1, 3, 4, 6)] * 3, star=True, name="attention over an image"
    )
    yield case(lambda: layers.GroupNormalization(2), (2, 3, 4, 6), name="group norm")
    yield case(
        lambda: layers.GroupNormalization(-1, epsilon=1e-5, scale=False),
        (2, 5, 6),
        name="instance norm",
    )
    yield case(
        lambda: layers.GroupNormalization(2, center=False), (2, 12), name="group norm of a vector"
    )
    yield case(lambda: layers.UnitNormalization(), (2, 3, 4), name="unit norm")
    yield case(lambda: layers.UnitNormalization(axis=[1, 2]), (2, 3, 4), name="unit norm over axes")
    yield case(lambda: layers.RMSNormalization(), (2, 3, 4), name="rms norm")
    yield case(lambda: layers.Embedding(5, 3), (2, 4), low=0, integers=True, name="embedding")


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


def padding():
    """keras.ops.pad by mode, over shapes of each rank and edges up to the longest that mirror."""
    grid = [
        ((2, 5, 4, 3), [(1, 2), (0, 3), (0, 0)]),
        ((1, 5, 4, 3), [(4, 4), (3, 3), (0, 0)]),
        ((2, 7, 8, 4), [(0, 0), (2, 0), (0, 0)]),
        ((1, 3, 6, 4), [(1, 0), (0, 5), (2, 1)]),
        ((1, 2, 2, 16), [(1, 1), (1, 1), (0, 0)]),
        ((2, 9, 3), [(3, 2), (0, 0)]),
        ((1, 1, 9, 3), [(0, 0), (8, 8), (0, 0)]),
        ((3, 6), [(2, 4)]),
    ]
    for mode, (shape, pads) in itertools.product(["constant", "reflect", "symmetric"], grid):
        yield operator_case(
            lambda x, mode=mode, pads=pads: ops.pad(x, [(0, 0), *pads], mode=mode),
            "op:pad",
            {"pads": pads, "mode": mode},
            shape,
            name=f"pad {mode} {shape} by {pads}",
        )
    yield operator_case(
        lambda x: ops.pad(x, [(0, 0), (5, 3), (4, 4), (0, 0)], "symmetric"),
        "op:pad",
        {"pads": [(5, 3), (4, 4), (0, 0)], "mode": "symmetric"},
        (1, 5, 4, 3),
        name="pad symmetric by all",
    )
    yield operator_case(
        ops.stop_gradient, "op:stop_gradient", {}, (2, 4, 5, 3), name="stop gradient"
    )
    yield operator_case(
        lambda x: ops.pad(x, [(0, 0), (1, 0), (2, 1), (0, 0)], constant_values=-1.5),
        "op:pad",
        {"pads": [(1, 0), (2, 1), (0, 0)], "value": -1.5},
        (2, 4, 5, 3),
        name="pad by a constant",
    )


def operators():
    """Functions of each value, reductions along axes, and moves of axes, as keras.ops has them."""
    shape = (2, 4, 5, 3)
    functions = {
        "abs": ops.abs,
        "sin": ops.sin,
        "cos": ops.cos,
        "erf": ops.erf,
        "expm1": ops.expm1,
        "sign": ops.sign,
        "floor": ops.floor,
        "ceil": ops.ceil,
        "round": ops.round,
    }
    positive = {
        "sqrt": ops.sqrt,
        "rsqrt": ops.rsqrt,
        "log": ops.log,
        "log1p": ops.log1p,
        "reciprocal": ops.reciprocal,
    }
    for name, function in functions.items():
        yield operator_case(function, "op:function", {"function": name}, shape, name=name)
    yield operator_case(
        ops.abs, "op:function", {"function": "abs"}, shape, integers=True, name="abs of integers"
    )
    for name, function in positive.items():
        yield operator_case(
            function,
            "op:function",
            {"function": name},
            shape,
            integers=True,
            low=1,
            high=9,
            name=name,
        )
    for exponent in (0, 1, 2, 3, -1, -2):
        yield operator_case(
            lambda x, exponent=exponent: ops.power(x, exponent),
            "op:function",
            {"function": "power", "exponent": exponent},
            shape,
            name=f"power {exponent}",
        )
    for exponent in (0.5, 1.7, -0.5, 2.5):
        yield operator_case(
            lambda x, exponent=exponent: ops.power(x, exponent),
            "op:function",
            {"function": "power", "exponent": exponent},
            shape,
            integers=True,
            low=1,
            high=9,
            name=f"power {exponent}",
        )
    for integers in (False, True):
        yield operator_case(
            lambda x: ops.clip(x, -1, 1),
            "op:function",
            {"function": "clip", "low": -1, "high": 1},
            shape,
            integers=integers,
            name=f"clip {integers}",
        )
    reductions = {
        "mean": ops.mean,
        "max": ops.max,
        "min": ops.min,
        "sum": ops.sum,
        "variance": ops.var,
        "deviation": ops.std,
        "logsumexp": ops.logsumexp,
    }
    for (kind, function), axis, keepdims in itertools.product(
        reductions.items(), [[-1], [1], [1, 2], [-1, 1], [1, 2, 3]], [False, True]
    ):
        yield operator_case(
            lambda x, f=function, axis=axis, keepdims=keepdims: f(
                x, axis=tuple(axis), keepdims=keepdims
            ),
            "op:reduce",
            {"kind": kind, "axis": axis, "keepdims": keepdims},
            shape,
            name=f"{kind} along {axis} keepdims {keepdims}",
        )
    for kind in ("max", "min"):
        yield operator_case(
            lambda x, f=reductions[kind]: f(x, axis=-1),
            "op:reduce",
            {"kind": kind, "axis": [-1]},
            (2, 4, 5, 6),
            integers=True,
            name=f"{kind} among equals",
        )
    for axis in (1, -1, 3):
        yield operator_case(
            lambda x, axis=axis: ops.expand_dims(x, axis),
            "op:expand_dims",
            {"axis": [axis]},
            (2, 4, 5),
            name=f"expand dims {axis}",
        )
    for axis in ([1], [-1], [1, -1]):
        yield operator_case(
            lambda x, axis=axis: ops.squeeze(x, tuple(axis)),
            "op:squeeze",
            {"axis": axis},
            (2, 1, 5, 1),
            name=f"squeeze {axis}",
        )
    indices = {
        "every second row": (lambda x: x[:, ::2], [[1, 0, 2]], [], []),
        "rows turned round, one column": (lambda x: x[:, ::-1, 2], [[1, 3, 2, 1, 0]], [2], []),
        "a new axis": (lambda x: x[:, None], [], [], [1]),
        "a new last axis in place of one": (lambda x: x[:, :, 2, ..., None], [], [2], [3]),
        "every second column backwards": (lambda x: x[:, :, 3::-2], [[2, 3, 1]], [], []),
    }
    for name, (function, picks, drop, add) in indices.items():
        begin, size = ([0, 0, 2, 0], [-1, -1, 1, -1]) if drop else ([0] * 4, [-1] * 4)
        yield operator_case(
            function,
            "op:slice",
            {"begin": begin, "size": size, "drop": drop, "picks": picks, "add": add},
            shape,
            name=name,
        )
    for axis in ([1], [-1, 2]):
        yield operator_case(
            lambda x, axis=axis: ops.flip(x, tuple(axis)),
            "op:flip",
            {"axis": axis},
            shape,
            name=f"flip {axis}",
        )
    for source, destination in (([1], [-1]), ([-1], [1]), ([1, 3], [3, 1]), ([1, 2], [-1, 1])):
        yield operator_case(
            lambda x, s=source, d=destination: ops.moveaxis(x, s, d),
            "op:moveaxis",
            {"source": source, "destination": destination},
            shape,
            name=f"move {source} to {destination}",
        )


def operator_case(function, op, attributes, shape, **options):
    """A case of an operator, which the engine knows by the name ``op``."""
    return case(
        lambda: layers.Lambda(function),
        shape,
        config={"op": op, "attributes": attributes},
        **options,
    )


GROUPS = {
    "convolution": named(list(convolutions())),
    "one-dimensional": named(list(one_dimensional())),
    "pooling": named(list(pooling())),
    "activation": named(list(activations())),
    "merge": named(list(merging())),
    "arrange": named(list(arranging())),
    "normalization": named(list(normalising())),
    "attention": named(list(attending())),
    "padding": named(list(padding())),
    "operators": named(list(operators())),
    "augmentation": named(list(augmenting())),
    "recurrent": named(list(recurrent_cases(case))),
    "wide": named(list(wide())),
}
