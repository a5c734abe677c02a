"""A model file's fingerprint: found beside the cell, which does not wait for it.

The browser finds the same of the file that it reads (src/engine/worker/read/fingerprint.ts),
so that a file written again is never taken for the one that a cell saw.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable
from typing import Any

BLOCK = 1 << 20

CHANGED = "0" * 64
"""In place of the hash of a file that changed while it was read: no file has it."""

SETTLED = 2.0
"""Seconds after which a file that is written again has another time of change for sure."""

_Stamp = tuple[tuple[str, int, int, int], ...]


class Fingerprint:
    """The fingerprint of a file, once it is found.

    Args:
        path: The model file; of a TensorFlow.js model its `model.json`.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._found = threading.Event()
        self._value: dict[str, Any] | None = None
        self._waiting: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        try:
            threading.Thread(target=self._find, name="gradlens-fingerprint", daemon=True).start()
        except RuntimeError:
            # Where there are no threads, as in a browser's Python.
            self._find()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait at most so long; return whether it is found, or cannot be."""
        return self._found.wait(seconds)

    @property
    def value(self) -> dict[str, Any] | None:
        """The payload's `fingerprint`; None before it is found, and where it cannot be."""
        return self._value

    def then(self, call: Callable[[], None]) -> None:
        """Call when it is found, from another thread."""
        with self._lock:
            if not self._found.is_set():
                self._waiting.append(call)
                return
        call()

    def _find(self) -> None:
        try:
            self._value = _fingerprint(self._path)
        except (OSError, ValueError):
            self._value = None
        with self._lock:
            self._found.set()
        for call in self._waiting:
            call()


class Fingerprints:
    """The fingerprints of several files, in their order, once all are found."""

    def __init__(self, paths: list[str]) -> None:
        self._all = [Fingerprint(path) for path in paths]

    def wait(self, seconds: float | None = None) -> bool:
        """Wait at most so long in all; return whether all are found, or cannot be."""
        end = None if seconds is None else time.monotonic() + seconds
        return all(
            one.wait(None if end is None else max(0.0, end - time.monotonic())) for one in self._all
        )

    @property
    def values(self) -> list[dict[str, Any] | None]:
        """The payload's `fingerprint` of each; None where it cannot be found."""
        return [one.value for one in self._all]

    def then(self, call: Callable[[], None]) -> None:
        """Call when all are found, from another thread."""
        missing = [one for one in self._all if not one.wait(0)]
        if missing:
            missing[0].then(lambda: self.then(call))
        else:
            call()


_known: dict[str, tuple[_Stamp, dict[str, Any]]] = {}


def _fingerprint(path: str) -> dict[str, Any]:
    files = files_of(path)
    stamp = _stamp(files)
    key = os.path.realpath(path)
    known = _known.get(key)
    if known and known[0] == stamp:
        return known[1]
    digests = [_digest(file) for file in files]
    size = sum(length for _, length, _, _ in stamp)
    if _stamp(files) != stamp:
        return {"size": size, "hash": CHANGED}
    whole = digests[0] if len(digests) == 1 else hashlib.sha256(b"".join(digests)).digest()
    value = {"size": size, "hash": whole.hex()}
    if all(time.time() - changed / 1e9 > SETTLED for _, _, changed, _ in stamp):
        _known[key] = (stamp, value)
    return value


def fingerprint_of(file: str) -> dict[str, Any]:
    """Return the fingerprint of a single file, now.

    Raises:
        OSError: it cannot be read.
    """
    return {"size": os.stat(file).st_size, "hash": _digest(file).hex()}


def files_of(path: str) -> list[str]:
    """Return a model's file and, of a TensorFlow.js model, those with its weights."""
    if not path.lower().endswith(".json"):
        return [path]
    import json

    with open(path, encoding="utf-8") as file:
        model = json.load(file)
    manifest = model.get("weightsManifest", []) if isinstance(model, dict) else []
    names = {name for group in manifest for name in group.get("paths", [])}
    return [path, *(os.path.join(os.path.dirname(path), name) for name in sorted(names))]


def _stamp(files: list[str]) -> _Stamp:
    found = [(file, os.stat(file)) for file in files]
    return tuple((file, at.st_size, at.st_mtime_ns, at.st_ino) for file, at in found)


def _digest(file: str) -> bytes:
    """Return the SHA-256 over the SHA-256 of each block: a browser can find those side by side."""
    outer = hashlib.sha256()
    with open(file, "rb", buffering=0) as opened:
        while block := _read(opened):
            outer.update(hashlib.sha256(block).digest())
    return outer.digest()


def _read(opened: Any) -> bytes:
    # An unbuffered read may give less than is asked for.
    parts = []
    missing = BLOCK
    while missing and (part := opened.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
