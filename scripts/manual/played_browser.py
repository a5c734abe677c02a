"""A browser that tests play, so that cells that ask a view for numbers get some."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gradlens._output import view as views
from gradlens.tests.live.pages import Page, answering


def play(monkeypatch: pytest.MonkeyPatch, targets: dict[str, Any]) -> None:
    """Let a page show every view that is made from now on.

    Args:
        monkeypatch: Of the test.
        targets: What the kernel has registered, of `gradlens/tests/live/conftest.py`.
    """
    made: dict[str, Any] = {}
    create = views.View.__init__

    def shown(view: Any, *args: Any, **more: Any) -> None:
        create(view, *args, **more)
        made[view.id] = view
        page = Page(targets, [view.id], name=view.id)
        page.answers = _answers(made)

    monkeypatch.setattr(views.View, "__init__", shown)


def _answers(made: dict[str, Any]) -> Any:
    numbers = answering()
    contents: dict[str, bytes] = {}

    def answer(page: Page, said: dict[str, Any]) -> None:
        if said["type"] == "ask" and said["wanted"] in ("output", "experiments"):
            found: Any = []
            if said["wanted"] == "output":
                found = {"payload": made[said["view"]].payload, "metadata": None}
            contents[said["ask"]] = json.dumps(found).encode()
            page.says(type="output", ask=said["ask"], size=len(contents[said["ask"]]))
        elif said["type"] == "next" and said["ask"] in contents:
            name = {"ask": said["ask"], "tensor": 0, "offset": said["offset"]}
            page.says([contents[said["ask"]][said["offset"] :]], type="part", **name)
        else:
            numbers(page, said)

    return answer
