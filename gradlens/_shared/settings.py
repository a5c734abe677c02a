"""Settings by environment variables."""

from __future__ import annotations

import math
import os

from ..errors import ArgumentError


def megabytes_of(variable: str, default: float) -> int:
    """Return the bytes that an environment variable gives in megabytes.

    Raises:
        ArgumentError: it is no number.
    """
    text = os.environ.get(variable, "").strip()
    try:
        number = float(text) if text else default
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number >= 0):
        raise ArgumentError(
            f"The environment variable {variable}={text!r} is no number of megabytes: "
            f"set it to one, such as {default:g}, or leave it out."
        )
    return round(number * 1e6)
