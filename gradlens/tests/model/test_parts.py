"""Models whose layers and weights are in files of their own."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradlens import show
from gradlens._model.find import find_model
from gradlens.errors import ArgumentError, MissingFileError

ARCHITECTURE = {"class_name": "Sequential", "config": {"layers": []}, "keras_version": "2.15.0"}
WEIGHTS = b"weights without layers"
WHOLE = b"....model_config...."
INDEX = {
    "metadata": {"total_size": 8},
    "weight_map": {
        "/layers/dense/vars": ["net_00000.weights.h5", "net_00001.weights.h5"],
        "/layers/dense_1/vars": "net_00001.weights.h5",
    },
}


def write(folder: Path, files: dict[str, Any]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        (folder / name).write_bytes(data)


def inside(folder: Path, path: str) -> dict[str, bytes]:
    assert re.fullmatch(r"gradlens-cache/net-[0-9a-f]{16}\.keras", path)
    with zipfile.ZipFile(folder / path) as archive:
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    "weights",
    ["net.weights.h5", "net.h5", "net_weights.h5", "net_weights.hdf5", "net.hdf5"],
)
def test_an_architecture_and_weights_beside_it_are_found_by_either(
    folder: Path, weights: str
) -> None:
    write(folder, {"net.json": ARCHITECTURE, weights: WEIGHTS})
    path, name = find_model("net.json")
    assert name == "net.json"
    assert inside(folder, path) == {
        "config.json": json.dumps(ARCHITECTURE).encode(),
        "model.weights.h5": WEIGHTS,
    }
    assert find_model(weights) == (path, weights)
    write(folder, {weights: WEIGHTS + b"!"})
    assert find_model("net.json").path != path


def test_shards_are_found_by_their_index(folder: Path) -> None:
    write(
        folder,
        {
            "net.json": ARCHITECTURE,
            "net.weights.json": INDEX,
            "net_00000.weights.h5": b"first",
            "net_00001.weights.h5": b"second",
        },
    )
    path, _ = find_model("net.weights.json")
    assert inside(folder, path) == {
        "config.json": json.dumps(ARCHITECTURE).encode(),
        "model.weights.json": json.dumps(INDEX).encode(),
        "net_00000.weights.h5": b"first",
        "net_00001.weights.h5": b"second",
    }
    assert find_model("net.json").path == path
    (folder / "net_00001.weights.h5").unlink()
    with pytest.raises(MissingFileError, match=r'"net_00001\.weights\.h5" is not beside it'):
        find_model("net.json")


def test_shards_outside_the_folder_are_not_read(folder: Path) -> None:
    write(folder, {"secret.weights.h5": b"secret", "in/net.json": ARCHITECTURE})
    write(folder, {"in/net.weights.json": {"weight_map": {"/vars": "../secret.weights.h5"}}})
    with pytest.raises(MissingFileError, match="is not beside it"):
        find_model("in/net.json")


def test_a_keras_folder_may_have_shards(folder: Path) -> None:
    write(
        folder,
        {
            "net/config.json": ARCHITECTURE,
            "net/metadata.json": {},
            "net/model.weights.json": {"weight_map": {"/vars": "model_00000.weights.h5"}},
            "net/model_00000.weights.h5": b"first",
        },
    )
    assert list(inside(folder, find_model("net").path)) == [
        "config.json",
        "metadata.json",
        "model.weights.json",
        "model_00000.weights.h5",
    ]


def test_weights_may_be_named(folder: Path) -> None:
    write(folder, {"net.json": ARCHITECTURE, "net.weights.h5": WEIGHTS, "late/best.h5": b"best"})
    path, name = find_model("net.json", None, folder / "late" / "best.h5")
    assert (inside(folder, path)["model.weights.h5"], name) == (b"best", "net.json")
    # A whole model has weights too.
    write(folder, {"late/best.h5": WHOLE})
    assert inside(folder, find_model("net.json", None, "late/best.h5").path)


def test_a_whole_model_beside_an_architecture_stays_itself(folder: Path) -> None:
    write(folder, {"net.json": ARCHITECTURE, "net.h5": WHOLE})
    assert find_model("net.h5").path == "net.h5"
    assert inside(folder, find_model("net.json").path)["model.weights.h5"] == WHOLE
    write(folder, {"net.weights.h5": WEIGHTS})
    assert inside(folder, find_model("net.json").path)["model.weights.h5"] == WEIGHTS


def test_show_takes_them(folder: Path, photo: np.ndarray) -> None:
    write(folder, {"net.json": ARCHITECTURE, "best.weights.h5": WEIGHTS})
    model = show("net.json", photo, weights="best.weights.h5").payload["model"]
    assert model["name"] == "net.json"
    assert inside(folder, model["path"])["model.weights.h5"] == WEIGHTS


@pytest.mark.parametrize(
    ("files", "model", "weights", "error", "sentence"),
    [
        ({"net.json": ARCHITECTURE}, "net.json", None, MissingFileError, "name the file with"),
        (
            {"net.json": ARCHITECTURE, "net.h5": WEIGHTS, "net.weights.h5": WEIGHTS},
            "net.json",
            None,
            ArgumentError,
            r'\("net\.weights\.h5", "net\.h5"\): name one with weights=',
        ),
        ({"net.weights.json": INDEX}, "net.weights.json", None, MissingFileError, r'"net\.json"'),
        (
            {"net.json": ARCHITECTURE},
            "net.json",
            "nett.weights.h5",
            MissingFileError,
            "no weights file",
        ),
        (
            {"net.json": ARCHITECTURE, "net.index": b""},
            "net.json",
            "net",
            ArgumentError,
            "a TensorFlow checkpoint",
        ),
        (
            {"net.json": ARCHITECTURE, "net.npz": b""},
            "net.json",
            "net.npz",
            ArgumentError,
            "weights must be",
        ),
        (
            {"net.h5": WHOLE, "net.weights.h5": WEIGHTS},
            "net.h5",
            "net.weights.h5",
            ArgumentError,
            '"net.h5" is none',
        ),
        (
            {"net.json": {"modelTopology": {}}, "net.h5": WEIGHTS},
            "net.json",
            "net.h5",
            ArgumentError,
            "is none",
        ),
        (
            {"net.json": ARCHITECTURE, "net.weights.json": {"weight_map": {}}},
            "net.json",
            "net.weights.json",
            ArgumentError,
            "name no shards",
        ),
        ({"net.json": ARCHITECTURE}, "net.json", 3, ArgumentError, "weights is an int"),
        ({"net.ckpt.index": b""}, "net.ckpt.index", None, ArgumentError, "TensorFlow checkpoint"),
        ({"net.index": b""}, "net", None, ArgumentError, "TensorFlow checkpoint"),
    ],
)
def test_parts_that_do_not_go_together(
    folder: Path,
    files: dict[str, Any],
    model: str,
    weights: Any,
    error: type[Exception],
    sentence: str,
) -> None:
    write(folder, files)
    with pytest.raises(error, match=sentence):
        find_model(model, None, weights)


def test_a_live_model_has_its_own_weights(folder: Path) -> None:
    class Live:
        save = get_config = get_weights = lambda self: None

    with pytest.raises(ArgumentError, match="a live model has its own"):
        find_model(Live(), None, "net.weights.h5")


def test_tensorflow_js_and_other_json_stay_themselves(folder: Path) -> None:
    write(folder, {"net.json": {"modelTopology": {}}, "net.h5": WEIGHTS, "list.json": [1]})
    assert find_model("net.json").path == "net.json"
    assert find_model("net.h5").path == "net.h5"
    assert find_model("list.json").path == "list.json"
