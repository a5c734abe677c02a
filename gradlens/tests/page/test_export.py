from __future__ import annotations

import base64
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import gradlens
from gradlens._page import assets

TEMPLATE = (
    "<title>{{title}}</title><h1>{{title}}</h1><noscript>{{pictures}}</noscript>{{data}}<script>0"
)


@pytest.fixture(autouse=True)
def browser_part(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for what npm builds, so that these tests need no build."""
    built = tmp_path_factory.mktemp("built")
    (built / "page.html").write_text(TEMPLATE)
    for name in ("viewer.js", "viewer.css", "theme.css", "page.css"):
        (built / name).write_text("")
    (built / "engine.js.gz").write_bytes(b"the engine")
    monkeypatch.setattr("gradlens._page.assets.BESIDE", built)


def data_of(page: str) -> dict[str, Any]:
    found = re.findall(r'<script type="application/json" id="gradlens-page">(.*?)</script>', page)
    assert len(found) == 1
    return json.loads(found[0])


def files_of(page: str) -> list[bytes]:
    parts: dict[str, bytes] = {}
    for index, text in re.findall(
        r'<script type="text/plain" data-gradlens-file="(\d+)">([A-Za-z0-9+/=]*)</script>', page
    ):
        parts[index] = parts.get(index, b"") + base64.b64decode(text)
    return [parts[index] for index in sorted(parts, key=int)]


def write_model(folder: Path, size: int) -> bytes:
    content = np.random.default_rng(size).bytes(size)
    (folder / "model.h5").write_bytes(content)
    return content


def test_page_carries_view_model_engine_and_picture(folder: Path, photo: np.ndarray) -> None:
    # More than one part, and no multiple of three bytes.
    model = write_model(folder, (3 << 20) + 1)
    view = gradlens.show("model.h5", photo, labels=["a", "b"])
    gradlens.export_html(view, "page.html", model=True)
    page = (folder / "page.html").read_text()
    data = data_of(page)
    assert [one["payload"] for one in data["views"]] == [view.payload]
    assert data["files"] == [{"path": "model.h5", "size": len(model)}]
    assert files_of(page) == [model]
    assert base64.b64encode(b"the engine").decode() in page
    png = view._repr_mimebundle_()["image/png"]
    assert page.count(f"data:image/png;base64,{png}") == 1
    assert unescape(re.findall("<h1>(.*?)</h1>", page)[0]) == "model.h5 on image 1"


def test_size_is_said_and_is_that_of_the_file(
    folder: Path, photo: np.ndarray, capsys: pytest.CaptureFixture[str]
) -> None:
    write_model(folder, 4_000_000)
    view = gradlens.show("model.h5", photo)
    gradlens.export_html(view, "page.html", model=True)
    said = capsys.readouterr().out
    size = (folder / "page.html").stat().st_size
    assert f"page.html takes {size / 1e6:.1f} MB (model.h5 4.0 MB, the engine 0.0 MB)" in said


@pytest.mark.parametrize(
    ("count", "said"),
    [(3, "model.h5 0.1 MB, 0.png 0.1 MB, 1.png 0.1 MB, 2.png 0.1 MB,"), (18, "18 pictures 2.")],
)
def test_many_pictures_are_counted(
    folder: Path, capsys: pytest.CaptureFixture[str], count: int, said: str
) -> None:
    from PIL import Image

    write_model(folder, 100_000)
    pixels = np.random.default_rng(0).integers(0, 256, (200, 200, 3), "uint8")
    names = [f"{index}.png" for index in range(count)]
    for name in names:
        Image.fromarray(pixels).save(folder / name)
    gradlens.export_html(gradlens.show("model.h5", names), "page.html", model=True)
    out = capsys.readouterr().out
    assert said in out
    assert out.count(".png") == (count if count == 3 else 0)


def test_page_over_the_limit_is_not_written(folder: Path, photo: np.ndarray) -> None:
    write_model(folder, 4_000_000)
    view = gradlens.show("model.h5", photo)
    with pytest.raises(gradlens.GradLensError, match=r"over the limit of 5\.0 MB: pass limit_mb=6"):
        gradlens.export_html(view, "page.html", model=True, limit_mb=5)
    assert [path.name for path in folder.iterdir()] == ["model.h5"]
    gradlens.export_html(view, "page.html", model=True, limit_mb=6)
    assert (folder / "page.html").stat().st_size < 6e6


def test_markup_in_texts_stays_text(folder: Path, photo: np.ndarray) -> None:
    bad = "</script><script>alert(1)</script><!--{{data}}{{pictures}}"
    view = gradlens.show("model.h5", photo, labels=[bad, "b"], name=f"{bad}.h5")
    gradlens.export_html(view, "page.html", model=True, title=bad)
    page = (folder / "page.html").read_text()
    assert "alert(1)</script>" not in page
    assert data_of(page)["views"][0]["payload"]["labels"] == [bad, "b"]
    assert unescape(re.findall("<h1>(.*?)</h1>", page)[0]) == bad


def test_array_needs_no_model_and_no_engine(folder: Path) -> None:
    gradlens.export_html([gradlens.heatmap(np.eye(3)), gradlens.heatmap(np.eye(4))], "page.html")
    page = (folder / "page.html").read_text()
    assert [one["payload"]["kind"] for one in data_of(page)["views"]] == ["heatmap", "heatmap"]
    assert "gradlens-engine" not in page


def test_page_begins_as_the_view_is_now(folder: Path, photo: np.ndarray) -> None:
    view = gradlens.show("model.h5", photo, layer="conv1", opacity=0.3)
    view.set(layer="conv2", threshold=0.5)
    gradlens.export_html(view, "page.html", model=True)
    payload = data_of((folder / "page.html").read_text())["views"][0]["payload"]
    assert payload["view"] == {"layer": "conv2", "opacity": 0.3, "threshold": 0.5}


def test_two_views_share_one_model(folder: Path, photo: np.ndarray) -> None:
    views = [gradlens.show("model.h5", photo), gradlens.show("model.h5", photo[::-1])]
    gradlens.export_html(views, "page.html", model=True)
    data = data_of((folder / "page.html").read_text())
    assert (len(data["views"]), len(data["files"])) == (2, 1)


def test_pictures_in_files_go_along(folder: Path) -> None:
    from PIL import Image

    noise = np.random.default_rng(1).integers(0, 256, (90, 120, 3), dtype=np.uint8)
    for name in ("a.png", "b.png"):
        Image.fromarray(noise).save(folder / name)
    view = gradlens.show("model.h5", ["a.png", "b.png"])
    gradlens.export_html(view, "page.html", model=True)
    page = (folder / "page.html").read_text()
    assert [file["path"] for file in data_of(page)["files"]] == ["model.h5", "a.png", "b.png"]
    # The model is empty, and has no part.
    assert files_of(page) == [(folder / name).read_bytes() for name in ("a.png", "b.png")]


def test_weights_of_a_tensorflow_js_model_go_along(folder: Path, photo: np.ndarray) -> None:
    (folder / "js").mkdir()
    (folder / "js/w.bin").write_bytes(b"weights")
    (folder / "js/model.json").write_text(
        json.dumps({"format": "layers-model", "weightsManifest": [{"paths": ["w.bin"]}]})
    )
    view = gradlens.show("js/model.json", photo)
    gradlens.export_html(view, "page.html", model=True)
    page = (folder / "page.html").read_text()
    assert [file["path"] for file in data_of(page)["files"]] == ["js/model.json", "js/w.bin"]
    assert files_of(page)[1] == b"weights"


def test_changed_model_is_refused(folder: Path, photo: np.ndarray) -> None:
    view = gradlens.show("model.h5", photo)
    assert view.payload["model"]["fingerprint"]["size"] == 0
    (folder / "model.h5").write_bytes(b"other")
    with pytest.raises(gradlens.GradLensError, match=r"not the one that the view was made of"):
        gradlens.export_html(view, "page.html", model=True)
    (folder / "model.h5").unlink()
    with pytest.raises(gradlens.GradLensError, match=r"is not there any more"):
        gradlens.export_html(view, "page.html", model=True)


def test_a_page_without_the_model_has_what_the_browser_found(
    folder: Path, photo: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = gradlens.show("model.h5", photo)
    metadata = {"gradlens": {"results": {"version": 1}}}
    found = {"payload": {**view.payload, "view": {"layer": "conv1"}}, "metadata": metadata}
    monkeypatch.setattr("gradlens._live.ask.ask_output", lambda live, timeout: found)
    gradlens.export_html(view, "page.html")
    page = (folder / "page.html").read_text()
    [written] = data_of(page)["views"]
    assert written["payload"] == found["payload"]
    assert written["metadata"] == metadata
    assert written["picture"] == view._repr_mimebundle_()["image/png"]
    assert data_of(page)["files"] == []
    assert base64.b64encode(b"the engine").decode() not in page


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda _: 3, "was given an int"),
        (lambda _: [], "was given no view"),
        (lambda photo: [gradlens.show("model.h5", photo)], "pass model=True .* No page shows this"),
        (lambda _: gradlens.show("model.h5"), "without a picture"),
    ],
)
def test_wrong_calls(folder: Path, photo: np.ndarray, make: Any, sentence: str) -> None:
    with pytest.raises(gradlens.GradLensError, match=sentence):
        gradlens.export_html(make(photo), "page.html")
    assert not (folder / "page.html").exists()


def test_browser_part_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_installed", lambda ending: None)
    with pytest.raises(gradlens.GradLensError, match="browser part of GradLens is not installed"):
        assets.asset("no such part")
