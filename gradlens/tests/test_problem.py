"""A missing file in a notebook: one sentence, and the notebook goes on."""

import sys
from types import SimpleNamespace

import pytest

import gradlens
from gradlens._output import problem
from gradlens.errors import MissingFileError


@pytest.fixture
def notebook(monkeypatch):
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: object()))


def test_a_missing_model_is_displayed_not_raised(notebook, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = gradlens.show("<none>.keras", "test.png")
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/plain"].startswith("GradLens: ")
    assert "<none>.keras" in bundle["text/plain"]
    assert 'role="alert"' in bundle["text/html"]
    assert "&lt;none&gt;.keras" in bundle["text/html"]


def test_a_wrong_argument_is_raised_in_a_notebook_too(notebook):
    with pytest.raises(gradlens.GradLensError):
        gradlens.show("model.h5", "test.png", score="loss")


def test_plain_python_gets_the_exception(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MissingFileError):
        gradlens.show("none.keras", "test.png")


def test_without_ipython_we_are_in_no_notebook(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    assert not problem.in_notebook()
