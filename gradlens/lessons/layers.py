"""Checks of lesson 2, *What layers see*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .hint import answered, expect, number, predicted, puts_back, right

if TYPE_CHECKING:
    import numpy as np

    from .._output.view import View

CELLS = {"conv1": 128, "conv2": 64, "conv3": 32, "conv4": 16}
SEEN = {"conv1": 3, "conv2": 8, "conv3": 18, "conv4": 38}
"""Pixels, along each axis, that a cell sees: convolutions of 3, between them pooling by 2."""


def cells(answer: Any) -> None:
    """Check the rows of each layer's maps.

    Args:
        answer: By layer, how many rows: `{"conv1": 128, …}`.
    """
    _each(answer, CELLS, "the pooling before it keeps one row of two")
    right("The maps get coarser, and there are more of them: 12, 16, 24, 32.")


def receptive(answer: Any) -> None:
    """Check the width of the part of the picture that a cell sees.

    Args:
        answer: By layer, in pixels: `{"conv1": 3, …}`.
    """
    _each(
        answer,
        SEEN,
        "go from the picture on: a layer adds (its size - 1) steps, and after each pooling "
        "a step is twice as wide",
    )
    right("38 of 128 pixels: a cell of conv4 can see a tank, no cell sees the whole picture.")


@puts_back
def changed(answer: Any, view: View) -> None:
    """Check how many cells of conv4 change when a pixel does; of 256.

    Args:
        answer: The number.
        view: Of two pictures that differ in one pixel.
    """
    given = number(answer, "count them as the cell above says.")
    before, after = (_activations(view, index, "conv4") for index in (0, 1))
    differs = abs(before - after).max(axis=-1) > 1e-5
    expect(
        given != 1,
        "one cell per pixel would be so without overlap. Neighbours see overlapping parts.",
    )
    expect(
        given == differs.sum(),
        f"the view says otherwise: {differs.any(1).sum()} rows and {differs.any(0).sum()} columns "
        "of cells see that pixel.",
    )
    right("They are the cells whose 38 pixels hold that one.")


@puts_back
def sky_channel(view: View) -> None:
    """Check that a channel of conv4 is enlarged that answers to the sky."""
    state = view.state
    expect(state.get("layer") == "conv4", "choose the layer conv4 first.")
    channel = state.get("channel")
    expect(channel is not None, "no channel is enlarged: click one of the small maps.")
    expect(state.get("image_index", 0) == 0, "choose the first picture, with the sky above.")
    seen = view.result(activations=True).activations
    assert seen is not None and channel is not None
    quarter = len(seen) // 4
    sky, ground = seen[:quarter, :, channel].mean(), seen[-quarter:, :, channel].mean()
    expect(sky > 0 or ground > 0, f"channel {channel} is silent on this picture: try another.")
    expect(
        sky > 3 * ground,
        f"channel {channel} is {sky:.2g} on the top quarter and {ground:.2g} on the bottom "
        "quarter: find one that is three times as bright above.",
    )
    right(f"Channel {channel}: {sky:.2g} on the sky, {ground:.2g} on the ground.")


def prediction(answer: Any) -> None:
    """Demand a prediction of what the network says of the picture upside down."""
    predicted(answer, ("tank", "no tank"))


@puts_back
def upside_down(answer: Any, view: View) -> None:
    """Check what the network says of the picture upside down.

    Args:
        answer: `"tank"` or `"no tank"`.
        view: Of the picture and the same upside down.
    """
    prediction(answer)
    said = _says(view, 1)
    expect(answer == said, f"read the view's second picture again: its first class is {said!r}.")
    right("Grey is grey, wherever it is: no layer of this network knows above from below.")


def _each(answer: Any, wanted: dict[str, int], hint: str) -> None:
    answered(answer, "write a number for each layer.")
    expect(
        isinstance(answer, dict) and set(answer) == set(wanted),
        f"give a dictionary with {', '.join(wanted)}.",
    )
    for layer, count in wanted.items():
        expect(answer[layer] is not ..., f"{layer} is not answered.")
        expect(answer[layer] == count, f"{layer} is not {answer[layer]}: {hint}.")


def _activations(view: View, image: int, layer: str) -> np.ndarray:
    view.set(image_index=image, layer=layer)
    seen = view.result(activations=True).activations
    assert seen is not None
    return seen


def _says(view: View, image: int) -> str:
    view.set(image_index=image)
    scores = view.result().scores
    assert scores is not None
    return ("no tank", "tank")[int(scores.argmax())]
