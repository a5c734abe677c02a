"""The lessons' files are what examples/make_lessons.py makes, and notebooks ask what is checked."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from gradlens.lessons import FILES

SCRIPT = Path(__file__).parents[3] / "examples" / "make_lessons.py"
NOTEBOOKS = sorted(FILES.glob("*.ipynb"))


@pytest.mark.skipif(
    find_spec("tensorflow") is None or not SCRIPT.is_file(), reason="takes Keras, and the sources"
)
def test_the_script_still_makes_them() -> None:
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_as_it_came(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    (module,) = set(re.findall(r"from gradlens\.lessons import (\w+) as check", path.read_text()))
    checks = importlib.import_module(f"gradlens.lessons.{module}")
    called = {name for cell in code for name in re.findall(r"check\.(\w+)\(", source(cell))}
    own = {
        name
        for name, value in vars(checks).items()
        if callable(value) and getattr(value, "__module__", "") == checks.__name__
    }
    helpers = {"picture", "correlated"}
    assert called == {name for name in own if not name.startswith("_")} - helpers
    for cell in code:
        # What is asked is open, and what is checked has a cell of its own.
        if cell["id"].startswith("answer-"):
            assert "..." in source(cell)
        assert ("check." in source(cell)) == cell["id"].startswith("check-")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_finds_what_it_names(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:pictures|models|training|shapes)/[\w-]*(?:\.\w+)?", text))
    assert named
    for name in named - {"training/"}:
        if not name.startswith("my-"):
            assert (FILES / name).exists(), name
    for link in re.findall(r"\]\((\d-[\w-]+\.ipynb)\)", text):
        assert (FILES / link).is_file(), link


def source(cell: dict[str, list[str]]) -> str:
    return "".join(cell["source"])
