"""Layers over volumes and videos, with every argument away from its default."""

from conv_lstm import conv_lstms
from probe import probe

VOLUME = (5, 6, 7, 4)
ODD = (4, 7, 5, 3)
SCAN = (8, 4, 8, 2)
CLIP = (4, 16, 16, 3)


def first(shape):
    """Gives the shape with its channels first."""
    return (shape[-1], *shape[:-1])


def convolutions(k):
    """Yields Conv3D and Conv3DTranspose."""
    layers = k.layers
    is_keras3 = hasattr(k, "ops")
    settings = [
        {"kernel_size": 3},
        {"kernel_size": 3, "padding": "same"},
        {"kernel_size": 3, "padding": "same", "strides": 2},
        {"kernel_size": 1},
        {"kernel_size": 1, "strides": 2},
        {"kernel_size": (1, 3, 3), "padding": "same", "activation": "relu"},
        {"kernel_size": (3, 1, 1), "padding": "same", "use_bias": False},
        {"kernel_size": (2, 3, 1), "strides": (2, 1, 3), "padding": "same"},
        {"kernel_size": (2, 3, 4), "strides": (1, 2, 2), "activation": "tanh"},
        {"kernel_size": (1, 2, 2), "strides": (3, 2, 1)},
        {"kernel_size": (5, 2, 3), "strides": (2, 2, 2), "padding": "same"},
        {"kernel_size": (7, 3, 3), "padding": "same", "activation": "softmax"},
        {"kernel_size": (2, 2, 3), "dilation_rate": (2, 1, 2)},
        {"kernel_size": (3, 2, 2), "dilation_rate": 2, "padding": "same", "activation": "relu6"},
        {"kernel_size": (2, 3, 2), "padding": "same", "data_format": "channels_first"},
        {
            "kernel_size": (3, 2, 2),
            "strides": (2, 1, 2),
            "data_format": "channels_first",
            "activation": "elu",
        },
    ]
    if is_keras3:
        settings += [
            {"kernel_size": (2, 3, 2), "groups": 2},
            {"kernel_size": 3, "groups": 4, "padding": "same", "strides": (2, 1, 2)},
            {"kernel_size": 2, "groups": 2, "data_format": "channels_first", "use_bias": False},
            {"kernel_size": (2, 2, 1), "groups": 2, "dilation_rate": (2, 2, 1)},
        ]
    for options in settings:
        shape = VOLUME if options.get("data_format") is None else first(VOLUME)
        filters = (
            8 if "groups" in options else 5
        )  # Not as many as columns: Keras 3 takes its bias for theirs.
        yield probe(
            f"Conv3D {options}",
            lambda x, o=options, f=filters: layers.Conv3D(f, **o)(x),
            shape,
        )
    yield probe(
        "Conv3D 3 of many channels",
        lambda x: layers.Conv3D(16, 3, padding="same", activation="relu")(x),
        (3, 5, 6, 16),
    )
    yield probe(
        "Conv3D 3 by 2 of many channels",
        lambda x: layers.Conv3D(20, 3, 2, padding="same")(x),
        (5, 5, 6, 16),
    )
    for options in (
        {"kernel_size": 3},
        {"kernel_size": 2, "strides": 2},
        {"kernel_size": 3, "strides": 2, "padding": "same", "activation": "relu"},
        {"kernel_size": (2, 3, 4), "strides": (1, 2, 3), "use_bias": False},
        {"kernel_size": (3, 1, 2), "strides": (3, 2, 1), "padding": "same"},
        {"kernel_size": (1, 2, 3), "strides": (2, 3, 2)},
        {"kernel_size": 3, "strides": 2, "padding": "same", "output_padding": 1},
        {"kernel_size": (3, 4, 2), "strides": (2, 3, 2), "output_padding": (1, 2, 0)},
        {"kernel_size": (2, 3, 2), "dilation_rate": 2},
        {"kernel_size": (3, 2, 2), "dilation_rate": (1, 2, 2), "padding": "same"},
        {"kernel_size": (3, 2, 2), "strides": (2, 1, 2), "data_format": "channels_first"},
    ):
        shape = (3, 4, 3, 4) if options.get("data_format") is None else (4, 3, 4, 3)
        yield probe(
            f"Conv3DTranspose {options}",
            lambda x, o=options: layers.Conv3DTranspose(3, **o)(x),
            shape,
        )


