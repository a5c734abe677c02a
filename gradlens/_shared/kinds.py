"""Names of things in messages."""

from __future__ import annotations

from typing import Any


def a_kind(value: Any) -> str:
    """Say what kind of thing a value is, for messages: `a list`, `None`, `a torch.Tensor`."""
    if value is None:
        return "None"
    if isinstance(value, type):
        return f"the class {value.__qualname__}"
    kind = f"{type(value).__module__}.{type(value).__qualname__}".removeprefix("builtins.")
    article = "an" if kind[0] in "aeiou" else "a"
    return f"{article} {kind}"
