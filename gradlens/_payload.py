"""Payload v1: what the browser gets. The schema is payload-v1.schema.json."""

from __future__ import annotations

import base64
import math
import numbers
from typing import TYPE_CHECKING, Any

from .errors import ArgumentError, GradLensError

if TYPE_CHECKING:
    import numpy as np

MIME_TYPE = "application/vnd.gradlens.v1+json"
VERSION = 1

METHODS = (
    "grad-cam",
    "grad-cam++",
    "hires-cam",
    "layer-cam",
    "xgrad-cam",
    "eigen-cam",
    "score-cam",
    "saliency",
    "input-x-gradient",
    "guided-backprop",
    "integrated-gradients",
    "smooth-grad",
    "occlusion",
)
CONVENTIONS = ("tf-keras-vis", "pytorch-grad-cam", "captum", "keras-io")
SCORES = ("logit", "probability")
COLORMAPS = (
    "viridis",
    "inferno",
    "magma",
    "cividis",
    "turbo",
    "jet",
    "coolwarm",
    "RdBu",
    "gray",
)
RANGES = ("min-max", "percentile", "symmetric")
SCOPES = ("map", "layer", "linked")
SCALES = ("linear", "log", "symlog")
OVERLAYS = ("blend", "side-by-side", "divider")
ORDERS = ("index", "mean", "max", "weight", "similarity")
LINKS = ("viewport", "cursor", "layer", "class", "method", "range", "colors", "overlay")
LINK_MODES = ("linked", "relative", "unlinked")
LINK_SCOPES = ("model", "page", "none")
MAX_CONTOURS = 20
PREPROCESS = ("tf", "torch", "caffe", "scale")
LABEL_SETS = ("imagenet",)
INTERPOLATIONS = ("bilinear", "nearest")

MAX_TENSOR_BYTES = 8 * 1024 * 1024
"""Most bytes of float values in one payload: a notebook keeps them as text."""


def encode_tensor(array: np.ndarray) -> dict[str, Any]:
    """Encode an array as float32 TensorJSON: base64, little-endian, C order.

    float32 values keep their bits, NaN payloads included.
    """
    values = array.astype("<f4", order="C", copy=False)
    return {
        "dtype": "float32",
        "shape": [int(size) for size in values.shape],
        "data": base64.b64encode(values.tobytes()).decode("ascii"),
    }


def megabytes(count: int) -> str:
    """Write a number of bytes for a message, e.g. `12.8 MB`."""
    return f"{count / 1e6:.1f} MB"


def check_tensor_bytes(count: int, what: str, advice: str) -> None:
    """Refuse tensors too large for a notebook's output.

    Raises:
        ArgumentError: `count` bytes are over `MAX_TENSOR_BYTES`.
    """
    if count > MAX_TENSOR_BYTES:
        raise ArgumentError(
            f"{what} takes {megabytes(count)}, but an output cell holds at most "
            f"{megabytes(MAX_TENSOR_BYTES)} of values: {advice}"
        )


def check(payload: dict[str, Any]) -> None:
    """Hold a payload against the schema, and its tensors' lengths against their shapes.

    A small stand-in for a JSON schema library, so that the package needs none.

    Raises:
        GradLensError: naming the first property that is wrong.
    """
    _object(payload, "payload", None, None)
    kind = payload.get("kind")
    if kind == "model":
        _model_payload(payload)
    elif kind == "heatmap":
        _heatmap_payload(payload)
    else:
        _fail("kind", "must be 'model' or 'heatmap'")


def _model_payload(payload: dict[str, Any]) -> None:
    required = ("version", "kind", "id", "model", "images", "preprocess", "interpolation")
    _object(payload, "payload", required, ("labels", "labelSet", "view"))
    _version_and_id(payload)
    model = payload["model"]
    _object(model, "model", ("path", "name"), ())
    _text(model["path"], "model.path")
    if "\\" in model["path"]:
        _fail("model.path", "must use / as separator")
    _text(model["name"], "model.name")
    _list(payload["images"], "images", 1)
    for index, image in enumerate(payload["images"]):
        where = f"images[{index}]"
        _object(image, where, ("name", "picture"), ("path", "tensor", "input", "others"))
        if "path" in image:
            _text(image["path"], f"{where}.path")
        _text(image["name"], f"{where}.name")
        _text(image["picture"], f"{where}.picture")
        if "tensor" in image:
            _float_tensor(image["tensor"], f"{where}.tensor")
        if "input" in image:
            _text(image["input"], f"{where}.input")
        _others(image.get("others", {}), f"{where}.others")
    _preprocess(payload["preprocess"])
    _choice(payload["interpolation"], "interpolation", INTERPOLATIONS)
    if "labels" in payload:
        _list(payload["labels"], "labels", 0)
        for index, label in enumerate(payload["labels"]):
            if not isinstance(label, str):
                _fail(f"labels[{index}]", "must be text")
    if "labelSet" in payload:
        _choice(payload["labelSet"], "labelSet", LABEL_SETS)
    if "view" in payload:
        _view(payload["view"])


