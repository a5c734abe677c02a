"""Where the browser part of a page lies: beside what JupyterLab loads."""

from __future__ import annotations

from pathlib import Path

from ..errors import GradLensError

_FOLDER = "static/standalone"
PAGE = "page.html"
"""The page with places for its contents: `{{title}}`, `{{pictures}}`, `{{data}}`."""
ENGINE = "engine.js.gz"
"""The engine's worker."""


def asset(name: str) -> Path:
    """Return the path of a file that pages are made of.

    Raises:
        GradLensError: GradLens is installed without its browser part.
    """
    beside = Path(__file__).parents[1] / "labextension" / _FOLDER / name
    if beside.is_file():
        return beside
    installed = _installed(f"labextensions/gradlens/{_FOLDER}/{name}")
    if installed is not None:
        return installed
    raise GradLensError(
        "The browser part of GradLens is not installed here, without which no page can be "
        "written: install it with pip from a wheel, or run “npm run build” in its sources."
    )


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
