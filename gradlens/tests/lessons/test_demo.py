"""`gradlens.demo()`, and what it does in folders and Pythons of all kinds."""

from __future__ import annotations

import stat
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import gradlens
from gradlens.lessons import FILES

from ..reading import picture, schema_errors
from ..test_standard_library import alone

NAMES = ["tank_grey.png", "tank_blue.png", "field_grey.png", "field_blue.png"]


def test_it_needs_no_file_of_the_package_later(folder: Path) -> None:
    payload = gradlens.demo().payload
    assert not schema_errors(payload)
    model = folder / payload["model"]["path"]
    assert model.read_bytes() == (FILES / "models" / "tank.keras").read_bytes()
    assert model.parent.name == "gradlens-cache"
    assert [one["name"] for one in payload["images"]] == NAMES
    assert [one["truth"] for one in payload["images"]] == [1, 1, 0, 0]
    for index, one in enumerate(payload["images"]):
        assert "path" not in one
        drawn = np.asarray(Image.open(FILES / "pictures" / NAMES[index]))
        assert np.array_equal(picture(payload, index), drawn)


def test_twice_is_the_same_file(folder: Path) -> None:
    first = gradlens.demo().payload["model"]["path"]
    written = (folder / first).stat().st_mtime_ns
    assert gradlens.demo().payload["model"]["path"] == first
    assert (folder / first).stat().st_mtime_ns == written


def test_where_nothing_can_be_written_the_kernel_sends_it(folder: Path) -> None:
    (folder / "gradlens-cache").write_text("a file in its way")
    place = gradlens.demo().payload["model"]["path"]
    assert (folder / place).resolve() == (FILES / "models" / "tank.keras").resolve()


def test_without_numpy_and_pillow(folder: Path) -> None:
    images = alone(folder, "print(json.dumps(gradlens.demo().payload['images']))")
    assert [one["name"] for one in images] == NAMES
    assert all((folder / one["path"]).is_file() for one in images)


def test_the_package_stays_small() -> None:
    sizes = [path.stat().st_size for path in FILES.rglob("*") if path.is_file()]
    assert 0 < sum(sizes) <= 2_000_000
    binary = [path.stat().st_size for path in FILES.rglob("*") if path.suffix != ".ipynb"]
    assert sum(binary) <= 500_000


def test_examples_are_copied_with_what_they_run_on(folder: Path) -> None:
    copied = gradlens.examples()
    beside = folder / "gradlens-examples"
    assert copied.folder == str(beside)
    assert copied.kept == []
    for name in copied.new:
        assert (beside / name).read_bytes() == (FILES / name).read_bytes()
    assert {path.name for path in FILES.rglob("*") if path.is_file()} == {
        Path(name).name for name in copied.new
    }
    assert repr(copied).startswith(f"GradLens: {len(copied.new)} files copied to {beside}.")


def test_what_the_user_changed_is_never_written_over(folder: Path) -> None:
    gradlens.examples("work")
    changed = folder / "work" / "gradlens-examples" / "pictures" / "house.png"
    changed.write_bytes(b"mine")
    gone = folder / "work" / "gradlens-examples" / "models" / "edges.keras"
    gone.unlink()
    again = gradlens.examples("work")
    assert changed.read_bytes() == b"mine"
    assert again.kept == ["pictures/house.png"]
    assert again.new == ["models/edges.keras"]
    assert "Left as you changed them: pictures/house.png." in repr(again)
    assert "1 file copied to" in repr(again)
    gone.unlink()
    changed.unlink()
    assert sorted(gradlens.examples("work").new) == ["models/edges.keras", "pictures/house.png"]
    assert "already" in repr(gradlens.examples("work"))


def test_copies_can_be_changed_though_the_package_may_not(folder: Path) -> None:
    gradlens.examples()
    made = folder / "gradlens-examples" / "models" / "tank.keras"
    assert made.stat().st_mode & stat.S_IWUSR


def test_a_folder_that_cannot_be_written_is_a_sentence(folder: Path) -> None:
    (folder / "gradlens-examples").write_text("")
    with pytest.raises(gradlens.GradLensError, match="name a folder that you may write"):
        gradlens.examples()
