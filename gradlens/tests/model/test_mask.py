"""Masks that lie in files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradlens import show
from gradlens.errors import ArgumentError, MissingFileError

INSIDE = np.array([[False, True, True], [True, False, False]])
ENCODED = {"shape": [2, 3], "runs": [1, 3, 2]}


def _written(path: Path, mode: str) -> Path:
    """Write the mask as a picture of a mode."""
    if mode == "P":
        picture = Image.fromarray((INSIDE * 2).astype("uint8"), "L")
        palette = Image.new("P", picture.size)
        # Its colours count, not their order.
        palette.putpalette([255, 255, 255, 0, 0, 0, 9, 9, 9])
        palette.putdata([0 if inside else 1 for inside in INSIDE.ravel()])
        picture = palette
    elif mode == "1":
        picture = Image.fromarray(INSIDE)
    else:
        colours = np.zeros((2, 3, 4), "uint8")
        colours[INSIDE, 2] = 9
        colours[..., 3] = 255
        grey = Image.fromarray((INSIDE * 7).astype("uint8"))
        picture = Image.fromarray(colours).convert(mode) if "RGB" in mode else grey.convert(mode)
    picture.save(path)
    return path


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_picture_of_a_mask(mode: str, folder: Path, photo: np.ndarray) -> None:
    path = _written(folder / "mask.png", mode)
    assert show("model.h5", photo, mask=path).payload["mask"] == ENCODED
    payload = show("model.h5", [photo, photo], mask=[str(path), None]).payload
    assert [image.get("mask") for image in payload["images"]] == [ENCODED, None]


def test_a_folder_of_masks(folder: Path, photo: np.ndarray) -> None:
    pictures, masks = folder / "pictures", folder / "masks"
    for made in (pictures, masks):
        made.mkdir()
    for name in ("a", "b"):
        Image.fromarray(photo).save(pictures / f"{name}.jpg")
    _written(masks / "b.png", "L")
    for image in (pictures, sorted(pictures.iterdir())):
        payload = show("model.h5", image, mask=masks).payload
        assert [one.get("mask") for one in payload["images"]] == [None, ENCODED]
    with pytest.raises(ArgumentError, match="is called as one of the images"):
        show("model.h5", photo, mask=masks)


def test_masks_of_images_in_sub_folders(folder: Path, photo: np.ndarray) -> None:
    pictures, masks = folder / "pictures", folder / "masks"
    for kind in ("cat", "dog"):
        (pictures / kind).mkdir(parents=True)
        (masks / kind).mkdir(parents=True)
        Image.fromarray(photo).save(pictures / kind / "1.jpg")
    _written(masks / "dog" / "1.png", "L")
    payload = show("model.h5", pictures, mask=masks).payload
    assert [one.get("mask") for one in payload["images"]] == [None, ENCODED]
    _written(masks / "1.png", "L")
    with pytest.raises(ArgumentError, match=r"1\.png\" is called as 2 of the images"):
        show("model.h5", pictures, mask=masks)


def test_masks_that_cannot_be_told(folder: Path, photo: np.ndarray) -> None:
    (folder / "masks").mkdir()
    for ending in ("png", "bmp"):
        _written(folder / "masks" / f"image 1.{ending}", "L")
    with pytest.raises(ArgumentError, match="are masks of one image"):
        show("model.h5", [photo, photo], mask=folder / "masks")
    _written(folder / "mask.jpg", "L")
    with pytest.raises(ArgumentError, match="is a JPEG"):
        show("model.h5", photo, mask=folder / "mask.jpg")


def test_no_mask(folder: Path, photo: np.ndarray) -> None:
    with pytest.raises(MissingFileError, match=r"none\.png"):
        show("model.h5", photo, mask=folder / "none.png")
    (folder / "text.png").write_text("no picture")
    with pytest.raises(ArgumentError, match="not a picture that Pillow can read"):
        show("model.h5", photo, mask=folder / "text.png")
