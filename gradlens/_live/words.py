"""The state of a view in the words of `show` and `heatmap`, and back."""

from __future__ import annotations

from typing import Any

from .._arguments import options
from .._arguments.look import known, look
from .._arguments.pixels import output_as
from .._arguments.vocabulary import LOOK_KINDS, METHODS, SCORES, Look, MapLook
from ..errors import ArgumentError

MODEL = {
    "layer": "layer",
    "method": "method",
    "target": "target",
    "score": "score",
    "output": "output",
    "output_as": "outputAs",
    "convention": "convention",
}
"""What only the view of a model has: properties of the payload's view, by argument."""

_NAMES = {**MODEL, **{name: key for name, (key, *_) in LOOK_KINDS.items()}}

_MAY_BE_NONE = {
    *("layer", "target", "output", "output_as", "convention"),
    *(argument for argument, (_, kind, _, _) in LOOK_KINDS.items() if kind.endswith("?")),
}


def in_python(state: dict[str, Any], is_model: bool) -> dict[str, Any]:
    """Return a state as `show`, or `heatmap`, takes it.

    Args:
        state: In the payload's words.
        is_model: True for the view of a model.
    """
    if not is_model:
        names = {name: LOOK_KINDS[name][0] for name in MapLook.__annotations__}
    else:
        names = _NAMES
    return {
        argument: _in_python(argument, state[key])
        for argument, key in names.items()
        if key in state
    }


def _in_python(argument: str, value: Any) -> Any:
    if argument == "target" and isinstance(value, dict):
        return {key: _part_of_target(key, part) for key, part in value.items()}
    if argument == "viewport":
        return (value["x"], value["y"], value["zoom"])
    if argument == "probe" and value is not None:
        return (value["x"], value["y"])
    if argument == "region" and value is not None:
        if value["kind"] == "lasso":
            return [tuple(point) for point in value["points"]]
        return tuple(value[edge] for edge in ("x0", "y0", "x1", "y1"))
    if argument == "range" and isinstance(value, list):
        return tuple(value)
    return value


def _part_of_target(key: str, value: Any) -> Any:
    if key == "pixels" and isinstance(value, dict):
        return mask_of(value)
    return tuple(value) if isinstance(value, list) else value


def mask_of(mask: dict[str, Any]) -> Any:
    """Return a mask as an array (rows, columns), True inside."""
    import numpy as np  # only where there is one

    inside = np.arange(len(mask["runs"])) % 2 == 1
    return np.repeat(inside, mask["runs"]).reshape(mask["shape"])


def in_payload(
    given: dict[str, Any], payload: dict[str, Any], state: dict[str, Any]
) -> dict[str, Any]:
    """Return changes of a view in the payload's words.

    Args:
        given: Arguments of `show` or `heatmap` by name.
        payload: What the view is of.
        state: The view's state as it is now, in the payload's words.

    Raises:
        ArgumentError: for a value that cannot be used, as `show` does.
        TypeError: for a name that there is not.
    """
    is_model = payload["kind"] == "model"
    own = {name: value for name, value in given.items() if is_model and name in MODEL}
    looks = {name: value for name, value in given.items() if name not in own}
    known(Look if is_model else MapLook, "set", looks)
    for name, value in given.items():
        if value is None and name not in _MAY_BE_NONE:
            raise ArgumentError(f"{name}=None says nothing: give a value.")
    channels = None if is_model else payload["tensor"]["shape"][0]
    images = len(payload["images"]) if is_model else None
    models = len(payload.get("models", [None]))
    made = look(images=images, models=models, channels=channels, **looks)
    if own:
        made.update(_of_model(own, payload, state))
    nothing = {_NAMES[name]: None for name, value in given.items() if value is None}
    return {**made, **nothing}


def _of_model(
    given: dict[str, Any], payload: dict[str, Any], state: dict[str, Any]
) -> dict[str, Any]:
    reading = output_as(given.get("output_as"))
    layout = reading if "output_as" in given else state.get("outputAs")
    method = given.get("method")
    if method is None and given.get("convention") is not None:
        method = state.get("method", METHODS[0])
    made = options.model_view(
        layer=given.get("layer"),
        method=method,
        target=options.explained(given.get("target"), payload.get("labels"), layout),
        score=given.get("score", SCORES[0]),
        output=given.get("output"),
        output_as=reading,
        convention=given.get("convention"),
        look={},
    )
    if "score" in given:
        made["score"] = options.choice(given["score"], "score", SCORES)
    if "method" not in given:
        made.pop("method", None)
    return made
