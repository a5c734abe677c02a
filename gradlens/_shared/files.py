"""Files named by the user: where they are, and what to say when one is not there."""

from __future__ import annotations

import os
import sys

from ..errors import MissingFileError
from .kernel import shell

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".ppm")
"""Endings of pictures."""


AT_IMPORT = os.getcwd() if sys.platform == "emscripten" else ""
"""In a browser, the working folder when the package was imported."""


def notebook_folder() -> str:
    """Return the notebook's folder, from which the browser finds files.

    A kernel starts there, and a later `%cd` does not move the notebook: IPython
    remembers the first folder of its directory history. Without IPython it is the
    working folder. A kernel in the browser goes there only when IPython has started:
    what counts is where it was when GradLens was imported.
    """
    if sys.platform == "emscripten":
        return AT_IMPORT
    running = shell()
    history = running.user_ns.get("_dh") if running else None
    return str(history[0]) if history else os.getcwd()


def missing(what: str, path: str, endings: tuple[str, ...]) -> MissingFileError:
    """Make the error for a file that is not there, with a suggestion.

    Args:
        what: What the file should have been, e.g. `model file`.
        path: The path as it was looked for.
        endings: Lower-case endings of the files worth suggesting.
    """
    import difflib

    if not path:
        return MissingFileError(f"The path of the {what} is empty: give the file's name.")
    if "://" in path:
        return MissingFileError(
            f'There is no {what} "{path}": GradLens does not download; save it to a file first.'
        )
    folder, name = os.path.split(path)
    place = os.path.abspath(folder)
    if not os.path.isdir(place):
        return MissingFileError(
            f'There is no {what} "{path}": the folder "{place}" does not exist; check the path.'
        )
    names = sorted(
        entry for entry in os.listdir(place) if entry.lower().endswith(endings) and entry[0] != "."
    )
    # Case and ending are what people get wrong most.
    folded = {entry.casefold(): entry for entry in names}
    near = difflib.get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
    if near:
        advice = f'did you mean "{folded[near[0]]}"?'
    elif names:
        some = ", ".join(f'"{entry}"' for entry in names[:3])
        advice = f"there is {some}{' and more' if len(names) > 3 else ''}."
    else:
        advice = "check the path; it starts at the notebook's folder."
    return MissingFileError(f'There is no {what} "{name}" in "{place}": {advice}')
