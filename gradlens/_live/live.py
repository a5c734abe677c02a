"""What Python knows of a view that pages show."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .front_ends import FrontEnd

changed = threading.Condition()
"""Guards all that pages change from other threads, and wakes who waits for them."""


class Live:
    """The state of one view, as the page told it last or Python set it since.

    Args:
        view: Identity of the view.
        state: How it begins, in the payload's words.
    """

    def __init__(self, view: str, state: dict[str, Any]) -> None:
        self.view = view
        self.state = dict(state)
        self.front_ends: list[FrontEnd] = []
        """The pages that show the view, the one last used last."""
        self.names: dict[str, Any] | None = None
        """What its properties can name, once a page has opened the model."""
        self.is_displayed = False
        self._unsaid: dict[str, Any] = {}
        self._revision = 0

    def set(self, changes: dict[str, Any]) -> None:
        """Set properties, here and in each page that shows the view."""
        with changed:
            self._revision += 1
            self.state.update(changes)
            self._unsaid.update(changes)
            front_ends = list(self.front_ends)
        for front_end in front_ends:
            self._send(front_end, changes)

    def told(
        self,
        front_end: FrontEnd,
        state: dict[str, Any],
        revision: int,
        names: dict[str, Any] | None = None,
    ) -> None:
        """Take what a page says; what it said before it heard Python's last word is too old."""
        with changed:
            self.names = names or self.names
            if revision < self._revision:
                return
            self._unsaid = {}
            self.state = state
            self.used(front_end)

    def shown(self, front_end: FrontEnd) -> None:
        """Take in a page that shows the view; it hears what was set before it could."""
        with changed:
            if front_end in self.front_ends:
                return
            self.front_ends.append(front_end)
            unsaid = dict(self._unsaid)
            changed.notify_all()
        if unsaid:
            self._send(front_end, unsaid)

    def gone(self, front_end: FrontEnd) -> None:
        """Let go of a page that shows the view no more."""
        with changed:
            if front_end in self.front_ends:
                self.front_ends.remove(front_end)
                changed.notify_all()

    def used(self, front_end: FrontEnd) -> None:
        """Make this page the one that answers."""
        with changed:
            if front_end in self.front_ends:
                self.front_ends.remove(front_end)
                self.front_ends.append(front_end)

    def _send(self, front_end: FrontEnd, state: dict[str, Any]) -> None:
        front_end.send(
            {"type": "set", "view": self.view, "state": state, "revision": self._revision}
        )
