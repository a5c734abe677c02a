from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradlens import MIME_TYPE, GradLensError, heatmap, show
from gradlens._output.payload import check

from .reading import schema_errors


def model_payload(photo: np.ndarray) -> dict[str, Any]:
    view = show(
        "model.h5",
        [photo, photo / 255],
        layer="conv1",
        target=1,
        preprocess=([0.5, 0.5, 0.5], 0.25),
        labels=["sky", "tank"],
        interpolation="nearest",
        score="probability",
        colormap="jet",
        opacity=0.5,
        reversed=True,
        range=(-1, 2),
        scope="linked",
        scale="symlog",
        clip=True,
        threshold=0.25,
        contours=5,
        overlay="divider",
        divider=0.75,
        smooth=False,
        receptive_field=False,
        image_index=1,
        channel=3,
        order="weight",
        hide_inactive=True,
        pinned=[0, 2],
        viewport=(0.25, 0.5, 2),
        region=(0, 0, 0.5, 1),
        probe=(0.5, 0.5),
        link="page",
        links={"colors": "unlinked", "viewport": "relative"},
    )
    return copy.deepcopy(view.payload)


def heatmap_payload() -> dict[str, Any]:
    view = heatmap(np.ones((2, 3, 4)), channel=1, range=(-1, 1), name="relu")
    return copy.deepcopy(view.payload)


def test_payloads_follow_the_schema(folder: Path, photo: np.ndarray) -> None:
    for payload in (
        model_payload(photo),
        heatmap_payload(),
        show("model.h5", photo).payload,
        show("model.h5", photo, preprocess="caffe").payload,
        show("model.h5", photo, convention="captum").payload,
        show("model.h5", photo, target={"class": 1, "minus": 0, "negative": True}).payload,
        show("model.h5", photo, target={"class": None, "negative": True}).payload,
        show("model.h5", photo, target={"layer": "a", "channel": 3, "area": (0, 1, 2, 3)}).payload,
        show("model.h5", photo, target={"layer": "a", "channel": None}).payload,
        show("model.h5", {"rgb": photo, "meta": [1.0, 2.0], "mask": photo}).payload,
        show("model.h5", np.zeros(7), labels="imagenet").payload,
        heatmap(np.zeros((1, 1))).payload,
        heatmap(np.zeros((1, 1)), range="symmetric").payload,
    ):
        assert schema_errors(payload) == []
        check(payload)


