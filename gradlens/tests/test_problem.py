"""A file that is missing or unreadable, in a notebook: one sentence, and the notebook goes on."""

import sys
from types import SimpleNamespace

import pytest
from PIL import Image

import gradlens
from gradlens._output import problem
from gradlens.errors import MissingFileError, UnreadableFileError


@pytest.fixture
def notebook(monkeypatch):
    monkeypatch.setitem(
        sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: SimpleNamespace(user_ns={}))
    )


def test_a_missing_model_is_displayed_not_raised(notebook, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = gradlens.show("<none>.keras", "test.png")
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/plain"].startswith("GradLens: ")
    assert "<none>.keras" in bundle["text/plain"]
    assert 'role="alert"' in bundle["text/html"]
    assert "&lt;none&gt;.keras" in bundle["text/html"]


@pytest.mark.parametrize("broken", ["text.npz", "half.jpg"])
def test_an_unreadable_picture_is_displayed_not_raised(notebook, folder, broken):
    Image.new("RGB", (64, 64)).save("whole.jpg")
    (folder / "half.jpg").write_bytes((folder / "whole.jpg").read_bytes()[:400])
    (folder / "text.npz").write_text("not a picture")
    for image in [broken, ["whole.jpg", broken]]:
        shown = gradlens.show("model.h5", image)
        assert broken in shown._repr_mimebundle_()["text/plain"]


def test_unreadable_labels_are_displayed_not_raised(notebook, folder):
    (folder / "labels.json").write_text("{")
    Image.new("RGB", (8, 8)).save("a.png")
    shown = gradlens.show("model.h5", "a.png", labels="labels.json")
    assert "labels.json" in shown._repr_mimebundle_()["text/plain"]


def test_a_wrong_argument_is_raised_in_a_notebook_too(notebook):
    with pytest.raises(gradlens.GradLensError):
        gradlens.show("model.h5", "test.png", score="loss")


def test_plain_python_gets_the_exception(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MissingFileError):
        gradlens.show("none.keras", "test.png")
    (tmp_path / "model.h5").write_bytes(b"")
    (tmp_path / "text.png").write_text("not a picture")
    with pytest.raises(UnreadableFileError):
        gradlens.show("model.h5", "text.png")


def test_without_ipython_we_are_in_no_notebook(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    assert not problem.in_notebook()
