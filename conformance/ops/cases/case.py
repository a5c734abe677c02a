"""A case of the grid: one layer or operator, the shapes of its inputs, how they are drawn."""

from keras import layers


def case(make, *shapes, **options):
    return {"make": make, "shapes": [tuple(shape) for shape in shapes], **options}


def operator_case(function, op, attributes, shape, **options):
    """A case of an operator, which the engine knows by the name ``op``."""
    return case(
        lambda: layers.Lambda(function),
        shape,
        config={"op": op, "attributes": attributes},
        **options,
    )


def named(cases):
    """Names cases by their layer's class and number, unless they have a name."""
    for index, entry in enumerate(cases):
        entry.setdefault("name", f"{index}")
    return cases
