from __future__ import annotations

import base64
import hashlib
import io
import json
import warnings
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradlens import GradLensError, show

from .reading import decoded, schema_errors


def photos(count: int, size: int = 128) -> list[np.ndarray]:
    """Noise, of which PNG makes nothing smaller."""
    rng = np.random.default_rng(2)
    return list(rng.integers(0, 256, (count, size, size, 3), dtype=np.uint8))


def saved(pictures: list[np.ndarray], ending: str = "png") -> list[str]:
    names = [f"{index}.{ending}" for index in range(len(pictures))]
    for name, picture in zip(names, pictures, strict=True):
        Image.fromarray(picture).save(name)
    return names


def test_a_list_of_files_is_kept_as_paths_and_previews(folder: Path) -> None:
    names = saved(photos(200))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        payload = show("model.h5", names).payload
    # 128 x 128 pixels of noise are 49 kB each as PNG, and 13 MB as base64 in all.
    assert len(json.dumps(payload)) < 4e6
    image = payload["images"][7]
    assert image["path"] == "7.png"
    content = (folder / "7.png").read_bytes()
    digest = hashlib.sha256(hashlib.sha256(content).digest()).hexdigest()
    assert image["original"] == {"width": 128, "height": 128, "size": len(content), "hash": digest}
    with Image.open(io.BytesIO(base64.b64decode(image["picture"]))) as preview:
        assert (preview.size, preview.mode, preview.format) == ((64, 64), "RGB", "PNG")


def test_what_a_browser_may_read_otherwise_is_kept_whole(folder: Path) -> None:
    wide = photos(2, 96)
    Image.fromarray(wide[0]).convert("CMYK").save("cmyk.jpg")
    Image.fromarray(np.dstack([wide[0], wide[0][..., :1]])).save("transparent.png")
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(wide[0]).save("turned.jpg", exif=exif)
    Image.fromarray(wide[0]).save("a.webp", lossless=True)
    Image.fromarray(np.zeros((20, 20, 3), np.uint8)).save("small.png")
    Image.fromarray(wide[1]).save("plain.jpg")
    names = ["cmyk.jpg", "transparent.png", "turned.jpg", "a.webp", "small.png", "plain.jpg"]
    images = show("model.h5", names).payload["images"]
    held = [image["name"] for image in images if "original" in image]
    assert held == ["turned.jpg", "plain.jpg"]
    # Arrays have nothing else.
    assert "original" not in show("model.h5", wide).payload["images"][0]


def large(width: int = 2000, height: int = 1500) -> np.ndarray:
    """Noise of more than a payload's picture may take."""
    return np.random.default_rng(3).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize("ending", ["jpg", "png"])
@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize("turned", [False, True])
def test_a_large_picture_in_a_file_is_read_from_it(
    folder: Path, ending: str, listed: bool, turned: bool
) -> None:
    name = f"photo.{ending}"
    exif = Image.Exif()
    exif[0x0112] = 6 if turned else 1
    Image.fromarray(large()).save(name, exif=exif)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        payload = show("model.h5", [name] if listed else name).payload
    assert schema_errors(payload) == []
    (image,) = payload["images"]
    content = (folder / name).read_bytes()
    assert image["original"]["copy"] is True
    assert (image["original"]["width"], image["original"]["height"]) == (2000, 1500)
    assert image["original"]["size"] == len(content)
    assert image.get("orientation") == (6 if turned else None)
    assert "reduced" not in image
    # Stored is a copy, for where the file cannot be read.
    assert len(json.dumps(payload)) < 250_000
    with Image.open(io.BytesIO(base64.b64decode(image["picture"]))) as copy:
        assert max(copy.size) in (192, 256, 384, 512)


def test_a_small_picture_in_a_file_needs_no_file(folder: Path) -> None:
    picture = photos(1, 224)[0]
    Image.fromarray(picture).save("one.png")
    (image,) = show("model.h5", "one.png").payload["images"]
    assert "original" not in image
    with Image.open(io.BytesIO(base64.b64decode(image["picture"]))) as whole:
        assert np.array_equal(np.asarray(whole), picture)


