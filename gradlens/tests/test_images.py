from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradlens import GradLensError, show

from .reading import bits, decoded, only, picture, values
from .torch_like import Torch


def float_bits(array: np.ndarray) -> list[int]:
    return np.ascontiguousarray(array, "<f4").view("<u4").ravel().tolist()


@pytest.mark.parametrize("work", [np.float64, np.float32])
def test_reference_case_shows_the_picture_and_keeps_every_bit(folder: Path, work: type) -> None:
    # 256 values x 3 channels: every level that a picture can have.
    levels = np.arange(224 * 224 * 3).reshape(224, 224, 3) % 256
    original = levels.astype(np.uint8)
    tensor = (original.astype(work) / work(255) * work(2) - work(1))[None]
    payload = only(tensor)
    assert np.array_equal(picture(payload), original)
    assert payload["images"][0]["tensor"]["shape"] == [224, 224, 3]
    assert bits(payload["images"][0]["tensor"]) == float_bits(tensor.astype(np.float32))


IMAGENET_MEAN = [0.485, 0.456, 0.406]
IMAGENET_STD = [0.229, 0.224, 0.225]
BGR_MEAN = [103.939, 116.779, 123.68]

MADE = [
    (None, lambda x: x / 255),
    (None, lambda x: x + 0.25 * (x < 255)),
    ("tf", lambda x: x / 127.5 - 1),
    ("scale", lambda x: x / 255),
    ("torch", lambda x: (x / 255 - IMAGENET_MEAN) / IMAGENET_STD),
    ("caffe", lambda x: x[..., ::-1] - BGR_MEAN),
    (([0.5, 0.4, 0.3], [0.2, 0.3, 0.4]), lambda x: (x / 255 - [0.5, 0.4, 0.3]) / [0.2, 0.3, 0.4]),
    ((0.5, 0.25), lambda x: (x / 255 - 0.5) / 0.25),
]


@pytest.mark.parametrize(("preprocess", "make"), MADE)
def test_preprocessed_tensors_are_shown_as_the_picture(
    folder: Path, photo: np.ndarray, preprocess: Any, make: Any
) -> None:
    tensor = make(photo.astype(np.float64)).astype(np.float32)
    payload = only(tensor, preprocess=preprocess)
    assert np.array_equal(picture(payload), photo)
    assert bits(payload["images"][0]["tensor"]) == float_bits(tensor)


def test_tensor_not_made_as_stated_is_guessed(folder: Path, photo: np.ndarray) -> None:
    # "torch" would make 0..255 out of -2.1..2.6 only.
    payload = only(photo / 255 * 10 - 5, preprocess="torch")
    stretched = np.rint(photo / 255 * 255)
    assert np.array_equal(picture(payload), stretched)


def test_unknown_range_is_stretched_for_each_image(folder: Path, photo: np.ndarray) -> None:
    batch = np.stack([photo * 4.0 - 300, photo * 2.0 - 300])
    payload = show("model.h5", batch).payload
    for index in range(2):
        assert np.array_equal(picture(payload, index), photo)


def test_constant_and_unbounded_tensors_are_gray(folder: Path) -> None:
    assert picture(only(np.full((4, 4, 3), -7.5))).tolist() == np.full((4, 4, 3), 128).tolist()


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
def test_broken_pixels_are_gray_and_keep_their_bits(
    folder: Path, photo: np.ndarray, broken: float
) -> None:
    tensor = (photo / 255 * 2 - 1).astype(np.float32)
    tensor[3, 5, 1] = broken
    payload = only(tensor)
    shown = picture(payload)
    assert shown[3, 5].tolist() == [128, 128, 128]
    expected = photo.copy()
    expected[3, 5] = 128
    assert np.array_equal(shown, expected)
    assert bits(payload["images"][0]["tensor"]) == float_bits(tensor)


def test_all_nan_is_gray(folder: Path) -> None:
    payload = only(np.full((4, 4, 3), np.nan))
    assert (picture(payload) == 128).all()
    assert np.isnan(values(payload["images"][0]["tensor"])).all()


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.uint16, np.float32, np.float64])
@pytest.mark.parametrize("preprocess", [None, "tf"])
def test_whole_numbers_are_pictures(
    folder: Path, photo: np.ndarray, dtype: type, preprocess: Any
) -> None:
    payload = only(photo.astype(dtype), preprocess=preprocess)
    assert np.array_equal(picture(payload), photo)
    assert "tensor" not in payload["images"][0]
    assert payload["preprocess"] == preprocess


