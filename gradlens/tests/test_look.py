"""The arguments that `show` and `heatmap` share, as a user meets them."""

from __future__ import annotations

import inspect
import re
from typing import Any, get_type_hints

import numpy as np
import pytest

import gradlens
from gradlens._arguments import vocabulary
from gradlens._arguments.look import look
from gradlens._shared.nearest import did_you_mean
from gradlens.errors import ArgumentError

ARRAY = np.zeros((4, 5), np.float32)


def test_signatures_list_every_argument() -> None:
    names = set(inspect.signature(gradlens.show).parameters)
    assert {"model", "image", "layer", "labels", "name"} < names
    assert set(vocabulary.LOOK_KINDS) < names
    assert "look" not in names
    assert "opacity" not in inspect.signature(gradlens.heatmap).parameters


@pytest.mark.parametrize("function", [gradlens.show, gradlens.heatmap])
def test_docstrings_say_each_argument_once(function: Any) -> None:
    text = inspect.getdoc(function)
    for name in inspect.signature(function).parameters:
        assert len(re.findall(rf"^    {name}: ", text or "", re.M)) == 1, name


def test_typed_dictionaries_have_every_argument() -> None:
    assert set(get_type_hints(vocabulary.Look)) == set(vocabulary.LOOK_KINDS)
    assert set(get_type_hints(vocabulary.MapLook)) < set(vocabulary.LOOK_KINDS)


@pytest.mark.parametrize(
    ("typed", "wanted"), [("opac", "opacity="), ("receptive_f", "receptive_field=")]
)
def test_a_notebook_completes_arguments(typed: str, wanted: str) -> None:
    completer = pytest.importorskip("IPython.core.completer")
    interactive = pytest.importorskip("IPython.core.interactiveshell")
    shell = interactive.InteractiveShell.instance()
    shell.user_ns["gradlens"] = gradlens
    code = f"gradlens.show('m.h5', 'a.png', {typed}"
    try:
        with completer.provisionalcompleter():
            found = {one.text for one in shell.Completer.completions(code, len(code))}
    finally:
        interactive.InteractiveShell.clear_instance()
    assert wanted in found


def test_unknown_arguments_are_refused_with_the_nearest() -> None:
    message = re.escape(
        "heatmap() got an unexpected keyword argument 'colourmap'. Did you mean 'colormap'?"
    )
    with pytest.raises(TypeError, match=message):
        gradlens.heatmap(ARRAY, colourmap="jet")
    with pytest.raises(
        TypeError, match=r"heatmap\(\) got an unexpected keyword argument 'opacity'"
    ):
        gradlens.heatmap(ARRAY, opacity=0.5)


@pytest.mark.parametrize(
    ("name", "meant"),
    [("nolayer", None), ("conv11", "conv1"), ("block1", "block1_conv"), ("", None), ("in", None)],
)
def test_only_names_that_are_near_are_suggested(name: str, meant: str | None) -> None:
    said = did_you_mean(name, ["input_layer_1", "conv1", "block1_conv"])
    assert said == (f" Did you mean {meant!r}?" if meant else "")


def test_each_kind_of_argument_is_read() -> None:
    values: dict[str, Any] = {
        "words": None,
        "flag": True,
        "flag-or-auto": False,
        "share": 0.5,
        "count": 3,
        "index": 0,
        "index?": 1,
        "indices": [1, 2],
        "viewport": (0.5, 0.5, 2),
        "range": (0, 1),
        "region?": (0, 0, 1, 1),
        "place?": (0.1, 0.2),
        "channels": {"conv4": [3]},
        "links": {"colors": "unlinked"},
    }
    for name, (key, kind, words, _) in vocabulary.LOOK_KINDS.items():
        assert key in look(**{name: words[0] if words else values[kind]})


def test_channels_that_are_off_go_by_layer() -> None:
    made = look(channels_off={"conv4": np.array([3, 3, 8]), "conv1": []}, off_by="mean")
    assert made == {"channelsOff": {"conv4": [3, 8]}, "offBy": "mean"}


@pytest.mark.parametrize("value", [[3], {"conv4": 3}, {"conv4": "3"}, {"": [3]}, {4: [3]}])
def test_channels_that_are_off_need_layers(value: Any) -> None:
    with pytest.raises(ArgumentError, match=r"channels by layer, such as"):
        look(channels_off=value)


def test_channels_that_are_off_are_indices() -> None:
    with pytest.raises(ArgumentError, match=r"channels_off\['conv4'\]=-1 is not a channel"):
        look(channels_off={"conv4": [-1]})
