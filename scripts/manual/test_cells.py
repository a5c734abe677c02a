"""Every Python cell of the manual and of the README runs, page by page, in order.

Needs Keras on TensorFlow, tf-keras-vis and Netron: `pytest scripts/manual` in `.venv-keras`.
What computes in the browser is played: the cells get numbers, but not those of the model.
Cells of peers that need torch (`peer=torch` beside the fence) run where it is installed.
"""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
from cells import Cell, cells_of, run
from PIL import Image
from played_browser import play

import gradlens
from gradlens import Served, View
from gradlens._live import ask, front_ends
from gradlens.lessons import FILES

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
PAGES = [page for page in DOCS if cells_of(page)]
PICTURES = ("tank_grey", "tank_blue", "field_grey", "field_blue")


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files that cells name: those of the lessons, and by Keras."""
    folder = tmp_path_factory.mktemp("cells")
    shutil.copytree(FILES, folder, dirs_exist_ok=True)
    model = keras.models.load_model(folder / "models/tank.keras")
    model.save(folder / "model.h5")
    for name in ("model_b.keras", "efficientnet.h5"):
        model.save(folder / name)
    (folder / "model.json").write_text(model.to_json())
    for name in ("model", "epoch-12"):
        model.save_weights(folder / f"{name}.weights.h5")
    Image.open(folder / "pictures/tank_grey.png").convert("RGB").save(folder / "test.jpg")
    for name, truth in zip(PICTURES, ("tank", "tank", "no tank", "no tank"), strict=True):
        (folder / "data/test" / truth).mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / f"pictures/{name}.png", folder / "data/test" / truth)
    return folder


def given(folder: Path) -> dict[str, Any]:
    """Return the names that pages take for known; views among them are displayed."""
    model = keras.models.load_model(folder / "models/tank.keras")
    model.compile("adam", "sparse_categorical_crossentropy")
    x = np.stack([np.asarray(Image.open(folder / f"pictures/{name}.png")) for name in PICTURES])
    views = [gradlens.show("model.h5", picture) for picture in x[:2]]
    for view in views:
        view._repr_mimebundle_()
    return {
        "__name__": "__main__",
        "gradlens": gradlens,
        "model": model,
        "model_a": model,
        "x": x.astype("float32"),
        "y": np.array([1, 1, 0, 0]),
        "x_test": x,
        "y_test": [1, 1, 0, 0],
        "image": x[0],
        "array": np.arange(12.0).reshape(3, 4),
        "view": views[0],
        "other": views[1],
    }


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Play a page that shows every view."""
    found: dict[str, Any] = {}
    manager = SimpleNamespace(register_target=found.__setitem__)
    monkeypatch.setattr(front_ends, "comm_manager", lambda: manager)
    kernel = SimpleNamespace(_supports_kernel_subshells=True)
    monkeypatch.setattr(ask, "kernel", lambda: kernel)
    play(monkeypatch, found)
    yield
    front_ends._pages.clear()


def test_there_are_cells() -> None:
    """An empty list of pages would pass."""
    assert len(PAGES) > 8
    assert sum(len(cells_of(page)) for page in PAGES) > 30


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_cells_run(
    page: Path, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Any
) -> None:
    """A page's cells run one after another, and show no problem."""
    shutil.copytree(files, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    names = given(tmp_path)
    skipped = []
    for cell in cells_of(page):
        words = dict(word.split("=", 1) for word in cell.words.split())
        peer = words.get("peer")
        if peer and importlib.util.find_spec(peer) is None:
            skipped.append(cell)
        elif "raises" in words:
            with pytest.raises(Exception) as caught:
                run(cell, names)
            assert words["raises"] in [one.__name__ for one in type(caught.value).__mro__]
        else:
            _shown(run(cell, names), cell)
    if skipped:
        lines = ", ".join(str(cell.line) for cell in skipped)
        print(f"{page.name}: not run, without torch: lines {lines}")
    for value in names.values():
        if isinstance(value, Served):
            value.stop()


def _shown(value: Any, cell: Cell) -> None:
    """Demand that what a cell ends with is no error, as a notebook would show it."""
    if isinstance(value, View):
        value._repr_mimebundle_()
    elif isinstance(value, Served):
        value.stop()
    assert type(value).__name__ != "Problem", f"{cell.page}:{cell.line} shows {value}"
