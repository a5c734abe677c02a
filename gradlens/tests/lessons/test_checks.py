"""Checks take right answers and refuse wrong ones: here without a browser, which ui-tests have."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradlens.lessons import convolution, layers, tank, training, trust
from gradlens.lessons.hint import Hint

ANSWERS = json.loads((Path(__file__).parent / "answers.json").read_text(encoding="utf-8"))


@dataclass
class Shown:
    """What the checks ask of a view, of arrays made up: each result by the state it goes with."""

    results: Any
    state: dict[str, Any] = field(default_factory=dict)
    experiments: list[Any] = field(default_factory=list)

    def set(self, **changes: Any) -> None:
        self.state = self.state | changes

    def result(self, **_: Any) -> Any:
        return self.results(self.state)


def refused(hint: str, check: Any, *arguments: Any) -> None:
    with pytest.raises(Hint, match=re.escape(hint)) as caught:
        check(*arguments)
    assert caught.value._render_traceback_() == [f"Not yet: {caught.value}"]
    assert isinstance(caught.value, AssertionError)


def test_every_check_refuses_what_is_not_answered() -> None:
    for check in (convolution.size, convolution.value, convolution.convolve, convolution.blind):
        refused("nothing is answered", check, ...)
    for check in (layers.cells, layers.receptive, layers.prediction, tank.predictions, trust.which):
        refused("nothing is answered", check, ...)
    for check in (layers.changed, tank.wrong_pictures, tank.share, training.dead, training.dropout):
        refused("nothing is answered", check, ..., None)


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (convolution.size, [(10, 10), [10, 10]], [(12, 12), (9, 9), 10, "10"]),
        (convolution.value, [1.2, np.float32(1.2)], [-1.2, 0.6, "a", 306]),
        (convolution.blind, [[[1, -1, 0]] * 3], [np.zeros((3, 3)), np.ones((3, 3)), [1, -1]]),
        (convolution.blind, [], [convolution.LEFT, np.negative(convolution.LEFT), convolution.TOP]),
        (layers.cells, [layers.CELLS], [{**layers.CELLS, "conv4": 8}, {"conv1": 128}, 5]),
        (layers.receptive, [layers.SEEN], [{**layers.SEEN, "conv2": ...}]),
        (layers.prediction, ["tank", "no tank"], ["plane", None]),
        (trust.which, ["A", "B"], ["C", 1]),
    ],
)
def test_plain_answers(check: Any, right: list[Any], wrong: list[Any]) -> None:
    for answer in right:
        check(answer)
    for answer in wrong:
        with pytest.raises(Hint):
            check(answer)


def test_convolve_tells_what_is_wrong() -> None:
    right = convolution.correlated
    convolution.convolve(right)
    refused("turned the kernel round", convolution.convolve, lambda p, k: right(p, k[::-1, ::-1]))
    refused("there are 4 x 4 places", convolution.convolve, lambda p, k: p)
    refused("the numbers are others", convolution.convolve, lambda p, k: right(p, k) + 1)
    refused("return the whole map", convolution.convolve, lambda p, k: 3)
    refused("it fails on a 6 x 6 picture", convolution.convolve, lambda p, k: p @ k)


def test_two_hundred_numbers_of_the_network() -> None:
    maps = [convolution.correlated(convolution.picture(), np.array(k)) for k in
            (convolution.LEFT, convolution.TOP, np.full((3, 3), 1 / 9))]  # fmt: skip
    seen = SimpleNamespace(activations=np.stack(maps, axis=-1).astype(np.float32))
    view = Shown(lambda _: seen, {"layer": "kernels", "channel": 0})
    convolution.same_as_network(convolution.correlated, view)
    convolution.left_edges(view)
    refused("channel 1 of the network", convolution.same_as_network, only_left, view)
    for channel, hint in ((1, "lighter downwards"), (2, "every light place"), (None, "no channel")):
        view.state["channel"] = channel
        refused(hint, convolution.left_edges, view)


def only_left(picture: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    made = convolution.correlated(picture, kernel)
    return made if kernel[0, 0] == kernel[1, 0] else -made


def kept(left: int, top: int, right: int, bottom: int, after: float, image: int = 0) -> Any:
    mask = np.zeros((128, 128), bool)
    mask[top:bottom, left:right] = True
    return SimpleNamespace(mask=mask, after=np.array([1 - after, after]), image_index=image)


def test_experiments_on_the_tank_and_on_the_sky() -> None:
    of_tank, of_sky = kept(22, 60, 96, 100, 0.98), kept(0, 0, 128, 52, 0.1)
    grey, other = kept(0, 0, 128, 50, 0.84), kept(0, 0, 128, 52, 0.1, image=1)
    tank.covered(Shown(None, experiments=[grey, of_tank, of_sky]))
    for experiments, hint in (
        ([], "no experiment with a cover"),
        ([other], "no experiment with a cover"),
        ([of_tank], "hides the sky"),
        ([of_sky], "hides the tank"),
        ([kept(0, 0, 128, 128, 0.1)], "hides the tank"),
        ([of_tank, grey], "A grey cover is a grey sky"),
    ):
        refused(hint, tank.covered, Shown(None, experiments=experiments))


def test_a_rectangle_about_the_tank() -> None:
    for drawn, hint in (
        (None, "there is no rectangle"),
        (((0, 0), (1, 0), (1, 1)), "there is no rectangle"),
        ((0.2, 0.5, 0.5, 0.78), "a part of the tank is outside"),
        ((0, 0, 1, 1), "more field than tank"),
    ):
        refused(hint, tank.region, Shown(None, {"region": drawn}))
    tank.region(Shown(None, {"region": (0.18, 0.42, 0.84, 0.78)}))


def test_dead_is_what_is_0_on_all_pictures() -> None:
    def results(state: dict[str, Any]) -> Any:
        seen = np.zeros((10, 10, 12), np.float32)
        # Channel 2 on every picture, channel 5 on the last alone.
        seen[0, 0, 2] = 1
        seen[9, 9, 5] = float(state["image_index"] == 8)
        return SimpleNamespace(activations=seen)

    silent = [channel for channel in range(12) if channel not in (2, 5)]
    view = Shown(results, {"image_index": 4, "model_index": 2, "layer": "conv1"})
    training.dead(silent, view)
    # As the student had it.
    assert view.state == {"image_index": 4, "model_index": 2, "layer": "conv1"}
    refused("channel 5 answers", training.dead, [*silent, 5], Shown(results))
    refused("there are more: 10 of 12", training.dead, silent[1:], Shown(results))


def test_an_epoch_that_stays_right() -> None:
    called = [0, 1, 0, 1, 1, 2, 1, 1]
    view = Shown(lambda state: SimpleNamespace(scores=np.eye(3)[called[state["model_index"]]]))
    training.since(7, view)
    refused("wrong again later", training.since, 2, view)
    refused("move the slider", training.since, 8, view)


def test_delete_takes_the_cells_that_count_most() -> None:
    def delete(picture: np.ndarray, heat: np.ndarray, share: float, sign: int = -1) -> np.ndarray:
        chosen = np.zeros(heat.size, bool)
        chosen[np.argsort(sign * heat.ravel())[: round(share * heat.size)]] = True
        block = len(picture) // len(heat)
        picture[np.kron(chosen.reshape(heat.shape), np.ones((block, block))) > 0] = 0
        return picture

    trust.delete(delete)
    refused("count least", trust.delete, lambda *each: delete(*each, sign=1))
    refused("blackens 0%", trust.delete, lambda picture, heat, share: picture)
    refused("it fails", trust.delete, lambda picture: picture)


def test_answers_are_those_of_the_notebooks() -> None:
    assert all(set(one) == {"wrong", "hint", "right"} for of in ANSWERS.values()
               for one in of.values())  # fmt: skip
