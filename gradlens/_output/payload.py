"""Payload v1: what the browser gets. The schema is payload-v1.schema.json."""

from __future__ import annotations

import base64
import functools
import math
import numbers
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError, GradLensError

if TYPE_CHECKING:
    import numpy as np

MIME_TYPE = "application/vnd.gradlens.v1+json"
VERSION = 1

LABEL_SETS = ("imagenet",)

MAX_TENSOR_BYTES = 8 * 1024 * 1024
"""Most bytes of float values in one payload: a notebook keeps them as text."""


def encode_tensor(array: np.ndarray) -> dict[str, Any]:
    """Encode an array as float32 TensorJSON: base64, little-endian, C order.

    float32 values keep their bits, NaN payloads included.
    """
    values = array.astype("<f4", order="C", copy=False)
    return {
        "dtype": "float32",
        "shape": [int(size) for size in values.shape],
        "data": base64.b64encode(values.tobytes()).decode("ascii"),
    }


def megabytes(count: int) -> str:
    """Write a number of bytes for a message, e.g. `12.8 MB`."""
    return f"{count / 1e6:.1f} MB"


def check_tensor_bytes(count: int, what: str, advice: str) -> None:
    """Refuse tensors too large for a notebook's output.

    Raises:
        ArgumentError: `count` bytes are over `MAX_TENSOR_BYTES`.
    """
    if count > MAX_TENSOR_BYTES:
        raise ArgumentError(
            f"{what} takes {megabytes(count)}, but an output cell holds at most "
            f"{megabytes(MAX_TENSOR_BYTES)} of values: {advice}"
        )


def check(payload: dict[str, Any]) -> None:
    """Hold a payload against the schema, and its tensors' lengths against their shapes.

    Reads of JSON Schema what payload-v1.schema.json uses, so that the package needs no library.

    Raises:
        GradLensError: naming the first property that is wrong.
    """
    if not isinstance(payload, dict) or payload.get("kind") not in ("model", "heatmap"):
        raise _wrong("kind", "must be 'model' or 'heatmap'")
    kind = "ModelPayload" if payload["kind"] == "model" else "HeatmapPayload"
    _hold(payload, {"$ref": f"#/$defs/{kind}"}, "")
    _tensor_lengths(payload, "")


def hold(value: Any, name: str, where: str) -> None:
    """Hold a value against a definition of the schema; `where` names it in the message.

    Raises:
        GradLensError: naming the first property that is wrong.
    """
    _hold(value, {"$ref": f"#/$defs/{name}"}, where)


@functools.cache
def _schema() -> dict[str, Any]:
    import json

    source = Path(__file__).parents[1] / "payload-v1.schema.json"
    schema: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return schema


def _hold(value: Any, schema: dict[str, Any], where: str) -> None:
    """Hold a value against a schema; `where` is its place, for the message."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        _hold(value, _schema()["$defs"][name], where)
    for keyword in ("oneOf", "anyOf"):
        if keyword in schema:
            _hold_one_of(value, schema[keyword], where)
    if "const" in schema and not _equal(value, schema["const"]):
        raise _wrong(where, f"must be {schema['const']}")
    if "enum" in schema and not any(_equal(value, one) for one in schema["enum"]):
        words = (str(one) for one in schema["enum"] if one is not None)
        raise _wrong(where, f"must be one of {', '.join(words)}")
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(_TYPES[name](value) for name in types):
        raise _wrong(where, f"must be {' or '.join(_TYPE_NAMES[name] for name in types)}")
    if isinstance(value, dict):
        _hold_object(value, schema, where)
    elif isinstance(value, list):
        _hold_list(value, schema, where)
    elif isinstance(value, str):
        if len(value) < schema.get("minLength", 0):
            raise _wrong(where, "must not be empty")
        if len(value) > schema.get("maxLength", math.inf):
            raise _wrong(where, f"must have at most {schema['maxLength']} characters")
        if "pattern" in schema and not _matches(schema["pattern"], value):
            raise _wrong(where, f"must match {schema['pattern']}")
    elif _is_number(value):
        _hold_number(value, schema, where)


def _hold_one_of(value: Any, choices: list[dict[str, Any]], where: str) -> None:
    problems = []
    for choice in choices:
        try:
            _hold(value, choice, where)
            return
        except GradLensError as problem:
            problems.append(problem)
    # The choice that fails deepest is the one that was meant.
    raise max(problems, key=lambda problem: (str(problem).count("."), str(problem).count("[")))


def _hold_object(value: dict[str, Any], schema: dict[str, Any], where: str) -> None:
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    names = schema.get("propertyNames", {}).get("enum")
    for key in schema.get("required", ()):
        if key not in value:
            raise _wrong(where or "payload", f"lacks {key!r}")
    for key, inner in value.items():
        place = f"{where}.{key}" if where else key
        if key in properties:
            _hold(inner, properties[key], place)
        elif others is False or (names is not None and key not in names):
            raise _wrong(where or "payload", f"has an unknown property {key!r}")
        elif isinstance(others, dict):
            _hold(inner, others, place)


def _hold_list(value: list[Any], schema: dict[str, Any], where: str) -> None:
    least, most = schema.get("minItems", 0), schema.get("maxItems", math.inf)
    if not least <= len(value) <= most:
        count = f"{least}" if least == most else f"at least {least}"
        raise _wrong(where, f"must be a list of {count}")
    for index, item in enumerate(value):
        _hold(item, schema.get("items", {}), f"{where}[{index}]")


def _hold_number(value: float, schema: dict[str, Any], where: str) -> None:
    least, most = schema.get("minimum", -math.inf), schema.get("maximum", math.inf)
    if not least <= value <= most:
        limits = f"at least {least}" if most == math.inf else f"between {least} and {most}"
        raise _wrong(where, f"must be {limits}")
    if value <= schema.get("exclusiveMinimum", -math.inf):
        raise _wrong(where, f"must be greater than {schema['exclusiveMinimum']}")


def _tensor_lengths(value: Any, where: str) -> None:
    """Check that each tensor has as many values as its shape says, which no schema can."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            _tensor_lengths(item, f"{where}[{index}]")
    elif isinstance(value, dict):
        if {"dtype", "shape", "data"} <= value.keys():
            # Base64 writes every 3 bytes, or what is left of them, as 4 characters.
            characters = 4 * math.ceil(4 * math.prod(value["shape"]) / 3)
            if len(value["data"]) != characters:
                shape = value["shape"]
                raise _wrong(f"{where}.data", f"does not have the length that shape {shape} needs")
        for key, inner in value.items():
            _tensor_lengths(inner, f"{where}.{key}" if where else key)


def _matches(pattern: str, text: str) -> bool:
    import re

    return re.search(pattern, text) is not None


def _is_number(value: Any) -> bool:
    # JSON knows neither NaN nor infinity.
    is_real = isinstance(value, numbers.Real) and not isinstance(value, bool)
    return is_real and math.isfinite(value)


def _equal(value: Any, wanted: Any) -> bool:
    """Return True if JSON would write both alike: True is not 1."""
    return bool(value == wanted) and isinstance(value, bool) == isinstance(wanted, bool)


_TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": _is_number,
    "null": lambda value: value is None,
}
_TYPE_NAMES = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a finite number",
    "null": "null",
}


def _wrong(where: str, what: str) -> GradLensError:
    return GradLensError(f"The payload for the browser is wrong: {where} {what}")
