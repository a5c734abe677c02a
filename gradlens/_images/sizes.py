"""How large pictures may be that the notebook stores whole, though they lie in files."""

from __future__ import annotations

SMALL_PICTURE = 8_000
"""Bytes of a picture that is stored whole, file or not: its preview would not be smaller."""

WHOLE_BYTES = 200_000
"""Of the PNG of a single picture that is stored whole, so that the notebook needs no file."""
