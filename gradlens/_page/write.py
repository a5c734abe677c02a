"""Writes a page: everything that it shows lies in it, as data that no browser takes for markup."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

from .assets import ENGINE, PAGE, SCRIPT, STYLES, asset, text
from .contents import PageFile, PageView

_PART = 3 << 20
"""Bytes of a file in one element: what a browser decodes at a time."""


_LISTED = 3
"""Pictures that are named one by one; of more, only their number."""


class Carried:
    """What goes along with views: their data, the files that they need, and the engine with them.

    Args:
        title: The page's heading.
        views: What is shown.
        files: Models and pictures.
    """

    def __init__(self, title: str, views: list[PageView], files: list[PageFile]) -> None:
        self._files = [(file, file.source.stat().st_size) for file in files]
        self._engine = asset(ENGINE).read_bytes() if files else None
        self._data = _data(title, views, files).encode()

    @property
    def size(self) -> int:
        """Bytes of it."""
        return (
            len(self._data)
            + sum(len(part) for part in self._engine_parts())
            + sum(
                _base64_length(size) + len(_opening(index)) + len(_CLOSING)
                for index, (_, total) in enumerate(self._files)
                for size in _part_sizes(total)
            )
        )

    @property
    def engine_size(self) -> int:
        """Bytes that the engine takes in the page; 0 without one."""
        return 0 if self._engine is None else _base64_length(len(self._engine))

    @property
    def file_sizes(self) -> list[tuple[str, int]]:
        """Names of the files that it carries, and their bytes; of many pictures, their number."""
        pictures = [size for file, size in self._files if file.is_picture]
        is_long = len(pictures) > _LISTED
        named = [
            (os.path.basename(file.path), size)
            for file, size in self._files
            if not (is_long and file.is_picture)
        ]
        return [*named, (f"{len(pictures)} pictures", sum(pictures))] if is_long else named

    def parts(self) -> Iterator[bytes]:
        """Give it, part by part."""
        yield self._data
        yield from self._engine_parts()
        for index, (file, _) in enumerate(self._files):
            yield from _file_parts(index, file.source)

    def _engine_parts(self) -> Iterator[bytes]:
        if self._engine is not None:
            yield b'<script type="text/plain" id="gradlens-engine">'
            yield base64.b64encode(self._engine)
            yield _CLOSING


class Page:
    """A page, not yet written: its size is known first. Arguments as of `Carried`."""

    def __init__(self, title: str, views: list[PageView], files: list[PageFile]) -> None:
        self.carried = Carried(title, views, files)
        before, after = text(PAGE).split("{{data}}", 1)
        parts = {
            "title": escape(title),
            "pictures": "".join(map(_figure, views)),
            **{name: text(name) for name in (*STYLES, SCRIPT)},
        }
        self._before = _filled(before, parts)
        self._after = _filled(after, parts)

    @property
    def size(self) -> int:
        """Bytes of the page."""
        return len(self._before) + self.carried.size + len(self._after)

    def parts(self) -> Iterator[bytes]:
        """Give the page, part by part."""
        yield self._before
        yield from self.carried.parts()
        yield self._after

    def write(self, out: BinaryIO) -> None:
        """Write it into an open file."""
        for part in self.parts():
            out.write(part)


def _filled(template: str, parts: dict[str, str]) -> bytes:
    """Fill the places of a template; what is put in has none, whatever it says."""
    import re

    return re.sub(r"\{\{([\w.]+)\}\}", lambda place: parts[place[1]], template).encode()


def _data(title: str, views: list[PageView], files: list[PageFile]) -> str:
    from .. import __version__

    data: dict[str, Any] = {
        "title": title,
        "version": __version__,
        "views": [_view_json(view) for view in views],
        "files": [{"path": file.path, "size": file.source.stat().st_size} for file in files],
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


def picture(view: PageView) -> str:
    """Return the element that shows a view where no scripts run; empty without a picture."""
    if not view.picture:
        return ""
    return f'<img src="data:image/png;base64,{escape(view.picture)}" alt="{escape(view.text)}">'


def _figure(view: PageView) -> str:
    return f"<figure>{picture(view)}<figcaption>{escape(view.text)}</figcaption></figure>"


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
