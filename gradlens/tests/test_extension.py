"""The browser part, where the package is installed in this environment."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

INSTALLED = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / "gradlens"

pytestmark = pytest.mark.skipif(
    not (INSTALLED / "package.json").is_file(), reason="the extension is not installed here"
)


def test_jupyterlab_lists_it_as_enabled_and_ok() -> None:
    pytest.importorskip("jupyterlab")
    ran = subprocess.run(
        [sys.executable, "-m", "jupyter", "labextension", "list"],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = re.sub(r"\x1b\[[0-9;]*m", "", ran.stdout + ran.stderr).splitlines()
    assert [line.split()[2:4] for line in lines if line.strip().startswith("gradlens v")] == [
        ["enabled", "OK"]
    ]


def test_versions_of_python_and_browser_are_the_same() -> None:
    import gradlens

    if gradlens.__version__ == "0+unknown":
        pytest.skip("this source tree was never built: its version is not written yet")
    package = json.loads((INSTALLED / "package.json").read_text(encoding="utf-8"))
    assert package["name"] == "gradlens"
    assert gradlens.__version__ == package["version"]
