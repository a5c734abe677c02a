"""Experiments that were kept in a view, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .words import mask_of

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, repr=False, eq=False)
class Experiment:
    """What a model said of a picture before and after it was covered or changed.

    `gradlens.perturb(picture, cover=experiment.mask, **experiment.settings)` makes the changed
    picture again.

    Attributes:
        name: As it was kept.
        image: Name of the picture.
        image_index: Its place among the view's pictures.
        model: Name of the model; None of an experiment that an older GradLens kept of several.
        output: Name of the model's output that was explained.
        class_index: The class that was explained; None where units were.
        class_name: Its name.
        before: The model's own output for the picture as it is, (classes,); of an output with
            rows and columns the mean of each channel.
        after: The same for the changed picture.
        mask: Where the picture was covered, bool (rows, columns), in pixels, of pictures of more
            than 512 in blocks of them; None where nothing was.
        settings: The other arguments of `gradlens.perturb`, those that say something.
    """

    name: str
    image: str | None
    image_index: int
    model: str | None
    output: str | None
    class_index: int | None
    class_name: str | None
    before: np.ndarray
    after: np.ndarray
    mask: np.ndarray | None
    settings: dict[str, Any]

    def __repr__(self) -> str:
        scores = ""
        at = self.class_index
        if at is not None and at < len(self.before):
            scores = f", {self.class_name} {self.before[at]:.4g} to {self.after[at]:.4g}"
        return f"<Experiment {self.name!r} on {self.image}{scores}>"


def experiments_of(said: list[dict[str, Any]]) -> list[Experiment]:
    """Return what a page said of its experiments, those kept first at the front."""
    return [_experiment(one) for one in said]


def _experiment(said: dict[str, Any]) -> Experiment:
    settings = dict(said["perturbation"])
    cover = settings.pop("cover", None)
    if cover is None:
        # They say how a cover is made.
        settings = {key: value for key, value in settings.items() if key not in ("fill", "soft")}
    if "shift" in settings:
        settings["shift"] = tuple(settings["shift"])
    return Experiment(
        name=said["name"],
        image=said["imageName"],
        image_index=said["image"],
        model=said.get("model"),
        output=said["output"],
        class_index=said["classIndex"],
        class_name=said["className"],
        before=_scores(said["before"]),
        after=_scores(said["after"]),
        mask=None if cover is None else mask_of(cover),
        settings=settings,
    )


def _scores(values: list[float | None]) -> np.ndarray:
    import numpy as np  # only where there is one

    # JSON has null in place of what is not finite.
    return np.array([np.nan if value is None else value for value in values], "float32")
