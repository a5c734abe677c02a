"""The inputs of a model file, by what its architecture says."""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import re
import zipfile
import zlib
from typing import Any

Input = tuple[str, tuple[int | None, ...]]

MOST_BYTES = 64 * 2**20
"""Of an architecture: no model has nearly as many."""

USUAL_BYTES = 2**20
"""More than most architectures have."""

BEGINNING = re.compile(rb'\{"class_name": "(?:Functional|Model|Sequential)"')
"""Of the architecture in a file of HDF5, as every Keras writes it."""

DAMAGE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,
    zlib.error,
    zipfile.BadZipFile,
)
"""What reading a file raises that is no model, or one that is cut off, encrypted or garbled."""


def inputs_of_file(path: str) -> list[Input]:
    """Return name and shape, with the axis of samples, of each input of a model file.

    An empty list where the file does not tell, as that of a Sequential model, which has one.

    Args:
        path: A `.keras` or `.h5` file, or a TensorFlow.js `model.json`.
    """
    # What is wrong with a file is said where it is opened.
    with contextlib.suppress(*DAMAGE):
        return _inputs(_config(path))
    return []


def _config(path: str) -> Any:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo("config.json").file_size > MOST_BYTES:
                return None
            return json.loads(archive.read("config.json"))
    if path.lower().endswith(".json"):
        if os.path.getsize(path) > MOST_BYTES:
            return None
        with open(path, encoding="utf-8") as file:
            topology = json.load(file)["modelTopology"]
        return topology.get("model_config", topology)
    return _config_in(path)


def _config_in(path: str) -> Any:
    """Return what an HDF5 file says of its model; h5py is not at hand in every kernel.

    Keras writes it as one text, of which HDF5 changes nothing. Models inside begin after theirs.
    """
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        beginning = BEGINNING.search(content)
        if beginning is None:
            return None
        return _json_at(content, beginning.start())


def _json_at(content: mmap.mmap, at: int) -> Any:
    """Return the value that begins at a byte; what follows it is left."""
    size = USUAL_BYTES
    while True:
        try:
            text = content[at : at + size].decode("utf-8", "ignore")
            return json.JSONDecoder().raw_decode(text)[0]
        except json.JSONDecodeError:
            # Cut off, perhaps.
            if size >= MOST_BYTES or at + size >= len(content):
                raise
            size *= 4


def _inputs(model: Any) -> list[Input]:
    config = model["config"]
    layers = {layer.get("name") or layer["config"]["name"]: layer for layer in config["layers"]}
    return [(name, _shape(layers[name])) for name in _names(config["input_layers"])]


def _names(references: Any) -> list[str]:
    """Return the layers that references (layer, node, tensor) name, however they are nested."""
    if isinstance(references, dict):
        # As model.inputs has them.
        return [name for key in sorted(references) for name in _names(references[key])]
    if isinstance(references[0], str):
        return [references[0]]
    return [name for one in references for name in _names(one)]


def _shape(layer: dict[str, Any]) -> tuple[int | None, ...]:
    config = layer["config"]
    shape = config["batch_shape"] if "batch_shape" in config else config["batch_input_shape"]
    return tuple(shape)
