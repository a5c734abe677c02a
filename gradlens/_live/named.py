"""What the properties of a view name: layers, classes, channels, as a page has told."""

from __future__ import annotations

from typing import Any

from .._shared.nearest import did_you_mean
from ..errors import ArgumentError


def refuse_unknown(made: dict[str, Any], names: dict[str, Any], state: dict[str, Any]) -> None:
    """Refuse what the model of a view has not, before the view is asked for it.

    Args:
        made: Changes, in the payload's words.
        names: `model`, `layers`, `outputs` with the number of their classes, `channels` of the
            layer shown and `slices` of its picture, as `src/session/python/told-names.ts` tells.
        state: The view's state as it is now, in the payload's words.

    Raises:
        ArgumentError: with the nearest names, or the numbers that there are.
    """
    model = names["model"]
    if made.get("layer") is not None:
        _layer("layer", made["layer"], names)
    for layer in made.get("channelsOff", {}):
        _layer("channels_off", layer, names)
    outputs: dict[str, int | None] = names["outputs"]
    output = made.get("output")
    if output is not None and output not in outputs:
        near = did_you_mean(output, outputs) or f" It has {_listed(outputs)}."
        raise ArgumentError(f"output={output!r} is none of the outputs of {model}.{near}")
    target: Any = made.get("target")
    of_layer = isinstance(target, dict) and "layer" in target
    if of_layer:
        _layer("target", target["layer"], names)
    elif made.get("outputAs", state.get("outputAs")) is None:
        explained = made.get("output", state.get("output")) or next(iter(outputs), "")
        _below("target", _classes(target), outputs.get(explained), "the classes")
    # Of another layer the channels are not known.
    channels = None if "layer" in made else names.get("channels")
    if of_layer and target["layer"] == state.get("layer"):
        _below("target", [target.get("channel")], channels, "the channels of the layer")
    _below("channel", [made.get("channel")], channels, "the channels of the layer")
    _below("pinned", made.get("pinned", []), channels, "the channels of the layer")
    _below("slice_index", [made.get("slice")], names.get("slices"), "the slices")


def _layer(argument: str, name: str, names: dict[str, Any]) -> None:
    if not _is_layer(name, names["layers"]):
        near = did_you_mean(name, names["layers"]) or " Names are those of model.summary()."
        raise ArgumentError(f"{argument}={name!r} is none of the layers of {names['model']}.{near}")


def _is_layer(name: str, layers: list[str]) -> bool:
    """Tell whether the view finds a layer of that name, as src/layers/find-layer.ts does."""

    def plain(one: str) -> str:
        return one.replace("/", "_")

    return plain(name) in map(plain, layers) or (
        sum(layer.endswith(f"/{name}") for layer in layers) == 1
    )


def _classes(target: Any) -> list[Any]:
    if not isinstance(target, dict):
        return [target]
    return [target.get("class"), target.get("minus")]


def _below(argument: str, values: list[Any], count: int | None, what: str) -> None:
    for value in values:
        if count is not None and isinstance(value, int) and value >= count:
            raise ArgumentError(f"{argument}={value} is none of {what}: give 0 to {count - 1}.")


def _listed(names: dict[str, Any]) -> str:
    return ", ".join(map(repr, names))
