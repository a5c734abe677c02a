"""What a page carries: views as their outputs hold them, and the files that they name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

from .._model.fingerprint import Fingerprint, files_of, fingerprint_of
from ..errors import GradLensError, MissingFileError


class PageView(NamedTuple):
    """A view, as a notebook's output holds it."""

    payload: dict[str, Any]
    picture: str | None = None
    """Base64 PNG: what is seen where no scripts run."""
    metadata: dict[str, Any] | None = None
    text: str = ""
    """One line."""


class PageFile(NamedTuple):
    """A file that the page carries."""

    path: str
    """As the views name it."""
    source: Path
    is_picture: bool = False


def files_for(views: list[PageView], folder: str) -> list[PageFile]:
    """Return the model files and pictures that views need to compute.

    Only files that are still what their cells saw: a payload that names another file,
    however it came to, carries nothing away.

    Args:
        views: Their payloads name files relative to `folder`.
        folder: The notebook's.

    Raises:
        MissingFileError: a file is not there.
        GradLensError: a file is not the one that the cell saw.
    """
    found: dict[str, PageFile] = {}
    for view in views:
        if view.payload["kind"] != "model":
            continue
        for model in view.payload.get("models", [view.payload["model"]]):
            found.update((file.path, file) for file in _files_of_model(model, folder))
        for image in view.payload["images"]:
            if "original" in image:
                path = os.path.join(folder, image["path"])
                if "copy" in image["original"] and not os.path.isfile(path):
                    continue  # the page computes on the copy, and says so
                _check(image["path"], path, image["original"], fingerprint_of)
                found[image["path"]] = PageFile(image["path"], Path(path), is_picture=True)
    return list(found.values())


def _files_of_model(model: dict[str, Any], folder: str) -> list[PageFile]:
    path = os.path.join(folder, model["path"])
    _check(model["path"], path, model.get("fingerprint"), _fingerprint_of_model)
    named = model["path"].rpartition("/")[0]
    return [
        PageFile(f"{named}/{beside}" if named else beside, Path(file))
        for file in files_of(path)
        for beside in [os.path.relpath(file, os.path.dirname(path)).replace(os.sep, "/")]
    ]


def _fingerprint_of_model(path: str) -> dict[str, Any] | None:
    fingerprint = Fingerprint(path)
    fingerprint.wait()
    return fingerprint.value


def _check(name: str, path: str, seen: Any, find: Any) -> None:
    if not os.path.isfile(path):
        raise MissingFileError(
            f'The file "{name}" of the view is not there any more: put it back, '
            "or run its cell again."
        )
    now = find(path)
    if not seen or not now or (now["size"], now["hash"]) != (seen["size"], seen["hash"]):
        raise GradLensError(
            f'The file "{name}" is not the one that the view was made of: run its cell again.'
        )
