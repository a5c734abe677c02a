"""Calls that people get wrong, and the sentence that each is answered with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from gradlens import GradLensError, heatmap, show

MODEL, PICTURE = "model.h5", "a.png"


class Net:
    """No model of Keras."""


@pytest.fixture
def place(folder: Path) -> Path:
    """Make a folder with a model, pictures, good and bad, and files of labels."""
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(PICTURE)
    for name, content in {"notes.txt": "hello", "bad.png": "no", "no-names.txt": "\n"}.items():
        (folder / name).write_text(content)
    (folder / "names.json").write_text("{")
    (folder / "folder").mkdir()
    return folder


MODELS: list[tuple[Any, str]] = [
    ("modle.h5", 'There is no model file "modle.h5" in '),
    ("modle.h5", 'did you mean "model.h5"?'),
    ("no/model.h5", 'There is no model file "no/model.h5": the folder '),
    ("", "The path of the model file is empty"),
    ("https://x.org/m.h5", "GradLens does not download; save it to a file first"),
    ("notes.txt", 'not "notes.txt": save the model with model.save("model.keras")'),
    ("folder", 'The model "folder" is a folder, not a model'),
    ("a.png", '"a.png" is a picture: the model comes first'),
    (None, "model is None: give the path of a .keras or .h5 file, or a Keras model"),
    (3, "model is an int: give the path"),
    ([MODEL, 3], "model is an int: give the path"),
    ([], "There is no model in the list: give one at least."),
    (Net, "model is the class Net: give the path"),
]

IMAGES: list[tuple[Any, str]] = [
    ("aa.png", 'There is no picture "aa.png" in '),
    ("", "The path of the picture is empty"),
    ("folder", 'There is no picture in the folder "folder" or its sub-folders'),
    (["folder"], '"folder" is a folder: give it alone, not in a list, or the pictures in it'),
    ("bad.png", '"bad.png" is not a picture that Pillow can read'),
    (MODEL, '"model.h5" is not a picture that Pillow can read'),
    ("https://x.org/a.png", "GradLens does not download; save it to a file first"),
    (3, "image is the number 3: give a picture"),
    (Net(), "which is not an array of numbers (its values are objects)"),
    ([], "image is an empty list: give at least one image"),
    ([None], "image is None, which is not an array of numbers"),
    ({}, "image is a dictionary: give what each of the model's inputs gets"),
    (np.zeros((0, 8, 8, 3)), "image is empty: its shape is (0, 8, 8, 3)"),
    (np.zeros((2,) * 6), "image has shape (2, 2, 2, 2, 2, 2): give (h, w)"),
    (np.zeros((8, 8), complex), "its values are complex"),
    (np.array(["a"]), "its values are text"),
    (np.zeros((3, 22, 22)), "3 gray pictures or one with channels first"),
    (np.zeros((2, 3, 22, 22)), "with channels first: give numpy.moveaxis(image, 1, -1)"),
    (np.zeros((20, 20, 7)), "20 gray pictures or one of 7 channels"),
    (np.full((2000, 2000, 3), 0.5), "takes 48.0 MB, but an output cell holds at most 8.4 MB"),
]

OPTIONS: list[tuple[dict[str, Any], str]] = [
    ({"method": "gradcan"}, "method='gradcan' is not known: choose 'grad-cam'"),
    ({"method": 3}, "method=3 is not known: choose 'grad-cam'"),
    ({"layer": 3}, "layer=3 is not a name: give the layer's name as text"),
    ({"output": 3}, "output=3 is not a name: give the output's name as text"),
    ({"target": "tank"}, "target='tank' is a name, but no names are known: give labels="),
    ({"target": -1}, "target=-1 is not a class"),
    ({"target": 5, "labels": ["a", "b"]}, "so the last class is 1"),
    ({"target": "tnak", "labels": ["tank", "no"]}, "did you mean 'tank'?"),
    ({"target": {"klass": 1}}, "target={'klass': 1} is not known"),
    ({"preprocess": "imagenet"}, "preprocess='imagenet' is not known: choose 'tf'"),
    ({"preprocess": (1, 2, 3)}, "preprocess=(1, 2, 3) is not known"),
    ({"preprocess": abs}, "preprocess is a function, which the browser cannot run"),
    ({"labels": 3}, "labels=3 are not class names"),
    ({"labels": "nmes.json"}, 'did you mean "names.json"?'),
    ({"labels": "names.json"}, 'The file of labels "names.json" cannot be read'),
    ({"labels": "no-names.txt"}, 'The file of labels "no-names.txt" is empty'),
    ({"weights": "w.h5"}, "weights= goes with an architecture"),
    ({"weights": 3}, "weights is an int"),
    ({"layers": "identity"}, "layers='identity' is no dictionary"),
    ({"layers": {"A": "none"}}, "declares nothing that can stand in for a layer"),
    ({"interpolation": "bicubic"}, "interpolation='bicubic' is not known: choose 'bilinear'"),
    ({"score": "logits"}, "score='logits' is not known: choose 'logit'"),
    ({"opacity": 50}, "opacity=50 must be a number between 0 and 1"),
    ({"image_index": 4}, "image_index=4 is none of the images"),
]


def said(make: Any) -> str:
    """Return what a call is refused with: one sentence, or a few, without a line break."""
    with pytest.raises(GradLensError) as caught:
        make()
    sentence = str(caught.value)
    assert re.fullmatch(r".+[.?]", sentence), sentence
    assert "builtins" not in sentence
    assert "gradlens-cache" not in sentence
    return sentence


@pytest.mark.parametrize(("model", "sentence"), MODELS)
def test_models(place: Path, model: Any, sentence: str) -> None:
    assert sentence in said(lambda: show(model, PICTURE))


@pytest.mark.parametrize(("image", "sentence"), IMAGES)
def test_pictures(place: Path, image: Any, sentence: str) -> None:
    assert sentence in said(lambda: show(MODEL, image))


@pytest.mark.parametrize(("options", "sentence"), OPTIONS)
def test_options(place: Path, options: dict[str, Any], sentence: str) -> None:
    assert sentence in said(lambda: show(MODEL, PICTURE, **options))


@pytest.mark.parametrize("array", ["a.png", None, np.zeros((2, 2, 2, 2))])
def test_heatmaps(place: Path, array: Any) -> None:
    assert "array" in said(lambda: heatmap(array))


def test_a_property_that_a_view_does_not_have(place: Path) -> None:
    view = show(MODEL, PICTURE)
    message = "A view has no property 'colourmap'. Did you mean 'colormap'?"
    with pytest.raises(AttributeError, match=re.escape(message)):
        view.colourmap = "jet"  # type: ignore[attr-defined]
