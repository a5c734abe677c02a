"""Models whose layers and weights are in files of their own.

`model.to_json()` gives an architecture; `model.save_weights()` writes `.weights.h5` or, by
Keras 2, `.h5`, and with `max_shard_size` the index `.weights.json` of shards beside it.
"""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from .._shared.files import missing
from ..errors import ArgumentError, MissingFileError

PACKED_WEIGHTS = ("model.weights.h5", "model.weights.json")
"""What a `.keras` file calls its weights: one file, or the index of shards."""

_WEIGHTS = (".weights.h5", ".weights.json", "_weights.h5", "_weights.hdf5", ".h5", ".hdf5")
"""What the weights of `model.json` are called beside it, after `model`."""

_SHARDED = ".weights.json"
_HDF5 = (".h5", ".hdf5")
_CHECKPOINT = (".index", ".ckpt")


class Parts(NamedTuple):
    """An architecture and its weights."""

    architecture: str
    weights: str

    def named(self) -> dict[str, str]:
        """Return the paths of all files by what a `.keras` file calls them.

        Raises:
            MissingFileError: a shard is not there.
        """
        return {"config.json": self.architecture, **weights_named(self.weights)}


def weights_named(weights: str) -> dict[str, str]:
    """Return the paths of a model's weights, shards too, by what a `.keras` file calls them.

    Raises:
        MissingFileError: a shard is not there.
        ArgumentError: the index of shards names none.
    """
    if not weights.lower().endswith(".json"):
        return {PACKED_WEIGHTS[0]: weights}
    folder = os.path.dirname(weights)
    found = (_json(weights) or {}).get("weight_map")
    files = found.values() if isinstance(found, dict) else []
    shards = sorted({name for names in files for name in _listed(names)})
    if not shards:
        raise ArgumentError(
            f'The weights "{weights}" name no shards (no weight_map): save them again with '
            'model.save_weights("model.weights.json", max_shard_size=…).'
        )
    paths = {name: os.path.join(folder, name) for name in shards}
    for name, path in paths.items():
        # A shard lies beside its index; no other file is read.
        if name != os.path.basename(name) or not os.path.isfile(path):
            raise MissingFileError(
                f'The weights "{weights}" are in several files, of which "{name}" is not beside '
                "it: copy all of them there."
            )
    return {PACKED_WEIGHTS[1]: weights, **paths}


def _listed(names: Any) -> list[str]:
    return [name for name in (names if isinstance(names, list) else [names]) if name]


def find_parts(model: str, weights: str | None) -> Parts | None:
    """Return the files of a model in parts; None where the model is whole, or of another kind.

    Args:
        model: An existing file: the architecture, or the weights beside which it lies.
        weights: Its weights; default: those beside the architecture.

    Raises:
        ArgumentError: the two do not go together, or none or several weights lie beside it.
        MissingFileError: no such weights.
    """
    if weights is not None:
        return _given(model, weights)
    lower = model.lower()
    content = _json(model) if lower.endswith(".json") else None
    if is_architecture(content):
        return Parts(model, _weights_of(model))
    if isinstance(content, dict) and "weight_map" in content:
        architecture = model[: -len(_SHARDED)] + ".json"
        return Parts(_architecture_of(model, architecture), model)
    if lower.endswith(_HDF5):
        for ending in (ending for ending in _WEIGHTS if lower.endswith(ending)):
            architecture = model[: -len(ending)] + ".json"
            is_one = os.path.isfile(architecture) and is_architecture(_json(architecture))
            if is_one and not _is_whole(model):
                return Parts(architecture, model)
    return None


def refuse_checkpoint(path: str) -> None:
    """Raise ArgumentError where the path is that of a TensorFlow checkpoint."""
    if path.lower().endswith(_CHECKPOINT) or os.path.isfile(f"{path}.index"):
        raise ArgumentError(
            f'"{path}" is a TensorFlow checkpoint, which holds weights and no layers: load it '
            "into the model with model.load_weights(), and show() that."
        )


def is_architecture(content: Any) -> bool:
    """Return whether this is what `model.to_json()` gives."""
    return isinstance(content, dict) and "class_name" in content and "config" in content


def _given(model: str, weights: str) -> Parts:
    if not model.lower().endswith(".json") or not is_architecture(_json(model)):
        raise ArgumentError(
            f'weights= goes with an architecture, as model.to_json() gives it; "{model}" is none.'
        )
    if not os.path.exists(weights):
        refuse_checkpoint(weights)
        raise missing("weights file", weights, (*_HDF5, _SHARDED))
    if not weights.lower().endswith((*_HDF5, _SHARDED)):
        refuse_checkpoint(weights)
        raise ArgumentError(
            f'weights must be a .weights.h5, .h5 or .weights.json file, not "{weights}": '
            'save them with model.save_weights("model.weights.h5").'
        )
    return Parts(model, weights)


def _weights_of(architecture: str) -> str:
    stem = architecture[: -len(".json")]
    found = [stem + ending for ending in _WEIGHTS if os.path.isfile(stem + ending)]
    # A whole model of the same name holds the weights too, but may be of another day.
    found = [path for path in found if not _is_whole(path)] or found
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f'"{os.path.basename(path)}"' for path in found)
        raise ArgumentError(
            f'"{architecture}" is an architecture, beside which there are several files of '
            f"weights ({names}): name one with weights=."
        )
    raise MissingFileError(
        f'"{architecture}" is an architecture without its weights, and there is no '
        f'"{os.path.basename(stem)}.weights.h5" beside it: name the file with weights=, '
        'saved by model.save_weights("model.weights.h5").'
    )


def _architecture_of(weights: str, expected: str) -> str:
    if os.path.isfile(expected) and is_architecture(_json(expected)):
        return expected
    raise MissingFileError(
        f'"{weights}" holds weights and no layers, and there is no architecture '
        f'"{os.path.basename(expected)}" beside it: write model.to_json() to that file, or give '
        "the architecture's file, and weights=."
    )


def _is_whole(path: str) -> bool:
    import mmap

    # The name of the attribute that holds the layers; h5py is not at hand in every kernel.
    with open(path, "rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            return True
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return content.find(b"model_config") >= 0


def _json(path: str) -> Any:
    # Only now: the import of the package stays quick.
    import json

    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        # What it is, or why it cannot be read, the browser says.
        return None
