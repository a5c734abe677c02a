from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradlens import View, show
from gradlens._live import ask, front_ends


@pytest.fixture
def targets(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    found: dict[str, Any] = {}
    manager = SimpleNamespace(register_target=found.__setitem__)
    kernel = SimpleNamespace(_supports_kernel_subshells=True)
    monkeypatch.setattr(front_ends, "comm_manager", lambda: manager)
    monkeypatch.setattr(ask, "kernel", lambda: kernel)
    monkeypatch.setattr(ask, "APPEARS", 0.2)
    yield found
    front_ends._pages.clear()


@pytest.fixture
def made(folder: Path, photo: np.ndarray, targets: dict[str, Any]) -> View:
    view = show("model.h5", photo, labels=["no tank", "tank"], layer="conv2")
    assert isinstance(view, View)
    view._repr_mimebundle_()
    return view


@pytest.fixture
def unnamed(folder: Path, photo: np.ndarray, targets: dict[str, Any]) -> View:
    """A view whose classes have no names."""
    view = show("model.h5", photo)
    assert isinstance(view, View)
    return view
