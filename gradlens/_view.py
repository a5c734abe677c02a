"""The object that `show` and `heatmap` return, and that a notebook displays."""

from __future__ import annotations

import base64
from typing import Any

from ._payload import MIME_TYPE, check


class View:
    """A GradLens view: displayed by JupyterLab as a live view, elsewhere as a PNG.

    Args:
        payload: What the browser gets, as in payload-v1.schema.json.
        png: The picture for places that cannot run the live view.
        text: The line for places that cannot show pictures.
    """

    def __init__(self, payload: dict[str, Any], png: bytes, text: str) -> None:
        check(payload)
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
        return self._payload

    def __repr__(self) -> str:
        return self._text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle = {
            MIME_TYPE: self._payload,
            "image/png": base64.b64encode(self._png).decode("ascii"),
            "text/plain": self._text,
        }
        if include:
            bundle = {key: value for key, value in bundle.items() if key in include}
        if exclude:
            bundle = {key: value for key, value in bundle.items() if key not in exclude}
        return bundle


def new_id() -> str:
    """Make an identity for a new view."""
    import uuid

    return uuid.uuid4().hex
