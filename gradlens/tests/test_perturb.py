from __future__ import annotations

import numpy as np
import pytest

import gradlens

# What TensorFlow and scipy say is compared where they are: conformance/perturb/generate.py.


def ramp() -> np.ndarray:
    return np.arange(0, 240, 5, dtype=np.uint8).reshape(4, 4, 3)


def test_a_mask_is_covered_and_nothing_else() -> None:
    mask = np.zeros((4, 4))
    mask[1, 2:] = 1
    made = gradlens.perturb(ramp(), cover=mask)
    assert made.dtype == np.uint8
    assert (made[1, 2:] == 0).all()
    assert (made[mask == 0] == ramp()[mask == 0]).all()


def test_runs_of_a_smaller_mask_are_laid_on_the_whole_picture() -> None:
    made = gradlens.perturb(ramp(), cover={"shape": [2, 2], "runs": [0, 1, 3]}, fill="grey")
    assert (made[:2, :2] == 128).all()
    assert (made[2:] == ramp()[2:]).all()
    assert (made[:, 2:] == ramp()[:, 2:]).all()


def test_surroundings_of_one_colour_are_that_colour() -> None:
    picture = np.full((9, 7, 3), 77, np.uint8)
    mask = np.zeros((9, 7), bool)
    mask[2:6, 1:7] = True
    holed = np.where(mask[..., None], np.uint8(3), picture)
    assert (gradlens.perturb(holed, cover=mask, fill="surroundings") == 77).all()


def test_a_tensor_has_its_own_black_and_is_not_rounded() -> None:
    tensor = np.linspace(-1, 1, 48, dtype=np.float32).reshape(4, 4, 3)
    made = gradlens.perturb(tensor, cover=np.eye(4))
    assert made.dtype == np.float32
    assert (made[np.eye(4) == 1] == -1).all()
    assert (made[np.eye(4) == 0] == tensor[np.eye(4) == 0]).all()


def test_a_shift_by_whole_pixels_moves_them_as_they_are() -> None:
    made = gradlens.perturb(ramp(), shift=(1, -2))
    assert (made[:2, 1:] == ramp()[2:, :3]).all()


def test_brightness_ends_at_white() -> None:
    assert gradlens.perturb(ramp(), brightness=1).min() == 255


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"fill": "white"}, "fill is 'white'"),
        ({"cover": np.zeros(3)}, "cover has the shape"),
        ({"cover": {"shape": [2, 2], "runs": [3]}}, "do not fill its shape"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: dict[str, object], sentence: str) -> None:
    with pytest.raises(gradlens.GradLensError, match=sentence):
        gradlens.perturb(ramp(), **arguments)
