"""A story to tell with a view: from a file or a dictionary, held against the schema."""

from __future__ import annotations

import os
from typing import Any

from .._output.payload import hold
from .._shared.files import missing
from ..errors import ArgumentError, GradLensError, UnreadableFileError

MOST_STEPS = 100
MOST_CHARACTERS = 500_000
"""Of a story as JSON; src/session/story/story.ts has the same limits."""


def read_story(story: Any) -> dict[str, Any] | None:
    """Return a story as the payload has it.

    Args:
        story: None; the path of a JSON file that a view saved; or what such a file holds.

    Raises:
        MissingFileError: no such file.
        UnreadableFileError: not JSON, or of more than 500,000 characters.
        ArgumentError: not a story, with the place that is wrong.
    """
    import json

    if story is None:
        return None
    if isinstance(story, (str, os.PathLike)):
        story = _read_file(os.path.expanduser(os.fspath(story)))
    steps = story.get("steps") if isinstance(story, dict) else None
    if isinstance(steps, list) and len(steps) > MOST_STEPS:
        raise ArgumentError(f"The story has {len(steps)} steps; {MOST_STEPS} is the most.")
    try:
        hold(story, "Story", "story")
    except GradLensError as problem:
        what = str(problem).removeprefix("The payload for the browser is wrong: ")
        raise ArgumentError(f"This is no story: {what}.") from None
    # As browsers count: compact, and in units of UTF-16.
    written = json.dumps(story, ensure_ascii=False, separators=(",", ":"))
    if len(written.encode("utf-16-le", "surrogatepass")) // 2 > MOST_CHARACTERS:
        raise ArgumentError(f"The story has more than {MOST_CHARACTERS:,} characters as JSON.")
    known: dict[str, Any] = story
    return known


def _read_file(path: str) -> Any:
    import json

    if not os.path.isfile(path):
        raise missing("file of a story", path, (".json",))
    try:
        # Four bytes a character at most: what is larger is refused before it is read.
        if os.path.getsize(path) > 4 * MOST_CHARACTERS:
            raise ValueError(f"it has more than {MOST_CHARACTERS:,} characters")
        with open(path, encoding="utf-8-sig") as file:
            return json.load(file)
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableFileError(f'The story "{path}" cannot be read: {error}.') from error
