"""Questions to the page that shows a view, which a cell waits for."""

from __future__ import annotations

import contextlib
import functools
import json
import math
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from .._shared.kernel import kernel
from ..errors import NoFrontEndError, ViewError, ViewTimeoutError
from .front_ends import FrontEnd, forget, question
from .live import Live, changed

if TYPE_CHECKING:
    import numpy as np

Found = TypeVar("Found")

APPEARS = 20.0
"""Seconds in which a page that shows a view says so."""

SILENCE = 20.0
"""Seconds without a sign of life after which a page counts as gone."""

PING = 5.0
"""Seconds between two questions whether a page still works."""


def ask(
    live: Live, wanted: list[str] | None, timeout: float | None
) -> tuple[dict[str, Any] | None, dict[str, np.ndarray]]:
    """Return what the page that was used last says of a view, once that has settled.

    Args:
        live: The view.
        wanted: Arrays to compute besides what is shown; None: no arrays at all.
        timeout: Seconds to wait in all; None: without end.

    Raises:
        NoFrontEndError: no page shows the view, or none that a running cell can hear.
        ViewError: the view says why there is nothing.
        ViewTimeoutError: it takes longer.
    """
    return _of_page(live, timeout, functools.partial(_ask, wanted=wanted))


def ask_output(live: Live, timeout: float | None) -> dict[str, Any]:
    """Return what an output that shows the same as a view would hold, once that has settled.

    It has `payload`, `metadata` with all that the browser has found, and `picture`.
    Arguments and errors as of `ask`.
    """
    return _of_page(live, timeout, _ask_output)


def ask_experiments(live: Live, timeout: float | None) -> list[dict[str, Any]]:
    """Return the experiments that were kept in a view, as src/session/python/ says them.

    Arguments and errors as of `ask`.
    """
    return _of_page(live, timeout, _ask_experiments)


def _of_page(
    live: Live, timeout: float | None, work: Callable[[Live, FrontEnd, Deadline], Found]
) -> Found:
    deadline = Deadline(timeout)
    while True:
        front_end = _front_end(live, deadline)
        try:
            return work(live, front_end, deadline)
        except _SilentError:
            # Closed without a word; another page may show the view too.
            live.gone(front_end)
            if not live.front_ends:
                raise


class _SilentError(NoFrontEndError):
    """A page gives no sign of life."""


def _ask(
    live: Live, front_end: FrontEnd, deadline: Deadline, wanted: list[str] | None
) -> tuple[dict[str, Any] | None, dict[str, np.ndarray]]:
    with _asking(live, front_end, deadline, wanted) as (asked, said):
        head = said.get("result")
        if head is None:
            return None, {}
        return head, {
            tensor["name"]: asked.array(at, tensor["shape"])
            for at, tensor in enumerate(head["tensors"])
        }


def _ask_output(live: Live, front_end: FrontEnd, deadline: Deadline) -> dict[str, Any]:
    output: dict[str, Any] = _ask_json(live, front_end, deadline, "output")
    return output


def _ask_experiments(live: Live, front_end: FrontEnd, deadline: Deadline) -> list[dict[str, Any]]:
    experiments: list[dict[str, Any]] = _ask_json(live, front_end, deadline, "experiments")
    return experiments


def _ask_json(live: Live, front_end: FrontEnd, deadline: Deadline, wanted: str) -> Any:
    with _asking(live, front_end, deadline, wanted) as (asked, said):
        return json.loads(asked.content(0, said["size"]))


@contextlib.contextmanager
def _asking(
    live: Live, front_end: FrontEnd, deadline: Deadline, wanted: list[str] | str | None
) -> Iterator[tuple[Asked, dict[str, Any]]]:
    """Ask, and give the question with what the page said."""
    asked = Asked(front_end, deadline)
    try:
        front_end.send({"type": "ask", "ask": asked.name, "view": live.view, "wanted": wanted})
        said = asked.until(lambda: asked.answer.said)
        if said["type"] == "failed":
            raise ViewError(f"The view has no result: {said['reason']}")
        yield asked, said
    finally:
        asked.end()


