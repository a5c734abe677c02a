"""Arguments of `show` and `heatmap`, checked and put into the payload's words."""

from __future__ import annotations

import math
import operator
from typing import Any

from .._shared.nearest import NEAR
from ..errors import ArgumentError
from .vocabulary import CONVENTIONS, INTERPOLATIONS, METHODS, PREPROCESS, SCORES


def choice(value: Any, argument: str, allowed: tuple[str, ...]) -> str:
    """Return the one of `allowed` that `value` spells, as people write it: "GradCAM" too.

    Raises:
        ArgumentError: listing the choices, the nearest first.
    """
    spelt = _spelt(value, allowed)
    if spelt is not None:
        return spelt
    if isinstance(value, str):
        import difflib  # seldom needed

        plain = {_folded(word): word for word in allowed}
        near = difflib.get_close_matches(_folded(value), plain, n=1, cutoff=NEAR)
        allowed = (*(plain[word] for word in near), *allowed)
    words = _either(tuple(dict.fromkeys(allowed)))
    raise ArgumentError(f"{argument}={value!r} is not known: choose {words}.")


def _spelt(value: Any, allowed: tuple[str, ...]) -> str | None:
    """Return the one of `allowed` that `value` spells; None if there is none."""
    if not isinstance(value, str):
        return None
    return next((word for word in allowed if _folded(word) == _folded(value)), None)


def _folded(word: str) -> str:
    """Return a word without what spellings differ in: case, hyphens, spaces."""
    letters = (letter for letter in word.casefold() if letter.isalnum() or letter == "+")
    return "".join(letters).replace("plusplus", "++")


def preprocess(value: Any) -> Any:
    """Return the payload's form of `preprocess`.

    Args:
        value: `"tf"`, `"torch"`, `"caffe"`, `"scale"`, `None`,
            `{"mean": …, "std": …}` or a pair `(mean, std)`; mean and std are
            numbers or one number a channel, on the scale 0..1.

    Raises:
        ArgumentError: listing the choices.
    """
    if value is None:
        return None
    spelt = _spelt(value, PREPROCESS)
    if spelt is not None:
        return spelt
    pair = None
    if isinstance(value, dict) and set(value) == {"mean", "std"}:
        pair = (value["mean"], value["std"])
    elif isinstance(value, (tuple, list)) and len(value) == 2:
        pair = tuple(value)
    if callable(value):
        raise ArgumentError(
            "preprocess is a function, which the browser cannot run: apply it yourself and give "
            "its result as the image, which is fed to the model as it is."
        )
    if pair is None:
        raise ArgumentError(
            f"preprocess={value!r} is not known: choose "
            f'{", ".join(repr(name) for name in PREPROCESS)}, None, or {{"mean": …, "std": …}}.'
        )
    mean, std = _numbers(pair[0], "mean"), _numbers(pair[1], "std")
    if min(std) <= 0:
        raise ArgumentError(f"preprocess: std must be greater than 0, not {min(std):g}.")
    if len(mean) != len(std) and 1 not in (len(mean), len(std)):
        raise ArgumentError(
            f"preprocess: mean has {len(mean)} numbers and std has {len(std)}: "
            "give one for each channel in both."
        )
    return {"mean": mean, "std": std}


def interpolation(value: Any) -> str:
    """Return how pictures are resized: `"bilinear"` or `"nearest"`."""
    return choice(value, "interpolation", INTERPOLATIONS)


def model_view(
    *,
    layer: Any,
    method: Any,
    target: int | dict[str, Any] | None,
    score: Any,
    output: Any,
    output_as: Any,
    convention: Any,
    look: dict[str, Any],
) -> dict[str, Any]:
    """Return how a model's view begins, defaults omitted; `look` is what `_look.look` gives.

    Raises:
        ArgumentError: for a value that cannot be used.
    """
    view: dict[str, Any] = {}
    if layer is not None:
        # A live Keras layer is as good as its name.
        layer = getattr(layer, "name", layer)
        if not isinstance(layer, str) or not layer:
            raise ArgumentError(f"layer={layer!r} is not a name: give the layer's name as text.")
        view["layer"] = layer
    if method is not None:
        # Said even where it is the default: it is not to be replaced.
        view["method"] = choice(method, "method", METHODS)
    if target is not None:
        view["target"] = target
    score = choice(score, "score", SCORES)
    if score != SCORES[0]:
        view["score"] = score
    if output is not None:
        if not isinstance(output, str) or not output:
            raise ArgumentError(f"output={output!r} is not a name: give the output's name as text.")
        view["output"] = output
    if output_as is not None:
        view["outputAs"] = output_as
    if convention is not None:
        view["convention"] = choice(convention, "convention", CONVENTIONS)
        if view.get("method", METHODS[0]) != METHODS[0]:
            raise ArgumentError(
                f"convention={convention!r} is about Grad-CAM, but method={method!r}: "
                "leave one of them out."
            )
    return {**view, **look}


