"""Arguments that `show` and `heatmap` share: how a view draws, and what it shows first."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from .._shared.nearest import did_you_mean
from ..errors import ArgumentError
from .options import choice, whole_number
from .vocabulary import LINK_MODES, LINKS, LOOK_KINDS, RANGES

Shown = TypeVar("Shown", bound=Callable[..., Any])


def takes(*groups: type) -> Callable[[Shown], Shown]:
    """Give a function that takes `**look` the signature and the docs of the arguments.

    Args:
        groups: Typed dictionaries of the arguments, the last of which extends the others;
            their docstrings say what each means.
    """
    look = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=f"{hint.__forward_arg__} | None",
        )
        for name, hint in groups[-1].__annotations__.items()
    ]

    def decorate(function: Shown) -> Shown:
        own = [
            one
            for one in inspect.signature(function).parameters.values()
            if one.kind is not inspect.Parameter.VAR_KEYWORD
        ]
        function.__signature__ = inspect.Signature([*own, *look])  # type: ignore[attr-defined]
        attributes = [inspect.getdoc(group).partition("Attributes:\n")[2] for group in groups]  # type: ignore[union-attr]
        lines = [
            f"    {line}".rstrip() for text in attributes for line in text.rstrip().splitlines()
        ]
        function.__doc__ = (function.__doc__ or "").replace(
            "        **look: See below.", "\n".join(lines)
        )
        return function

    return decorate


def known(group: type, function: str, given: Iterable[str]) -> None:
    """Refuse arguments that there are not, with the nearest that there is.

    Raises:
        TypeError: as Python's own, for the first of them.
    """
    names = group.__annotations__
    for name in given:
        if name not in names:
            near = did_you_mean(name, names)
            raise TypeError(f"{function}() got an unexpected keyword argument {name!r}.{near}")


def look(
    *,
    images: int | None = None,
    models: int | None = None,
    slices: int | None = None,
    channels: int | None = None,
    **given: Any,
) -> dict[str, Any]:
    """Return the payload's form of arguments about drawing; None leaves one out.

    Args:
        images: How many images there are, if `image_index` is to be one of them.
        models: How many models there are, if `model_index` is to be one of them.
        slices: How many slices the image has, if `slice_index` is to be one of them.
        channels: How many channels there are, if that is known.
        given: Arguments of `show` or `heatmap` by name.

    Raises:
        ArgumentError: for a value that cannot be used.
    """
    view: dict[str, Any] = {}
    for name, value in given.items():
        if value is None:
            continue
        key, kind, words, most = LOOK_KINDS[name]
        if kind == "range":
            view.update(_range(value, given.get("scope")))
        elif kind == "words":
            view[key] = choice(value, name, words or ())
        elif kind == "flag":
            view[key] = _flag(value, name)
        elif kind == "flag-or-auto":
            view[key] = "auto" if value == "auto" else _flag(value, name, ' or "auto"')
        elif kind == "share":
            view[key] = _number(value, name, 0, 1)
        elif kind == "count":
            view[key] = _whole(value, name, most or 0)
        elif kind == "index?":
            view[key] = (
                _one_of(value, name, "slices", slices)
                if key == "slice"
                else _channel(value, name, channels)
            )
        elif kind == "indices":
            view[key] = _pinned(value, channels)
        elif kind == "channels":
            view[key] = _by_layer(value, name)
        elif kind == "index":
            of_models = key == "model"
            what, count = ("models", models) if of_models else ("images", images)
            view[key] = _one_of(value, name, what, count)
        elif kind == "viewport":
            view[key] = _viewport(value)
        elif kind == "region?":
            view[key] = _region(value)
        elif kind == "place?":
            x, y = _numbers(value, 2, name, "(x, y), each from 0 to 1")
            view[key] = {"x": x, "y": y}
        elif kind == "links":
            view[key] = _links(value)
        else:
            raise AssertionError(f"there is no rule for arguments of the kind {kind!r}")
    return view


def _flag(value: Any, name: str, others: str = "") -> bool:
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return bool(value)
    raise ArgumentError(f"{name}={value!r} must be True or False{others}.")


def _number(value: Any, name: str, low: float, high: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not low <= number <= high:
        raise ArgumentError(f"{name}={value!r} must be a number between {low:g} and {high:g}.")
    return number


def _whole(value: Any, name: str, most: int) -> int:
    number = whole_number(value)
    if number is None or not 0 <= number <= most:
        raise ArgumentError(f"{name}={value!r} must be a whole number from 0 to {most}.")
    return number


def _channel(value: Any, name: str, channels: int | None) -> int:
    number = whole_number(value)
    if number is not None and number >= 0 and (channels is None or number < channels):
        return number
    if channels is None:
        raise ArgumentError(f"{name}={value!r} is not a channel: give its index, 0, 1, …")
    known = "one channel, 0" if channels == 1 else f"channels 0 to {channels - 1}"
    raise ArgumentError(f"{name}={value!r} does not exist: the array has {known}.")


def _pinned(value: Any, channels: int | None) -> list[int]:
    if isinstance(value, (str, bytes)) or not hasattr(value, "__iter__"):
        raise ArgumentError(f"pinned={value!r} must be a list of channels, such as [0, 7].")
    return list(dict.fromkeys(_channel(one, "pinned", channels) for one in value))


def _by_layer(value: Any, name: str) -> dict[str, list[int]]:
    """Return channels by layer; layers of which none is named are left out."""
    words = f'{name}={value!r} must be channels by layer, such as {{"conv4": [3, 8]}}.'
    if not isinstance(value, dict):
        raise ArgumentError(words)
    made = {}
    for layer, channels in value.items():
        listed = hasattr(channels, "__iter__") and not isinstance(channels, (str, bytes))
        if not isinstance(layer, str) or not layer or not listed:
            raise ArgumentError(words)
        found = list(dict.fromkeys(_channel(one, f"{name}[{layer!r}]", None) for one in channels))
        if found:
            made[layer] = found
    return made


def _one_of(value: Any, name: str, what: str, count: int | None) -> int:
    number = whole_number(value)
    if number is None or number < 0 or (count is not None and number >= count):
        known = "" if count is None else f" to {count - 1}"
        raise ArgumentError(f"{name}={value!r} is none of the {what}: give 0{known}.")
    return number


def _range(value: Any, scope: Any) -> dict[str, Any]:
    if isinstance(value, str):
        rule = choice(value, "range", (*RANGES, "layer"))
        if rule != "layer":
            return {"range": rule}
        if scope not in (None, "layer"):
            raise ArgumentError(
                f"range='layer' means scope='layer', but scope={scope!r}: leave one of them out."
            )
        return {"scope": "layer"}
    try:
        low, high = (float(number) for number in value)
    except (TypeError, ValueError):
        low = high = math.nan
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ArgumentError(
            f"range={value!r} is not a range: give (low, high) with low < high, "
            f"or one of {', '.join(repr(name) for name in (*RANGES, 'layer'))}."
        )
    return {"range": [low, high]}


def _viewport(value: Any) -> dict[str, float]:
    x, y, zoom = _numbers(value, 3, "viewport", "(x, y, zoom): the centre from 0 to 1, zoom from 1")
    if zoom < 1:
        raise ArgumentError(f"viewport={value!r}: zoom must be 1 (all of the image) or more.")
    return {"x": x, "y": y, "zoom": zoom}


# As in src/state/places.ts.
_MOST_LASSO_POINTS = 4096


def _region(value: Any) -> dict[str, Any]:
    words = "(left, top, right, bottom), or a list of at least three (x, y), each from 0 to 1"
    points = list(value) if isinstance(value, (list, tuple)) else []
    if len(points) >= 3 and all(isinstance(point, (list, tuple)) for point in points):
        if len(points) > _MOST_LASSO_POINTS:
            raise ArgumentError(
                f"region= has {len(points)} points: give at most {_MOST_LASSO_POINTS}, "
                "which is more than an outline on the screen has."
            )
        return {
            "kind": "lasso",
            "points": [_numbers(point, 2, "region", words) for point in points],
        }
    x0, y0, x1, y1 = _numbers(value, 4, "region", words)
    if x0 > x1 or y0 > y1:
        raise ArgumentError(
            f"region={value!r} has no inside: give (left, top, right, bottom), "
            "with left < right and top < bottom."
        )
    return {"kind": "rectangle", "x0": x0, "y0": y0, "x1": x1, "y1": y1}


def _numbers(value: Any, count: int, name: str, words: str) -> list[float]:
    try:
        numbers = [float(number) for number in value]
    except (TypeError, ValueError):
        numbers = []
    if len(numbers) != count or not all(math.isfinite(number) for number in numbers):
        raise ArgumentError(f"{name}={value!r} must be {words}.")
    return numbers


def _links(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ArgumentError(f'links={value!r} must be like {{"colors": "unlinked"}}.')
    made = {}
    for name, mode in value.items():
        key = choice(name, "links", LINKS)
        made[key] = choice(mode, f"links[{key!r}]", LINK_MODES)
        if made[key] == "relative" and key != "viewport":
            raise ArgumentError(f"links[{key!r}]='relative': only the viewport can be relative.")
    return made
