"""Checks of lesson 5, *Can we trust a heatmap?*."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .hint import answered, expect, number, predicted, puts_back, right

if TYPE_CHECKING:
    import numpy as np

    from .._output.view import View


def which(answer: Any) -> None:
    """Demand a prediction of which network was trained, right or wrong."""
    predicted(answer, ("A", "B"))


def trained(answer: Any, a: View, b: View) -> None:
    """Check which of two networks was trained, by their scores.

    Args:
        answer: `"A"` or `"B"`.
        a: View of network A.
        b: View of network B.
    """
    which(answer)
    sure = {"A": _scores(a).max(), "B": _scores(b).max()}
    expect(
        answer == max(sure, key=lambda name: sure[name]),
        "look at the scores: a network with random weights knows nothing, and says so.",
    )
    right("The maps did not tell. The scores did.")


def likeness(answer: Any, a: View, b: View) -> None:
    """Check the correlation of two views' maps.

    Args:
        answer: Pearson's, -1 to 1.
        a: View of network A.
        b: View of network B.
    """
    import numpy as np

    given = number(answer, "write np.corrcoef(…)[0, 1] of the two maps, flattened.")
    expect(-1 <= given <= 1, "a correlation lies between -1 and 1.")
    wanted = float(np.corrcoef(_map(a).ravel(), _map(b).ravel())[0, 1])
    expect(
        abs(given - wanted) < 0.01,
        "the two maps that the views show have another one: flatten both with ravel().",
    )
    right("So much of the map is the picture's doing, and not what the network learnt.")


def delete(function: Callable[[np.ndarray, np.ndarray, float], np.ndarray]) -> None:
    """Check a function (picture, map, share) -> picture without the cells that count most."""
    import numpy as np

    answered(function, "write the body of delete.")
    rng = np.random.default_rng(1)
    for cells, block in ((4, 2), (16, 8)):
        picture = rng.integers(1, 256, (cells * block, cells * block, 3), np.uint8)
        weights = rng.permutation(cells * cells).reshape(cells, cells).astype(float)
        for share in (0.25, 0.5):
            ours = picture.copy()
            try:
                made = np.asarray(function(picture.copy(), weights.copy(), share))
            except Exception as error:
                expect(False, f"it fails on a {cells} x {cells} map: {error}.")
            top = weights >= cells * cells * (1 - share)
            inside = np.kron(top, np.ones((block, block))) > 0
            ours[inside] = 0
            low = picture.copy()
            low[np.kron(weights < cells * cells * share, np.ones((block, block))) > 0] = 0
            expect(
                made.shape == ours.shape, f"it returns the shape {made.shape}, not the picture's."
            )
            gone = float((made == 0).all(axis=-1).mean())
            expect(
                abs(gone - share) < 1e-9,
                f"asked for {share:.0%} of the cells, it blackens {gone:.0%} of the picture.",
            )
            expect(
                not (made == low).all(), "these are the cells that count least: take the others."
            )
            expect(
                (made == ours).all(), "it blackens other cells than those with the largest values."
            )
    right()


@puts_back
def drops(answer: Any, view: View) -> None:
    """Check which picture has the lowest score for `tank`.

    Args:
        answer: `"map"`, `"random"` or `"least"`: what chose the cells that are deleted.
        view: Of three pictures, in that order.
    """
    choices = ("map", "random", "least")
    predicted(answer, choices)
    scores = []
    for image in range(len(choices)):
        view.set(image_index=image)
        scores.append(_scores(view)[1])
    expect(
        answer == choices[scores.index(min(scores))],
        "read the score of `tank` of all three pictures: which is lowest?",
    )
    right(
        ", ".join(f"{name} {score:.2f}" for name, score in zip(choices, scores, strict=True))
        + ". The map's cells do matter to the network."
    )


@puts_back
def overlap(answer: Any, view: View, first: str, second: str) -> None:
    """Check which share of their brightest quarter two methods have in common.

    Args:
        answer: 0 to 1.
        view: Of the picture, at the layer conv4.
        first: A method whose map has the layer's cells.
        second: Another.
    """
    given = number(answer, "write the number of common cells divided by 64.")
    expect(0 <= given <= 1, "a share lies between 0 and 1: divide by 64, a quarter of 256 cells.")
    tops = []
    for method in (first, second):
        view.set(layer="conv4", method=method)
        values = _map(view).ravel()
        tops.append(set(values.argsort(kind="stable")[-values.size // 4 :].tolist()))
    wanted = len(tops[0] & tops[1]) / len(tops[0])
    expect(
        abs(given - wanted) <= 1 / 64 + 1e-9,
        "take the 64 largest cells of each map with argsort(), and count those that are in both.",
    )
    right("Two methods, one network, one picture. Where they disagree, say so.")


def _map(view: View) -> np.ndarray:
    seen = view.result().map
    assert seen is not None
    return seen


def _scores(view: View) -> np.ndarray:
    scores = view.result().scores
    assert scores is not None
    return scores
