"""Operators of which it shows only with their inputs' shapes what they are made of."""

import numpy as np
from probe import IMAGE, probe

SIGNAL = (3, 20)


def shaped(k):
    """Yields probes of keras.ops."""
    if not hasattr(k, "ops"):
        return
    yield from spectra(k.ops)
    yield from updates(k.ops)
    yield from matrices(k.ops)


def spectra(ops):
    """Yields Fourier transforms, of which each part is a tensor."""

    def both(pair):
        return ops.concatenate(list(pair), axis=-1)

    def real(pair):
        return pair[0]

    def imaginary(pair):
        return pair[1]

    for take in (both, real, imaginary):
        said = take.__name__
        for name in ("fft", "fft2", "ifft2"):
            yield probe(
                f"{name} {said}",
                lambda x, y, n=name, t=take: t(getattr(ops, n)((x, y))),
                (6, 8),
                (6, 8),
            )
        # TensorFlow has no gradient of what it has cut off.
        for length in (None, 16, 25):
            yield probe(
                f"rfft {length} {said}",
                lambda x, n=length, t=take: t(ops.rfft(x, n)),
                SIGNAL,
                differentiable=length != 16,
            )
        for options in (
            {},
            {"window": "hamming", "center": False},
            {"window": None},
            {"window": [0.5, 1.0, 2.0, 1.0, 0.5, 0.25]},
        ):
            yield probe(
                f"stft {options} {said}",
                lambda x, t=take, o=options: t(ops.stft(x, 6, 3, 8, **o)),
                SIGNAL,
            )
    for length in (None, 9, 14):
        yield probe(
            f"irfft {length}",
            lambda x, y, n=length: ops.irfft((x, y), n),
            (5, 7),
            (5, 7),
            differentiable=length != 9,
        )
    for options in (
        {},
        {"length": 11},
        {"window": "hamming", "center": False},
        {"window": None, "center": False},
    ):
        yield probe(
            f"istft {options}",
            lambda x, y, o=options: ops.istft((x, y), 8, 3, 8, **o),
            (6, 5),
            (6, 5),
        )
    yield probe("extract_sequences", lambda x: ops.extract_sequences(x, 5, 4), SIGNAL)
    yield probe("extract_sequences of a signal", lambda x: ops.extract_sequences(x, 4, 2), (13,))


def updates(ops):
    """Yields blocks put in the place of others, of which TensorFlow has no gradient."""
    for start, part in (([0, 2, 1, 0], (3, 4, 4)), ([0, 5, 7, 3], (3, 4, 2))):
        yield probe(
            f"slice_update {start}",
            lambda x, y, s=start: ops.slice_update(x, s, y),
            IMAGE,
            part,
            differentiable=False,
        )


def matrices(ops):
    """Yields linear algebra, of matrices that are far from singular."""
    eye = (np.eye(4) * 6).astype("float32")

    def steady(x):
        return ops.add(x, eye)

    def positive(x):
        return ops.add(ops.matmul(x, ops.transpose(x, (0, 2, 1))), eye)

    def both(pair):
        return ops.add(ops.multiply(pair[0], 0.5), pair[1])

    square = (4, 4)
    yield probe("inv", lambda x: ops.inv(steady(x)), square)
    yield probe("inv of several", lambda x: ops.inv(steady(x)), (3, 4, 4))
    yield probe("det", lambda x: ops.expand_dims(ops.det(steady(x)), -1), square)
    yield probe("det of several", lambda x: ops.det(steady(x)), (3, 4, 4))
    yield probe("slogdet", lambda x: both(ops.slogdet(steady(x))), (3, 4, 4))
    yield probe("logdet", lambda x: ops.expand_dims(ops.logdet(positive(x)), -1), square)
    yield probe("cholesky", lambda x: ops.cholesky(positive(x)), square)
    yield probe("cholesky upper", lambda x: ops.cholesky(positive(x), upper=True), square)
    for is_upper in (False, True):
        yield probe(
            f"cholesky_inverse {is_upper}",
            lambda x, u=is_upper: ops.cholesky_inverse(steady(x), upper=u),
            square,
        )
        yield probe(
            f"solve_triangular {is_upper}",
            lambda x, y, u=is_upper: ops.solve_triangular(steady(x), y, lower=not u),
            square,
            (4, 3),
        )
    yield probe("solve", lambda x, y: ops.solve(steady(x), y), square, (4, 3))
    yield probe("solve a vector", lambda x, y: ops.solve(steady(x), y), square, (4,))
    yield probe(
        "inv of large ones",
        lambda x: ops.inv(x[:, :, None] * np.eye(300, dtype="float32")),
        (300,),
        positive=True,
        refused="square matrices of at most 256 rows",
    )