def change(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def apply(payload: dict[str, Any]) -> None:
        *steps, last = path.split(".")
        place: Any = payload
        for step in steps:
            place = place[int(step)] if isinstance(place, list) else place[step]
        if value is KeyError:
            del place[last]
        elif isinstance(place, list):
            place[int(last)] = value
        else:
            place[last] = value

    return apply


MODEL_DAMAGES = [
    *[(key, KeyError) for key in ("version", "kind", "id", "model", "images")],
    *[(f"model.{key}", value) for key in ("path", "name") for value in (KeyError, "", 1, None)],
    ("model.path", "folder\\model.h5"),
    ("model.size", 3),
    ("version", 2),
    ("version", True),
    ("kind", "movie"),
    ("id", ""),
    ("id", 7),
    ("images", {}),
    ("images.0", "x"),
    ("images.0.name", ""),
    ("images.0.picture", KeyError),
    ("images.0.picture", ""),
    ("images.0.width", 3),
    ("images.1.tensor", None),
    ("images.1.tensor.dtype", "uint8"),
    ("images.1.tensor.shape", [32, 72]),
    ("images.1.tensor.shape", [0, 24, 3]),
    ("images.1.tensor.shape", [32, 24, 3.5]),
    ("images.1.tensor.data", ""),
    ("preprocess", "vgg"),
    ("preprocess", 1),
    ("preprocess", {"mean": [0.5]}),
    ("preprocess.mean", []),
    ("preprocess.mean.0", "x"),
    ("preprocess.std", 0.5),
    ("preprocess.std.0", 0),
    ("preprocess.scale", 1),
    ("interpolation", "lanczos"),
    ("interpolation", None),
    ("labels", "sky"),
    ("labels.0", 1),
    ("view", []),
    ("view.cursor", {"x": 0, "y": 0}),
    ("view.layer", ""),
    ("view.layer", 3),
    ("view.method", "cam"),
    ("view.target", -1),
    ("view.target", 1.5),
    ("view.target", True),
    ("view.target", {"class": -1}),
    ("view.target", {"class": 1, "layer": "a"}),
    ("view.target", {"class": 1, "minus": None}),
    ("view.target", {"class": 1, "negative": 1}),
    ("view.target", {"layer": "", "channel": 1}),
    ("view.target", {"layer": "a", "channel": 0.5}),
    ("view.target", {"layer": "a", "channel": 0, "area": [0, 0, 1]}),
    ("view.target", {"layer": "a", "channel": 0, "area": [0, 0, 1, -1]}),
    ("view.convention", "keras"),
    ("view.score", "softmax"),
    ("view.image", None),
    ("view.image", -1),
    ("view.channel", -1),
    ("view.colormap", "hot"),
    ("view.colormap", None),
    ("view.range", "all"),
    ("view.range", [1]),
    ("view.range", [1, 2, 3]),
    ("view.range", ["a", "b"]),
    ("view.opacity", 1.5),
    ("view.opacity", "half"),
    ("view.smooth", 1),
    ("view.reversed", 0),
    ("view.receptiveField", None),
    ("view.scale", "log10"),
    ("view.threshold", -0.5),
    ("view.divider", "left"),
    ("view.contours", 21),
    ("view.contours", 1.5),
    ("view.overlay", "swipe"),
    ("view.order", "random"),
    ("view.pinned", [-1]),
    ("view.pinned", 3),
    ("view.region", {"kind": "circle"}),
    ("view.region", {"kind": "rectangle", "x0": 0, "y0": 0, "x1": 1}),
    ("view.region", {"kind": "lasso", "points": [[0, 0], [1, 1]]}),
    ("view.region", {"kind": "lasso", "points": [[0, 0], [1, 1], [1]]}),
    ("view.probe", {"x": 1}),
    ("view.linkScope", "all"),
    ("view.links", {"colour": "linked"}),
    ("view.links", {"colors": True}),
    ("images.0.path", ""),
    ("view.viewport", {"x": 0, "y": 0}),
    ("view.viewport", {"x": 0, "y": 0, "zoom": 0}),
    ("extra", 1),
]

HEATMAP_DAMAGES = [
    *[(key, KeyError) for key in ("version", "id", "name", "tensor")],
    ("name", ""),
    ("tensor", [1, 2]),
    ("tensor.shape", [3, 4]),
    ("tensor.dtype", "float64"),
    ("tensor.order", "C"),
    ("view.range", None),
    ("model", {"path": "model.h5", "name": "m"}),
]


@pytest.mark.parametrize(("path", "value"), MODEL_DAMAGES)
def test_schema_and_check_refuse_the_same_damaged_model_payload(
    folder: Path, photo: np.ndarray, path: str, value: Any
) -> None:
    payload = model_payload(photo)
    change(path, value)(payload)
    assert schema_errors(payload)
    with pytest.raises(GradLensError, match="payload"):
        check(payload)


@pytest.mark.parametrize(("path", "value"), HEATMAP_DAMAGES)
def test_schema_and_check_refuse_the_same_damaged_heatmap_payload(path: str, value: Any) -> None:
    payload = heatmap_payload()
    change(path, value)(payload)
    assert schema_errors(payload)
    with pytest.raises(GradLensError, match="payload"):
        check(payload)


ALLOWED = [
    ("view.layer", None),
    ("view.target", None),
    ("view.channel", None),
    ("view.channel", 3),
    ("view.image", 1),
    ("view.smooth", False),
    ("view.range", "percentile"),
    ("view.range", [0.5, 1]),
    ("view.viewport", {"x": 0.5, "y": 0.5, "zoom": 2}),
    ("labels", []),
    ("labels", KeyError),
    ("view", KeyError),
    ("view", {}),
    ("view.target", {}),
    ("view.target", {"layer": "a"}),
    ("preprocess", KeyError),
    ("preprocess", None),
    ("preprocess", "tf"),
]


@pytest.mark.parametrize(("path", "value"), ALLOWED)
def test_schema_and_check_allow_the_same(
    folder: Path, photo: np.ndarray, path: str, value: Any
) -> None:
    payload = model_payload(photo)
    change(path, value)(payload)
    assert schema_errors(payload) == []
    check(payload)


def test_check_finds_what_a_schema_cannot(folder: Path, photo: np.ndarray) -> None:
    payload = model_payload(photo)
    payload["images"][1]["tensor"]["shape"] = [24, 24, 3]
    with pytest.raises(GradLensError, match=r"images\[1\]\.tensor\.data .*length.*24, 24, 3"):
        check(payload)


SOURCES = Path(__file__).parents[2] / "src"


@pytest.mark.skipif(not SOURCES.is_dir(), reason="an installed package has no TypeScript")
def test_mime_type_is_the_browsers() -> None:
    source = (SOURCES / "mime/payload.ts").read_text(encoding="utf-8")
    assert f"MIME_TYPE = '{MIME_TYPE}'" in source
