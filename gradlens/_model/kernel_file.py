"""Model files that Jupyter does not serve, sent to the browser by the kernel.

The browser asks over a comm, part by part, for files that `show` was given in
this kernel, and for no others.
"""

from __future__ import annotations

import os
from typing import Any

from .._shared.files import notebook_folder
from .._shared.kernel import comm_manager

TARGET = "gradlens:file"

MAX_PART = 4 * 1024 * 1024
"""Bytes of one answer: more would fill the queue between kernel and browser."""

_offered: set[str] = set()


def offer(path: str) -> None:
    """Let the browser read a file, if it asks.

    Args:
        path: As in the payload: relative to the notebook's folder, or absolute.
    """
    manager = comm_manager()
    if manager is None:
        return
    _offered.add(_real(path))
    manager.register_target(TARGET, _on_open)


def _real(path: str) -> str:
    return os.path.realpath(os.path.join(notebook_folder(), path))


def _on_open(comm: Any, message: dict[str, Any]) -> None:
    path = _real(str(message["content"]["data"].get("path", "")))

    def on_message(message: dict[str, Any]) -> None:
        comm.send(*_part(path, message["content"]["data"]))

    comm.on_msg(on_message)
    comm.send(_about(path))


def _about(path: str) -> dict[str, Any]:
    if path not in _offered:
        return {"error": "it was not given to gradlens.show() since the kernel started"}
    try:
        found = os.stat(path)
    except OSError as error:
        return {"error": error.strerror or str(error)}
    return {"path": path, "size": found.st_size, "mtime": found.st_mtime_ns}


def _part(path: str, asked: dict[str, Any]) -> tuple[dict[str, Any], None, list[bytes]]:
    about = _about(path)
    offset, length = int(asked["offset"]), min(int(asked["length"]), MAX_PART)
    about["offset"] = offset
    if "error" in about:
        return about, None, []
    try:
        with open(path, "rb") as file:
            file.seek(offset)
            return about, None, [file.read(length)]
    except OSError as error:
        return {"error": error.strerror or str(error), "offset": offset}, None, []
