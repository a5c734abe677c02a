"""Where the browser part of a page lies: beside what JupyterLab loads."""

from __future__ import annotations

from pathlib import Path

from ..errors import GradLensError

_FOLDER = "static/standalone"
BESIDE = Path(__file__).parents[1] / "labextension" / _FOLDER
"""Where it is in a source tree."""
PAGE = "page.html"
"""A page with places, `{{name}}`, for the files below and for what it shows."""
SCRIPT = "viewer.js"
STYLES = ("theme.css", "page.css", "viewer.css")
"""The variables of a theme, what is around views, and views."""
ENGINE = "engine.js.gz"
"""The engine's worker."""


def asset(name: str) -> Path:
    """Return the path of a file that pages are made of.

    Raises:
        GradLensError: GradLens is installed without its browser part.
    """
    beside = BESIDE / name
    if beside.is_file():
        return beside
    installed = _installed(f"labextensions/gradlens/{_FOLDER}/{name}")
    if installed is not None:
        return installed
    raise GradLensError(
        "The browser part of GradLens is not installed here, without which no page can be "
        "written: install it with pip from a wheel, or run “npm run build” in its sources."
    )


def text(name: str) -> str:
    """Return what a file says that pages are made of.

    Raises:
        GradLensError: as `asset`.
    """
    return asset(name).read_text(encoding="utf-8")


def _installed(ending: str) -> Path | None:
    """Return a file of the installed package: data files lie where pip's record says."""
    from importlib import metadata

    try:
        files = metadata.files("gradlens") or []
    except metadata.PackageNotFoundError:
        return None
    for file in files:
        if file.as_posix().endswith(ending):
            path = Path(str(file.locate()))
            return path if path.is_file() else None
    return None