def test_the_picture_of_a_sample_is_read_from_its_file(folder: Path) -> None:
    Image.fromarray(large()).save("photo.jpg")
    (image,) = show("model.h5", {"rgb": "photo.jpg", "meta": [1.0]}).payload["images"]
    assert image["original"]["copy"] is True
    assert image["input"] == "rgb"


def test_large_picture_is_reduced_with_a_warning(folder: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (1500, 2000, 3), dtype=np.uint8)
    with pytest.warns(UserWarning, match="reduced from 2000 x 1500") as warned:
        payload = show("model.h5", noise).payload
    assert warned[0].filename == __file__  # it points at the caller's line
    assert len(payload["images"][0]["picture"]) <= 4 * 6_000_000 / 3 + 4
    height, width = decoded(payload["images"][0]["picture"]).shape[:2]
    assert width < 2000
    assert abs(width / height - 4 / 3) < 0.01


def as_webp() -> str:
    Image.fromarray(large()).save("photo.webp", lossless=True)
    return "photo.webp"


def as_cmyk() -> str:
    Image.fromarray(large()).convert("CMYK").save("cmyk.tif")
    return "cmyk.tif"


WAYS = {
    "an array": large,
    "an array of floats": lambda: large().astype("float32"),
    "a PIL image": lambda: Image.fromarray(large()),
    "a file that browsers do not read": as_cmyk,
    "a WebP file": as_webp,
    "a batch": lambda: large()[None],
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_reduced_says_so_in_the_view(folder: Path, way: str) -> None:
    with pytest.warns(UserWarning, match="reduced from 2000 x 1500"):
        payload = show("model.h5", WAYS[way]()).payload
    assert schema_errors(payload) == []
    assert payload["images"][0]["reduced"] == {"width": 2000, "height": 1500}


def test_a_picture_for_another_input_that_is_reduced_says_so(folder: Path) -> None:
    small = photos(1, 32)[0]
    with pytest.warns(UserWarning, match="reduced from 2000 x 1500"):
        payload = show("model.h5", {"a": small, "b": large()}).payload
    assert schema_errors(payload) == []
    (image,) = payload["images"]
    assert image["others"]["b"]["reduced"] == {"width": 2000, "height": 1500}
    assert "reduced" not in image


@pytest.mark.parametrize("shape", [(1, 30, 300, 300, 3), (1, 24, 1024, 1024, 1)])
def test_volumes_are_never_reduced(folder: Path, shape: tuple[int, ...]) -> None:
    volume = np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8)
    with pytest.raises(GradLensError, match="give fewer or smaller slices"):
        show("model.h5", volume)


def test_a_large_output_is_said(folder: Path) -> None:
    pictures = photos(100)
    with pytest.warns(UserWarning) as said:
        show("model.h5", pictures)
    assert [str(one.message) for one in said] == [
        "The 100 images take 6.6 MB in the notebook: give the paths of PNG or JPEG files, of which "
        "the notebook keeps small previews, or fewer or smaller pictures (GRADLENS_OUTPUT_MB sets "
        "the limit, 20.0 MB)."
    ]
    assert said[0].filename == __file__


def test_an_output_has_a_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = photos(400)
    with pytest.raises(GradLensError) as refused:
        show("model.h5", pictures)
    assert str(refused.value) == (
        "The 400 images take 26.3 MB in the notebook, but an output holds at most 20.0 MB: give "
        "the paths of PNG or JPEG files, of which the notebook keeps small previews, or fewer or "
        "smaller pictures, or set the environment variable GRADLENS_OUTPUT_MB."
    )
    monkeypatch.setenv("GRADLENS_OUTPUT_MB", "30")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        show("model.h5", pictures)
    monkeypatch.setenv("GRADLENS_OUTPUT_MB", "lots")
    with pytest.raises(GradLensError, match="GRADLENS_OUTPUT_MB='lots' is no number of megabytes"):
        show("model.h5", pictures[0])
