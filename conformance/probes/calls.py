"""Models in models, called once or several times, of which calls feed layers, are outputs, or both.

Keras 3 and Keras 2 count the calls of a nested model differently, and differently
for layers that read them and for the model's outputs.
"""

import itertools

from probe import probe


def nested(k, kind, name="inner"):
    """Builds a nested model of a kind; what it computes is far from symmetric."""
    layers = k.layers
    if kind == "functional":
        inputs = k.Input((6,))
        x = layers.Dense(6)(inputs)
        return k.Model(inputs, layers.Dense(6)(x), name=name)
    if kind == "sequential":
        return k.Sequential([k.Input((6,)), layers.Dense(6)], name=name)
    if kind == "deferred":
        return k.Sequential([layers.Dense(6)], name=name)
    if kind == "two inputs":
        a, b = k.Input((6,)), k.Input((6,))
        return k.Model([a, b], layers.Subtract()([layers.Dense(6)(a), b]), name=name)
    inner = nested(k, "functional", "innermost")
    inputs = k.Input((6,))
    once = inner(inputs)
    return k.Model(inputs, [inner(once), once][0 if kind == "twice inside" else 1], name=name)


KINDS = ("functional", "sequential", "deferred", "two inputs", "twice inside", "once of twice")


def calls(k):
    """Yields probes, whose functions give one output or more."""
    for kind, times in [*itertools.product(KINDS, (1, 2)), ("functional", 3)]:
        for read, given in itertools.product(range(times), range(times)):
            for form in ("read", "output", "both", "output first"):
                if form in ("read", "output") and read != given:
                    continue
                yield probe(
                    f"{kind} called {times} times, call {read} {form} {given}",
                    lambda x, *how: called(k, x, *how),
                    (6,),
                    how=(kind, times, read, given, form),
                )


def called(k, x, kind, times, read, given, form):
    """Calls a nested model on values that differ, and reads one call, gives one out, or both."""
    model = nested(k, kind)
    stem = k.layers.Dense(6)(x)
    values = []
    for i in range(times):
        own = k.layers.Rescaling(1.0 + i, 0.25 * i)(stem if i != 1 else values[0])
        values.append(model([own, stem] if kind == "two inputs" else own))
    head = k.layers.Dense(3)(values[read])
    return {
        "read": head,
        "output": values[given],
        "both": [head, values[given]],
        "output first": [values[given], head],
    }[form]
