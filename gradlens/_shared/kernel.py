"""The Jupyter kernel that runs us, found without importing what is not there."""

from __future__ import annotations

import sys
from typing import Any


def kernel() -> Any:
    """Return the kernel; None in a plain Python program."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None)


def comm_manager() -> Any:
    """Return what holds the kernel's comms; None where nobody can open one."""
    return getattr(kernel(), "comm_manager", None)
