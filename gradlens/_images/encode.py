"""The images of a payload: pictures and tensors, or of files their paths and previews."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from .._model.fingerprint import fingerprint_of
from .._output.payload import check_tensor_bytes, encode_tensor
from .collect import InputImage, OtherInput
from .png import encode_copy, encode_for_payload, encode_preview, encode_within
from .sizes import SMALL_PICTURE, WHOLE_BYTES


def encode_images(images: list[InputImage]) -> list[dict[str, Any]]:
    """Return the payload's form of images.

    Raises:
        ArgumentError: they take more than a notebook should hold.
    """
    tensors = [one.tensor for one in images if one.tensor is not None]
    tensors += [
        other.values
        for one in images
        for other in (one.others or {}).values()
        if other.values.dtype != "uint8"
    ]
    check_tensor_bytes(
        sum(4 * tensor.size for tensor in tensors),
        "The preprocessed image" if len(tensors) == 1 else f"A list of {len(tensors)} tensors",
        "give the pictures (0..255) and preprocess=…"
        + (", or fewer images." if len(tensors) > 1 else "."),
    )
    return [_entry(one, len(images) > 1) for one in images]


def _entry(one: InputImage, is_of_list: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": one.name}
    png, original = _in_file(one, is_of_list)
    if png is None:
        is_fed = one.tensor is None
        png, is_reduced = encode_for_payload(one.picture, one.name, is_fed, one.slices is None)
        if is_reduced and is_fed:
            entry["reduced"] = _size(one.picture)
    entry["picture"] = base64.b64encode(png).decode("ascii")
    if original is not None:
        entry["original"] = original
    if one.slices is not None:
        entry["slices"] = one.slices
    if one.orientation is not None:
        entry["orientation"] = one.orientation
    if one.transparent:
        entry["transparent"] = True
    if one.path is not None:
        entry["path"] = one.path
    if one.tensor is not None:
        entry["tensor"] = encode_tensor(one.tensor)
    if one.input is not None:
        entry["input"] = one.input
    if one.others:
        entry["others"] = {name: _encode_other(name, other) for name, other in one.others.items()}
    return entry


def _in_file(
    one: InputImage, is_of_list: bool
) -> tuple[bytes, dict[str, Any]] | tuple[bytes | None, None]:
    """Return the copy of a picture that a view reads from its file, and what it knows that by."""
    if one.file is None or one.path is None:
        return None, None
    whole = None if is_of_list else encode_within(one.picture, WHOLE_BYTES)
    original = _original(one) if whole is None else None
    if original is None:
        return whole, None
    if is_of_list:
        return encode_preview(one.picture), original
    return encode_copy(one.picture), original | {"copy": True}


def _size(picture: np.ndarray) -> dict[str, int]:
    height, width = picture.shape[:2]
    return {"width": width, "height": height}


def _original(one: InputImage) -> dict[str, Any] | None:
    """Return what a view knows a picture's file by; None of one that is stored whole."""
    height, width = one.picture.shape[:2]
    if one.file is None or height * width * one.picture.shape[2] <= SMALL_PICTURE:
        return None
    try:
        return {**_size(one.picture), **fingerprint_of(one.file)}
    except OSError:  # gone since it was read
        return None


def _encode_other(name: str, other: OtherInput) -> dict[str, Any]:
    values, picture, slices = other
    encoded: dict[str, Any] = {}
    if values.dtype == "uint8":
        # (slices, h, w, c): one slice under the other.
        slices = len(values) if values.ndim == 4 else None
        picture = values.reshape(-1, *values.shape[-2:])
    else:
        encoded["tensor"] = encode_tensor(values)
    if picture is not None:
        is_fed = values.dtype == "uint8"
        png, is_reduced = encode_for_payload(picture, name, is_fed, slices is None)
        encoded["picture"] = base64.b64encode(png).decode("ascii")
        if is_reduced and is_fed:
            encoded["reduced"] = _size(picture)
        if slices is not None:
            encoded["slices"] = slices
    return encoded
