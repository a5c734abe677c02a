from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import gradlens

pytest.importorskip("nbconvert", reason="nbconvert comes with JupyterLab")
nbformat = pytest.importorskip("nbformat")

from gradlens.nbconvert import GradLensHTMLExporter, GradLensPreprocessor  # noqa: E402


@pytest.fixture(autouse=True)
def browser_part(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    built = tmp_path_factory.mktemp("built")
    for name in ("viewer.js", "viewer.css", "theme.css", "engine.js.gz"):
        (built / name).write_text(f"of {name}")
    monkeypatch.setattr("gradlens._page.assets.BESIDE", built)


def converted(
    folder: Path, *outputs: dict[str, Any], kept: Any = None, **options: Any
) -> tuple[str, list[dict[str, Any]]]:
    """Return the HTML of a notebook with these outputs, and the views that are live in it."""
    notebook = nbformat.v4.new_notebook()
    for data in outputs:
        output = nbformat.v4.new_output(
            "display_data", data, metadata={"gradlens": kept or {"view": {}}}
        )
        notebook.cells.append(nbformat.v4.new_code_cell("show()", outputs=[output]))
    exporter = GradLensHTMLExporter()
    for preprocessor in exporter._preprocessors:
        if isinstance(preprocessor, GradLensPreprocessor):
            for name, value in options.items():
                setattr(preprocessor, name, value)
    html, _ = exporter.from_notebook_node(
        notebook, {"metadata": {"path": str(folder), "name": "report"}}
    )
    found = re.findall(r'<script[^>]*id="gradlens-page"[^>]*>(.*?)</script>', html)
    return html, json.loads(found[0])["views"] if found else []


def test_array_is_live_and_the_rest_is_as_ever(folder: Path) -> None:
    view = gradlens.heatmap(np.eye(3))
    bundle = view._repr_mimebundle_()
    html, views = converted(folder, {"text/plain": "no view"}, bundle, bundle)
    assert [one["payload"] for one in views] == [view.payload] * 2
    assert views[0]["metadata"] == {"gradlens": {"view": {}}}
    pictured = r'data-gradlens-view="(\d)">\s*<img[^>]*src="data:image/png'
    assert re.findall(pictured, html) == ["0", "1"]
    # One viewer, behind the last place.
    assert html.count("<script>of viewer.js</script>") == 1
    assert html.index("of viewer.js") > html.index('data-gradlens-view="1"')
    assert "gradlens-engine" not in html
    assert "no view" in html


def test_model_goes_along_only_when_asked_for(folder: Path, photo: np.ndarray) -> None:
    bundle = gradlens.show("model.h5", photo)._repr_mimebundle_()
    html, views = converted(folder, bundle)
    assert views == []
    assert f"data:image/png;base64,{bundle['image/png']}" in html
    html, views = converted(folder, bundle, model=True)
    assert len(views) == 1
    assert 'id="gradlens-engine"' in html


def test_says_the_true_reason_for_a_picture(
    folder: Path, photo: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(GradLensPreprocessor, "_say", lambda _self, _view, why: said.append(why))
    bare = gradlens.show("model.h5")._repr_mimebundle_()
    for model in (False, True):
        assert converted(folder, bare, model=model)[1] == []
    assert said == ["a view without a picture has nothing to show: give show() one."] * 2
    converted(folder, gradlens.show("model.h5", photo)._repr_mimebundle_())
    assert said[2:] == ["it needs its model: --GradLensPreprocessor.model=True carries it."]


def test_view_that_keeps_what_it_found_needs_no_model(folder: Path, photo: np.ndarray) -> None:
    bundle = gradlens.show("model.h5", photo)._repr_mimebundle_()
    (folder / "model.h5").unlink()
    kept = {"results": {"version": 1}}
    for model in (False, True):
        html, views = converted(folder, bundle, kept=kept, model=model)
        assert [one["metadata"] for one in views] == [{"gradlens": kept}]
        assert "gradlens-engine" not in html


def test_nothing_but_what_the_cell_saw_goes_along(folder: Path, photo: np.ndarray) -> None:
    # A notebook from elsewhere may name any file of whoever converts it.
    (folder / "secret.txt").write_text("the secret")
    bundle = gradlens.show("model.h5", photo)._repr_mimebundle_()
    payload = bundle[gradlens.MIME_TYPE]
    for model in (
        {"path": "secret.txt", "name": "m.h5"},
        {"path": "secret.txt", "name": "m.h5", "fingerprint": {"size": 10, "hash": "0" * 64}},
        {"path": "../gone.h5", "name": "m.h5", "fingerprint": {"size": 10, "hash": "0" * 64}},
    ):
        hostile = {**bundle, gradlens.MIME_TYPE: {**payload, "model": model}}
        html, views = converted(folder, hostile, model=True)
        assert views == []
        assert "the secret" not in html
        assert "dGhlIHNlY3JldA" not in html


def test_markup_in_a_payload_stays_text(folder: Path) -> None:
    bad = "</script><script>alert(1)</script>"
    bundle = gradlens.heatmap(np.eye(3), name=bad)._repr_mimebundle_()
    bundle = {**bundle, "text/plain": f'GradLens: "{bad}'}
    html, views = converted(folder, bundle)
    assert views[0]["payload"]["name"] == bad
    assert "alert(1)</script>" not in html


@pytest.mark.parametrize("payload", [None, 3, {"kind": "model"}, {"kind": "heatmap", "tensor": 1}])
def test_broken_payload_keeps_its_picture(folder: Path, payload: Any) -> None:
    bundle = gradlens.heatmap(np.eye(3))._repr_mimebundle_()
    html, views = converted(folder, {**bundle, gradlens.MIME_TYPE: payload})
    assert views == []
    assert f"data:image/png;base64,{bundle['image/png']}" in html


def test_views_over_the_limit_stay_pictures(folder: Path) -> None:
    bundle = gradlens.heatmap(np.eye(99))._repr_mimebundle_()
    assert converted(folder, bundle, limit_mb=0.01)[1] == []
    assert len(converted(folder, bundle, limit_mb=1)[1]) == 1