def pools(k):
    """Yields pooling over windows, to a size, and over all."""
    layers = k.layers
    is_keras3 = hasattr(k, "ops")
    for kind in ("Max", "Average"):
        make = getattr(layers, f"{kind}Pooling3D")
        settings = [
            {"pool_size": 2},
            {"pool_size": 2, "padding": "same"},
            {"pool_size": 3, "strides": 1, "padding": "same"},
            {"pool_size": (1, 2, 2)},
            {"pool_size": (2, 1, 1), "strides": (1, 2, 1)},
            {"pool_size": (2, 3, 1), "strides": (1, 2, 3), "padding": "same"},
            {"pool_size": (3, 2, 4), "strides": (2, 1, 3)},
            {"pool_size": 1, "strides": 2},
            {"pool_size": (4, 3, 2), "strides": (3, 3, 2), "padding": "same"},
        ]
        if is_keras3:
            settings += [
                {"pool_size": (2, 3, 2), "strides": 2, "data_format": "channels_first"},
                {"pool_size": 2, "padding": "same", "data_format": "channels_first"},
            ]
        for options in settings:
            shape = VOLUME if options.get("data_format") is None else first(VOLUME)
            yield probe(f"{kind}Pooling3D {options}", lambda x, m=make, o=options: m(**o)(x), shape)
        yield probe(f"{kind}Pooling3D of three channels", lambda x, m=make: m(2)(x), ODD)
        make = getattr(layers, f"Global{kind}Pooling3D")
        for options in (
            {},
            {"keepdims": True},
            {"data_format": "channels_first"},
            {"data_format": "channels_first", "keepdims": True},
        ):
            yield probe(
                f"Global{kind}Pooling3D {options}", lambda x, m=make, o=options: m(**o)(x), ODD
            )
        if is_keras3:
            make = getattr(layers, f"Adaptive{kind}Pooling3D")
            for size in (2, (3, 4, 2), (5, 3, 7)):
                yield probe(
                    f"Adaptive{kind}Pooling3D {size}", lambda x, m=make, s=size: m(s)(x), VOLUME
                )
            yield probe(
                f"Adaptive{kind}Pooling3D channels first",
                lambda x, m=make: m((2, 3, 4), data_format="channels_first")(x),
                first(VOLUME),
            )


def moved(k):
    """Yields padding, cropping, repeating and what moves axes."""
    layers = k.layers
    for name, value, further in (
        ("ZeroPadding3D", 1, 2),
        ("ZeroPadding3D", (1, 0, 2), ((1, 2), (0, 3), (2, 0))),
        ("Cropping3D", 1, (1, 2, 1)),
        ("Cropping3D", ((1, 2), (0, 3), (2, 0)), ((0, 1), (1, 0), (0, 0))),
        ("UpSampling3D", 2, (1, 2, 3)),
        ("UpSampling3D", (3, 1, 1), (2, 1, 3)),
    ):
        make = getattr(layers, name)
        yield probe(f"{name} {value}", lambda x, m=make, v=value: m(v)(x), VOLUME)
        yield probe(f"{name} {further}", lambda x, m=make, v=further: m(v)(x), ODD)
        yield probe(
            f"{name} {value} channels first",
            lambda x, m=make, v=value: m(v, data_format="channels_first")(x),
            first(VOLUME),
        )
    yield probe("Flatten of volumes", lambda x: layers.Flatten()(x), ODD)
    yield probe(
        "Flatten of volumes, channels first", lambda x: layers.Flatten("channels_first")(x), ODD
    )
    yield probe("Reshape to a volume", lambda x: layers.Reshape((2, 2, -1, 3))(x), (8, 9))
    yield probe("Reshape of a volume", lambda x: layers.Reshape((-1, 21))(x), ODD)
    yield probe("Permute of a volume", lambda x: layers.Permute((4, 2, 1, 3))(x), ODD)


def pointwise(k):
    """Yields layers of any rank on volumes."""
    layers = k.layers
    for axis in (-1, 4, 2, 1):
        yield probe(
            f"BatchNormalization of volumes {axis}",
            lambda x, a=axis: layers.BatchNormalization(axis=a)(x),
            ODD,
        )
    for axis in (-1, (2, 3), (1, 2, 3, 4)):
        yield probe(
            f"LayerNormalization of volumes {axis}",
            lambda x, a=axis: layers.LayerNormalization(axis=a)(x),
            ODD,
        )
    yield probe("GroupNormalization of volumes", lambda x: layers.GroupNormalization(2)(x), VOLUME)
    yield probe("UnitNormalization of volumes", lambda x: layers.UnitNormalization()(x), VOLUME)
    yield probe("Normalization of volumes", lambda x: layers.Normalization(-1)(x), ODD)
    yield probe("Rescaling of volumes", lambda x: layers.Rescaling(0.5, -1)(x), ODD)
    for name in (
        "relu", "elu", "selu", "sigmoid", "hard_sigmoid", "tanh", "softplus", "softsign",
        "exponential", "gelu", "silu", "mish", "softmax", "leaky_relu", "relu6", "hard_silu",
        "log_softmax", "celu", "glu", "hard_tanh", "hard_shrink", "soft_shrink", "squareplus",
        "sparse_plus", "sparse_sigmoid", "log_sigmoid", "tanh_shrink",
    ):  # fmt: skip
        if hasattr(k.activations, name) and name != "glu":
            yield probe(f"{name} of volumes", lambda x, n=name: layers.Activation(n)(x), ODD)
    for shared in (None, (1, 2, 3), (2, 4)):
        yield probe(
            f"PReLU of volumes {shared}", lambda x, s=shared: layers.PReLU(shared_axes=s)(x), ODD
        )
    yield probe("LeakyReLU of volumes", lambda x: layers.LeakyReLU(0.2)(x), ODD)
    yield probe("ELU of volumes", lambda x: layers.ELU(0.5)(x), ODD)
    yield probe(
        "ReLU of volumes",
        lambda x: layers.ReLU(max_value=1.5, negative_slope=0.2, threshold=0.5)(x),
        ODD,
    )
    yield probe("Softmax of volumes", lambda x: layers.Softmax(axis=2)(x), ODD)
    yield probe(
        "Dropout and SpatialDropout3D",
        lambda x: layers.SpatialDropout3D(0.3)(layers.Dropout(0.2)(x)),
        ODD,
    )
    yield probe("Dense of volumes", lambda x: layers.Dense(5, "relu")(x), ODD)
    for name in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"):
        make = getattr(layers, name)
        yield probe(f"{name} of volumes", lambda x, y, m=make: m()([x, y]), ODD, ODD)
        yield probe(
            f"{name} of volumes, spread", lambda x, y, m=make: m()([x, y]), ODD, (1, 1, 1, 3)
        )
    for axis in (-1, 1, 3):
        other = list(ODD)
        other[axis if axis < 0 else axis - 1] += 1
        yield probe(
            f"Concatenate of volumes {axis}",
            lambda x, y, a=axis: layers.Concatenate(a)([x, y]),
            ODD,
            tuple(other),
        )


