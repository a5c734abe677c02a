"""`gradlens.demo`: something to try, with nothing at hand."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from ._shared.kernel import kernel
from ._shared.packages import has_pictures
from ._show import show
from .errors import ModelCacheError
from .lessons import FILES

if TYPE_CHECKING:
    from ._output.problem import Problem
    from ._output.view import View

PICTURES = {"tank_grey": 1, "tank_blue": 1, "field_grey": 0, "field_blue": 0}
"""What each really shows: class 1 is `tank`."""

STORY = """\
**The network that learnt the weather.** A small network was trained to tell pictures with a \
tank from pictures without, and is always right on them. Here are four new ones. The heatmap is \
bright where the network found what speaks for its answer.

- Where does it look? Click the next picture, then the other class.
- Which pictures does it get wrong, and what have they in common?
- *Cover or change the picture*: what must you hide to change its mind?

The whole story, as notebooks with exercises: `gradlens.examples()`."""


def demo() -> View | Problem:
    """Show the story of the tank: a small model and four pictures that the package carries.

    Needs no file, no network and no TensorFlow. The model is copied to `gradlens-cache/` beside
    the notebook, so that the view works when the kernel has ended; where that folder cannot be
    written, the kernel sends it. A notebook also displays what to try.

    Returns:
        A view, as `gradlens.show` returns it.
    """
    paths = [str(FILES / "pictures" / f"{name}.png") for name in PICTURES]
    view = show(
        _model(),
        _opened(paths),
        y=list(PICTURES.values()),
        labels=["no tank", "tank"],
        name="tank",
    )
    if kernel() is not None:
        from IPython.display import display

        display({"text/markdown": STORY, "text/plain": STORY}, raw=True)  # type: ignore[no-untyped-call]
    return view


def _model() -> str:
    """Return the path of the model: beside the notebook, where the browser finds it."""
    from ._model.cache import keep_copy

    source = str(FILES / "models" / "tank.keras")
    try:
        return keep_copy("tank", source)
    except ModelCacheError:
        return source


def _opened(paths: list[str]) -> list[Any]:
    """Return pictures that the notebook stores whole: their files lie outside what is served."""
    if not has_pictures():
        return list(paths)
    from PIL import Image

    opened = []
    for path in paths:
        with Image.open(path) as image:
            image.load()
        image.filename = os.path.basename(path)
        opened.append(image)
    return opened
