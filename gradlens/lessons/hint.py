"""What an exercise says of an answer."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import ParamSpec

    Arguments = ParamSpec("Arguments")

MOVED: dict[str, Any] = {"image_index": 0, "layer": None, "target": None}
"""What checks change in a view, and what it is where nobody chose."""

KEPT = {*MOVED, "method", "model_index"}
"""What is put back where somebody chose it."""


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


def puts_back(check: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Let a check look through a view, and leave it as the student had it."""

    @functools.wraps(check)
    def checked(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        views: list[Any] = [one for one in (*args, *kwargs.values()) if hasattr(one, "result")]
        before = [MOVED | {k: v for k, v in view.state.items() if k in KEPT} for view in views]
        try:
            check(*args, **kwargs)
        finally:
            for view, state in zip(views, before, strict=True):
                changed = {k: v for k, v in state.items() if view.state.get(k, MOVED.get(k)) != v}
                if changed:
                    view.set(**changed)

    return checked
