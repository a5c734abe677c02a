"""A payload as the browser would read it, independently of what wrote it."""

from __future__ import annotations

import base64
import io
import json
import struct
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
from PIL import Image

from gradlens import show

SCHEMA = json.loads(
    (Path(__file__).parent.parent / "payload-v1.schema.json").read_text(encoding="utf-8")
)


def schema_errors(payload: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    # Through text, as it travels; allow_nan=False because JSON.parse refuses NaN.
    travelled = json.loads(json.dumps(payload, allow_nan=False))
    return [error.message for error in validator.iter_errors(travelled)]


def picture(payload: dict[str, Any], index: int = 0) -> np.ndarray:
    return decoded(payload["images"][index]["picture"])


def decoded(png: str) -> np.ndarray:
    data = base64.b64decode(png, validate=True)
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "PNG"
        assert image.mode in ("L", "RGB")
        return np.asarray(image)


def bits(tensor: dict[str, Any]) -> list[int]:
    """The 32-bit words of a tensor's values, in order."""
    data = base64.b64decode(tensor["data"], validate=True)
    return [word for (word,) in struct.iter_unpack("<I", data)]


def values(tensor: dict[str, Any]) -> np.ndarray:
    data = base64.b64decode(tensor["data"], validate=True)
    return np.array(struct.unpack(f"<{len(data) // 4}f", data)).reshape(tensor["shape"])


def only(image: Any, **options: Any) -> dict[str, Any]:
    """Return the payload of a view of one image."""
    payload = show("model.h5", image, **options).payload
    assert len(payload["images"]) == 1
    return payload
