"""Layers and operators that a probe of all classes found refused."""

import numpy as np
from probe import SEQUENCE, probe

MATRICES = (4, 4)


def added(k):
    """Yields probes of Keras 3."""
    if not hasattr(k, "ops"):
        return
    yield from functions(k.ops)


def functions(ops):
    """Yields operators that are functions of values."""
    yield probe(
        "erfinv at its ends",
        lambda x: ops.clip(ops.erfinv(ops.clip(x, -1, 1)), -9, 9),
        differentiable=False,
    )
    for options in (
        {"num": 5, "axis": -1},
        {"num": 7, "axis": 1, "endpoint": False},
        {"num": 1, "axis": 2},
    ):
        yield probe(
            f"linspace {options}", lambda x, y, o=options: ops.linspace(x, y, **o), (6, 4), (6, 4)
        )
        yield probe(
            f"logspace {options}",
            lambda x, y, o=options: ops.logspace(x, y, base=2, **o),
            (6, 4),
            (6, 4),
        )
    yield probe("linspace from a number", lambda x: ops.linspace(0.5, x, 5, axis=-1), (6, 4))