class Deadline:
    """The end of a wait.

    Args:
        seconds: From now; None: there is no end.
    """

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self._end = None if seconds is None else time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left, less than 0 where it is over."""
        return float("inf") if self._end is None else self._end - time.monotonic()


def _front_end(live: Live, deadline: Deadline) -> FrontEnd:
    running = kernel()
    if running is None:
        raise NoFrontEndError(
            "No page shows this view, because Python runs without a Jupyter kernel: open the "
            "notebook in JupyterLab and run the cell there, or use npm run explain (README.md)."
        )
    if not live.is_displayed:
        raise NoFrontEndError(
            "This view is not displayed yet, and the browser is what computes it: make it the last "
            "value of a cell, or call display(view) before."
        )
    if sys.platform == "emscripten":
        raise NoFrontEndError(
            "A kernel in the browser hears nothing of its views while a cell runs, so it cannot "
            "wait for one: view.state is up to date between cells; for more, run the notebook on "
            "a Jupyter server."
        )
    if not getattr(running, "_supports_kernel_subshells", False):
        raise NoFrontEndError(
            "This kernel hears nothing of its views while a cell runs: update it (pip install -U "
            '"ipykernel>=7") and restart it. view.state is up to date between cells.'
        )
    appears = min(APPEARS, deadline.left())
    with changed:
        changed.wait_for(lambda: live.front_ends, appears)
        found = list(live.front_ends)
    if not found:
        raise NoFrontEndError(
            f"No page has shown this view for {appears:.0f} seconds, and the browser computes it: "
            "keep the notebook open in JupyterLab 4.4 or later, or Notebook 7.4 or later, with "
            "GradLens installed; nbconvert and papermill have no browser."
        )
    heard = [one for one in found if one.hears_running_cells]
    if not heard:
        raise NoFrontEndError(
            "The page that shows this view is heard only between cells, because no subshell of "
            "the kernel answered it: reload the page, with JupyterLab 4.4 or later."
        )
    return heard[-1]


class Asked:
    """A question that a page works at.

    Args:
        front_end: The page.
        deadline: When the caller stops to wait.
    """

    def __init__(self, front_end: FrontEnd, deadline: Deadline) -> None:
        self.name = uuid.uuid4().hex
        self.answer = question(self.name)
        self._front_end = front_end
        self._deadline = deadline
        self._heard = time.monotonic()

    def until(self, ready: Callable[[], Found | None]) -> Found:
        """Return what `ready` gives, as soon as it does, while the page shows signs of life."""
        while True:
            pause = max(0.0, min(PING, self._deadline.left()))
            with changed:
                changed.wait_for(lambda: self.answer.is_heard, pause)
                if self.answer.is_heard:
                    self._heard, self.answer.is_heard = time.monotonic(), False
                found = ready()
            if found is not None:
                return found
            self._check_patience()

    def _check_patience(self) -> None:
        if self._deadline.left() <= 0:
            raise ViewTimeoutError(
                f"The view was not ready after {self._deadline.seconds:g} seconds: see in it what "
                "it does, or wait longer with timeout=."
            )
        silent = time.monotonic() - self._heard
        if silent > SILENCE:
            raise _SilentError(
                f"The page that shows this view has not answered for {silent:.0f} seconds: it was "
                "closed, or lost its connection. Open the notebook again and run the cell."
            )
        if silent >= PING:
            self._front_end.send({"type": "ping", "ask": self.name})

    def array(self, at: int, shape: list[int]) -> np.ndarray:
        """Return one array, of which the page sends part after part."""
        import numpy as np

        return np.frombuffer(self.content(at, 4 * math.prod(shape)), "<f4").reshape(shape)

    def content(self, at: int, size: int) -> bytearray:
        """Return the bytes of one array, or of what comes in its place."""
        content = bytearray()
        while len(content) < size:
            key = (at, len(content))
            self._front_end.send(
                {"type": "next", "ask": self.name, "tensor": at, "offset": len(content)}
            )
            content += self.until(functools.partial(self.answer.parts.pop, key, None))
        return content

    def end(self) -> None:
        """Stop the page's work, and forget the question."""
        forget(self.name)
        self._front_end.send({"type": "done", "ask": self.name})