def merged(k):
    """Yields convolutions that share a step with what follows them."""
    layers = k.layers

    def block(x, activation, **options):
        x = layers.Conv3D(4, 3, padding="same", **options)(x)
        return layers.Activation(activation)(layers.BatchNormalization()(x))

    yield probe("Conv3D, normalised, relu", lambda x: block(x, "relu", use_bias=False), ODD)
    yield probe("Conv3D, normalised, relu6", lambda x: block(x, "relu6"), ODD)
    yield probe(
        "ZeroPadding3D, Conv3D",
        lambda x: layers.Conv3D(4, 3)(layers.ZeroPadding3D(1)(x)),
        ODD,
    )
    yield probe(
        "Conv3DTranspose, normalised, relu",
        lambda x: layers.ReLU()(layers.BatchNormalization()(layers.Conv3DTranspose(4, 3)(x))),
        ODD,
    )


def models(k):
    """Yields public architectures over volumes and videos, small."""
    layers = k.layers

    def double(x, filters):
        for _ in range(2):
            x = layers.Conv3D(filters, 3, padding="same", use_bias=False)(x)
            x = layers.ReLU()(layers.BatchNormalization()(x))
        return x

    def unet(x, up):  # Çiçek et al. 2016
        skips = []
        for filters in (4, 8):
            x = double(x, filters)
            skips.append(x)
            x = layers.MaxPooling3D(2)(x)
        x = double(x, 16)
        for filters, skip in zip((8, 4), reversed(skips), strict=True):
            x = up(x, filters)
            x = double(layers.Concatenate()([x, skip]), filters)
        return layers.Conv3D(1, 1, activation="sigmoid")(x)

    def c3d(x):  # Tran et al. 2015
        x = layers.Conv3D(8, 3, padding="same", activation="relu")(x)
        x = layers.MaxPooling3D((1, 2, 2), (1, 2, 2))(x)
        x = layers.Conv3D(16, 3, padding="same", activation="relu")(x)
        x = layers.MaxPooling3D(2)(x)
        x = layers.Conv3D(16, 3, padding="same", activation="relu")(x)
        x = layers.MaxPooling3D(2)(layers.ZeroPadding3D(((0, 0), (0, 1), (0, 1)))(x))
        x = layers.Dropout(0.5)(layers.Dense(20, activation="relu")(layers.Flatten()(x)))
        return layers.Dense(5, activation="softmax")(x)

    def r2plus1d(x):  # Tran et al. 2018
        def parted(x, filters, strides=1):
            x = layers.Conv3D(filters, (1, 3, 3), (1, strides, strides), padding="same")(x)
            x = layers.ReLU()(layers.BatchNormalization()(x))
            return layers.Conv3D(filters, (3, 1, 1), (strides, 1, 1), padding="same")(x)

        x = layers.ReLU()(layers.BatchNormalization()(parted(x, 8, 2)))
        y = layers.BatchNormalization()(parted(layers.ReLU()(parted(x, 8)), 8))
        x = layers.ReLU()(layers.Add()([x, y]))
        return layers.Dense(4)(layers.GlobalAveragePooling3D()(x))

    def repeated(x, _):
        return layers.UpSampling3D(2)(x)

    def learnt(x, filters):
        return layers.Conv3DTranspose(filters, 2, 2, padding="same")(x)

    yield probe("3-D U-Net, repeated", lambda x: unet(x, repeated), SCAN)
    yield probe("3-D U-Net, transposed", lambda x: unet(x, learnt), SCAN)
    yield probe("C3D", c3d, CLIP)
    yield probe("R(2+1)D", r2plus1d, CLIP)


def volumes(k):
    """Yields the probes of one Keras module."""
    yield from convolutions(k)
    yield from pools(k)
    yield from moved(k)
    yield from pointwise(k)
    yield from merged(k)
    yield from models(k)
    yield from conv_lstms(k)
