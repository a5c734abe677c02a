"""Results as datasets of xarray."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gradlens import GradLensError, View

from .pages import HEAD, MAP, PLANES, Page, answering


def test_a_result_goes_to_xarray(made: View, targets: dict[str, Any]) -> None:
    pytest.importorskip("xarray")
    page = Page(targets, [made.id])
    page.answers = answering({**HEAD, "covered": [0, 0, 1, 0.5]})
    data = made.result().to_xarray()
    assert data["activations"].dims == ("row", "column", "channel")
    assert data["map"].dims == ("row", "column")
    np.testing.assert_allclose(data["row"], [0.125, 0.375])
    assert data.attrs["class_name"] == "tank"


def test_a_result_of_a_volume_goes_to_xarray_slice_by_slice(
    made: View, targets: dict[str, Any]
) -> None:
    pytest.importorskip("xarray")
    page = Page(targets, [made.id])
    tensors = [{"name": "map", "shape": [2, 1, 3]}, {"name": "planes", "shape": [4, 2, 1, 3]}]
    page.answers = answering({**HEAD, "inputSize": [4, 2, 6], "slices": 4, "tensors": tensors})
    result = made.result()
    data = result.to_xarray()
    assert result.input_size == (4, 2, 6)
    assert data["activations"].dims == ("slice", "row", "column", "channel")
    assert data["map"].dims == ("slice", "row", "column")
    np.testing.assert_array_equal(data["map"].isel(slice=1, row=0), MAP[1])
    np.testing.assert_array_equal(
        data["activations"].isel(slice=1, channel=2), PLANES.reshape(4, 2, 1, 3)[2, 1]
    )
    np.testing.assert_allclose(data["column"], [1 / 6, 3 / 6, 5 / 6])


def test_without_xarray_an_error_says_what_to_install(
    made: View, targets: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page(targets, [made.id])
    page.answers = answering()
    result = made.result()
    monkeypatch.setitem(__import__("sys").modules, "xarray", None)
    with pytest.raises(GradLensError, match="pip install xarray"):
        result.to_xarray()
