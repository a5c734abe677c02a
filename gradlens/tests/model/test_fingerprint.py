from __future__ import annotations

import hashlib
import json
import os
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradlens import show
from gradlens._model import fingerprint
from gradlens._model.fingerprint import BLOCK, CHANGED, Fingerprint
from gradlens._output import view as view_module


def value_of(path: Path) -> dict[str, Any] | None:
    found = Fingerprint(str(path))
    assert found.wait(30)
    return found.value


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


@pytest.mark.parametrize("size", [0, 5, BLOCK, BLOCK + 1, 2 * BLOCK + 7])
def test_it_is_the_hash_over_the_hashes_of_each_mib(tmp_path: Path, size: int) -> None:
    content = np.random.default_rng(1).bytes(size)
    (tmp_path / "m.h5").write_bytes(content)
    blocks = [sha(content[at : at + BLOCK]) for at in range(0, size, BLOCK)]
    assert value_of(tmp_path / "m.h5") == {"size": size, "hash": sha(*blocks).hex()}


def test_a_file_of_the_same_size_written_again_at_once_is_another(tmp_path: Path) -> None:
    file = tmp_path / "m.h5"
    file.write_bytes(b"a" * 100)
    before = value_of(file)
    stamp = os.stat(file)
    file.write_bytes(b"b" * 100)
    # As where the clock of the files is coarse.
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert value_of(file) != before


def test_an_unchanged_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "m.h5"
    file.write_bytes(b"a")
    os.utime(file, (1, 1))
    before = value_of(file)
    monkeypatch.setattr(fingerprint, "_digest", lambda path: pytest.fail("read again"))
    assert value_of(file) == before


def test_a_file_that_changes_while_it_is_read_has_no_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "m.h5"
    file.write_bytes(b"a")
    digest = fingerprint._digest

    def overwritten(path: str) -> bytes:
        found = digest(path)
        file.write_bytes(b"longer")
        return found

    monkeypatch.setattr(fingerprint, "_digest", overwritten)
    assert value_of(file) == {"size": 1, "hash": CHANGED}


def test_the_weights_of_a_tensorflow_js_model_count(tmp_path: Path) -> None:
    manifest = [{"paths": ["b.bin", "a.bin"]}, {"paths": ["a.bin"]}]
    model = json.dumps({"weightsManifest": manifest}).encode()
    for name, content in {"model.json": model, "a.bin": b"A", "b.bin": b"B"}.items():
        (tmp_path / name).write_bytes(content)
    digests = [sha(sha(content)) for content in (model, b"A", b"B")]
    assert value_of(tmp_path / "model.json") == {
        "size": len(model) + 2,
        "hash": sha(*digests).hex(),
    }


def test_a_file_that_cannot_be_read_has_none(tmp_path: Path) -> None:
    assert value_of(tmp_path / "m.h5") is None
    (tmp_path / "model.json").write_text("{")
    assert value_of(tmp_path / "model.json") is None


def test_a_large_file_does_not_hold_up_the_cell(
    folder: Path, photo: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    digest = fingerprint._digest

    def slow(path: str) -> bytes:
        assert go_on.wait(30)
        return digest(path)

    monkeypatch.setattr(fingerprint, "_digest", slow)
    monkeypatch.setattr(view_module, "PATIENCE", 0)
    sent: list[tuple[dict[str, Any], dict[str, Any]]] = []
    again = threading.Event()

    class Publisher:
        def publish(self, data: dict[str, Any], metadata: Any, **options: Any) -> None:
            sent.append((json.loads(json.dumps(data)), options))
            if options.get("update"):
                again.set()

    monkeypatch.setattr(view_module, "_publisher", Publisher)
    view = show("model.h5", photo)
    view._ipython_display_()
    assert len(sent) == 1
    go_on.set()
    assert again.wait(30)
    (first, how), (second, later) = sent
    assert "fingerprint" not in first[view_module.MIME_TYPE]["model"]
    assert second[view_module.MIME_TYPE]["model"]["fingerprint"]["size"] == 0
    assert how["transient"] == later["transient"] == {"display_id": view.id}
    # What is known is displayed as anything else is.
    with pytest.raises(NotImplementedError):
        view._ipython_display_()
