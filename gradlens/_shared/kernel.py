"""The IPython shell and the Jupyter kernel that run us, found without importing them."""

from __future__ import annotations

import sys
from typing import Any


def shell() -> Any:
    """Return the shell; None in a plain Python program."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def kernel() -> Any:
    """Return the kernel; None in a plain Python program, or in IPython without Jupyter."""
    return getattr(shell(), "kernel", None)


def comm_manager() -> Any:
    """Return what holds the kernel's comms; None where nobody can open one."""
    return getattr(kernel(), "comm_manager", None)
