from __future__ import annotations

import base64
import hashlib
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from gradlens import MIME_TYPE, GradLensError, View, show
from gradlens.errors import ArgumentError, MissingFileError


def test_bundle(folder: Path, photo: np.ndarray) -> None:
    Image.fromarray(photo).save("test.png")
    view = show("model.h5", "test.png")
    bundle = view._repr_mimebundle_()
    assert set(bundle) == {MIME_TYPE, "image/png", "text/plain"}
    assert bundle["text/plain"] == repr(view) == "GradLens: model.h5 on test.png"
    assert bundle[MIME_TYPE]["id"] == view.id
    with Image.open(io.BytesIO(base64.b64decode(bundle["image/png"]))) as image:
        assert np.array_equal(np.asarray(image), photo)
    assert set(view._repr_mimebundle_(include=["text/plain"])) == {"text/plain"}
    assert set(view._repr_mimebundle_(exclude=[MIME_TYPE])) == {"image/png", "text/plain"}


def png_of(view: View) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(view._repr_mimebundle_()["image/png"])))


def test_png_is_at_most_512_wide(folder: Path, photo: np.ndarray) -> None:
    wide = np.zeros((100, 2000, 3), np.uint8)
    assert png_of(show("model.h5", wide)).size == (512, 26)
    sheet = png_of(show("model.h5", [wide] * 5))
    assert sheet.width <= 512
    small = png_of(show("model.h5", [photo] * 3))
    # Two columns, two rows, four pixels between; the fourth place is empty.
    assert small.size == (2 * 24 + 4, 2 * 32 + 4)
    pixels = np.asarray(small)
    assert np.array_equal(pixels[36:, :24], photo)
    assert (pixels[36:, 28:] == 255).all()


def test_defaults(folder: Path, photo: np.ndarray) -> None:
    payload = show("model.h5", photo).payload
    assert "view" not in payload
    assert "labels" not in payload
    assert payload["preprocess"] is None
    assert payload["interpolation"] == "bilinear"
    fingerprint = payload["model"].pop("fingerprint")
    assert fingerprint == {"size": 0, "hash": hashlib.sha256(b"").hexdigest()}
    assert payload["model"] == {"path": "model.h5", "name": "model.h5"}


def test_view_state_holds_what_differs_from_defaults(folder: Path, photo: np.ndarray) -> None:
    def state(**options: Any) -> Any:
        return show("model.h5", photo, **options).payload.get("view")

    assert state(score="logit") is None
    # The head chooses a method where none is given.
    assert state(method="grad-cam") == {"method": "grad-cam"}
    assert state(layer="conv1/relu") == {"layer": "conv1/relu"}
    assert state(target=np.int64(3)) == {"target": 3}
    assert state(score="probability") == {"score": "probability"}
    assert state(convention="captum") == {"convention": "captum"}
    assert state(method="score-cam") == {"method": "score-cam"}
    labels = ["sky", "tank"]
    assert state(target={"class": "tank", "minus": 0}, labels=labels)["target"] == {
        "class": 1,
        "minus": 0,
    }
    assert state(target={"class": None, "negative": True})["target"] == {
        "class": None,
        "negative": True,
    }
    unit = {"layer": "conv1", "channel": np.int64(2), "area": (0, 1, 2, 3)}
    assert state(target=unit)["target"] == {"layer": "conv1", "channel": 2, "area": [0, 1, 2, 3]}
    assert state(target={"class": "tank", "pixels": "predicted"}, labels=labels)["target"] == {
        "class": 1,
        "pixels": "predicted",
    }
    mask = np.array([[True, True, False], [False, False, True]])
    for given, runs in [(mask, [0, 2, 3, 1]), (~mask, [2, 3, 1]), (mask[..., None], [0, 2, 3, 1])]:
        pixels = {"shape": [2, 3], "runs": runs}
        assert state(target={"class": 1, "pixels": given})["target"]["pixels"] == pixels
        assert state(target={"class": 1, "pixels": pixels})["target"]["pixels"] == pixels
    grid = {"anchors": 2, "classes": 3}
    at = {"cell": (4, np.int64(5)), "anchor": 1}
    assert state(target={**at, "class": 2}, output_as=grid) == {
        "target": {"cell": [4, 5], "channel": 15},
        "outputAs": grid,
    }
    assert state(target=at, output_as=grid)["target"]["channel"] == 12
    assert state(output_as="segmentation") == {"outputAs": "segmentation"}
    assert state(reversed=False, contours=np.int64(3), pinned=(4, 4, 0)) == {
        "reversed": False,
        "contours": 3,
        "pinned": [4, 0],
    }
    assert state(range="layer") == {"scope": "layer"}
    lasso = [(0, 0), (1, 0), (0.5, 1)]
    assert state(region=lasso)["region"] == {
        "kind": "lasso",
        "points": [[0.0, 0.0], [1.0, 0.0], [0.5, 1.0]],
    }
    with pytest.raises(ArgumentError, match="4097 points: give at most 4096"):
        state(region=[(0, 0)] * 4097)
    assert state(colormap="viridis", opacity=0) == {"colormap": "viridis", "opacity": 0.0}

    class Layer:
        name = "conv2"

    assert state(layer=Layer()) == {"layer": "conv2"}


