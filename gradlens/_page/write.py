"""Writes a page: everything that it shows lies in it, as data that no browser takes for markup."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

from .assets import ENGINE, PAGE, asset
from .contents import PageFile, PageView

_PART = 3 << 20
"""Bytes of a file in one element: what a browser decodes at a time."""


class Page:
    """A page, not yet written: its size is known first.

    Args:
        title: Its heading.
        views: What it shows.
        files: What it carries of models and pictures; the engine goes with them.
    """

    def __init__(self, title: str, views: list[PageView], files: list[PageFile]) -> None:
        self._files = [(file, file.source.stat().st_size) for file in files]
        self._engine = asset(ENGINE).read_bytes() if files else None
        before, rest = asset(PAGE).read_text(encoding="utf-8").split("{{pictures}}", 1)
        between, after = rest.split("{{data}}", 1)
        before = before.replace("{{title}}", escape(title))
        self._head = f"{before}{_pictures(views)}{between}{self._data(title, views)}".encode()
        self._tail = after.encode()

    @property
    def size(self) -> int:
        """Bytes of the page."""
        return sum(len(part) for part in self._small_parts()) + sum(
            _base64_length(size) + len(_opening(index)) + len(_CLOSING)
            for index, (_, total) in enumerate(self._files)
            for size in _part_sizes(total)
        )

    @property
    def engine_size(self) -> int:
        """Bytes that the engine takes in the page; 0 without one."""
        return 0 if self._engine is None else _base64_length(len(self._engine))

    @property
    def file_sizes(self) -> list[tuple[str, int]]:
        """Names of the files that it carries, and their bytes."""
        return [(os.path.basename(file.path), size) for file, size in self._files]

    def parts(self) -> Iterator[bytes]:
        """Give the page, part by part."""
        yield self._head
        yield from self._engine_parts()
        for index, (file, _) in enumerate(self._files):
            yield from _file_parts(index, file.source)
        yield self._tail

    def write(self, out: BinaryIO) -> None:
        """Write it into an open file."""
        for part in self.parts():
            out.write(part)

    def _small_parts(self) -> Iterator[bytes]:
        yield self._head
        yield from self._engine_parts()
        yield self._tail

    def _engine_parts(self) -> Iterator[bytes]:
        if self._engine is not None:
            yield b'<script type="text/plain" id="gradlens-engine">'
            yield base64.b64encode(self._engine)
            yield _CLOSING

    def _data(self, title: str, views: list[PageView]) -> str:
        from .. import __version__

        data: dict[str, Any] = {
            "title": title,
            "version": __version__,
            "views": [_view_json(view) for view in views],
            "files": [{"path": file.path, "size": size} for file, size in self._files],
        }
        return f'<script type="application/json" id="gradlens-page">{script_json(data)}</script>\n'


def script_json(data: Any) -> str:
    """Write JSON that may stand in a script element: nothing in it ends the element."""
    return json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")


def _view_json(view: PageView) -> dict[str, Any]:
    data: dict[str, Any] = {"payload": view.payload}
    if view.metadata:
        data["metadata"] = view.metadata
    if view.picture:
        data["picture"] = view.picture
    return data


def _pictures(views: list[PageView]) -> str:
    """Return what is seen where no scripts run."""
    return "".join(
        f'<figure><img src="data:image/png;base64,{escape(view.picture)}" alt="">'
        f"<figcaption>{escape(view.text)}</figcaption></figure>"
        for view in views
        if view.picture
    )


_CLOSING = b"</script>\n"


def _opening(index: int) -> bytes:
    return f'<script type="text/plain" data-gradlens-file="{index}">'.encode()


def _file_parts(index: int, source: Path) -> Iterator[bytes]:
    with open(source, "rb") as file:
        while part := file.read(_PART):
            yield _opening(index)
            yield base64.b64encode(part)
            yield _CLOSING


def _part_sizes(total: int) -> Iterator[int]:
    for start in range(0, total, _PART):
        yield min(_PART, total - start)


def _base64_length(count: int) -> int:
    return 4 * ((count + 2) // 3)
