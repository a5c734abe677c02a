"""Pages of a browser that threads of a test play."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from gradlens._live import front_ends

MAP = np.arange(6, dtype="<f4").reshape(2, 3)
PLANES = np.arange(24, dtype="<f4").reshape(4, 2, 3)

HEAD = {
    "model": "model.h5",
    "fingerprint": {"size": 0, "hash": "0" * 64},
    "image": 0,
    "imageName": "image 1",
    "layer": "conv1",
    "method": "grad-cam",
    "score": "logit",
    "target": None,
    "classIndex": 1,
    "className": "tank",
    "value": 2.5,
    "output": "head",
    "convention": None,
    "inputSize": [32, 24],
    "slices": None,
    "covered": [0, 0, 1, 1],
    "backend": "wasm",
    "notices": [],
    "tensors": [{"name": "map", "shape": [2, 3]}, {"name": "planes", "shape": [4, 2, 3]}],
}


class Page:
    """Plays a page of a browser: what the kernel sends goes to a thread of its own."""

    def __init__(self, targets: dict[str, Any], views: list[str], name: str = "page") -> None:
        self.heard: list[dict[str, Any]] = []
        self.answers: Callable[[Page, dict[str, Any]], None] = lambda page, said: None
        self.on_main = False
        self._closed: Callable[[dict[str, Any]], None] | None = None
        message = {"content": {"data": {"page": name, "views": views}}}
        self.in_thread(lambda: targets[front_ends.TARGET](self, message))

    # What the kernel uses of a comm.
    def send(self, data: dict[str, Any]) -> None:
        self.heard.append(data)
        threading.Thread(target=self.answers, args=(self, data)).start()

    def on_close(self, callback: Callable[[dict[str, Any]], None]) -> None:
        self._closed = callback

    def handle_msg(self, message: dict[str, Any]) -> None:
        raise AssertionError("the kernel puts its own in place of this")

    # What the page does.
    def in_thread(self, what: Callable[[], None]) -> None:
        thread = threading.Thread(target=what)
        thread.start()
        thread.join()

    def says(self, buffers: list[bytes] | None = None, **data: Any) -> None:
        self.in_thread(
            lambda: self.handle_msg({"content": {"data": data}, "buffers": buffers or []})
        )

    def closes(self) -> None:
        assert self._closed is not None
        self._closed({})

    def told(self, kind: str) -> list[dict[str, Any]]:
        return [said for said in self.heard if said["type"] == kind]


def answering(
    head: dict[str, Any] | None = HEAD, part: int = 1 << 22
) -> Callable[[Page, dict[str, Any]], None]:
    """A page that has a result, of which it sends `part` bytes at once."""
    values = {0: MAP.tobytes(), 1: PLANES.tobytes()}

    def answer(page: Page, said: dict[str, Any]) -> None:
        if said["type"] == "ask":
            page.says(type="answer", ask=said["ask"], result=head and {**head})
        if said["type"] == "next":
            offset = said["offset"]
            content = values[said["tensor"]][offset : offset + part]
            name = {"ask": said["ask"], "tensor": said["tensor"], "offset": offset}
            page.says([content], type="part", **name)

    return answer
