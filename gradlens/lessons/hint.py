"""What an exercise says of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Hint(AssertionError):
    """A wrong answer, and what to think of next.

    An AssertionError, as nbgrader and otter take it. IPython shows only the sentence.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"Not yet: {self}"]


def expect(is_right: bool, hint: str) -> None:
    """Raise the hint unless the answer is right."""
    if not is_right:
        raise Hint(hint)


def answered(answer: Any, how: str) -> None:
    """Demand an answer: notebooks have `...` where one goes.

    Args:
        answer: What the student wrote.
        how: What to write, for the hint.
    """
    expect(answer is not ... and answer is not None, f"nothing is answered: {how}")


def predicted(answer: Any, choices: Sequence[str]) -> None:
    """Demand a prediction, right or wrong: one of the choices."""
    said = " or ".join(repr(choice) for choice in choices)
    answered(answer, f"write {said} in place of the dots, before you run the next cell.")
    expect(answer in choices, f"{answer!r} is none of the choices: write {said}.")


def number(answer: Any, how: str) -> float:
    """Return an answer as a number.

    Args:
        answer: What the student wrote.
        how: What to write, for the hint.
    """
    answered(answer, how)
    try:
        return float(answer)
    except (TypeError, ValueError):
        raise Hint(f"{answer!r} is no number: {how}") from None


def right(said: str = "") -> None:
    """Say that the answer is right."""
    print(f"Right. {said}".rstrip())