def test_ids_are_of_views_not_of_displays(folder: Path, photo: np.ndarray) -> None:
    view, other = show("model.h5", photo), show("model.h5", photo)
    first, second = view._repr_mimebundle_(), view._repr_mimebundle_()
    assert first[MIME_TYPE]["id"] == second[MIME_TYPE]["id"]
    assert view.id != other.id


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("tf", "tf"),
        ({"mean": 0.5, "std": 0.25}, {"mean": [0.5], "std": [0.25]}),
        (([1, 2, 3], (4, 5, 6)), {"mean": [1.0, 2.0, 3.0], "std": [4.0, 5.0, 6.0]}),
        ((np.array([0.5] * 3), np.float32(0.5)), {"mean": [0.5] * 3, "std": [0.5]}),
    ],
)
def test_preprocess(folder: Path, photo: np.ndarray, given: Any, written: Any) -> None:
    assert show("model.h5", photo, preprocess=given).payload["preprocess"] == written
    if given == "tf":
        assert show("model.h5", photo, preprocess="TF").payload["preprocess"] == written


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"method": "gradcam"}, {"method": "grad-cam"}),
        ({"method": "Grad-CAM"}, {"method": "grad-cam"}),
        ({"method": "gradcam++"}, {"method": "grad-cam++"}),
        ({"method": "grad_cam_plus_plus"}, {"method": "grad-cam++"}),
        ({"method": "guided_gradcam"}, {"method": "guided-grad-cam"}),
        ({"method": "ScoreCAM"}, {"method": "score-cam"}),
        ({"method": "Integrated Gradients"}, {"method": "integrated-gradients"}),
        ({"score": "Probability"}, {"score": "probability"}),
        ({"colormap": "Inferno"}, {"colormap": "inferno"}),
        ({"links": {"Viewport": "Relative"}}, {"links": {"viewport": "relative"}}),
    ],
)
def test_words_are_taken_as_people_spell_them(
    folder: Path, photo: np.ndarray, given: dict[str, Any], written: dict[str, Any]
) -> None:
    assert show("model.h5", photo, **given).payload.get("view", {}) == written