def _others(value: Any, where: str) -> None:
    _object(value, where, None, None)
    for name, other in value.items():
        if isinstance(other, dict) and "picture" in other:
            _object(other, f"{where}.{name}", ("picture",), ())
            _text(other["picture"], f"{where}.{name}.picture")
        else:
            _object(other, f"{where}.{name}", ("tensor",), ())
            _float_tensor(other["tensor"], f"{where}.{name}.tensor", range(1, 5))


def _heatmap_payload(payload: dict[str, Any]) -> None:
    _object(payload, "payload", ("version", "kind", "id", "name", "tensor"), ("view",))
    _version_and_id(payload)
    _text(payload["name"], "name")
    _float_tensor(payload["tensor"], "tensor")
    if "view" in payload:
        _view(payload["view"])


def _version_and_id(payload: dict[str, Any]) -> None:
    if payload["version"] != VERSION or isinstance(payload["version"], bool):
        _fail("version", f"must be {VERSION}")
    _text(payload["id"], "id")


def _preprocess(value: Any) -> None:
    if value is None:
        return
    if not isinstance(value, dict):
        _choice(value, "preprocess", PREPROCESS)
        return
    _object(value, "preprocess", ("mean", "std"), ())
    for key in ("mean", "std"):
        _list(value[key], f"preprocess.{key}", 1)
        for number in value[key]:
            _number(number, f"preprocess.{key}")
            if key == "std" and number <= 0:
                _fail("preprocess.std", "must be greater than 0")


def _view(view: Any) -> None:
    optional = (
        *("viewport", "image", "layer", "method", "target", "score", "output"),
        "convention",
        *("channel", "colormap", "range", "scope", "opacity", *_FLAGS),
        *("scale", "threshold", "contours", "overlay", "divider", "region", "probe"),
        *("order", "pinned", "linkScope", "links"),
    )
    _object(view, "view", (), optional)
    if "viewport" in view:
        _object(view["viewport"], "view.viewport", ("x", "y", "zoom"), ())
        for key, number in view["viewport"].items():
            _number(number, f"view.viewport.{key}")
        if view["viewport"]["zoom"] <= 0:
            _fail("view.viewport.zoom", "must be greater than 0")
    if view.get("layer") is not None:
        _text(view["layer"], "view.layer")
    if view.get("output") is not None:
        _text(view["output"], "view.output")
    if "target" in view:
        _target(view["target"])
    if view.get("convention") is not None:
        _choice(view["convention"], "view.convention", CONVENTIONS)
    for key in ("image", "channel"):
        if key not in view or (view[key] is None and key != "image"):
            continue
        if not _is_integer(view[key]) or view[key] < 0:
            _fail(f"view.{key}", "must be a whole number, 0 or more")
    choices = (
        *(("method", METHODS), ("score", SCORES)),
        *(("colormap", COLORMAPS), ("scope", SCOPES), ("scale", SCALES)),
        *(("overlay", OVERLAYS), ("order", ORDERS), ("linkScope", LINK_SCOPES)),
    )
    for key, allowed in choices:
        if key in view:
            _choice(view[key], f"view.{key}", allowed)
    if "range" in view:
        _range(view["range"])
    for key in ("opacity", "threshold", "divider"):
        if key in view:
            _number(view[key], f"view.{key}")
            if not 0 <= view[key] <= 1:
                _fail(f"view.{key}", "must lie between 0 and 1")
    for key in _FLAGS:
        if key in view and not isinstance(view[key], bool):
            _fail(f"view.{key}", "must be true or false")
    if "contours" in view:
        _count(view["contours"], "view.contours")
        if view["contours"] > MAX_CONTOURS:
            _fail("view.contours", f"must be at most {MAX_CONTOURS}")
    if "pinned" in view:
        _list(view["pinned"], "view.pinned", 0)
        for number in view["pinned"]:
            _count(number, "view.pinned")
    if view.get("region") is not None:
        _region(view["region"])
    if view.get("probe") is not None:
        _object(view["probe"], "view.probe", ("x", "y"), ())
        for number in view["probe"].values():
            _number(number, "view.probe")
    if "links" in view:
        _object(view["links"], "view.links", (), LINKS)
        for key, mode in view["links"].items():
            _choice(mode, f"view.links.{key}", LINK_MODES)


