"""What a cell shows in place of a view when a file is not there."""

from __future__ import annotations

import sys
from html import escape
from typing import Any


class Problem:
    """One sentence on what is missing and what to do; displayed, not raised.

    Args:
        message: The sentence.
    """

    def __init__(self, message: str) -> None:
        self.message = message

    def __repr__(self) -> str:
        return f"GradLens: {self.message}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        html = f'<div class="jp-GradLens-problem" role="alert">{escape(self.message)}</div>'
        return {"text/html": html, "text/plain": repr(self)}


def in_notebook() -> bool:
    """Tell whether an IPython shell runs us: without importing it where it is not."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and ipython.get_ipython() is not None
