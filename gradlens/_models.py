"""The model argument: a file's path, or a live model written to a file."""

from __future__ import annotations

import os
import warnings
from typing import Any, NamedTuple

from ._files import missing, notebook_folder
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
        model: Path of a `.h5` or `.keras` file, or a live Keras model, which is
            written to `gradlens-cache/` beside the notebook.
        name: For the view's header; default: the file's or the model's name.

    Raises:
        MissingFileError: no such file.
        ArgumentError: neither a model file nor a Keras model.
        ModelCacheError: a live model that cannot be saved.
    """
    if isinstance(model, (str, os.PathLike)):
        path = os.path.expanduser(os.fspath(model))
        _check_file(path)
        found = os.path.basename(path)
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
        warnings.warn(
            f'The model "{path}" is in a hidden folder, which Jupyter usually does not serve: '
            "if the view cannot read it, copy it beside the notebook.",
            stacklevel=5,
        )
    return "/".join(parts)


def _check_file(path: str) -> None:
    lower = path.lower()
    if not os.path.exists(path):
        raise missing("model file", path, ENDINGS)
    if os.path.isdir(path):
        raise ArgumentError(
            f'The model "{path}" is a folder, which GradLens does not read yet: '
            'save it as one file with model.save("model.keras").'
        )
    if not lower.endswith(ENDINGS):
        raise ArgumentError(
            "GradLens reads Keras files (.keras, .h5) and TensorFlow.js models (model.json), "
            f'not "{os.path.basename(path)}": save the model with model.save("model.keras").'
        )


def _is_keras_model(model: Any) -> bool:
    # By what it can do: Keras itself must not be imported.
    needed = ("save", "get_config", "get_weights")
    return not isinstance(model, type) and all(callable(getattr(model, n, None)) for n in needed)