_FLAGS = ("smooth", "reversed", "clip", "receptiveField", "hideDead")


def _region(value: Any) -> None:
    where = "view.region"
    if isinstance(value, dict) and value.get("kind") == "lasso":
        _object(value, where, ("kind", "points"), ())
        _list(value["points"], f"{where}.points", 3)
        for point in value["points"]:
            _list(point, f"{where}.points", 2)
            if len(point) != 2:
                _fail(f"{where}.points", "must be pairs")
            for number in point:
                _number(number, f"{where}.points")
        return
    _object(value, where, ("kind", "x0", "y0", "x1", "y1"), ())
    _choice(value["kind"], f"{where}.kind", ("rectangle", "lasso"))
    for key in ("x0", "y0", "x1", "y1"):
        _number(value[key], f"{where}.{key}")


def _target(value: Any) -> None:
    where = "view.target"
    if not isinstance(value, dict):
        if value is not None:
            _count(value, where)
        return
    if "layer" in value:
        _object(value, where, ("layer", "channel"), ("area", "negative"))
        _text(value["layer"], f"{where}.layer")
        if value["channel"] is not None:
            _count(value["channel"], f"{where}.channel")
        if "area" in value:
            _list(value["area"], f"{where}.area", 4)
            if len(value["area"]) != 4:
                _fail(f"{where}.area", "must have four numbers")
            for number in value["area"]:
                _count(number, f"{where}.area")
    else:
        _object(value, where, ("class",), ("minus", "negative"))
        if value["class"] is not None:
            _count(value["class"], f"{where}.class")
        if "minus" in value:
            _count(value["minus"], f"{where}.minus")
    if not isinstance(value.get("negative", False), bool):
        _fail(f"{where}.negative", "must be true or false")


def _count(value: Any, where: str) -> None:
    if not _is_integer(value) or value < 0:
        _fail(where, "must be a whole number, 0 or more")


def _range(value: Any) -> None:
    if isinstance(value, str):
        _choice(value, "view.range", RANGES)
        return
    _list(value, "view.range", 2)
    if len(value) != 2:
        _fail("view.range", "must have two numbers")
    for number in value:
        _number(number, "view.range")


def _float_tensor(value: Any, where: str, ranks: range = range(3, 4)) -> None:
    _object(value, where, ("dtype", "shape", "data"), ())
    if value["dtype"] != "float32":
        _fail(f"{where}.dtype", "must be float32")
    shape = value["shape"]
    _list(shape, f"{where}.shape", ranks.start)
    if len(shape) not in ranks or not all(_is_integer(size) and size >= 1 for size in shape):
        count = "three" if ranks == range(3, 4) else "one to four"
        _fail(f"{where}.shape", f"must be {count} whole numbers, each at least 1")
    _text(value["data"], f"{where}.data")
    # Base64 writes every 3 bytes, or what is left of them, as 4 characters.
    characters = 4 * math.ceil(4 * math.prod(shape) / 3)
    if len(value["data"]) != characters:
        _fail(f"{where}.data", f"does not have the length that shape {shape} needs")


def _object(
    value: Any, where: str, required: tuple[str, ...] | None, optional: tuple[str, ...] | None
) -> None:
    if not isinstance(value, dict):
        _fail(where, "must be an object")
    for key in required or ():
        if key not in value:
            _fail(where, f"lacks {key!r}")
    if optional is not None:
        for key in value:
            if key not in (required or ()) and key not in optional:
                _fail(where, f"has an unknown property {key!r}")


def _list(value: Any, where: str, least: int) -> None:
    if not isinstance(value, list) or len(value) < least:
        _fail(where, f"must be a list of at least {least}" if least else "must be a list")


def _text(value: Any, where: str) -> None:
    if not isinstance(value, str) or not value:
        _fail(where, "must be text, not empty")


def _number(value: Any, where: str) -> None:
    # JSON knows neither NaN nor infinity.
    real = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if not real or not math.isfinite(value):
        _fail(where, "must be a finite number")


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _choice(value: Any, where: str, allowed: tuple[str, ...]) -> None:
    if not isinstance(value, str) or value not in allowed:
        _fail(where, f"must be one of {', '.join(allowed)}")


def _fail(where: str, what: str) -> None:
    raise GradLensError(f"The payload for the browser is wrong: {where} {what}")
