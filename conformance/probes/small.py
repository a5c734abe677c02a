"""Functions of small values, of which backends that compute with 1 lose digits, and some more."""

import numpy as np
import tensorflow as tf
from probe import IMAGE, probe

#: Of halves: values from 5e-7 to 2e-6, which tfjs' WASM took for 0, and from 5e-4 to 2e-3.
SCALES = (1e-6, 1e-3)


def smalls(k):
    """Yields probes of either Keras."""
    is_third = hasattr(k, "ops")
    of = k.ops if is_third else tf.math
    names = ("erf", "tanh", "sinh", "expm1", "log1p", "abs", "sigmoid")
    others = ("arcsinh", "arctanh", "arctan") if is_third else ("asinh", "atanh", "atan")
    for name in (*names, *others):
        for scale in SCALES:
            yield probe(
                f"{name} of values of {scale}",
                lambda x, n=name, s=scale: getattr(of, n)(x * s) * (1 / s),
            )
    # Not with a factor behind it, which would bring its ones to the size of the others.
    yield probe("sign of small values", lambda x: of.sign(x * 1e-8))
    if is_third:
        for order in (np.inf, -np.inf):
            yield probe(f"norm {order}", lambda x, o=order: k.ops.norm(x, ord=o, axis=-1))
        return
    yield probe("norm inf", lambda x: tf.norm(x, ord=np.inf, axis=-1))
    yield probe("multiply_no_nan", lambda x, y: tf.math.multiply_no_nan(x, y), IMAGE, IMAGE)
    yield probe("accumulate_n", lambda x, y: tf.math.accumulate_n([x, y, x]), IMAGE, IMAGE)
    yield probe(
        "strided_slice",
        lambda x: tf.strided_slice(x, [0, 1, 0, 1], [9, 5, 8, 2], [1, 2, 3, 1], 1, 1, 0, 0, 8),
    )
