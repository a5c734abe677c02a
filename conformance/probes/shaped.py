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
        yield probe(
            name, lambda x, n=name: floats(getattr(ops, n)(whole(x))), differentiable=False
        )
