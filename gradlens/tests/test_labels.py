"""Values that `labels=` takes, and what it makes of targets."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradlens import show
from gradlens._arguments.labels import check_number
from gradlens.errors import ArgumentError

IMAGENET_LIKE = {"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish"]}


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["sky", "tank"], ["sky", "tank"]),
        (np.array(["sky", "tank"]), ["sky", "tank"]),
        (range(3), ["0", "1", "2"]),
        ({0: "sky", 2: "tank"}, ["sky", "1", "tank"]),
        ({"sky": 0, "tank": 1}, ["sky", "tank"]),
        (IMAGENET_LIKE, ["tench", "goldfish"]),
        ([], []),
        ({}, []),
    ],
)
def test_labels(folder: Path, photo: np.ndarray, labels: Any, names: list[str]) -> None:
    assert show("model.h5", photo, labels=labels).payload["labels"] == names


def outputs_of(*shapes: tuple[int | None, ...]) -> Any:
    return SimpleNamespace(outputs=[SimpleNamespace(shape=shape) for shape in shapes])


@pytest.mark.parametrize(
    ("names", "model"),
    [
        (["a", "b"], outputs_of((None, 4))),
        (list("abcdefg"), outputs_of((None, 4))),
        (["a", "b", "c"], outputs_of((None, 1))),
        (["a", "b", "c"], outputs_of((None, 10), (None, 2))),
    ],
)
def test_labels_of_another_number_are_said(names: list[str], model: Any) -> None:
    with pytest.warns(
        UserWarning, match=f"labels has {len(names)} names, but .* has [0-9 or]* classes"
    ):
        check_number(names, model)


@pytest.mark.parametrize(
    ("names", "model"),
    [
        (None, outputs_of((None, 4))),
        (["a", "b"], outputs_of((None, 1))),
        (["a"], outputs_of((None, 1))),
        (["a", "b"], outputs_of((None, 10), (None, 2))),
        (["a", "b"], outputs_of((None, None))),
        (["a", "b"], "model.h5"),
    ],
)
@pytest.mark.filterwarnings("error")
def test_labels_of_the_right_number(names: list[str] | None, model: Any) -> None:
    check_number(names, model)


@pytest.mark.parametrize(("name", "index"), [("zero", 1), ("not zero", 0), ("Zero", 1)])
def test_one_name_is_that_of_the_unit(
    folder: Path, photo: np.ndarray, name: str, index: int
) -> None:
    view = show("model.h5", photo, labels=["zero"], target=name).payload["view"]
    assert view["target"] == index


def test_labels_from_files(folder: Path, photo: np.ndarray) -> None:
    Path("index.json").write_text(json.dumps(IMAGENET_LIKE))
    Path("list.json").write_text('["ciel", "vélo"]', encoding="utf-8")
    Path("names.txt").write_text("\ufeffsky\ntank\n\n", encoding="utf-8")
    Path("broken.json").write_text("{")

    def read(path: Any) -> list[str]:
        return show("model.h5", photo, labels=path).payload["labels"]

    assert read("index.json") == ["tench", "goldfish"]
    assert read(Path("list.json")) == ["ciel", "vélo"]
    assert read("names.txt") == ["sky", "tank"]
    with pytest.raises(ArgumentError, match=r'"broken\.json" cannot be read'):
        read("broken.json")


def test_target_by_name(folder: Path, photo: np.ndarray) -> None:
    def target(name: str) -> int:
        return show("model.h5", photo, labels=["Sky", "tank"], target=name).payload["view"][
            "target"
        ]

    assert target("tank") == 1
    assert target("sky") == 0