def test_the_nearest_word_comes_first(folder: Path, photo: np.ndarray) -> None:
    with pytest.raises(GradLensError, match="choose 'score-cam', 'grad-cam'"):
        show("model.h5", photo, method="scorcam")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"preprocess": "vgg"}, "preprocess='vgg' is not known: choose 'tf', 'torch', 'caffe'"),
        ({"preprocess": (0.5, 0)}, "std must be greater than 0, not 0"),
        ({"preprocess": ([1, 2], [1, 2, 3])}, "mean has 2 numbers and std has 3"),
        ({"preprocess": ("a", 1)}, "mean='a' must be a number"),
        ({"preprocess": {"mean": 1}}, "is not known"),
        ({"method": "cam"}, "method='cam' is not known: choose 'grad-cam'"),
        ({"score": "softmax"}, "choose 'logit' or 'probability'"),
        ({"interpolation": "cubic"}, "choose 'bilinear' or 'nearest'"),
        ({"colormap": "hot"}, "colormap='hot' is not known: choose 'auto', 'viridis'"),
        ({"opacity": 2}, "opacity=2 must be a number between 0 and 1"),
        ({"opacity": "x"}, "opacity='x' must be"),
        ({"layer": 3}, "layer=3 is not a name"),
        ({"reversed": 1}, "reversed=1 must be True or False"),
        ({"scale": "log10"}, "choose 'log', 'linear' or 'symlog'"),
        ({"scope": "all"}, "choose 'map', 'layer' or 'linked'"),
        ({"range": "layer", "scope": "map"}, "leave one of them out"),
        ({"threshold": -1}, "threshold=-1 must be a number between 0 and 1"),
        ({"contours": 1.5}, "contours=1.5 must be a whole number from 0 to 20"),
        ({"contours": 21}, "contours=21 must be a whole number from 0 to 20"),
        ({"overlay": "swipe"}, "choose 'blend', 'side-by-side' or 'divider'"),
        ({"image_index": 1}, "image_index=1 is none of the images: give 0 to 0"),
        ({"channel": -1}, "channel=-1 is not a channel"),
        ({"pinned": 3}, "pinned=3 must be a list of channels"),
        ({"pinned": [0, "a"]}, "pinned='a' is not a channel"),
        ({"order": "random"}, "choose 'index', 'mean', 'max', 'weight' or 'similarity'"),
        ({"viewport": (0, 0)}, "the centre from 0 to 1, zoom from 1"),
        ({"viewport": (0, 0, 0.5)}, "zoom must be 1"),
        ({"region": (0, 1)}, "(left, top, right, bottom), or a list"),
        ({"region": (0.9, 0.2, 0.1, 0.3)}, "with left < right and top < bottom"),
        ({"region": (0.1, 0.3, 0.9, 0.2)}, "with left < right and top < bottom"),
        ({"region": [(0, 0), (1, 1), (1,)]}, "(left, top, right, bottom), or a list"),
        ({"probe": 1}, "probe=1 must be (x, y)"),
        ({"link": "all"}, "choose 'model', 'page' or 'none'"),
        ({"links": "colors"}, 'like {"colors": "unlinked"}'),
        (
            {"links": {"colour": "linked"}},
            "links='colour' is not known: choose 'colors', 'viewport'",
        ),
        ({"links": {"colors": "off"}}, "choose 'linked', 'relative' or 'unlinked'"),
        ({"links": {"colors": "relative"}}, "only the viewport can be relative"),
        ({"target": -1}, "target=-1 is not a class"),
        ({"target": 1.5}, "target=1.5 is not a class"),
        ({"target": True}, "target=True is not a class"),
        ({"target": {"klass": 1}}, 'give {"class": …} with minus=…'),
        ({"target": {"class": 1, "area": (0, 0, 1, 1)}}, "is not known"),
        ({"target": {"class": 1, "negative": "yes"}}, "is not known"),
        ({"target": {"class": -1}}, "target=-1 is not a class"),
        ({"target": {"class": 1, "pixels": "some"}}, 'give "all" or "predicted"'),
        ({"target": {"class": 1, "pixels": (0, 0, 0, 4)}}, "with top < bottom"),
        ({"target": {"class": 1, "pixels": np.zeros((4, 4))}}, "is 0 everywhere"),
        ({"target": {"class": 1, "pixels": np.ones((4, 4, 3))}}, "the shape (4, 4, 3)"),
        ({"target": {"class": 1, "pixels": np.array([[1, np.nan]])}}, "not a number"),
        ({"target": {"class": 1, "pixels": {"shape": [2, 2], "runs": [1, 2]}}}, "are 3 pixels"),
        ({"target": {"class": 1, "pixels": {"shape": [2, 2]}}}, "is no mask"),
        ({"target": {"class": 1, "pixels": np.indices((400, 600))[1] % 2}}, "240,000 times"),
        ({"target": {"cell": 3, "channel": 0}}, "cell=3 must be (row, column)"),
        ({"target": {"cell": (0, 1), "channel": -1}}, "channel=-1 does not exist"),
        ({"target": {"cell": (0, 1), "class": 1}}, "are counted in a layout"),
        (
            {"target": {"cell": (0, 1), "anchor": 2}, "output_as": {"anchors": 2, "classes": 3}},
            "anchor=2 does not exist: give 0 to 1",
        ),
        (
            {"target": {"cell": (0, 1), "class": 3}, "output_as": {"anchors": 2, "classes": 3}},
            "class=3 does not exist: give 0 to 2",
        ),
        ({"output_as": "boxes"}, "output_as='boxes' is not known"),
        ({"output_as": {"anchors": 0, "classes": 3}}, "is not known"),
        ({"target": {"layer": "a", "channel": -1}}, "names no layer and channel"),
        ({"target": {"layer": "a", "channel": "x"}}, "channel='x' is not an index"),
        ({"target": {"layer": "a", "area": (0, 0, 0, 1)}}, "with top < bottom"),
        (
            {"convention": "keras"},
            "choose 'keras-io', 'tf-keras-vis', 'pytorch-grad-cam' or 'captum'",
        ),
        ({"convention": "captum", "method": "occlusion"}, "is about Grad-CAM"),
        ({"target": "tank"}, "no names are known: give labels"),
        ({"target": "tnak", "labels": ["sky", "tank"]}, "did you mean 'tank'?"),
        ({"target": 2, "labels": ["sky", "tank"]}, "the last class is 1"),
        ({"labels": 3}, "give a list, a dictionary or a file's path"),
        ({"labels": {"sky": "blue"}}, "has no class index"),
        ({"labels": "nothing.json"}, 'There is no file of labels "nothing.json"'),
    ],
)
def test_wrong_arguments_are_told_in_a_sentence(
    folder: Path, photo: np.ndarray, options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(GradLensError) as raised:
        show("model.h5", photo, **options)
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)


