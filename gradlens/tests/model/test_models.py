from __future__ import annotations

import os
import re
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from gradlens import GradLensError
from gradlens._model.find import find_model
from gradlens.errors import ArgumentError, MissingFileError


@pytest.mark.parametrize("name", ["m.h5", "m.keras", "m.hdf5", "M.KERAS", "m.weights.h5"])
def test_model_files(folder: Path, name: str) -> None:
    (folder / name).touch()
    assert find_model(name) == (name, name)
    assert find_model(folder / name) == (name, name)
    assert find_model(str(folder / name), "My net") == (name, "My net")


def test_paths_are_relative_with_slashes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "net.keras").touch()
    assert find_model(os.path.join("deep", "er", "net.keras")).path == "deep/er/net.keras"
    monkeypatch.chdir(folder / "deep")
    assert find_model("er/../er/net.keras").path == "er/net.keras"
    assert find_model(folder / "model.h5").path == "../model.h5"


def test_link_to_the_notebooks_folder(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("elsewhere") / "link"
    link.symlink_to(folder)
    assert find_model(link / "model.h5").path == "model.h5"


def test_link_to_a_model_elsewhere_is_kept(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    real = tmp_path_factory.mktemp("store") / "blob.h5"
    real.touch()
    (folder / "net.h5").symlink_to(real)
    assert find_model("net.h5") == ("net.h5", "net.h5")


def test_home_is_expanded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    assert find_model("~/model.h5").path == "model.h5"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("modle.h5", 'in "{}": did you mean "model.h5"?'),
        ("model.keras", 'did you mean "model.h5"?'),
        ("resnet_best.keras", 'there is "model.h5".'),
        ("models/model.h5", 'the folder "{}/models" does not exist'),
    ],
)
def test_missing_files(folder: Path, path: str, sentence: str) -> None:
    with pytest.raises(MissingFileError) as raised:
        find_model(path)
    assert sentence.format(folder) in str(raised.value)


def test_missing_file_in_an_empty_folder(folder: Path) -> None:
    (folder / "model.h5").unlink()
    with pytest.raises(MissingFileError, match="it starts at the notebook's folder"):
        find_model("model.h5")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("model.onnx", r"reads Keras files \(\.keras, \.h5\) and TensorFlow\.js models"),
        ("model", "reads Keras files"),
    ],
)
def test_files_of_other_kinds(folder: Path, name: str, sentence: str) -> None:
    (folder / name).touch()
    with pytest.raises(ArgumentError, match=sentence):
        find_model(name)


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        (["saved_model.pb"], "TensorFlow SavedModel, .* build the Keras model again"),
        (["saved_model.pb", "keras_metadata.pb"], r"SavedModel, .* tf_keras\.models\.load_model"),
        (["checkpoint", "ckpt-1.index"], r"TensorFlow checkpoint, .* model\.load_weights\(\)"),
        (["config.json"], "without its model.weights.h5: save it again"),
        (
            ["last.h5", "best.keras"],
            "a folder, not a model: give a file in it, such as .*best.keras",
        ),
        ([], "a folder, not a model: save the model as one file"),
    ],
)
def test_folders_that_are_no_model(folder: Path, inside: list[str], sentence: str) -> None:
    (folder / "saved").mkdir()
    for name in inside:
        (folder / "saved" / name).touch()
    with pytest.raises(ArgumentError, match=sentence):
        find_model("saved")


def test_keras_folder_is_packed_once_for_what_it_holds(folder: Path) -> None:
    saved = folder / "net.v2"
    saved.mkdir()
    parts = {"config.json": b"{}", "metadata.json": b"{}", "model.weights.h5": b"weights"}
    for name, content in parts.items():
        (saved / name).write_bytes(content)
    path, name = find_model("net.v2/")
    assert name == "net.v2"
    assert re.fullmatch(r"gradlens-cache/net-[0-9a-f]{16}\.keras", path)
    with zipfile.ZipFile(folder / path) as archive:
        assert {entry: archive.read(entry) for entry in archive.namelist()} == parts
    written = (folder / path).stat().st_mtime_ns
    assert find_model(saved).path == path
    assert (folder / path).stat().st_mtime_ns == written
    (saved / "model.weights.h5").write_bytes(b"other weights")
    assert find_model(saved).path != path
    assert not list((folder / "gradlens-cache").glob("*.partial*"))


def test_changing_the_folder_does_not_move_the_notebook(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interactive = pytest.importorskip("IPython.core.interactiveshell").InteractiveShell
    shell = interactive.instance()
    try:
        shell.user_ns["_dh"] = [str(folder)]  # as a kernel has that starts there
        (folder / "deep").mkdir()
        (folder / "deep" / "net.h5").touch()
        shell.run_cell("%cd -q deep")
        assert Path.cwd() == folder / "deep"
        assert find_model("net.h5").path == "deep/net.h5"
        monkeypatch.chdir(folder.parent)
        assert find_model(f"{folder.name}/model.h5").path == "model.h5"
    finally:
        interactive.clear_instance()


def test_a_kernel_in_the_browser_goes_to_the_notebook_late(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interactive = pytest.importorskip("IPython.core.interactiveshell").InteractiveShell
    shell = interactive.instance()
    try:
        # IPython starts in the drive's top folder; the kernel then goes to the notebook's.
        shell.user_ns["_dh"] = [str(folder.parent)]
        monkeypatch.setattr(sys, "platform", "emscripten")
        monkeypatch.setattr("gradlens._shared.files.AT_IMPORT", str(folder))
        assert find_model("model.h5").path == "model.h5"
    finally:
        interactive.clear_instance()


def test_hidden_folders_are_warned_about(folder: Path) -> None:
    (folder / ".keras").mkdir()
    (folder / ".keras" / "m.h5").touch()
    with pytest.warns(UserWarning, match="hidden folder"):
        assert find_model(".keras/m.h5").path == ".keras/m.h5"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        find_model("./model.h5")


@pytest.mark.parametrize("model", [None, 3, object(), str])
def test_things_that_are_no_models(folder: Path, model: object) -> None:
    with pytest.raises(GradLensError, match=r"give the path of a \.keras or \.h5 file"):
        find_model(model)
