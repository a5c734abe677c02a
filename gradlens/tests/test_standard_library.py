"""What works where neither numpy nor Pillow is installed, as in a kernel in a browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import gradlens
from gradlens._images.collect import collect
from gradlens._images.picture_file import read_picture
from gradlens.errors import UnreadableFileError

from .reading import picture, schema_errors

HIDE = """
import sys

class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"numpy", "PIL"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Hidden())
import json
import gradlens
"""


def alone(folder: Path, code: str) -> Any:
    """Run code in a Python without numpy and Pillow; return what it prints, read as JSON."""
    # The package that is tested, whether it is installed or lies beside the tests.
    found = {**os.environ, "PYTHONPATH": str(Path(gradlens.__file__).parent.parent)}
    ran = subprocess.run(
        [sys.executable, "-c", HIDE + code], capture_output=True, text=True, cwd=folder, env=found
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def shown(folder: Path, arguments: str) -> Any:
    return alone(
        folder, f"print(json.dumps(gradlens.show('model.h5', {arguments})._repr_mimebundle_()))"
    )


def refused(folder: Path, call: str) -> str:
    code = (
        f"try:\n    {call}\nexcept gradlens.GradLensError as error:\n    print(json.dumps("
        "[str(error), isinstance(error, ImportError)]))"
    )
    sentence, is_missing = alone(folder, code)
    assert is_missing
    return str(sentence)


def photograph(folder: Path, name: str = "photo.jpg", **save: Any) -> Path:
    noise = np.random.default_rng(3).integers(0, 256, (90, 160, 3), np.uint8)
    Image.fromarray(noise).save(folder / name, **save)
    return folder / name


def test_a_small_png_is_stored_as_it_is(folder: Path, photo: np.ndarray) -> None:
    Image.fromarray(photo).save(folder / "a.png")
    bundle = shown(folder, "'a.png', labels=['no', 'yes'], y=1")
    payload = bundle["application/vnd.gradlens.v1+json"]
    assert not schema_errors(payload)
    assert np.array_equal(picture(payload), photo)
    assert bundle["image/png"] == payload["images"][0]["picture"]
    assert payload["images"][0]["truth"] == 1
    assert payload["model"]["fingerprint"]


def test_other_files_are_what_they_are_where_pillow_reads_them(folder: Path) -> None:
    photograph(folder, "b.png")
    exif = Image.Exif()
    exif[0x0112] = 6
    photograph(folder, exif=exif)
    payload = shown(folder, "['photo.jpg', 'b.png']")["application/vnd.gradlens.v1+json"]
    assert not schema_errors(payload)
    with_pillow = gradlens.show("model.h5", ["photo.jpg", "b.png"]).payload["images"]
    assert payload["images"] == [
        {key: value for key, value in entry.items() if key != "picture"} for entry in with_pillow
    ]
    assert payload["images"][0]["orientation"] == 6


def test_paths_and_no_picture_at_all(folder: Path) -> None:
    assert shown(folder, "None")["application/vnd.gradlens.v1+json"]["images"] == []
    photograph(folder)
    code = "import pathlib; print(json.dumps(gradlens.show({}, {}).payload['images'][0]['path']))"
    given = "pathlib.Path('model.h5')", "pathlib.Path('photo.jpg')"
    assert alone(folder, code.format(*given)) == "photo.jpg"


@pytest.mark.parametrize(
    "call",
    [
        "gradlens.show('model.h5', [[0.5, 1.0], [0.0, 0.5]])",
        "gradlens.show('model.h5', {'left': 'photo.jpg'})",
        "gradlens.show('model.h5', 'photo.jpg', y=[[0, 1]])",
        "gradlens.show('model.h5', 'photo.jpg', target={'class': 0, 'pixels': [[0, 1]]})",
        "gradlens.heatmap([[0.5, 1.0]])",
        "gradlens.perturb('photo.jpg', brightness=0.1)",
    ],
)
def test_what_needs_numpy_says_so(folder: Path, call: str) -> None:
    photograph(folder)
    assert "needs numpy for this, which is not installed here" in refused(folder, call)


@pytest.mark.parametrize(
    ("mode", "name"), [("RGBA", "a.png"), ("LA", "a.png"), ("CMYK", "a.jpg"), ("RGB", "a.gif")]
)
def test_what_needs_pillow_says_so(folder: Path, mode: str, name: str) -> None:
    Image.new(mode, (4, 4)).save(folder / name)
    sentence = refused(folder, f"gradlens.show('model.h5', '{name}')")
    assert sentence.startswith(f'"{name}" takes numpy and Pillow to read')


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_pictures_are_measured_as_pillow_does(tmp_path: Path, mode: str) -> None:
    image = Image.fromarray(np.arange(600, dtype=np.uint8).reshape(20, 30)).convert(mode)
    for name in ("a.png", "a.jpg"):
        image.convert("RGB" if name == "a.jpg" and mode in "1P" else mode).save(tmp_path / name)
        read = read_picture(str(tmp_path / name))
        assert read is not None
        assert (read.height, read.width) == collect(tmp_path / name, None)[0].picture.shape[:2]


@pytest.mark.parametrize("value", [1, 2, 8, 9])
@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_orientations_are_those_that_pillow_finds(tmp_path: Path, name: str, value: int) -> None:
    exif = Image.Exif()
    exif[0x010E] = "a description"
    exif[0x0112] = value
    path = photograph(tmp_path, name, exif=exif)
    read = read_picture(str(path))
    assert read is not None
    assert read.orientation == collect(path, None)[0].orientation


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
@pytest.mark.parametrize("kept", [0.02, 0.5, 0.95])
def test_damaged_files_are_told(tmp_path: Path, name: str, kept: float) -> None:
    path = photograph(tmp_path, name)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(UnreadableFileError, match="the file may be damaged"):
        read_picture(str(path))


def test_a_png_with_a_flipped_bit_is_told(tmp_path: Path) -> None:
    content = bytearray(photograph(tmp_path, "a.png").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(UnreadableFileError, match="checksum"):
        read_picture(str(tmp_path / "a.png"))


def test_animations_are_left_to_pillow(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.png", save_all=True, append_images=frames[1:])
    assert b"acTL" in (tmp_path / "a.png").read_bytes()
    assert read_picture(str(tmp_path / "a.png")) is None
