"""What a live model is asked, and does not have, is refused before a view opens."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradlens import show
from gradlens._model.live_outputs import check_target, refuse_subclassed
from gradlens.errors import ArgumentError


def model_of(*shapes: tuple[int | None, ...], names: tuple[str, ...] = ()) -> Any:
    return SimpleNamespace(
        outputs=[SimpleNamespace(shape=shape) for shape in shapes], output_names=names
    )


@pytest.mark.parametrize(
    ("model", "target", "output", "sentence"),
    [
        (model_of((None, 4)), 12, None, "There is no class 12: .* 4 classes, numbered 0 to 3"),
        (model_of((None, 4)), {"class": 0, "minus": 4}, None, "There is no class 4"),
        (model_of((None, 8, 8, 3)), {"class": 3, "pixels": "all"}, None, "no class 3"),
        (model_of((None, 1)), 2, None, "There is no class 2: .* 1 number"),
        (model_of((None, 9), (None, 2), names=("a", "b")), 5, "b", "no class 5: .* 2 classes"),
    ],
)
def test_a_class_that_is_not_there(
    model: Any, target: Any, output: str | None, sentence: str
) -> None:
    with pytest.raises(ArgumentError, match=sentence):
        check_target(model, target, output)


@pytest.mark.parametrize(
    ("model", "target", "output"),
    [
        (model_of((None, 4)), 3, None),
        (model_of((None, 4)), None, None),
        (model_of((None, 1)), 1, None),
        (model_of((None, None)), 9, None),
        (model_of((None, 9), (None, 2), names=("a", "b")), 5, "a"),
        (model_of((None, 2)), 5, "not a name"),
        (model_of((None, 3)), {"layer": "conv", "channel": 40}, None),
        (model_of((None, 4, 4, 30)), {"cell": (1, 1), "channel": 29}, None),
        ("model.keras", 12, None),
        (SimpleNamespace(), 12, None),
    ],
)
def test_what_may_be_there_is_not_refused(model: Any, target: Any, output: str | None) -> None:
    check_target(model, target, output)


def keras_class(name: str, *bases: type, module: str = "keras.src.models") -> type:
    return type(name, bases, {"__module__": module})


Model = keras_class("Model")


@pytest.mark.parametrize("module", ["keras.src.models.model", "tf_keras.src.engine.training"])
def test_subclassed_models_are_refused(module: str, photo: np.ndarray) -> None:
    base = keras_class("Model", module=module)
    own = keras_class("Own", base, module="__main__")
    with pytest.raises(ArgumentError, match="class Own, whose layers exist only as Python code"):
        show(own(), photo)


@pytest.mark.parametrize(
    "model",
    [
        keras_class("Functional", Model)(),
        keras_class("Own", keras_class("Functional", Model), module="__main__")(),
        keras_class("Sequential", Model)(),
        keras_class("Model", module="torch.nn")(),
        "model.keras",
    ],
)
def test_others_are_not(model: Any) -> None:
    refuse_subclassed(model)
