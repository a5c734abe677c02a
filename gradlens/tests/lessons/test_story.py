"""`show(…, story=…)`: a story reaches the payload as it is, and what is none gets a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import gradlens
from gradlens._arguments.story import read_story
from gradlens.errors import ArgumentError, MissingFileError, UnreadableFileError

from ..reading import schema_errors

STORY: dict[str, Any] = {
    "version": 1,
    "title": "The tank",
    "steps": [
        {"view": {"layer": "conv1"}, "text": "Edges <b>everywhere</b>."},
        {"view": {"layer": "conv4"}, "text": "The sky.", "question": "Where does it look?"},
    ],
}


def step(**changes: Any) -> dict[str, Any]:
    return {"version": 1, "steps": [{"view": {}, "text": "", **changes}]}


def test_the_payload_has_the_story_of_a_file(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    Path("model.keras").write_bytes(b"PK")
    Path("tank.story.json").write_text(json.dumps(STORY), encoding="utf-8")
    view = gradlens.show("model.keras", story="tank.story.json")
    assert view.payload["story"] == STORY
    assert schema_errors(view.payload) == []
    assert "story" not in gradlens.show("model.keras").payload


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        ([], "story must be an object"),
        ({"version": 2, "steps": []}, "story.version must be 1"),
        ({"version": 1}, "story lacks 'steps'"),
        ({**STORY, "onload": "x"}, "story has an unknown property 'onload'"),
        (step(html="<b>"), r"story.steps\[0\] has an unknown property 'html'"),
        (step(text="x" * 2001), r"story.steps\[0\].text must have at most 2000 characters"),
        (step(view={"zap": 1}), r"story.steps\[0\].view has an unknown property 'zap'"),
        (step(view={"opacity": 7}), r"story.steps\[0\].view.opacity must be between 0 and 1"),
        ({"version": 1, "steps": [STORY["steps"][0]] * 101}, "101 steps; 100 is the most"),
    ],
)
def test_what_is_no_story_gets_a_sentence(story: Any, sentence: str) -> None:
    with pytest.raises(ArgumentError, match=sentence):
        read_story(story)


def test_files_that_cannot_be_read_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="file of a story"):
        read_story(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text("<script>", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        read_story(tmp_path / "bad.json")
    (tmp_path / "huge.json").write_text(" " * 2_000_001, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="more than 500,000 characters"):
        read_story(tmp_path / "huge.json")
    (tmp_path / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        read_story(tmp_path / "deep.json")
