"""A browser part that is older than its sources is not packed."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "stale_build.py"

pytestmark = pytest.mark.skipif(not SCRIPT.is_file(), reason="not a source tree")


@pytest.fixture
def hook():
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("stale_build", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path):
    """Sources that are older than what was built of them."""
    ages = {"src/a/b.ts": 10, "schema/settings.json": 10, "gradlens/labextension/package.json": 5}
    for name, age in ages.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
        os.utime(file, (1_000_000 - age, 1_000_000 - age))
    return tmp_path


class App:
    def __init__(self):
        self.said = []

    def display_info(self, text):
        self.said.append(text)


def run(module, root):
    app = App()
    made = module.StaleBuildHook(str(root), {}, None, None, str(root), "wheel", app)
    made.initialize("standard", {})
    return app.said


def test_a_fresh_build_is_kept(hook, tree, monkeypatch):
    monkeypatch.delenv("SKIP_JUPYTER_BUILDER", raising=False)
    assert not hook.is_stale(tree)
    assert run(hook, tree) == []
    assert (tree / hook.BUILT).exists()


@pytest.mark.parametrize("source", ["src/a/b.ts", "schema/settings.json", "src/new.tsx"])
def test_a_stale_build_is_removed_and_said(hook, tree, monkeypatch, source):
    monkeypatch.delenv("SKIP_JUPYTER_BUILDER", raising=False)
    (tree / source).write_text("changed")
    assert hook.is_stale(tree)
    assert run(hook, tree) == [hook.STALE]
    assert not (tree / hook.BUILT).exists()


def test_a_changed_test_makes_nothing_stale(hook, tree):
    (tree / "src/a/b.spec.ts").write_text("changed")
    assert not hook.is_stale(tree)


def test_whoever_builds_it_themselves_is_left_alone(hook, tree, monkeypatch):
    monkeypatch.setenv("SKIP_JUPYTER_BUILDER", "1")
    (tree / "src/a/b.ts").write_text("changed")
    assert run(hook, tree) == []
    assert (tree / hook.BUILT).exists()


def test_without_a_build_there_is_nothing_to_do(hook, tmp_path):
    assert not hook.is_stale(tmp_path)
