from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradlens import GradLensError, show
from gradlens._arguments.truth import truths

NAMES = ["tank", "no tank", "sky"]


@pytest.mark.parametrize(
    ("y", "expected"),
    [
        (None, [None, None, None]),
        ([0, 2, 1], [0, 2, 1]),
        (["sky", "tank", "No Tank"], [2, 0, 1]),
        ([0, None, "sky"], [0, None, 2]),
        (np.array([0, 2, 1], np.uint8), [0, 2, 1]),
        (np.array([[0], [2], [1]]), [0, 2, 1]),
        (np.array([0.0, 2.0, 1.0], np.float32), [0, 2, 1]),
        (np.array(["sky", "tank", "sky"]), [2, 0, 2]),
        (np.eye(3)[[0, 2, 1]], [0, 2, 1]),
        ([[1, 0, 0], [0, 0, 1], [0, 1, 0]], [0, 2, 1]),
        ((np.int64(0), np.int64(2), np.int64(1)), [0, 2, 1]),
    ],
)
def test_reads(y: Any, expected: list[int | None]) -> None:
    assert truths(y, 3, NAMES, None) == expected


def test_one_image_needs_no_list() -> None:
    assert truths("sky", 1, NAMES, None) == [2]
    assert truths(np.int64(1), 1, None, None) == [1]


@pytest.mark.parametrize(
    ("y", "images", "labels", "sentence"),
    [
        ([0, 1], 3, None, "y has 2 classes, but there are 3 images: give one class for each."),
        ([0, 1], 1, None, "y has 2 classes, but there is 1 image: give one class for each."),
        ([0], 2, None, "y has 1 class, but there are 2 images: give one class for each."),
        ([0, 3], 2, NAMES, "y[1]: 3 does not exist: labels has 3 names, so the last class is 2."),
        ([0, -1], 2, None, "y[1]: -1 is not a class: give its index (0, 1, …) or name."),
        ([0.5, 1], 2, None, "y[0]: 0.5 is not a class: give its index (0, 1, …) or name."),
        (["skyy", "sky"], 2, NAMES, "y[0]: 'skyy' is not in labels: did you mean 'sky'?"),
        (
            ["tank", "sky"],
            2,
            None,
            "y[0]: 'tank' is a name, but no names are known: give labels=… or a class index.",
        ),
        (
            np.full((2, 3), 0.5),
            2,
            None,
            "y has shape (2, 3), but its rows are not 0 with a single 1: "
            "give the index or name of each image's class.",
        ),
        (
            np.array([[1, 0, 1], [0, 1, 0]]),
            2,
            None,
            "y has shape (2, 3), and rows with several classes: they do not exclude each other, so "
            "an image is not right or wrong by its highest score. Leave y out.",
        ),
        (
            np.zeros((2, 3, 3)),
            2,
            None,
            "y has shape (2, 3, 3): give the index or name of each image's class.",
        ),
    ],
)
def test_refuses(y: Any, images: int, labels: list[str] | None, sentence: str) -> None:
    with pytest.raises(GradLensError) as refused:
        truths(y, images, labels, None)
    assert str(refused.value) == sentence


def test_knows_the_classes_of_a_live_model() -> None:
    model = SimpleNamespace(outputs=[SimpleNamespace(shape=(None, 4))])
    assert truths([3], 1, None, model) == [3]
    with pytest.raises(GradLensError, match=r"^y\[0\]: 4 does not exist: the model has 4 classes"):
        truths([4], 1, None, model)
    unit = SimpleNamespace(outputs=[SimpleNamespace(shape=(None, 1))])
    assert truths([1], 1, None, unit) == [1]


def test_is_in_the_payload(folder: Path, photo: np.ndarray) -> None:
    images = show("model.h5", [photo] * 3, y=["sky", None, 0], labels=NAMES).payload["images"]
    assert [image.get("truth") for image in images] == [2, None, 0]
    assert "truth" not in images[1]
