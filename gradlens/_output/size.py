"""How much an output adds to its notebook: bounded, and said before it is much."""

from __future__ import annotations

import os
from typing import Any

from .._shared.settings import megabytes_of
from .._shared.warn import warn
from ..errors import ArgumentError
from .payload import megabytes

VARIABLE = "GRADLENS_OUTPUT_MB"
MOST_MB = 20
SAID = 5_000_000
"""Bytes from which on the size is said, unless a limit was set."""


def check_output(payload: dict[str, Any]) -> None:
    """Say how large an output is that is large, and refuse one that is too large.

    Raises:
        ArgumentError: naming the size, the limit and the ways out.
    """
    limit = megabytes_of(VARIABLE, MOST_MB)
    size = _text_bytes(payload)
    images = len(payload["images"])
    what = "The image takes" if images == 1 else f"The {images} images take"
    way = (
        "give a smaller one"
        if images == 1
        else "give the paths of PNG or JPEG files, of which the notebook keeps small previews, "
        "or fewer or smaller pictures"
    )
    if size > limit:
        raise ArgumentError(
            f"{what} {megabytes(size)} in the notebook, but an output holds at most "
            f"{megabytes(limit)}: {way}, or set the environment variable {VARIABLE}."
        )
    # A single picture is reduced before it is large.
    if images > 1 and size > SAID and not os.environ.get(VARIABLE, "").strip():
        warn(
            f"{what} {megabytes(size)} in the notebook: {way} ({VARIABLE} sets the limit, "
            f"{megabytes(limit)})."
        )


def _text_bytes(value: Any) -> int:
    """Return the bytes of the texts, next to which the rest of the JSON is small."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(_text_bytes(one) for one in value.values())
    return sum(_text_bytes(one) for one in value) if isinstance(value, list) else 0
