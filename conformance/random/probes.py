"""Recipes of one layer or operator each: every argument away from its default, alone."""

import random
import re

import candidates
import draw
import recipe as recipes
import written

#: Values tried of an argument; of those that change what a layer does, all.
MOST = 2
IN_FULL = {
    "padding", "interpolation", "merge_mode", "output_mode", "score_mode", "mode", "layer", "cell",
    "backward_layer", "method", "fill_mode",
}  # fmt: skip
#: Arguments that mean something else for each number of axes.
OF_RANKS = {"axis", "data_format", "dims", "shared_axes", "attention_axes", "keepdims"}
SHAPES = ([6, 6, 4], [6, 4], [4], [4, 4, 4, 2], [3, 6, 6, 2], [3, 4, 4, 4, 2], [32])
PICTURE = [8, 8, 3]
#: Layers of whole numbers: how many each sample has.
OF_IDS = {
    "Embedding": 6,
    "ReversibleEmbedding": 6,
    "CategoryEncoding": 6,
    "IntegerLookup": 6,
    "Hashing": 6,
    "HashedCrossing": 1,
}
#: Operators are tried on so many of the shapes.
OF_OPERATORS = 2


def names(writer):
    """All that is probed: classes of layers, then operators with ``ops.`` in front."""
    library = recipes.LIBRARIES[writer]
    return [
        *draw.all_classes(library),
        *(f"ops.{name}" for name in draw.operators(library)),
    ]


def probes(writer, name):
    """The recipes of a class or an operator, and why arguments are in none."""
    never = draw.LEFT_OUT | written.NEVER
    if name.removeprefix("ops.") in never:
        why = never[name.removeprefix("ops.")]
        return {"recipes": [], ("refused" if name in draw.REFUSED else "never"): why}
    target = find(writer, name)
    found, said = [], {}
    bases = 0
    for shape in shapes_of(name):
        if name.startswith("ops.") and bases == OF_OPERATORS:
            break
        base, model = first_base(writer, name, target, shape)
        if base is None:
            said.setdefault("", model)
            continue
        said[""], bases = None, bases + 1
        found.append(model)
        if name.removeprefix("ops.") not in written.WRITTEN:
            add_arguments(writer, name, shape, base, found, said)
    if not found:
        return {"recipes": [], "untried": {"": said[""] or "takes no value"}}
    parameters = [p.name for p in candidates.signature(target)]
    untried = {key: why for key, why in candidates.UNTRIED.items() if key in parameters}
    tried = {one["probe"]["argument"] for one in found}
    if name.removeprefix("ops.") in written.WRITTEN:
        tried.update(parameters)
    if name.startswith("ops."):
        # The values themselves.
        tried.update(one for one in parameters if not candidates.candidates(name, one))
    return {
        "recipes": found,
        "untried": untried | {key: why for key, why in said.items() if key and key not in tried},
    }


def shapes_of(name):
    """The shapes of a sample that a class or an operator is tried on."""
    if name in OF_IDS:
        return ([OF_IDS[name]],)
    return (PICTURE, *SHAPES) if name.startswith(draw.OF_PICTURES) else SHAPES


def add_arguments(writer, name, shape, base, found, said):
    """A recipe for each value of each argument that no earlier shape had."""
    target = find(writer, name)
    required, others = candidates.arguments(target)
    defaults = candidates.defaults(target)
    own = [(one, "args", candidates.candidates(name, one)) for one in [*required, *others]]
    calls = [(one, "call", candidates.OF_CALLS[one]) for one in candidates.call_arguments(target)]
    for argument, place, values in [*own, *calls]:
        key = argument if place == "args" else f"call of {argument}"
        said.setdefault(key, None if values else "no value is known")
        of_ranks = argument in OF_RANKS and not name.startswith("ops.")
        before = {
            repr(one["probe"]["value"])
            for one in found
            if one["probe"]["argument"] == key
            and (not of_ranks or len(one["steps"][0]["shape"]) == len(shape))
        }
        most = 1 if argument in candidates.OF_ALL else MOST
        for value in values:
            if len(before) >= most and argument not in IN_FULL:
                break
            if place == "args" and argument in defaults and defaults[argument] == value:
                continue
            args = base
            if place == "args":
                args = base | candidates.COMPANIONS.get((name, argument), {}) | {argument: value}
            call = {argument: value} if place == "call" else {}
            if repr(value) in before or (place == "args" and base.get(argument) == value):
                continue
            model, why = taken(writer, name, shape, args, call, (key, value))
            if model:
                found.append(model)
                before.add(repr(value))
            else:
                said[key] = f"Keras: {why}"
    # What the base itself has is tried with it.
    for argument in base:
        said[argument] = None


def first_base(writer, name, target, shape):
    """The first required arguments that Keras takes and their recipe, or why none."""
    why = ""
    for args in drawn(name, target):
        model, why = taken(writer, name, shape, args)
        if model:
            return args, model
    return None, f"Keras: {why}"


def drawn(name, target):
    """Some choices of the required arguments."""
    chooser, before = random.Random(name), []
    # Some operators work on all axes, samples too, unless they are told.
    for attempt in range(18):
        args = draw.draw_args(chooser, name, target, attempt // 12 * 0.5)
        if args not in before:
            yield args
        before.append(args)


def recipe(writer, name, shape, args, call=None, probe=("", None), is_cast=False):
    """One step on as many inputs as it reads."""
    first = {"kind": "input", "shape": shape, "values": "ids" if name in OF_IDS else "halves"}
    if name.startswith("ops."):
        step = {"kind": "op", "code": draw.operator_code(name[4:], find("", name), args), "of": [0]}
    else:
        of = [0, 0] if name in draw.MERGING or name == "HashedCrossing" else [0]
        step = {"kind": "layer", "class": name, "args": args, "of": of}
    if call:
        step["call"] = call
    # The head takes floats.
    cast = "ops.cast" if writer == "keras3" else "tf.cast"
    floats = {"kind": "op", "code": f"{cast}(x, 'float32')", "of": [1]}
    return {
        "writer": writer,
        "format": "h5" if writer == "keras2" else "keras",
        "seed": 1,
        "steps": [first, step, *([floats] if is_cast else [])],
        "probe": {"of": name, "argument": probe[0], "value": probe[1]},
    }


def find(writer, name):
    """A layer class, or the function of ``ops.image.resize``."""
    if not name.startswith("ops."):
        return getattr(recipes.LIBRARIES[writer].layers, name)
    target = recipes.keras
    for part in name.split("."):
        target = getattr(target, part)
    return target


def taken(writer, name, shape, args, call=None, probe=("", None)):
    """The recipe that Keras builds and runs, or None and why there is none."""
    why = ""
    for is_cast in (False, True):
        model = recipe(writer, name, shape, args, call, probe, is_cast)
        why = problem(model)
        if why is None:
            return model, None
        # Bins and places are whole, though some layers say otherwise.
        if not why.startswith("the last value is") and "MatMul as input #1" not in why:
            break
    return None, why


def problem(model):
    """Why Keras does not build or run it; None where it does."""
    built = recipes.Built(model)
    try:
        for step in model["steps"]:
            built.add(step)
        built.finish()(recipes.draw_inputs(built, 2)[0])
    except Exception as error:
        return reason(error)
    return None


def reason(error):
    """Shortens an error of Keras to a line."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    if lines and lines[0].startswith("Exception encountered"):
        lines = lines[1:] or lines
    said = lines[0] if lines else type(error).__name__
    return re.sub(r"\x1b\[\dm", "", said)[:160]