def explained(
    target: Any, labels: list[str] | None, output_as: Any = None
) -> int | dict[str, Any] | None:
    """Return the payload's form of `target`.

    Args:
        target: What `target_index` takes; or `{"class": …, "minus": …, "pixels": …}`,
            `{"layer": …, "channel": …, "area": …}` or `{"cell": …, …}`, each with
            `"negative"`, as `show` has them.
        labels: Class names by index, if known.
        output_as: What the output is read as, in the payload's form.

    Raises:
        ArgumentError: saying what a target may hold.
    """
    if not isinstance(target, dict):
        return target_index(target, labels)
    if "cell" in target:
        keys = ("cell", "channel") if "channel" in target else ("cell", "anchor", "class")
    else:
        keys = ("layer", "channel", "area") if "layer" in target else ("class", "minus", "pixels")
    unknown = [key for key in target if key not in (*keys, "negative")]
    if unknown or not isinstance(target.get("negative", False), bool):
        raise ArgumentError(
            f'target={target!r} is not known: give {{"class": …}} with minus=…, pixels=… or '
            'negative=True, {"layer": …, "channel": …} with area=(top, left, bottom, right), or '
            '{"cell": …} with anchor=… and class=….'
        )
    from . import pixels  # which counts in classes as this does

    made: dict[str, Any]
    if "layer" in target:
        made = _units(target)
    elif "cell" in target:
        made = pixels.cell(target, output_as, labels)
    else:
        made = {"class": target_index(target.get("class"), labels)}
        if target.get("minus") is not None:
            made["minus"] = target_index(target["minus"], labels)
        if target.get("pixels") is not None:
            made["pixels"] = pixels.pixels(target["pixels"])
    if target.get("negative"):
        made["negative"] = True
    return made


def _units(target: dict[str, Any]) -> dict[str, Any]:
    layer = getattr(target["layer"], "name", target["layer"])
    channel = target.get("channel")
    index = None if channel is None else whole_number(channel)
    if not isinstance(layer, str) or not layer or (channel is not None and (index or 0) < 0):
        raise ArgumentError(
            f"target={target!r} names no layer and channel: give a name and an index."
        )
    if channel is not None and index is None:
        raise ArgumentError(f"target: channel={channel!r} is not an index: give 0, 1, … or None.")
    made: dict[str, Any] = {"layer": layer, "channel": index}
    if target.get("area") is not None:
        area = target["area"]
        cells = [whole_number(edge) for edge in area] if isinstance(area, (list, tuple)) else []
        edges = [edge for edge in cells if edge is not None and edge >= 0]
        if len(cells) != 4 or len(edges) != 4 or edges[0] >= edges[2] or edges[1] >= edges[3]:
            raise ArgumentError(
                f"target: area={area!r} must be (top, left, bottom, right) in cells of the layer, "
                "with top < bottom and left < right."
            )
        made["area"] = edges
    return made


def target_index(target: Any, labels: list[str] | None) -> int | None:
    """Return the index of the class to explain, or None for the highest-scoring one.

    Args:
        target: None, a class index, or a name found in `labels`.
        labels: Class names by index, if known.

    Raises:
        ArgumentError: saying which names there are.
    """
    if target is None:
        return None
    if isinstance(target, str):
        return _target_by_name(target, labels)
    index = whole_number(target)
    if index is None or index < 0:
        raise ArgumentError(f"target={target!r} is not a class: give its index (0, 1, …) or name.")
    if labels is not None and index >= max(2, len(labels)):
        raise ArgumentError(
            f"target={index} does not exist: labels has {len(labels)} names, "
            f"so the last class is {len(labels) - 1}."
        )
    return index


def _target_by_name(target: str, labels: list[str] | None) -> int:
    if labels is None:
        raise ArgumentError(
            f"target={target!r} is a name, but no names are known: give labels=… or a class index."
        )
    # One name is that of a sigmoid's unit, which is class 1 against class 0.
    names = [f"not {labels[0]}", *labels] if len(labels) == 1 else labels
    if target in names:
        return names.index(target)
    folded = [name.casefold() for name in names]
    if target.casefold() in folded:
        return folded.index(target.casefold())
    import difflib

    near = difflib.get_close_matches(target, labels, n=3, cutoff=NEAR)
    raise ArgumentError(
        f"target={target!r} is not in labels: "
        + (f"did you mean {_either(tuple(near))}?" if near else "give a class index or its name.")
    )


def stand_ins(layers: Any) -> dict[str, Any]:
    """Return what stands in for layers, by their class or name, as the payload has it.

    Args:
        layers: None, or `"identity"` or `{"class": name, …}` by name; the arguments
            of a class are numbers, strings, booleans, None, and lists of them.

    Raises:
        ArgumentError: saying what may be declared.
    """
    if layers is None:
        return {}
    if not isinstance(layers, dict):
        raise ArgumentError(
            f'layers={layers!r} is no dictionary: give layers={{"FixedDropout": "identity"}}.'
        )
    made: dict[str, Any] = {}
    for key, value in layers.items():
        name = getattr(key, "__name__", key)
        is_class = isinstance(value, dict) and isinstance(value.get("class"), str)
        if not isinstance(name, str) or not name or not (value == "identity" or is_class):
            raise ArgumentError(
                f"layers: {key!r}: {value!r} declares nothing that can stand in for a layer: "
                'give "identity", or {"class": "GroupNormalization", "groups": -1}.'
            )
        made[name] = _plain(value, name)
    return made


def _plain(value: Any, name: str) -> Any:
    """Return a value as JSON has it; tuples become lists."""
    if isinstance(value, dict):
        return {str(key): _plain(item, name) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, name) for item in value]
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    raise ArgumentError(
        f"layers: {name!r}: {value!r} is no argument that can be written down: "
        "give numbers, strings, True, False, None, or lists of them."
    )


def _numbers(value: Any, name: str) -> list[float]:
    try:
        numbers = [float(value)] if _is_scalar(value) else [float(number) for number in value]
    except (TypeError, ValueError):
        numbers = []
    if not numbers or not all(math.isfinite(number) for number in numbers):
        raise ArgumentError(
            f"preprocess: {name}={value!r} must be a number, or one number for each channel."
        )
    return numbers


def _is_scalar(value: Any) -> bool:
    return getattr(value, "ndim", None) == 0 or isinstance(value, (int, float))


def whole_number(value: Any) -> int | None:
    """Return a whole number of any type as an int, or None for what is none."""
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)
    except TypeError:
        return None


def _either(names: tuple[str, ...]) -> str:
    quoted = [repr(name) for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
