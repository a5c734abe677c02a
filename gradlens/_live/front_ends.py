"""The pages that show this kernel's views, each of which opens one comm.

src/session/python/ is the other half. Where the kernel has subshells, their messages come in
on threads of their own, so that a cell can wait for what a page computes.
"""

from __future__ import annotations

import contextvars
import threading
import weakref
from typing import Any

from .._shared.kernel import comm_manager
from .._shared.nulls import from_page, to_page
from .live import Live, changed

TARGET = "gradlens:view"

_views: weakref.WeakValueDictionary[str, Live] = weakref.WeakValueDictionary()
_pages: dict[str, FrontEnd] = {}
_answers: dict[str, Answer] = {}


class Answer:
    """What comes back of a question to a page."""

    def __init__(self) -> None:
        self.is_heard = False
        """True after a sign of life, until it is looked at."""
        self.said: dict[str, Any] | None = None
        """How the page ended its work, if it did: an `answer`, or that it `failed`."""
        self.parts: dict[tuple[int, int], bytes] = {}
        """Bytes of the arrays, by array and offset."""


class FrontEnd:
    """One page of a browser that shows views of this kernel.

    Args:
        comm: As the page opened it.
        page: Identity of the page, the same when it opens its comm again.
    """

    def __init__(self, comm: Any, page: str) -> None:
        self.page = page
        self.thread = threading.current_thread()
        self._comm = comm
        # What the page answers goes where the last message to it came from (ipykernel 7.4): from
        # a running cell that would be the main shell, which hears nothing until the cell ends.
        self._context = contextvars.copy_context()

    def send(self, data: dict[str, Any]) -> None:
        """Say something to the page; nothing comes back where it is gone."""
        self._context.copy().run(self._comm.send, to_page(data))

    @property
    def hears_running_cells(self) -> bool:
        """True if its messages come in while the caller's cell runs."""
        return self.thread is not threading.current_thread()


def listen(live: Live) -> None:
    """Let pages find a view, where a kernel runs."""
    manager = comm_manager()
    if manager is not None:
        _views[live.view] = live
        manager.register_target(TARGET, _on_open)


def question(ask: str) -> Answer:
    """Begin to collect what comes back of a question."""
    _answers[ask] = Answer()
    return _answers[ask]


def forget(ask: str) -> None:
    """End that: nobody waits for it any more."""
    _answers.pop(ask, None)


def _on_open(comm: Any, message: dict[str, Any]) -> None:
    data = message["content"]["data"]
    front_end = FrontEnd(comm, str(data.get("page", "")))

    def on_message(message: dict[str, Any]) -> None:
        said = from_page(message["content"]["data"])
        _hear(front_end, said, message.get("buffers") or [])

    def on_close(_: dict[str, Any]) -> None:
        _part(front_end)

    # Not on_msg, whose callers run what IPython does before and after a cell: in another thread,
    # in the middle of one that may be drawing.
    comm.handle_msg = on_message
    comm.on_close(on_close)
    before = _pages.get(front_end.page)
    if before is not None:
        _part(before)
    _pages[front_end.page] = front_end
    _show(front_end, data.get("views") or [])


def _part(front_end: FrontEnd) -> None:
    if _pages.get(front_end.page) is front_end:
        del _pages[front_end.page]
    for live in list(_views.values()):
        live.gone(front_end)


def _show(front_end: FrontEnd, views: list[str]) -> None:
    known = [view for view in views if view in _views]
    front_end.send({"type": "known", "views": known})
    for live in list(_views.values()):
        if live.view in known:
            live.shown(front_end)
        else:
            live.gone(front_end)


def _hear(front_end: FrontEnd, said: dict[str, Any], buffers: list[Any]) -> None:
    kind = said.get("type")
    live = _views.get(str(said.get("view")))
    answer = _answers.get(str(said.get("ask")))
    if kind == "views":
        _show(front_end, said["views"])
    elif kind == "state" and live is not None:
        live.told(front_end, said["state"], int(said["revision"]), said.get("names"))
    elif kind == "used" and live is not None:
        live.used(front_end)
    elif answer is not None:
        with changed:
            answer.is_heard = True
            if kind == "part":
                answer.parts[int(said["tensor"]), int(said["offset"])] = bytes(buffers[0])
            elif kind in ("answer", "output", "failed"):
                answer.said = said
            changed.notify_all()