@pytest.mark.parametrize(
    "array",
    [
        np.array([[0.0, 1.0], [1.0, 0.0]]),  # a preprocessed black and white
        np.array([[0, 300], [1, 2]]),
        np.array([[0, -1], [1, 2]]),
        np.array([[True, False]]),
        np.array([[0.5, 254.0]]),
    ],
)
def test_other_numbers_are_tensors(folder: Path, array: np.ndarray) -> None:
    payload = only(array)
    tensor = payload["images"][0]["tensor"]
    assert tensor["shape"] == [*array.shape, 1]
    assert np.array_equal(values(tensor)[..., 0], array)


def test_float64_is_rounded_once(folder: Path) -> None:
    tensor = np.array([[1 / 3, 0.1]])
    written = values(only(tensor)["images"][0]["tensor"])
    assert written.ravel().tolist() == [float(np.float32(1 / 3)), float(np.float32(0.1))]


def test_strided_and_big_endian_arrays_are_read_in_order(folder: Path, photo: np.ndarray) -> None:
    tensor = (photo / 255).astype(">f4")[::-1, ::2]
    assert np.array_equal(values(only(tensor)["images"][0]["tensor"]), tensor.astype(np.float64))
    assert np.array_equal(picture(only(photo[::-1, ::2])), photo[::-1, ::2])


@pytest.mark.parametrize("axes", [(2, 0, 1), (0, 1, 2)])
@pytest.mark.parametrize("batched", [False, True])
def test_torch_channels_are_moved_last(
    folder: Path, photo: np.ndarray, axes: tuple[int, ...], batched: bool
) -> None:
    tensor = np.transpose(photo / 255, axes).astype(np.float32)
    payload = only(Torch(tensor[None] if batched else tensor))
    assert np.array_equal(picture(payload), photo)
    assert bits(payload["images"][0]["tensor"]) == float_bits((photo / 255).astype(np.float32))


def test_torch_batches_and_bfloat16(folder: Path, photo: np.ndarray) -> None:
    batch = np.stack([np.moveaxis(photo, -1, 0)] * 2)
    payload = show("model.h5", Torch(batch)).payload
    assert [one["name"] for one in payload["images"]] == ["image 1", "image 2"]
    assert np.array_equal(picture(payload, 1), photo)
    gray = only(Torch(np.ones((1, 4, 5)) / 2, bfloat16=True))
    assert gray["images"][0]["tensor"]["shape"] == [4, 5, 1]


def test_object_with_numpy_method_is_a_tensor(folder: Path, photo: np.ndarray) -> None:
    class Eager:
        def numpy(self) -> np.ndarray:
            return photo

    assert np.array_equal(picture(only(Eager())), photo)


def test_shapes_of_gray_pictures(folder: Path) -> None:
    gray = np.arange(30, dtype=np.uint8).reshape(5, 6)
    for shape in [(5, 6), (5, 6, 1), (1, 5, 6, 1), (1, 5, 6)]:
        assert np.array_equal(picture(only(gray.reshape(shape))), gray)
    several = show("model.h5", np.stack([gray] * 7)).payload
    assert len(several["images"]) == 7
    assert np.array_equal(picture(only([[0, 255], [7, 9]])), [[0, 255], [7, 9]])


def test_multispectral_tensor_is_fed_whole_and_shown_as_its_mean(folder: Path) -> None:
    tensor = np.stack([np.full((4, 4), 0.0), np.full((4, 4), 1.0)], axis=-1)
    payload = only(tensor)
    assert payload["images"][0]["tensor"]["shape"] == [4, 4, 2]
    assert (picture(payload) == 128).all()


@pytest.mark.parametrize(
    ("shape", "advice"),
    [
        ((3, 20, 20), r"moveaxis\(image, 0, -1\)"),
        ((2, 3, 20, 20), r"moveaxis\(image, 1, -1\)"),
        ((1, 2, 3, 4, 5, 6), r"\(n, h, w, channels\)"),
        ((1, 40_000, 1, 2, 1), "40000 rows"),
    ],
)
def test_shapes_that_are_no_images(folder: Path, shape: tuple[int, ...], advice: str) -> None:
    with pytest.raises(GradLensError, match=advice):
        show("model.h5", np.ones(shape))


