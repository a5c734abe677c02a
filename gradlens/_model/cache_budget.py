"""Keeps `gradlens-cache/` within its budget: the files unused the longest go first.

A file counts as used when `show` writes or reuses it, and when the server reads it.
What an open output of this kernel shows stays: all that was shown, less what a cell
showed before it ran again.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from typing import Any, NamedTuple

from .._output.payload import megabytes
from .._shared.kernel import shell
from .._shared.settings import megabytes_of
from .._shared.warn import warn

VARIABLE = "GRADLENS_CACHE_MB"
DEFAULT_MB = 2000

ABANDONED = 3600.0
"""Seconds after which a file that is half written is left over from a kernel that ended."""

# Nothing but what this package wrote is ever deleted.
_OURS = re.compile(r"-[0-9a-f]{16}(?P<partial>\.\d+\.partial)?\.(keras|h5)$")


class _Cached(NamedTuple):
    path: str
    size: int
    used: float


class _Run(NamedTuple):
    """One run of a cell, and the files that it showed."""

    execution: Any
    files: set[str]


_shown: dict[Any, _Run] = {}
_replaced: set[str] = set()


def use(path: str) -> None:
    """Count a file of the cache as used now, by the cell that runs."""
    with contextlib.suppress(OSError):
        # The time of change stays: by it the browser knows the file.
        os.utime(path, ns=(time.time_ns(), os.stat(path).st_mtime_ns))
    cell, execution = _running()
    run = _shown.get(cell)
    if run is None or run.execution != execution:
        _replaced.update(run.files if run else ())
        run = _shown[cell] = _Run(execution, set())
    run.files.add(os.path.realpath(path))


def prune(folder: str) -> None:
    """Delete what is too much, and say so where a saved notebook may need it.

    Files that this kernel showed in a cell that has run again since go without a word.

    Raises:
        ArgumentError: the variable `GRADLENS_CACHE_MB` is no number.
    """
    budget = megabytes_of(VARIABLE, DEFAULT_MB)
    files = sorted(_cached(folder), key=lambda file: file.used)
    kept = {path for run in _shown.values() for path in run.files}
    total = sum(file.size for file in files)
    missed: list[_Cached] = []
    for file in files:
        if total <= budget:
            break
        if file.path in kept:
            continue
        try:
            os.remove(file.path)
        except OSError:  # held by another program
            continue
        total -= file.size
        if file.path not in _replaced and ".partial." not in file.path:
            missed.append(file)
    if missed:
        files_of = "1 model" if len(missed) == 1 else f"{len(missed)} models"
        warn(
            f"gradlens-cache/ is kept within {megabytes(budget)} ({VARIABLE}): {files_of} of "
            f"{megabytes(sum(file.size for file in missed))}, unused the longest, "
            f"{'was' if len(missed) == 1 else 'were'} deleted; in a saved notebook that shows "
            f"{'it' if len(missed) == 1 else 'one of them'}, run the cell again."
        )


def _cached(folder: str) -> list[_Cached]:
    found = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            name = _OURS.search(entry.name)
            with contextlib.suppress(OSError):
                about = entry.stat()
                is_being_written = name and name["partial"] and not _is_old(about.st_mtime)
                if name and not is_being_written and entry.is_file(follow_symlinks=False):
                    used = max(about.st_atime, about.st_mtime)
                    found.append(_Cached(os.path.realpath(entry.path), about.st_size, used))
    return found


def _is_old(changed: float) -> bool:
    return time.time() - changed > ABANDONED


def _running() -> tuple[Any, Any]:
    """Return which cell runs, and its execution; an unknown cell is another at each."""
    running = shell()
    execution = getattr(running, "execution_count", None)
    kernel = getattr(running, "kernel", None)
    parent: Any = {}
    with contextlib.suppress(Exception):
        parent = kernel.get_parent("shell") if kernel else {}
    cell = (parent.get("metadata") or {}).get("cellId") if isinstance(parent, dict) else None
    return (cell or ("execution", execution)), execution
