"""Null in an output of a kernel in the browser, wherever the payload's schema lets it stand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from gradlens._output import view as view_module
from gradlens._output.payload import MIME_TYPE, _schema
from gradlens._output.view import View

PICTURE = {"name": "a.png", "picture": "iVBORw0KGgo="}
MODEL = {
    "version": 1,
    "kind": "model",
    "id": "view",
    "model": {"path": "m.h5", "name": "m.h5"},
    "images": [PICTURE],
    "preprocess": "tf",
    "interpolation": "bilinear",
}
TARGETS = {
    "ClassTarget": {"minus": 1},
    "UnitTarget": {"layer": "a"},
}


def nullable(of: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the places of a schema that may hold null, named by their definition."""
    if isinstance(of, list):
        for one in of:
            yield from nullable(one, place)
    if not isinstance(of, dict):
        return
    types = of.get("type", ())
    if "null" in ([types] if isinstance(types, str) else types) or None in of.get("enum", ()):
        yield place
    if types == "object" and "additionalProperties" not in of:
        yield (*place, "*")
    for name, inner in of.items():
        if name in ("$defs", "properties"):
            for key, one in inner.items():
                yield from nullable(one, (key,) if name == "$defs" else (*place, key))
        elif name == "additionalProperties":
            yield from nullable(inner, (*place, "*"))
        else:
            yield from nullable(inner, place)


def sent_with(changes: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> tuple[Any, object]:
    """Return what a kernel in the browser sends of a payload, and its null."""
    js_null = object()
    sent: list[Any] = []

    class Publisher:
        def publish(self, data: dict[str, Any], metadata: Any, **options: Any) -> None:
            sent.append(data[MIME_TYPE])

    monkeypatch.setitem(sys.modules, "pyodide.ffi", SimpleNamespace(jsnull=js_null))
    monkeypatch.setattr(view_module, "_publisher", Publisher)
    View({**MODEL, **changes}, None, "text")._ipython_display_()
    return sent[0], js_null


def payload_with_null(place: tuple[str, ...]) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """Return a payload that has null at a place of the schema, and the way to it."""
    kind, *rest = place
    if kind == "ModelPayload" and rest[0] == "layers":
        layers = {"A": {"class": "Normalization", "axis": None, "deep": [{"b": None}]}}
        return {"layers": layers}, ("layers", "A", "axis")
    if kind == "Preprocess":
        return {"preprocess": None}, ("preprocess",)
    if kind == "ViewState":
        return {"view": {rest[0]: None}}, ("view", rest[0])
    return {"view": {"target": {**TARGETS[kind], rest[0]: None}}}, ("view", "target", rest[0])


PLACES = sorted(set(nullable(_schema())))


def test_the_table_has_them_all() -> None:
    kinds = {place[0] for place in PLACES}
    assert kinds == {"ModelPayload", "Preprocess", "ViewState", *TARGETS}
    assert len(PLACES) > 10


@pytest.mark.parametrize("place", PLACES, ids=".".join)
def test_null_arrives(place: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    payload, way = payload_with_null(place)
    sent, js_null = sent_with(payload, monkeypatch)
    for step in way:
        sent = sent[step]
    assert sent is js_null


def test_null_in_lists_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    payload, _ = payload_with_null(("ModelPayload", "layers"))
    sent, js_null = sent_with(payload, monkeypatch)
    assert sent["layers"]["A"]["deep"] == [{"b": js_null}]


def test_elsewhere_null_is_json_and_ipython_displays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "pyodide.ffi", raising=False)
    with pytest.raises(NotImplementedError):
        View({**MODEL, "preprocess": None}, None, "text")._ipython_display_()