@pytest.mark.parametrize("image", [[], np.zeros((0, 4, 3)), {"a": 1}, [None], np.array(["x"])])
def test_things_that_are_no_images(folder: Path, image: Any) -> None:
    with pytest.raises(GradLensError, match="image"):
        show("model.h5", image)


def test_other_inputs_are_read_as_the_first_is(folder: Path, photo: np.ndarray) -> None:
    alpha = np.dstack([photo, np.zeros(photo.shape[:2], np.uint8)])
    (image,) = show("model.h5", {"a": photo, "b": alpha}).payload["images"]
    assert np.array_equal(decoded(image["others"]["b"]["picture"]), photo)
    values_first = Torch(np.moveaxis(photo.astype("float32") / 300, -1, 0))
    (image,) = show("model.h5", {"a": photo, "b": values_first}).payload["images"]
    assert image["others"]["b"]["tensor"]["shape"] == list(photo.shape)


def test_tensors_over_the_limit_are_refused(folder: Path) -> None:
    with pytest.raises(GradLensError, match=r"image takes 12\.0 MB.*at most 8\.4 MB.*preprocess="):
        show("model.h5", np.full((1000, 1000, 3), 0.5))
    with pytest.raises(GradLensError, match=r"list of 20 tensors takes 12\.0 MB.*fewer"):
        show("model.h5", np.full((20, 224, 224, 3), 0.5))


def test_vectors_are_one_row_and_keep_every_bit(folder: Path) -> None:
    vector = np.array([0, 3, 255, 7], np.uint8)
    tensor = only(vector)["images"][0]["tensor"]
    assert tensor["shape"] == [1, 4, 1]
    assert bits(tensor) == float_bits(vector.astype(np.float32))
    payload = show("model.h5", [np.zeros(5), np.ones(5)]).payload
    assert [image["tensor"]["shape"] for image in payload["images"]] == [[1, 5, 1], [1, 5, 1]]


def test_inputs_by_name(folder: Path, photo: np.ndarray) -> None:
    sample = {"meta": [1.5, 2], "rgb": photo, "depth": photo[..., :1] / 255}
    image = only(sample)["images"][0]
    assert image["input"] == "rgb"
    assert "tensor" not in image
    assert values(image["others"]["meta"]["tensor"]).tolist() == [1.5, 2]
    assert bits(image["others"]["depth"]["tensor"]) == float_bits(photo[..., :1] / 255)


def test_two_pictures_by_name_are_both_prepared(folder: Path, photo: np.ndarray) -> None:
    image = only({"left": photo, "right": photo[::-1]})["images"][0]
    assert image["input"] == "left"
    assert set(image["others"]["right"]) == {"picture"}


def test_samples_by_name_in_a_list(folder: Path, photo: np.ndarray) -> None:
    samples = [{"rgb": photo, "meta": np.zeros(3)}, {"rgb": photo, "meta": np.ones(3)}]
    images = show("model.h5", samples).payload["images"]
    assert [values(image["others"]["meta"]["tensor"])[0] for image in images] == [0, 1]


@pytest.mark.parametrize(
    ("image", "advice"),
    [
        ({}, "by the input's name"),
        ({3: np.zeros((4, 4))}, "by the input's name"),
        ({"rgb": np.zeros((2, 9, 9, 3)), "meta": [1.0]}, "a list of dictionaries"),
        ({"rgb": np.zeros((9, 9, 3)), "meta": np.zeros((2, 1, 1, 1, 1))}, "at most four axes"),
        ({"rgb": np.zeros((9, 9, 3)), "meta": "no such file.png"}, "no such file.png"),
    ],
)
def test_inputs_by_name_that_cannot_be_read(folder: Path, image: Any, advice: str) -> None:
    with pytest.raises(GradLensError, match=advice):
        show("model.h5", image)


def test_several_channels_are_not_taken_for_columns(folder: Path) -> None:
    with pytest.raises(GradLensError, match="40 gray pictures or one of 5 channels"):
        show("model.h5", np.zeros((40, 40, 5), np.uint8))
