"""The model argument: a file's path, or a live model written to a file."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from ._files import missing, notebook_folder
from ._warn import warn
from .errors import ArgumentError

ENDINGS = (".keras", ".h5", ".hdf5", ".json")


class ModelFile(NamedTuple):
    """A model file as the browser finds it."""

    path: str
    """Relative to the notebook's folder, `/` as separator."""
    name: str
    """For the view's header."""


def find_model(model: Any, name: str | None = None) -> ModelFile:
    """Return where the browser finds the model.

    Args:
        model: Path of a `.h5` or `.keras` file, or of a `.keras` model's folder, or a
            live Keras model; the latter two are written to `gradlens-cache/` beside
            the notebook.
        name: For the view's header; default: the file's or the model's name.

    Raises:
        MissingFileError: no such file.
        ArgumentError: neither a model file nor a Keras model.
        ModelCacheError: a live model that cannot be saved.
    """
    if isinstance(model, (str, os.PathLike)):
        path = os.path.expanduser(os.fspath(model))
        found = os.path.basename(os.path.normpath(path))
        if os.path.isdir(path):
            path = _packed(path)
        else:
            _check_file(path)
    elif _is_keras_model(model):
        from ._model_cache import write_model

        path = write_model(model)
        found = str(getattr(model, "name", None) or type(model).__name__)
    else:
        raise ArgumentError(
            f"model is a {type(model).__module__}.{type(model).__qualname__}: "
            "give the path of a .keras or .h5 file, or a Keras model."
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
    if not os.path.exists(path):
        raise missing("model file", path, ENDINGS)
    if not lower.endswith(ENDINGS):
        raise ArgumentError(
            "GradLens reads Keras files (.keras, .h5) and TensorFlow.js models (model.json), "
            f'not "{os.path.basename(path)}": save the model with model.save("model.keras").'
        )


def _packed(folder: str) -> str:
    """Return the file of a `.keras` model that was saved, or unpacked, as a folder.

    Raises:
        ArgumentError: the folder holds something else, or no weights.
        ModelCacheError: it cannot be packed.
    """
    from ._model_cache import pack_folder

    inside = set(os.listdir(folder))
    if {"config.json", "model.weights.h5"} <= inside:
        return pack_folder(folder)
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


def _is_keras_model(model: Any) -> bool:
    # By what it can do: Keras itself must not be imported.
    needed = ("save", "get_config", "get_weights")
    return not isinstance(model, type) and all(callable(getattr(model, n, None)) for n in needed)
