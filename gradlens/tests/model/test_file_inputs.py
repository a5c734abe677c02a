"""Images for a model given by path, whose file tells how many inputs it has."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import gradlens
from gradlens._model.file_inputs import inputs_of_file
from gradlens._model.inputs import as_model_takes
from gradlens.errors import ArgumentError

SHAPE = [None, 8, 8, 3]


def layer(name: str, **config: Any) -> dict[str, Any]:
    """Return an input's entry in an architecture."""
    return {"class_name": "InputLayer", "config": {"name": name, **config}, "name": name}


def functional(references: Any, key: str = "batch_shape") -> dict[str, Any]:
    """Return an architecture of two inputs, left and right."""
    layers = [layer(name, **{key: SHAPE}) for name in ("right", "left")]
    return {"class_name": "Functional", "config": {"layers": layers, "input_layers": references}}


LISTED = [["left", 0, 0], ["right", 0, 0]]
ONE = {"class_name": "Sequential", "config": {"layers": [layer("a", batch_shape=SHAPE)]}}
TWO = [("left", (None, 8, 8, 3)), ("right", (None, 8, 8, 3))]
SINGLE = {
    "class_name": "Functional",
    "config": {"layers": [layer("a", batch_shape=SHAPE)], "input_layers": ["a", 0, 0]},
}


def keras_file(path: Path, config: Any) -> str:
    """Write what a `.keras` file says of its model, and no weights."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", json.dumps(config))
    return str(path)


@pytest.mark.parametrize(
    ("config", "inputs"),
    [
        (functional(LISTED), TWO),
        (functional(LISTED, "batch_input_shape"), TWO),
        (functional({"b": ["right", 0, 0], "a": ["left", 0, 0]}), TWO),
        (SINGLE, [("a", (None, 8, 8, 3))]),
        (ONE, []),
        ({"class_name": "Functional", "config": {}}, []),
        ([], []),
    ],
)
def test_what_an_architecture_says(tmp_path: Path, config: Any, inputs: Any) -> None:
    """Lists, dictionaries and single inputs; nothing where it does not tell."""
    assert inputs_of_file(keras_file(tmp_path / "a.keras", config)) == inputs
    beside = tmp_path / "model.json"
    beside.write_text(json.dumps({"modelTopology": {"model_config": config}}))
    assert inputs_of_file(str(beside)) == inputs
    # As HDF5 holds it: one text among bytes.
    hdf5 = tmp_path / "a.h5"
    hdf5.write_bytes(b"\x89HDF\r\n\x1a\n\xff" + json.dumps(config).encode() + b"\x00\xff{")
    assert inputs_of_file(str(hdf5)) == inputs


def test_no_file_is_too_damaged_to_go_on(tmp_path: Path) -> None:
    """What is wrong with it is said where the browser opens it."""
    for content in (b"", b"PK\x03\x04", b'{"class_name": "Functional"', b"\x89HDF\r\n\x1a\n"):
        path = tmp_path / "a.h5"
        path.write_bytes(content)
        assert inputs_of_file(str(path)) == []
    assert inputs_of_file(str(tmp_path / "nowhere.keras")) == []
    # Its container whole, what is in it not.
    for config in (functional([]), functional([[]]), {"class_name": "Model", "config": "no"}, "no"):
        assert inputs_of_file(keras_file(tmp_path / "a.keras", config)) == []
    path = Path(keras_file(tmp_path / "a.keras", {"class_name": "Functional"}))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", json.dumps(functional(LISTED)))
    whole = path.read_bytes()
    at = whole.index(b"config.json") + len(b"config.json")
    path.write_bytes(whole[:at] + b"\xff" * 8 + whole[at + 8 :])
    assert inputs_of_file(str(path)) == []
    (tmp_path / "model.json").write_text('{"modelTopology": []}')
    assert inputs_of_file(str(tmp_path / "model.json")) == []


def test_an_architecture_of_many_bytes_is_read_whole(tmp_path: Path) -> None:
    """Of an HDF5 file as much is read as it takes."""
    config = functional(LISTED)
    config["config"]["name"] = "é" * (3 * 2**20)
    path = tmp_path / "a.h5"
    path.write_bytes(b"\xff" + json.dumps(config, ensure_ascii=False).encode() + bytes(2**24))
    assert inputs_of_file(str(path)) == TWO


def test_lists_are_one_thing_for_each_input(tmp_path: Path) -> None:
    """As `model.predict` takes them; another number is refused with what to write."""
    path = keras_file(tmp_path / "two.keras", functional(LISTED))
    picture = np.zeros((8, 8, 3), "uint8")
    assert list(as_model_takes(path, [picture, "b.png"])) == ["left", "right"]
    samples = as_model_takes(path, [np.zeros((2, 8, 8, 3)), np.zeros((2, 8, 8, 3))])
    assert [sorted(one) for one in samples] == [["left", "right"]] * 2
    with pytest.raises(ArgumentError, match=r"has 2 inputs \(left, right\).*by these names"):
        as_model_takes(path, [picture] * 3)
    one = keras_file(tmp_path / "one.keras", SINGLE)
    pictures = [picture, picture]
    assert as_model_takes(one, pictures) is pictures


def test_show_reads_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The payload has one sample with both inputs."""
    monkeypatch.chdir(tmp_path)
    keras_file(tmp_path / "two.keras", functional(LISTED))
    pictures = [np.full((8, 8, 3), shade, "uint8") for shade in (10, 200)]
    [image] = gradlens.show("two.keras", pictures).payload["images"]
    assert image["input"] == "left"
    assert list(image["others"]) == ["right"]


def test_a_folder_is_samples_whatever_the_model_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many pictures as the model has inputs are still as many samples."""
    monkeypatch.chdir(tmp_path)
    keras_file(tmp_path / "two.keras", functional(LISTED))
    (tmp_path / "pictures").mkdir()
    for name in ("a.png", "b.png"):
        Image.fromarray(np.zeros((8, 8, 3), "uint8")).save(tmp_path / "pictures" / name)
    images = gradlens.show("two.keras", "pictures").payload["images"]
    assert [image["name"] for image in images] == ["a.png", "b.png"]
    assert not any("others" in image for image in images)


def test_files_that_keras_wrote(tmp_path: Path) -> None:
    """Names and order as `model.inputs` has them."""
    keras = pytest.importorskip("keras")
    left, right = (keras.Input((8, 8, 3), name=name) for name in ("right", "left"))
    joined = keras.layers.Concatenate()([left, right])
    model = keras.Model([left, right], keras.layers.Dense(2)(joined))
    wanted = [(tensor.name, tuple(tensor.shape)) for tensor in model.inputs]
    for ending in ("keras", "h5"):
        path = tmp_path / f"two.{ending}"
        model.save(path)
        assert inputs_of_file(str(path)) == wanted
