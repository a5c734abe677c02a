from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gradlens import GradLensError, show

from .reading import decoded, picture, schema_errors, values
from .torch_like import Torch


def test_volumes_are_kept_whole_and_shown_slice_by_slice(folder: Path) -> None:
    volumes = np.linspace(-1, 1, 2 * 4 * 5 * 6 * 2).reshape(2, 4, 5, 6, 2).astype("float32")
    payload = show("model.h5", volumes, slice_index=3).payload
    assert schema_errors(payload) == []
    assert payload["view"] == {"slice": 3}
    assert [image["name"] for image in payload["images"]] == ["volume 1", "volume 2"]
    for index, image in enumerate(payload["images"]):
        assert image["slices"] == 4
        np.testing.assert_array_equal(values(image["tensor"]), volumes[index])
        # Their channels' mean, as of any image of two channels, from -1..1.
        gray = np.rint((volumes[index].mean(-1) + 1) * 127.5)
        np.testing.assert_array_equal(picture(payload, index), gray.reshape(4 * 5, 6))


def test_videos_of_bytes_are_prepared_in_the_browser(folder: Path) -> None:
    video = np.arange(3 * 4 * 5 * 3, dtype=np.uint8).reshape(1, 3, 4, 5, 3)
    payload = show("model.h5", video, preprocess="tf").payload
    (image,) = payload["images"]
    assert (image["slices"], "tensor" in image) == (3, False)
    np.testing.assert_array_equal(picture(payload), video[0].reshape(12, 5, 3))


def test_torch_volumes_have_their_channels_moved_last(folder: Path) -> None:
    scan = np.arange(2 * 3 * 4 * 5, dtype=np.float32).reshape(1, 2, 3, 4, 5) / 7
    (image,) = show("model.h5", Torch(scan)).payload["images"]
    np.testing.assert_array_equal(values(image["tensor"]), np.moveaxis(scan[0], 0, -1))


def test_a_slice_that_is_not_there(folder: Path) -> None:
    with pytest.raises(GradLensError, match="slice_index=3 is none of the slices: give 0 to 2"):
        show("model.h5", np.zeros((1, 3, 4, 4, 1)), slice_index=3)


def test_volumes_too_large_are_refused_not_reduced(folder: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (1, 32, 500, 500, 1), dtype=np.uint8)
    with pytest.raises(GradLensError, match="fewer or smaller slices"):
        show("model.h5", noise)


def test_volumes_of_several_inputs(folder: Path) -> None:
    scan = np.linspace(0, 1, 2 * 3 * 4 * 1).reshape(1, 2, 3, 4, 1).astype("float32")
    video = np.arange(2 * 3 * 4 * 3, dtype=np.uint8).reshape(1, 2, 3, 4, 3)
    payload = show("model.h5", {"t1": scan, "t2": scan[0] + 1, "clip": video}).payload
    assert schema_errors(payload) == []
    (image,) = payload["images"]
    assert (image["input"], image["slices"]) == ("t1", 2)
    np.testing.assert_array_equal(values(image["others"]["t2"]["tensor"]), scan[0] + 1)
    assert image["others"]["clip"]["slices"] == 2


def test_volumes_with_channels_first_are_given_as_they_are(folder: Path) -> None:
    scan = np.linspace(0, 1, 5 * 6 * 20).reshape(1, 1, 5, 6, 20).astype("float32")
    payload = show("model.h5", scan).payload
    (image,) = payload["images"]
    assert (image["slices"], image["tensor"]["shape"]) == (5, [1, 5, 6, 20])
    assert picture(payload).shape == (5 * 6, 20)


def test_videos_among_other_inputs_are_read_as_the_first_is(folder: Path) -> None:
    # Transparent: its colours count, as in Keras.
    clear = np.broadcast_to(np.array([10, 20, 30, 0], np.uint8), (1, 3, 4, 5, 4))
    scan = np.arange(2 * 3 * 4 * 5, dtype=np.float32).reshape(1, 2, 3, 4, 5) / 7
    inputs = {"a": np.zeros((4, 5, 3), np.uint8), "clip": clear, "scan": Torch(scan)}
    (image,) = show("model.h5", inputs).payload["images"]
    others = image["others"]
    assert others["clip"]["slices"] == 3
    assert (decoded(others["clip"]["picture"]) == [10, 20, 30]).all()
    np.testing.assert_array_equal(values(others["scan"]["tensor"]), np.moveaxis(scan[0], 0, -1))


def test_values_for_another_input_have_a_picture_as_an_image_has(folder: Path) -> None:
    left = np.linspace(0, 1, 4 * 5 * 3).reshape(4, 5, 3).astype("float32")
    right = np.linspace(-1, 1, 6 * 7).reshape(6, 7, 1).astype("float32")
    scan = np.linspace(0, 1, 2 * 3 * 4).reshape(1, 2, 3, 4, 1).astype("float32")
    inputs = {"left": left, "right": right, "scan": scan, "meta": np.ones(3, np.float32)}
    payload = show("model.h5", inputs).payload
    assert schema_errors(payload) == []
    others = payload["images"][0]["others"]
    np.testing.assert_array_equal(values(others["right"]["tensor"]), right)
    # -1..1 are black and white.
    seen = decoded(others["right"]["picture"])
    assert (seen.shape[:2], seen.min(), seen.max()) == ((6, 7), 0, 255)
    assert (others["scan"]["slices"], decoded(others["scan"]["picture"]).shape[:2]) == (2, (6, 4))
    assert "picture" not in others["meta"]
