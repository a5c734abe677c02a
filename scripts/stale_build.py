"""Keeps `pip install .` from packing a browser part that is older than its sources.

The build hook of hatch-jupyter-builder, which runs after this one, builds only
what is not there: a stale build is taken out of its way.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = "gradlens/labextension/package.json"

SOURCES = (
    "src",
    "style",
    "schema",
    "package.json",
    "tsconfig.json",
    "webpack.config.js",
    "install.json",
)

STALE = "gradlens/labextension is older than its sources: building it again."


def is_stale(root: Path) -> bool:
    """Whether a source of the browser part is younger than what was built of it."""
    built = root / BUILT
    if not built.exists():
        return False
    made = built.stat().st_mtime
    files = (file for name in SOURCES for file in [root / name, *(root / name).rglob("*")])
    return any(
        file.is_file() and ".spec." not in file.name and file.stat().st_mtime > made
        for file in files
    )


class StaleBuildHook(BuildHookInterface):
    """Removes the mark of a stale build, so that the next hook builds anew."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before anything is packed."""
        # As hatch-jupyter-builder: whoever says so has built it themselves.
        if os.environ.get("SKIP_JUPYTER_BUILDER"):
            return
        root = Path(self.root)
        if is_stale(root):
            self.app.display_info(STALE)
            (root / BUILT).unlink()
