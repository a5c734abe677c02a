"""Checks of lesson 4, *Channels that died, and what training changed*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .hint import answered, expect, number, predicted, puts_back, right

if TYPE_CHECKING:
    import numpy as np

    from .._output.view import View

PICTURES = 9
EPOCHS = 8
SQUARE = 3
"""Index of square-1.png, whose class is 1."""


@puts_back
def dead(answer: Any, view: View) -> None:
    """Check which channels of conv2 are 0 on all nine pictures after the last epoch.

    Args:
        answer: Their numbers, in any order.
        view: Of the epochs on the folder of shapes.
    """
    answered(answer, "write a list of channels, such as [0, 5].")
    highest = [_activations(view, image, "conv2").max(axis=(0, 1)) for image in range(PICTURES)]
    wanted = {
        channel
        for channel in range(len(highest[0]))
        if max(float(of[channel]) for of in highest) == 0
    }
    given = set(answer)
    alive = sorted(given - wanted)
    expect(
        not alive,
        f"channel {alive[0] if alive else ''} answers to one of the pictures: look at all nine.",
    )
    expect(given == wanted, f"there are more: {len(wanted)} of {len(highest[0])} are silent.")
    right("They cost as much to compute as the others, and no gradient will wake them.")


def prediction(answer: Any, *choices: str) -> None:
    """Demand a prediction: one of the choices."""
    predicted(answer, choices)


@puts_back
def dropout(answer: Any, view: View) -> None:
    """Check by how much the layer `dropout` changes the maps of conv3.

    Args:
        answer: The largest difference of two cells, before and after it.
        view: Of the epochs on the folder of shapes.
    """
    given = number(answer, "write the largest difference between the two layers' activations.")
    before, after = (_activations(view, 0, layer) for layer in ("conv3", "dropout"))
    wanted = float(abs(before - after).max())
    expect(
        abs(given - wanted) < 1e-6,
        "the two layers show the same maps: subtract one layer's activations from the other's.",
    )
    right("Dropout works while a model trains, and does nothing when it is used.")


@puts_back
def since(answer: Any, view: View) -> None:
    """Check the epoch from which on square-1 is called a square.

    Args:
        answer: The epoch, 1 to 8.
        view: Of the epochs on the folder of shapes.
    """
    given = number(answer, "write the number of the epoch.")
    called = []
    for epoch in range(EPOCHS):
        view.set(model_index=epoch, image_index=SQUARE)
        scores = view.result().scores
        assert scores is not None
        called.append(int(scores.argmax()))
    wanted = max((epoch + 1 for epoch in range(EPOCHS) if called[epoch] != 1), default=0) + 1
    expect(
        not (given < wanted and given in [e + 1 for e in range(EPOCHS) if called[e] == 1]),
        "it is right then, and wrong again later: from when on does it stay right?",
    )
    expect(given == wanted, "move the slider and watch the class of square-1.png.")
    right("It was right before, by luck, and unlearnt it.")


@puts_back
def negatives(answer: Any, view: View) -> None:
    """Check how many of the nine pictures are called right as negatives.

    Args:
        answer: 0 to 9.
        view: Of the last epoch on the nine negatives, in the same order.
    """
    given = number(answer, "count them in the view.")
    correct = 0
    for image in range(PICTURES):
        view.set(image_index=image)
        scores = view.result().scores
        assert scores is not None
        correct += int(scores.argmax()) == image // 3
    expect(given == correct, "the view says otherwise: go through its nine pictures.")
    right("It never saw a dark shape: what is not in the training set is not learnt.")


def _activations(view: View, image: int, layer: str) -> np.ndarray:
    view.set(model_index=EPOCHS - 1, image_index=image, layer=layer)
    seen = view.result(activations=True).activations
    assert seen is not None
    return seen
