"""The object that `show` and `heatmap` return, and that a notebook displays."""

from __future__ import annotations

import base64
import contextvars
import sys
from typing import Any

from .._model.fingerprint import Fingerprint
from .payload import MIME_TYPE, check

PATIENCE = 0.25
"""Seconds that a cell waits at most for the fingerprint of its model file."""


class View:
    """A GradLens view: displayed by JupyterLab as a live view, elsewhere as a PNG.

    Args:
        payload: What the browser gets, as in payload-v1.schema.json.
        png: The picture for places that cannot run the live view; None: there is none.
        text: The line for places that cannot show pictures.
        fingerprint: Of the model file; it goes into the payload when it is found.
    """

    def __init__(
        self,
        payload: dict[str, Any],
        png: bytes | None,
        text: str,
        fingerprint: Fingerprint | None = None,
    ) -> None:
        check(payload)
        self._fingerprint = fingerprint
        self._payload = payload
        self._png = png
        self._text = text

    @property
    def id(self) -> str:
        """Identity of the view; the same however often it is displayed."""
        return str(self._payload["id"])

    @property
    def payload(self) -> dict[str, Any]:
        """What the browser gets, as in payload-v1.schema.json."""
        self._settle(None)
        return self._payload

    def as_output(self) -> tuple[dict[str, Any], str | None, dict[str, Any] | None, str]:
        """Return payload, picture (base64 PNG), metadata and one line, for a page."""
        return self.payload, self._base64(), None, self._text.removeprefix("GradLens: ")

    def __repr__(self) -> str:
        return self._text

    def _settle(self, seconds: float | None) -> bool:
        """Put the fingerprint into the payload, if it is found in time; return whether it is."""
        if self._fingerprint is None:
            return True
        if not self._fingerprint.wait(seconds):
            return False
        value, self._fingerprint = self._fingerprint.value, None
        if value is not None:
            self._payload["model"]["fingerprint"] = value
        return True

    def _ipython_display_(self) -> None:
        # A large file: the view is shown now, and sent again with the fingerprint.
        publisher = _publisher()
        fingerprint = self._fingerprint
        if publisher is None or fingerprint is None or self._settle(PATIENCE):
            raise NotImplementedError  # IPython then displays the MIME bundle.
        transient = {"display_id": self.id}
        publisher.publish(self._bundle(), {}, transient=transient)
        # The message belongs to the cell that runs now, not to one that runs later.
        context = contextvars.copy_context()

        def send_again() -> None:
            self._settle(None)
            publisher.publish(self._bundle(), {}, transient=transient, update=True)

        fingerprint.then(lambda: context.run(send_again))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        self._settle(PATIENCE)
        bundle = self._bundle()
        if include:
            bundle = {key: value for key, value in bundle.items() if key in include}
        if exclude:
            bundle = {key: value for key, value in bundle.items() if key not in exclude}
        return bundle

    def _bundle(self) -> dict[str, Any]:
        bundle = {MIME_TYPE: self._payload, "text/plain": self._text}
        png = self._base64()
        if png is not None:
            bundle["image/png"] = png
        return bundle

    def _base64(self) -> str | None:
        return None if self._png is None else base64.b64encode(self._png).decode("ascii")


def _publisher() -> Any:
    """Return what displays in a notebook; None outside."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "display_pub", None) if hasattr(shell, "kernel") else None


def new_id() -> str:
    """Make an identity for a new view."""
    import uuid

    return uuid.uuid4().hex
