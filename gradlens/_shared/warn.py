"""Warnings that point at the caller's line, however deep inside the package they arise."""

from __future__ import annotations

import os
import sys
import warnings

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


def warn(text: str) -> None:
    """Warn with a UserWarning at the first frame that is not the package's own code."""
    # Python 3.12 has skip_file_prefixes for this.
    depth, frame = 1, sys._getframe(1)
    while frame.f_back is not None and _is_own(frame.f_code.co_filename):
        depth, frame = depth + 1, frame.f_back
    warnings.warn(text, stacklevel=depth + 1)


def _is_own(path: str) -> bool:
    inside = path.startswith(PACKAGE)
    return inside and not path.startswith(os.path.join(PACKAGE, "tests"))