def test_what_stands_in_for_layers(folder: Path, photo: np.ndarray) -> None:
    class InstanceNorm: ...

    payload = show(
        "model.h5",
        photo,
        layers={"Drop": "identity", InstanceNorm: {"class": "GroupNormalization", "axis": (1, 2)}},
    ).payload
    assert payload["layers"] == {
        "Drop": "identity",
        "InstanceNorm": {"class": "GroupNormalization", "axis": [1, 2]},
    }
    assert "layers" not in show("model.h5", photo).payload


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        (["Drop"], "is no dictionary"),
        ({"Drop": None}, "declares nothing that can stand in"),
        ({"Drop": {"groups": 1}}, "declares nothing that can stand in"),
        ({"Drop": {"class": "Dense", "units": object()}}, "no argument that can be written down"),
    ],
)
def test_what_cannot_stand_in(folder: Path, photo: np.ndarray, layers: Any, said: str) -> None:
    with pytest.raises(ArgumentError, match=said):
        show("model.h5", photo, layers=layers)


def test_errors_are_also_what_python_people_catch(folder: Path, photo: np.ndarray) -> None:
    assert issubclass(MissingFileError, (GradLensError,))
    with pytest.raises(FileNotFoundError):
        show("nothing.h5", photo)
    with pytest.raises(ValueError, match="method"):
        show("model.h5", photo, method="x")


def test_a_notebook_shows_only_the_sentence(folder: Path, photo: np.ndarray) -> None:
    shell = pytest.importorskip("IPython.core.interactiveshell").InteractiveShell()
    lines: list[str] = []
    shell._showtraceback = lambda kind, value, traceback: lines.extend(traceback)
    shell.user_ns["photo"] = photo
    shell.run_cell("import gradlens; gradlens.show('modle.h5', photo)")
    assert len(lines) == 1
    assert lines[0].startswith('GradLens: There is no model file "modle.h5" in ')
    assert lines[0].endswith('did you mean "model.h5"?')


def test_a_notebook_takes_the_bundle(folder: Path, photo: np.ndarray) -> None:
    formatters = pytest.importorskip("IPython.core.formatters")
    view = show("model.h5", photo)
    data, _ = formatters.DisplayFormatter().format(view)
    assert set(data) == {MIME_TYPE, "image/png", "text/plain"}


def test_a_model_without_a_picture_asks_for_one(folder: Path) -> None:
    view = show("model.h5")
    assert view.payload["images"] == []
    assert set(view._repr_mimebundle_()) == {MIME_TYPE, "text/plain"}
    assert repr(view) == "GradLens: model.h5, without a picture"