def wholes(k):
    """Yields functions of the bits and divisors of whole numbers."""
    if not hasattr(k, "ops"):
        return
    ops = k.ops

    def whole(x, by=2):
        return ops.cast(x * by, "int32")

    def floats(x):
        return ops.cast(x, "float32")

    for name in ("bitwise_and", "bitwise_or", "bitwise_xor", "gcd", "lcm"):
        yield probe(
            f"{name} of two",
            lambda x, y, n=name: floats(getattr(ops, n)(whole(x), whole(y, 3))),
            IMAGE,
            IMAGE,
            differentiable=False,
        )
        yield probe(
            f"{name} of a number",
            lambda x, n=name: floats(getattr(ops, n)(whole(x), np.int32(6))),
            differentiable=False,
        )
    for name in ("left_shift", "right_shift", "bitwise_left_shift", "bitwise_right_shift"):
        yield probe(
            name,
            lambda x, n=name: floats(getattr(ops, n)(whole(x), np.int32(2))),
            differentiable=False,
        )
    for name in ("bitwise_not", "bitwise_invert"):
        yield probe(name, lambda x, n=name: floats(getattr(ops, n)(whole(x))), differentiable=False)


def pictures(k):
    """Yields operators on pictures, and functions of values."""
    if not hasattr(k, "ops"):
        return
    ops = k.ops
    for sizes, sigma in (((3, 3), (1.0, 1.0)), ((3, 5), (0.5, 2.0)), ((5, 3), (2.0, 0.7))):
        yield probe(
            f"gaussian_blur {sizes}",
            lambda x, n=sizes, w=sigma: ops.image.gaussian_blur(x, n, w),
        )
    for options in (
        {},
        {"stride": 2},
        {"padding": 1},
        {"padding": 1, "stride": 2},
        {"dilation": 2},
    ):
        size = {"": (8, 20), "stride": (8, 6), "padding": (8, 42)}.get("".join(options))
        yield probe(
            f"fold {options}",
            lambda x, o=options: ops.fold(x, (5, 6), 2, **o),
            size or (8, 12),
        )
    yield probe("rgb_to_hsv", lambda x: ops.image.rgb_to_hsv(x), (6, 8, 3), positive=True)
    yield probe(
        "rgb_to_hsv of smooth ones",
        lambda x: ops.image.rgb_to_hsv(ops.sigmoid(ops.cumsum(x, axis=1) / 3)),
        (6, 8, 3),
        positive=True,
    )
    yield probe(
        "hsv_to_rgb",
        lambda x: ops.image.hsv_to_rgb(ops.sigmoid(x)),
        (6, 8, 3),
        differentiable=False,
    )
    yield probe(
        "extract_patches_3d",
        lambda x: ops.image.extract_patches_3d(x, (2, 2, 2)),
        (4, 6, 4, 2),
    )
    yield probe("erfinv", lambda x: ops.erfinv(ops.tanh(x * 0.9)))
    yield probe("i0", lambda x: ops.i0(x * 1.5))
    yield probe(
        "one_hot of what is not whole",
        lambda x: ops.one_hot(x, 4),
        (6, 4),
        differentiable=False,
    )
    for axis in (1, 2, -1):
        yield probe(
            f"one_hot along {axis}",
            lambda x, a=axis: ops.one_hot(x, 4, axis=a),
            (6, 4),
            differentiable=False,
        )
    yield probe(
        "multi_hot of what is not whole",
        lambda x: ops.multi_hot(x, 4),
        (6, 4),
        differentiable=False,
    )
    for name in ("max", "min"):
        yield probe(
            f"{name} beside a number",
            lambda x, n=name: getattr(ops, n)(x, axis=-1, initial=0.5),
        )
    yield probe(
        "isclose where both are none",
        lambda x, y: ops.cast(
            ops.isclose(ops.sqrt(x - 0.25), ops.sqrt(y - 0.25), equal_nan=True), "float32"
        ),
        IMAGE,
        IMAGE,
        differentiable=False,
    )
    for name in ("linspace", "logspace"):
        yield probe(
            name,
            lambda x, y, n=name: getattr(ops, n)(x / 4, y / 4, num=3, axis=1),
            (6, 4),
            (6, 4),
        )
        yield probe(
            f"{name} without the end",
            lambda x, n=name: getattr(ops, n)(x / 4, 2.0, num=4, endpoint=False, axis=-1),
            (6, 4),
        )
    for axes in ({"axis": 1}, {"axisa": 1, "axisb": 2, "axisc": 1}):
        yield probe(
            f"cross {axes}",
            lambda x, y, a=axes: ops.cross(x, y, **a),
            (3, 4),
            (3, 4) if "axis" in axes else (4, 3),
        )


