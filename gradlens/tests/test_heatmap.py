from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from gradlens import MIME_TYPE, GradLensError, View, heatmap

from .reading import bits, values
from .test_images import Torch, float_bits


def stored(array: Any, **options: Any) -> np.ndarray:
    return values(heatmap(array, **options).payload["tensor"])


def test_planes_come_first() -> None:
    array = np.arange(24.0).reshape(2, 3, 4)
    expected = [[[array[y, x, c] for x in range(3)] for y in range(2)] for c in range(4)]
    assert stored(array).tolist() == expected
    assert stored(array[None]).tolist() == expected
    assert stored(Torch(np.array(expected))).tolist() == expected
    assert stored(Torch(np.array([expected]))).tolist() == expected
    assert stored(array[..., 0]).tolist() == expected[:1]
    assert stored([[1, 2], [3, 4]]).tolist() == [[[1, 2], [3, 4]]]


def test_torch_channels_come_first_whatever_their_number() -> None:
    array = np.zeros((512, 4, 3))
    assert heatmap(Torch(array)).payload["tensor"]["shape"] == [512, 4, 3]


def test_bits_survive() -> None:
    special = [np.nan, np.inf, -np.inf, -0.0, 1e-45, 3.4e38]
    array = np.array([special], np.float32)
    # A NaN with a payload of its own.
    array.view(np.uint32)[0, 0] = 0x7FC12345
    assert bits(heatmap(array).payload["tensor"]) == float_bits(array)


@pytest.mark.filterwarnings("error")
def test_numbers_that_float32_cannot_hold_become_infinite() -> None:
    assert stored(np.array([[1e300, -1e300, 1.0]])).tolist() == [[[np.inf, -np.inf, 1.0]]]


@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint16, np.int64, np.float16, np.float64])
def test_number_types(dtype: type) -> None:
    assert stored(np.array([[0, 1]], dtype)).tolist() == [[[0, 1]]]


def test_view_state() -> None:
    array = np.ones((2, 2, 3))
    assert "view" not in heatmap(array).payload
    assert heatmap(array, channel=2).payload["view"] == {"channel": 2}
    assert heatmap(array, colormap="RdBu", range=(np.float32(-1), 1)).payload["view"] == {
        "colormap": "RdBu",
        "range": [-1.0, 1.0],
    }
    assert heatmap(array, range="layer").payload["view"] == {"scope": "layer"}


@pytest.mark.parametrize(
    ("array", "options", "sentence"),
    [
        (np.ones((2, 4, 4, 3)), {}, r"2 samples: show one, such as array\[0\]"),
        (np.ones(5), {}, r"give \(h, w\) or \(h, w, channels\)"),
        (np.ones((1, 2, 3, 4, 5)), {}, "give"),
        (np.ones((0, 2)), {}, "array is empty"),
        ("map.png", {}, "not an array of numbers"),
        (np.ones((2, 2), complex), {}, "not an array of numbers"),
        ([[1, 2], [3]], {}, "not an array of numbers"),
        (np.ones((2, 2, 3)), {"channel": 3}, "has channels 0 to 2"),
        (np.ones((2, 2)), {"channel": 1}, "has one channel, 0"),
        (np.ones((2, 2)), {"channel": "a"}, "does not exist"),
        (np.ones((2, 2)), {"range": (1, 1)}, "low < high"),
        (np.ones((2, 2)), {"range": (0, np.inf)}, "low < high"),
        (np.ones((2, 2)), {"range": 3}, "low < high"),
        (np.ones((2, 2)), {"range": "all"}, "choose 'auto', 'min-max', .* or 'layer'"),
        (np.ones((2, 2)), {"colormap": "x"}, "colormap"),
        (np.ones((224, 224, 64)), {}, r"64 x 224 x 224 values takes 12\.8 MB.*fewer channels"),
    ],
)
def test_wrong_arguments(array: Any, options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(GradLensError, match=sentence):
        heatmap(array, **options)


def png_of(view: View) -> np.ndarray:
    data = base64.b64decode(view._repr_mimebundle_()["image/png"])
    return np.asarray(Image.open(io.BytesIO(data)))


DARKEST, BRIGHTEST = [68, 1, 84], [253, 231, 36]


def test_picture_is_the_map_in_viridis_in_whole_cells() -> None:
    pixels = png_of(heatmap(np.array([[0.0, 1.0], [np.nan, np.inf]])))
    assert pixels.shape == (512, 512, 3)
    for row, column, colour in [
        (0, 0, DARKEST),
        (0, 1, BRIGHTEST),
        (1, 0, [128] * 3),
        (1, 1, [128] * 3),
    ]:
        cell = pixels[row * 256 : (row + 1) * 256, column * 256 : (column + 1) * 256]
        assert (cell == colour).all()


def test_picture_of_channels_is_a_grid_or_the_chosen_one() -> None:
    array = np.zeros((4, 4, 4))
    array[0, 0, 2] = 1
    grid = png_of(heatmap(array))
    assert grid.shape == (2 * 252 + 4, 2 * 252 + 4, 3)
    assert grid[256, 0].tolist() == BRIGHTEST
    assert grid[0, 0].tolist() == DARKEST
    assert png_of(heatmap(array, channel=2))[0, 0].tolist() == BRIGHTEST
    assert png_of(heatmap(array, channel=1))[0, 0].tolist() == DARKEST


def test_viridis_is_matplotlibs() -> None:
    matplotlib = pytest.importorskip("matplotlib")
    from gradlens._images.viridis import VIRIDIS

    reference = matplotlib.colormaps["viridis"](np.arange(256), bytes=True)[:, :3]
    assert np.array_equal(VIRIDIS, reference)


def test_bundle() -> None:
    view = heatmap(np.ones((2, 3, 4)), name="relu")
    bundle = view._repr_mimebundle_()
    assert set(bundle) == {MIME_TYPE, "image/png", "text/plain"}
    assert bundle["text/plain"] == "GradLens: relu 2 x 3, 4 channels"
    assert repr(heatmap(np.ones((2, 3)))) == "GradLens: heatmap 2 x 3"
