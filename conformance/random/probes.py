"""Recipes of one layer or operator each: every argument away from its default, alone."""

import random

import candidates
import draw
import recipe as recipes

#: Values tried of each argument that Keras takes.
MOST = 2
SHAPES = ([6, 6, 4], [6, 4], [4], [4, 4, 4, 2], [3, 6, 6, 2], [3, 4, 4, 4, 2])


def names(writer):
    """All that is probed: classes of layers, then operators with ``ops.`` in front."""
    library = recipes.LIBRARIES[writer]
    return [
        *draw.layer_classes(library),
        *(f"ops.{name}" for name in draw.operators(library)),
    ]


def probes(writer, name):
    """The recipes of a class or an operator; none if no arguments make it work."""
    layers = recipes.LIBRARIES[writer].layers
    target = operator(name) if name.startswith("ops.") else getattr(layers, name)
    required, others = candidates.arguments(target)
    found = []
    for shape in SHAPES:
        base = next(
            (args for args in drawn(name, target) if works(writer, name, shape, args)), None
        )
        if base is None:
            continue
        found.append(recipe(writer, name, shape, base))
        for argument in [*required, *others]:
            taken = 0
            for value in candidates.candidates(name, argument):
                args = {**base, argument: value}
                if taken < MOST and args != base and works(writer, name, shape, args):
                    found.append(recipe(writer, name, shape, args))
                    taken += 1
        if len(found) > 1:
            break
    return found


def drawn(name, target):
    """Some choices of the required arguments."""
    chooser = random.Random(name)
    # Some operators work on all axes, samples too, unless they are told.
    for attempt in range(18):
        yield draw.draw_args(chooser, name.removeprefix("ops."), target, attempt // 12 * 0.5)


def recipe(writer, name, shape, args):
    """One step on as many inputs as it reads."""
    ids = name in ("Embedding", "ReversibleEmbedding")
    first = {"kind": "input", "shape": [6] if ids else shape, "values": "ids" if ids else "halves"}
    if name.startswith("ops."):
        step = {"kind": "op", "code": draw.operator_code(name[4:], operator(name), args), "of": [0]}
    else:
        of = [0, 0] if name in draw.MERGING else [0]
        step = {"kind": "layer", "class": name, "args": args, "of": of}
    return {
        "writer": writer,
        "format": "h5" if writer == "keras2" else "keras",
        "seed": 1,
        "steps": [first, step],
    }


def operator(name):
    """The function of ``ops.image.resize``."""
    target = recipes.keras
    for part in name.split("."):
        target = getattr(target, part)
    return target


def works(writer, name, shape, args):
    """Whether Keras builds it."""
    probe = recipe(writer, name, shape, args)
    built = recipes.Built(probe)
    try:
        for step in probe["steps"]:
            built.add(step)
        built.finish()
    except Exception:
        return False
    return True
