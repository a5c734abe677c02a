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
    assert [image["name"] for image in images if "original" in image] == ["plain.jpg"]
    # A picture by itself, and an array, have nothing else.
    assert "original" not in show("model.h5", "plain.jpg").payload["images"][0]
    assert "original" not in show("model.h5", wide).payload["images"][0]


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
