from __future__ import annotations

import os
import time
import warnings
from pathlib import Path
from types import SimpleNamespace

import pytest

from gradlens import GradLensError
from gradlens._model import cache_budget
from gradlens._model.cache import pack

MB = 1_000_000


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that has shown nothing yet."""
    monkeypatch.setattr(cache_budget, "_shown", {})
    monkeypatch.setattr(cache_budget, "_replaced", set())


def cell(monkeypatch: pytest.MonkeyPatch, name: str | None, execution: int) -> None:
    """Let this cell run."""
    parent = {"metadata": {"cellId": name} if name else {}}
    kernel = SimpleNamespace(get_parent=lambda channel: parent)
    shell = SimpleNamespace(execution_count=execution, kernel=kernel, user_ns={})
    module = SimpleNamespace(get_ipython=lambda: shell)
    monkeypatch.setitem(__import__("sys").modules, "IPython", module)


def cached(folder: Path, name: str, used: float, size: int = MB) -> Path:
    """Write a file that was used so many seconds ago."""
    (folder / "gradlens-cache").mkdir(exist_ok=True)
    path = folder / "gradlens-cache" / name
    path.write_bytes(b"x" * size)
    then = time.time() - used
    os.utime(path, (then, then))
    return path


def shown(folder: Path, name: str, content: bytes) -> Path:
    """Show a model in parts, which the cache packs."""
    part = folder / "part"
    part.write_bytes(content)
    return Path(pack(name, {"config.json": str(part)}))


def test_the_oldest_go_and_a_saved_notebook_is_thought_of(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADLENS_CACHE_MB", "2.5")
    oldest = cached(folder, f"a-{'0' * 16}.keras", 300)
    older = cached(folder, f"b-{'1' * 16}.h5", 200)
    newer = cached(folder, f"c-{'2' * 16}.keras", 100)
    own = cached(folder, "mine.keras", 400)
    ignore = cached(folder, ".gitignore", 400, 2)
    with pytest.warns(UserWarning) as said:
        new = shown(folder, "new", b"n" * MB)
    assert [str(warning.message) for warning in said] == [
        "gradlens-cache/ is kept within 2.5 MB (GRADLENS_CACHE_MB): 2 models of 2.0 MB, unused "
        "the longest, were deleted; in a saved notebook that shows one of them, run the cell again."
    ]
    assert said[0].filename == __file__
    assert [path.exists() for path in (oldest, older, newer, new)] == [False, False, True, True]
    assert own.exists() and ignore.exists()


def test_an_output_that_is_open_keeps_its_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADLENS_CACHE_MB", "0")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cell(monkeypatch, "one", 1)
        first = shown(folder, "first", b"1" * MB)
        cell(monkeypatch, "two", 2)
        second = shown(folder, "second", b"2" * MB)
        third = shown(folder, "third", b"3" * MB)
        assert first.exists() and second.exists() and third.exists()
        # The cell runs again: what it showed is gone, and nothing needs to be said.
        cell(monkeypatch, "two", 3)
        fourth = shown(folder, "fourth", b"4" * MB)
    assert [path.exists() for path in (first, second, third, fourth)] == [True, False, False, True]


def test_without_cells_everything_shown_is_open(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADLENS_CACHE_MB", "0")
    cell(monkeypatch, None, 1)
    first = shown(folder, "first", b"1" * MB)
    cell(monkeypatch, None, 2)
    assert shown(folder, "second", b"2" * MB).exists() and first.exists()


def test_use_counts_and_the_time_of_change_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shown(folder, "first", b"1" * MB)
    then = time.time() - 1000
    os.utime(first, (then, then))
    other = cached(folder, f"b-{'1' * 16}.h5", 500)
    shown(folder, "first", b"1" * MB)
    assert first.stat().st_mtime == pytest.approx(then)
    monkeypatch.setattr(cache_budget, "_shown", {})
    monkeypatch.setenv("GRADLENS_CACHE_MB", "2.1")
    with pytest.warns(UserWarning, match="1 model of 1.0 MB, unused the longest, was deleted"):
        shown(folder, "new", b"n" * MB)
    assert first.exists() and not other.exists()


def test_half_written_files_go_when_nobody_writes_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADLENS_CACHE_MB", "0")
    left = cached(folder, f"a-{'0' * 16}.12.partial.keras", 2 * cache_budget.ABANDONED)
    written = cached(folder, f"b-{'0' * 16}.13.partial.keras", 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown(folder, "new", b"n")
    assert not left.exists() and written.exists()


@pytest.mark.parametrize("value", ["much", "-1", "nan", "inf"])
def test_a_budget_is_a_number(folder: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("GRADLENS_CACHE_MB", value)
    with pytest.raises(GradLensError, match=r"GRADLENS_CACHE_MB=.* is no number of megabytes"):
        shown(folder, "new", b"n")


def test_there_is_a_budget_unless_one_is_set(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRADLENS_CACHE_MB", raising=False)
    assert cache_budget.DEFAULT_MB == 2000
    old = cached(folder, f"a-{'0' * 16}.keras", 300)
    shown(folder, "new", b"n")
    assert old.exists()