def channels_first(k):
    """Yields functions of pictures that have their channels first."""
    if not hasattr(k, "ops"):
        return
    ops = k.ops
    first = {"data_format": "channels_first"}
    array = np.linspace(-1, 1, 3 * 2 * 4 * 5).astype("float32")
    for name, function in (
        ("max_pool", lambda x: ops.max_pool(x, 2, **first)),
        ("average_pool", lambda x: ops.average_pool(x, 2, strides=1, padding="same", **first)),
        ("adaptive_average_pool", lambda x: ops.adaptive_average_pool(x, (2, 3), **first)),
        ("adaptive_max_pool", lambda x: ops.adaptive_max_pool(x, (2, 3), **first)),
        ("conv", lambda x: ops.conv(x, array.reshape(3, 2, 4, 5), strides=2, **first)),
        ("depthwise_conv", lambda x: ops.depthwise_conv(x, array.reshape(3, 2, 4, 5), **first)),
        ("image.resize", lambda x: ops.image.resize(x, (5, 9), **first)),
        ("image.extract_patches", lambda x: ops.image.extract_patches(x, 3, **first)),
        ("image.crop_images", lambda x: ops.image.crop_images(x, 1, 2, 1, 2, **first)),
        ("image.pad_images", lambda x: ops.image.pad_images(x, 1, 2, 1, 2, **first)),
        ("depth_to_space", lambda x: ops.depth_to_space(x, 2, **first)),
        ("space_to_depth", lambda x: ops.space_to_depth(x, 2, **first)),
        ("image.sobel_edges", lambda x: ops.image.sobel_edges(x, **first)),
        ("image.gaussian_blur", lambda x: ops.image.gaussian_blur(x, **first)),
    ):
        yield probe(f"{name} on channels first", function, (4, 6, 8))
    yield probe(
        "image.rgb_to_grayscale on channels first",
        lambda x: ops.image.rgb_to_grayscale(x, **first),
        (3, 6, 8),
    )
    volume = np.linspace(-1, 1, 2 * 3 * 2 * 2 * 4).astype("float32").reshape(2, 3, 2, 2, 4)
    for name, function in (
        ("max_pool", lambda x: ops.max_pool(x, 2)),
        ("average_pool", lambda x: ops.average_pool(x, (1, 2, 2), padding="same")),
        ("conv", lambda x: ops.conv(x, volume)),
    ):
        yield probe(f"{name} of a volume", function, (4, 6, 4, 2))


def encodings(k):
    """Yields layers that turn values into classes, and classes into marks."""
    layers = k.layers
    cast = k.ops.cast if hasattr(k, "ops") else k.backend.cast
    for mode, shape in (
        ("multi_hot", (3,)),
        ("one_hot", (1,)),
        ("count", (3,)),
    ):
        yield probe(
            f"CategoryEncoding {mode} {shape}",
            lambda x, m=mode: layers.CategoryEncoding(5, output_mode=m)(x),
            shape,
            positive=True,
            differentiable=False,
        )
    for mode, shape in (
        ("int", IMAGE),
        ("one_hot", (1,)),
        ("multi_hot", (3,)),
        ("count", (3,)),
    ):
        yield probe(
            f"Discretization {mode} {shape}",
            lambda x, m=mode: cast(
                layers.Discretization([-1.0, 0.0, 0.75], output_mode=m)(x), "float32"
            ),
            shape,
            differentiable=False,
        )
    yield probe(
        "Discretization of many axes",
        lambda x: cast(layers.Discretization([-1.0, 0.0, 0.75])(x), "float32"),
        (2, 2, 2, 2, 2),
        refused="works with tensors of 7 axes",
    )
    if hasattr(k, "ops"):
        yield probe(
            "multi_hot along 2",
            lambda x: k.ops.multi_hot(x, 4, axis=2),
            (6, 4),
            differentiable=False,
        )
