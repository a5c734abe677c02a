"""Checks of lesson 3, *The tank and the sky*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import FILES
from .hint import answered, expect, number, predicted, puts_back, right

if TYPE_CHECKING:
    import numpy as np

    from .._output.view import View

PICTURES = ["tank_grey", "tank_blue", "field_grey", "field_blue"]
TRUTH = ["tank", "tank", "no tank", "no tank"]
SKY = 52
"""Rows of the pictures, of 128, that are sky in all columns but for trees."""
HULL = (25, 66, 92, 96)
"""Left, top, right and bottom of the tank in pixels, without its gun and antenna."""


def predictions(answer: Any) -> None:
    """Demand a prediction of what the network calls each picture.

    Args:
        answer: By picture, `"tank"` or `"no tank"`.
    """
    answered(answer, "write 'tank' or 'no tank' for each picture.")
    expect(
        isinstance(answer, dict) and set(answer) == set(PICTURES),
        f"give a dictionary with {', '.join(PICTURES)}.",
    )
    for name in PICTURES:
        predicted(answer[name], ("tank", "no tank"))


@puts_back
def wrong_pictures(answer: Any, view: View) -> None:
    """Check which pictures the network gets wrong.

    Args:
        answer: Their names, in any order.
        view: Of the four pictures.
    """
    answered(answer, "write a list of names, such as ['tank_grey'].")
    wanted = {
        name
        for index, name in enumerate(PICTURES)
        if ("no tank", "tank")[int(_scores(view, index).argmax())] != TRUTH[index]
    }
    given = {str(name).removesuffix(".png") for name in answer}
    expect(
        given <= set(PICTURES),
        f"there is no picture {', '.join(sorted(given - set(PICTURES)))}.",
    )
    expect(
        not given - wanted,
        f"it is right about {', '.join(sorted(given - wanted))}: compare what it says with what "
        "you see.",
    )
    expect(given == wanted, f"there are more: it gets {len(wanted)} of the four wrong.")
    right("What have the two in common that no tank has to do with?")


@puts_back
def share(answer: Any, view: View) -> None:
    """Check which share of the map of tank_grey lies on the upper 7 of its 16 rows.

    Args:
        answer: 0 to 1.
        view: Of the four pictures, at the layer conv4, by Grad-CAM.
    """
    given = number(answer, "write the sum over rows 0 to 6 divided by the sum over all.")
    view.set(image_index=0, layer="conv4", method="grad-cam", target=1)
    seen = view.result().map
    assert seen is not None
    wanted = float(seen[:7].sum() / seen.sum())
    expect(
        abs(given - 7 / 16) > 0.005,
        "that is the rows' share of the area. Weigh each cell by the map.",
    )
    expect(0 <= given <= 1, "a share lies between 0 and 1: divide by the sum over all cells.")
    expect(
        abs(given - wanted) < 0.01,
        "the map says otherwise: take result.map of the first picture, class tank.",
    )
    right("Nearly all of what speaks for `tank` is above the horizon.")


def region(view: View) -> None:
    """Check that the region drawn in the view lies about the tank."""
    drawn = view.state.get("region")
    expect(
        isinstance(drawn, tuple) and len(drawn) == 4 and not isinstance(drawn[0], tuple),
        "there is no rectangle: draw one with the tool *Measure a region*.",
    )
    assert drawn is not None
    left, top, end, bottom = (128 * float(edge) for edge in drawn)
    width = max(0.0, min(end, HULL[2]) - max(left, HULL[0]))
    height = max(0.0, min(bottom, HULL[3]) - max(top, HULL[1]))
    hull = (HULL[2] - HULL[0]) * (HULL[3] - HULL[1])
    expect(width * height > 0.8 * hull, "a part of the tank is outside: draw around all of it.")
    expect(
        (end - left) * (bottom - top) < 3.5 * hull,
        "that is more field than tank: draw closely around it.",
    )
    right("Read what share of the map lies in it. It is next to nothing.")


def covered(view: View) -> None:
    """Check two experiments kept in the view: the tank hidden, and the sky hidden."""
    kept = [one for one in view.experiments if one.mask is not None and one.image_index == 0]
    expect(
        len(kept) > 0,
        "no experiment with a cover is kept: open *Cover or change the picture* on the first "
        "picture, cover, and choose *Keep*.",
    )
    of_tank = [one for one in kept if _share(one.mask, HULL) > 0.8 and _sky(one.mask) < 0.2]
    of_sky = [one for one in kept if _sky(one.mask) > 0.7 and _share(one.mask, HULL) < 0.2]
    expect(bool(of_tank), "none of those kept hides the tank, and the tank alone.")
    expect(bool(of_sky), "none of those kept hides the sky, and the sky alone.")
    expect(
        any(one.after[1] < 0.5 for one in of_sky),
        "with the sky hidden so, it still says `tank`. A grey cover is a grey sky: try what else "
        "can stand in its place.",
    )
    expect(all(one.after[1] > 0.5 for one in of_tank), "with the tank hidden it must say `tank`.")
    right("Without its tank it is a tank; without its sky it is none.")


@puts_back
def fooled(picture: Any, view: View) -> None:
    """Check a picture of the tank in sunshine that was changed above the horizon only.

    Args:
        picture: uint8 (128, 128, 3).
        view: Of it alone.
    """
    import numpy as np
    from PIL import Image

    answered(picture, "make a changed copy of the picture.")
    made = np.asarray(picture)
    ours = np.asarray(Image.open(FILES / "pictures" / "tank_blue.png"))
    expect(made.shape == ours.shape, f"it has the shape {made.shape}, not {ours.shape}.")
    expect(
        bool((made[60:] == ours[60:]).all()),
        "something below row 60 is not as it was: leave the field and the tank alone.",
    )
    expect(
        int(_scores(view, 0).argmax()) == 1,
        "it still says `no tank`. What do all the tanks that it learnt from have above them?",
    )
    right("Not a pixel of the tank has changed.")


def _scores(view: View, image: int) -> np.ndarray:
    view.set(image_index=image)
    scores = view.result().scores
    assert scores is not None
    return scores


def _share(mask: Any, box: tuple[int, int, int, int]) -> float:
    left, top, end, bottom = box
    return float(mask[top:bottom, left:end].mean())


def _sky(mask: Any) -> float:
    return float(mask[:SKY].mean())
