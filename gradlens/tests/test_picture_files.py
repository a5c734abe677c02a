"""Picture files: what of them is shown, told and refused."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from gradlens import GradLensError, show
from gradlens.errors import MissingFileError

from .reading import only, picture, schema_errors
from .torch_like import Torch


def with_alpha(photo: np.ndarray) -> np.ndarray:
    alpha = np.arange(32 * 24).reshape(32, 24, 1) % 256
    return np.concatenate([photo, alpha.astype(np.uint8)], axis=-1)


def test_transparent_pixels_keep_their_colours(folder: Path, photo: np.ndarray) -> None:
    rgba = Image.fromarray(with_alpha(photo))
    rgba.save("rgba.png")
    for given in [
        with_alpha(photo),
        rgba,
        "rgba.png",
        Torch(np.moveaxis(with_alpha(photo), -1, 0)),
    ]:
        payload = only(given)
        assert schema_errors(payload) == []
        assert np.array_equal(picture(payload), photo)
        assert payload["images"][0]["transparent"] is True
    opaque = np.dstack([photo, np.full((32, 24), 255, np.uint8)])
    for given in [opaque, Image.fromarray(opaque)]:
        assert np.array_equal(picture(only(given)), photo)
        assert "transparent" not in only(given)["images"][0]


def test_every_kind_of_transparency_is_read_as_pillow_converts_it(
    folder: Path, photo: np.ndarray
) -> None:
    gray, alpha = photo[..., 0], with_alpha(photo)[..., 3]
    Image.fromarray(np.dstack([gray, alpha])).save("la.png")
    palette = Image.fromarray(photo).quantize(16)
    palette.save("palette.png", transparency=bytes([0, 128, 255, 3]))
    palette.save("moving.gif", transparency=2)
    Image.fromarray(photo).save("key.png", transparency=tuple(int(v) for v in photo[1, 2]))
    Image.fromarray(gray).save("gray_key.png", transparency=int(gray[3, 4]))
    expected = {
        "la.png": gray,
        "palette.png": np.asarray(palette.convert("RGB")),
        "moving.gif": np.asarray(palette.convert("RGB")),
        "key.png": photo,
        "gray_key.png": gray,
    }
    for name, pixels in expected.items():
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            payload = only(name)
        assert np.array_equal(picture(payload), pixels), name
        assert payload["images"][0]["transparent"] is True, name


def test_files_keep_pixels_and_name(folder: Path, photo: np.ndarray) -> None:
    Image.fromarray(photo).save("sky.png")
    Image.fromarray(photo[..., 0]).save("gray.png")
    Image.fromarray(photo).quantize(16).save("palette.png")
    palette = np.asarray(Image.open("palette.png").convert("RGB"))
    payload = show("model.h5", ["sky.png", Path("gray.png"), Image.open("sky.png"), photo]).payload
    names = [one["name"] for one in payload["images"]]
    assert names == ["sky.png", "gray.png", "sky.png", "image 4"]
    assert np.array_equal(picture(payload, 0), photo)
    assert np.array_equal(picture(payload, 1), photo[..., 0])
    assert np.array_equal(picture(payload, 2), photo)
    assert np.array_equal(picture(only("palette.png")), palette)


def test_sixteen_bit_files_are_scaled_to_eight(folder: Path) -> None:
    deep = np.array([[0, 257, 65535, 25700 + 100]], dtype=np.uint16)
    Image.fromarray(deep).save("deep.png")
    assert picture(only("deep.png")).tolist() == [[0, 1, 255, 100]]


def test_orientation_in_exif_is_told_not_applied(folder: Path, photo: np.ndarray) -> None:
    # As keras.utils.load_img: the model was trained on pictures read so.
    image = Image.fromarray(photo)
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save("turned.png", exif=exif)
    payload = only("turned.png")
    assert schema_errors(payload) == []
    assert np.array_equal(picture(payload), photo)
    assert payload["images"][0]["orientation"] == 6
    (held,) = show("model.h5", {"in": Image.open("turned.png")}).payload["images"]
    assert held["orientation"] == 6
    upright = ImageOps.exif_transpose(Image.open("turned.png"))
    assert "orientation" not in only(upright)["images"][0]


def test_frames_that_are_not_shown_are_told(folder: Path, photo: np.ndarray) -> None:
    frames = [Image.fromarray(photo), Image.fromarray(255 - photo)]
    frames[0].save("moving.tif", save_all=True, append_images=frames[1:])
    with pytest.warns(UserWarning, match=r'"moving\.tif" has 2 frames: the first is shown') as told:
        payload = show("model.h5", "moving.tif").payload
    assert told[0].filename == __file__  # it points at the caller's line
    assert np.array_equal(picture(payload), photo)


def test_missing_picture_suggests_one(folder: Path, photo: np.ndarray) -> None:
    Image.fromarray(photo).save("tank.png")
    with pytest.raises(MissingFileError, match=r'no picture "Tank.jpg".*did you mean "tank.png"\?'):
        show("model.h5", "Tank.jpg")


def test_address_is_no_file(folder: Path) -> None:
    with pytest.raises(MissingFileError, match="does not download; save it to a file first"):
        show("model.h5", "https://example.org/tank.png")


def test_unreadable_pictures(folder: Path, photo: np.ndarray) -> None:
    Path("text.png").write_text("not a picture")
    with pytest.raises(GradLensError, match=r"text\.png.*not a picture"):
        show("model.h5", "text.png")
    Image.fromarray(photo).save("whole.png")
    Path("half.png").write_bytes(Path("whole.png").read_bytes()[:900])
    with pytest.raises(GradLensError, match=r"half\.png.*damaged"):
        show("model.h5", "half.png")


def test_small_picture_does_not_warn(folder: Path, photo: np.ndarray) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        only(photo)


def test_large_pictures_are_shown_without_a_warning_or_refused_in_a_sentence(
    folder: Path, photo: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.fromarray(photo).save("large.png")
    pixels = photo.shape[0] * photo.shape[1]
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", pixels - 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        payload = only("large.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", pixels)
    assert np.array_equal(picture(payload), photo)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", pixels // 2 - 1)
    with pytest.raises(
        GradLensError, match=r'^The picture "large.png" has more pixels than Pillow'
    ):
        show("model.h5", "large.png")
