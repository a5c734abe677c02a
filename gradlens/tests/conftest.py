from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook's folder with a model file in it; Python never reads the model."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.h5").write_bytes(b"")
    return tmp_path


@pytest.fixture
def photo() -> np.ndarray:
    """Noise that holds every value 0..255 in every channel: uint8 (32, 24, 3)."""
    pixels = np.concatenate([np.arange(256)] * 9).reshape(32, 24, 3)
    shuffled = np.random.default_rng(7).permuted(pixels.reshape(-1, 3), axis=0)
    return shuffled.reshape(32, 24, 3).astype(np.uint8)
