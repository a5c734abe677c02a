"""The model argument: a file's path, or a live model written to a file."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from .._shared.files import PICTURES, missing, notebook_folder
from .._shared.kinds import a_kind
from .._shared.warn import warn
from ..errors import ArgumentError
from .parts import PACKED_WEIGHTS, Parts, find_parts, refuse_checkpoint, weights_named

ENDINGS = (".keras", ".h5", ".hdf5", ".json")


class ModelFile(NamedTuple):
    """A model file as the browser finds it."""

    path: str
    """Relative to the notebook's folder, `/` as separator."""
    name: str
    """For the view's header."""


def find_model(model: Any, name: str | None = None, weights: Any = None) -> ModelFile:
    """Return where the browser finds the model.

    Args:
        model: Path of a `.h5` or `.keras` file, of a `.keras` model's folder, of an
            architecture or of weights, or a live Keras model; all but the first are
            written to `gradlens-cache/` beside the notebook.
        name: For the view's header; default: the file's or the model's name.
        weights: Path of the architecture's weights; default: those beside it.

    Raises:
        MissingFileError: no such file.
        ArgumentError: neither a model file nor a Keras model.
        ModelCacheError: a model that cannot be written there.
    """
    if weights is not None and not isinstance(weights, (str, os.PathLike)):
        raise ArgumentError(
            f"weights is {a_kind(weights)}: "
            "give the path of a file that model.save_weights() wrote."
        )
    if isinstance(model, (str, os.PathLike)):
        path = os.path.expanduser(os.fspath(model))
        found = os.path.basename(os.path.normpath(path))
        beside = None if weights is None else os.path.expanduser(os.fspath(weights))
        if os.path.isdir(path) and beside is None:
            path = _packed(path)
        else:
            _check_file(path)
            parts = find_parts(path, beside)
            if parts is not None:
                path = _packed_parts(parts)
    elif _is_keras_model(model) and weights is not None:
        raise ArgumentError(
            "weights= goes with the path of an architecture; a live model has its own: load "
            "them with model.load_weights(), and show() the model alone."
        )
    elif _is_keras_model(model):
        from .cache import write_model

        path = write_model(model)
        found = str(getattr(model, "name", None) or type(model).__name__)
    else:
        raise ArgumentError(
            f"model is {a_kind(model)}: give the path of a .keras or .h5 file, or a Keras model."
        )
    return ModelFile(relative(path), str(name or found))


def relative(path: str) -> str:
    """Return a path relative to the notebook's folder, with `/`.

    Raises:
        ArgumentError: the file lies on another drive.
    """
    folder = notebook_folder()
    try:
        # A link on the way to either must not send the browser astray.
        real = os.path.relpath(os.path.realpath(path), os.path.realpath(folder))
        plain = os.path.relpath(path, folder)
    except ValueError as error:
        raise ArgumentError(
            f'The model "{path}" is on another drive than the notebook: copy it beside the '
            "notebook, so that the browser can fetch it from Jupyter."
        ) from error
    shortest = min(plain, real, key=lambda candidate: candidate.split(os.sep).count(".."))
    parts = shortest.split(os.sep)
    if any(part.startswith(".") and part not in (".", "..") for part in parts):
        warn(
            f'The model "{path}" is in a hidden folder, which Jupyter usually does not serve: '
            "if the view cannot read it, copy it beside the notebook.",
        )
    return "/".join(parts)


def _check_file(path: str) -> None:
    lower = path.lower()
    if not lower.endswith(ENDINGS):
        refuse_checkpoint(path)
    if not os.path.exists(path):
        raise missing("model file", path, ENDINGS)
    name = os.path.basename(path)
    if lower.endswith(PICTURES):
        raise ArgumentError(
            f'"{name}" is a picture: the model comes first, as in show("model.keras", "{name}").'
        )
    if not lower.endswith(ENDINGS):
        raise ArgumentError(
            "GradLens reads Keras files (.keras, .h5) and TensorFlow.js models (model.json), "
            f'not "{name}": save the model with model.save("model.keras").'
        )


def _packed(folder: str) -> str:
    """Return the file of a `.keras` model that was saved, or unpacked, as a folder.

    Raises:
        ArgumentError: the folder holds something else, or no weights.
        ModelCacheError: it cannot be packed.
    """
    from .cache import pack

    inside = set(os.listdir(folder))
    weights = next((name for name in PACKED_WEIGHTS if name in inside), None)
    if "config.json" in inside and weights is not None:
        parts = {"config.json", "metadata.json"} & inside
        return pack(
            os.path.splitext(os.path.basename(os.path.normpath(folder)))[0],
            {part: os.path.join(folder, part) for part in sorted(parts)}
            | weights_named(os.path.join(folder, weights)),
        )
    if "saved_model.pb" in inside:
        # By Keras 2, or by what left no layers in it.
        is_keras = "keras_metadata.pb" in inside
        way = (
            'load it with tf_keras.models.load_model(), save that with model.save("model.h5")'
            if is_keras
            else "build the Keras model again, load its weights, and show() that"
        )
        what = "a TensorFlow SavedModel, which holds computations and no layers"
    elif "checkpoint" in inside or any(name.endswith(".index") for name in inside):
        what = "a TensorFlow checkpoint, which holds weights and no layers"
        way = "load it into the model with model.load_weights(), and show() that"
    elif "config.json" in inside:
        what = "a .keras model without its model.weights.h5"
        way = 'save it again with model.save("model.keras")'
    else:
        models = sorted(name for name in inside if name.lower().endswith(ENDINGS))
        what = "a folder, not a model"
        way = (
            f'give a file in it, such as "{os.path.join(folder, models[0])}"'
            if models
            else 'save the model as one file with model.save("model.keras")'
        )
    raise ArgumentError(f'The model "{folder}" is {what}: {way}.')


def _packed_parts(parts: Parts) -> str:
    """Return the file of an architecture and its weights.

    Raises:
        MissingFileError: a shard is not there.
        ModelCacheError: it cannot be packed.
    """
    from .cache import pack

    stem = os.path.splitext(os.path.basename(parts.architecture))[0]
    return pack(stem, parts.named())


def _is_keras_model(model: Any) -> bool:
    # By what it can do: Keras itself must not be imported.
    needed = ("save", "get_config", "get_weights")
    return not isinstance(model, type) and all(callable(getattr(model, n, None)) for n in needed)
