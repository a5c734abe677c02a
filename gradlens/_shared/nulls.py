"""JSON's null in comms and outputs: Pyodide takes it for something else than None."""

from __future__ import annotations

import sys
from typing import Any


def to_page(value: Any) -> Any:
    """Return JSON as the page is to get it: Pyodide would make `undefined` of None, and drop it."""
    return _replaced(value, None, _js_null())


def from_page(value: Any) -> Any:
    """Return JSON that came from the page, with None for null."""
    return _replaced(value, _js_null(), None)


def drops_null() -> bool:
    """Return True where None would not arrive as null, unless `to_page` made it so."""
    return _js_null() is not None


def _js_null() -> Any:
    """Return what Pyodide has for null; in any other Python, None."""
    return getattr(sys.modules.get("pyodide.ffi"), "jsnull", None)


def _replaced(value: Any, old: Any, new: Any) -> Any:
    if old is new:
        return value
    if value is old:
        return new
    if isinstance(value, dict):
        return {key: _replaced(one, old, new) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_replaced(one, old, new) for one in value]
    return value
