"""Functions of keras.ops: padding, values one by one, reductions, moves of axes."""

import itertools

from keras import ops

from .case import operator_case


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
