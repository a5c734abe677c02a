"""Checks of lesson 1, *One number at a time*."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import FILES
from .hint import answered, expect, number, right

if TYPE_CHECKING:
    import numpy as np

    from .._output.view import View

LEFT = [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]
TOP = [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]
ROW, COLUMN = 6, 1
"""Where the notebook lays the kernel of left edges, by its top left corner."""


def picture() -> np.ndarray:
    """Return the lesson's picture: float, 12 rows, 12 columns, 0 black to 1 white."""
    import numpy as np
    from PIL import Image

    return np.asarray(Image.open(FILES / "pictures" / "house.png"), np.float64) / 255


def correlated(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Return what a convolution layer gives: kernel x patch at every place without a border."""
    import numpy as np

    patches = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    summed: np.ndarray = np.einsum("ijkl,kl->ij", patches, kernel)
    return summed


def size(answer: Any) -> None:
    """Check how many rows and columns the map has.

    Args:
        answer: (rows, columns).
    """
    answered(answer, "write (rows, columns) in place of the dots.")
    try:
        rows, columns = answer
    except (TypeError, ValueError):
        rows, columns = answer, None
    expect(columns is not None, "two numbers are asked for: (rows, columns).")
    expect(
        (rows, columns) != (12, 12),
        "12 is the picture's own size. Lay the kernel on the last column: where is its right part?",
    )
    expect(
        (rows, columns) == (10, 10),
        "count the places of the kernel's left column: it begins at column 0. Where must it stop?",
    )
    right("A picture of n pixels has n - 2 places for a kernel of 3.")


def value(answer: Any) -> None:
    """Check the sum that was done by hand."""
    given = number(answer, "write the sum, or an expression that makes it.")
    patch = picture()[ROW : ROW + 3, COLUMN : COLUMN + 3]
    wanted = float((patch * LEFT).sum())
    expect(
        abs(given + wanted) > 1e-6,
        "only the sign is wrong: the right column of the kernel counts with +1, the left with -1.",
    )
    expect(
        abs(given - wanted) < 1e-3,
        "multiply each of the nine pixels by the number of the kernel that lies on it, and add up. "
        "Six of the products are not 0.",
    )
    right("Positive: it gets lighter from left to right.")


def convolve(function: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check a function (picture, kernel) -> map on pictures and kernels of several sizes."""
    import numpy as np

    answered(function, "write the body of convolve.")
    rng = np.random.default_rng(0)
    for rows, columns, height, width in ((6, 6, 3, 3), (7, 5, 3, 3), (5, 8, 2, 4)):
        image, kernel = rng.normal(size=(rows, columns)), rng.normal(size=(height, width))
        try:
            made = np.asarray(function(image.copy(), kernel.copy()), float)
        except Exception as error:
            expect(False, f"it fails on a {rows} x {columns} picture: {error}.")
        wanted = correlated(image, kernel)
        of = f"a {rows} x {columns} picture and a {height} x {width} kernel"
        expect(made.ndim == 2, f"of {of} it returns {made.ndim} axes: return the whole map.")
        expect(
            made.shape == wanted.shape,
            f"of {of} it returns {made.shape[0]} x {made.shape[1]} numbers, and there are "
            f"{wanted.shape[0]} x {wanted.shape[1]} places.",
        )
        expect(
            not np.allclose(made, correlated(image, kernel[::-1, ::-1])),
            "you turned the kernel round. Mathematicians do; networks do not: they call "
            "convolution what is a correlation.",
        )
        expect(
            np.allclose(made, wanted),
            f"of {of} the numbers are others. Try it on a picture of one bright pixel.",
        )
    right("That is all that a convolution layer does, before its bias.")


def same_as_network(function: Callable[[np.ndarray, np.ndarray], np.ndarray], view: View) -> None:
    """Check a function against the layer `kernels`, as the browser computes it."""
    import numpy as np

    answered(function, "write the body of convolve, and run its cell.")
    expect(
        view.state.get("layer") == "kernels",
        "the view shows another layer: choose `kernels` above its maps.",
    )
    seen = view.result(activations=True).activations
    assert seen is not None
    for channel, kernel in enumerate((LEFT, TOP)):
        made = np.asarray(function(picture(), np.array(kernel, float)), float)
        expect(
            made.shape == seen.shape[:2] and bool(np.abs(made - seen[..., channel]).max() < 1e-4),
            f"channel {channel} of the network has other numbers than yours.",
        )
    right("The network in your browser and your lines agree in all 200 numbers.")


def left_edges(view: View) -> None:
    """Check that the channel of left edges is the one enlarged."""
    chosen = view.state.get("channel")
    expect(chosen is not None, "no channel is enlarged: click one of the three small maps.")
    expect(
        chosen != 2,
        "that one answers to every light place, not to edges: its nine numbers are the same.",
    )
    expect(
        chosen == 0,
        "that one answers where it gets lighter downwards. Which answers where it gets lighter "
        "to the right?",
    )
    right("Where the house ends on the right, the same channel is negative.")


def blind(kernel: Any) -> None:
    """Check a 3 x 3 kernel that is 0 on every even surface, and not on all pictures."""
    import numpy as np

    answered(kernel, "write three rows of three numbers.")
    try:
        made = np.asarray(kernel, float)
    except (TypeError, ValueError):
        made = np.zeros(0)
    expect(made.shape == (3, 3), "write three rows of three numbers: [[…, …, …], …, …].")
    expect(bool(np.any(made)), "a kernel of zeros is blind to everything: leave it something.")
    expect(
        bool(abs(made.sum()) < 1e-9),
        f"on a white wall it gives {made.sum():g}. What must its nine numbers add up to?",
    )
    for known in (LEFT, TOP):
        # Parallel to it: the same but for a factor.
        likeness = abs((made * known).sum()) / np.linalg.norm(made) / np.linalg.norm(known)
        expect(bool(likeness < 1 - 1e-9), "that is one of the lesson's own: find another.")
    right("Kernels that add up to 0 see differences only.")
