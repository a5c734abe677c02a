"""Live Keras models, written to files that the browser can read.

The folder is `gradlens-cache/` beside the notebook: Jupyter's server refuses
hidden ones. A file's name ends in a hash of what it holds, so an unchanged model
is never written twice and an older view never shows newer weights. Together they stay
within a budget.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sys
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from .._shared.files import notebook_folder
from ..errors import ModelCacheError
from .cache_budget import prune, use

FOLDER = "gradlens-cache"


def write_model(model: Any) -> str:
    """Write a live model to the cache unless it is there, and return the file's path.

    Keras 3 models become `.keras`, Keras 2 models (`tf_keras`, old `tf.keras`)
    `.h5`; the optimizer's state is left out.

    Raises:
        ModelCacheError: the model has no weights yet, or cannot be saved.
    """
    name = str(getattr(model, "name", None) or type(model).__name__)
    if not getattr(model, "built", True):
        raise ModelCacheError(
            f'The model "{name}" has no weights yet: give it an Input layer, '
            "or call it once on a picture, before show()."
        )
    keras_2 = _is_keras_2(model)
    ending = ".h5" if keras_2 else ".keras"
    folder = os.path.join(notebook_folder(), FOLDER)
    try:
        path = os.path.join(folder, f"{_safe(name)}-{fingerprint(model)}{ending}")
        is_new = not os.path.exists(path)
        if is_new:
            _make(folder)
            _save(model, path, keras_2)
    except Exception as error:
        reason = str(error).strip().split("\n")[0] or type(error).__name__
        raise ModelCacheError(
            f'The model "{name}" could not be written to "{folder}": {reason}'
        ) from error
    _keep(path, is_new)
    return path


def store_model(model: Any, stem: str) -> str:
    """Write a live model to a file of this name, without the optimizer's state.

    Returns:
        The ending that the file got: `.keras`, or `.h5` of Keras 2.
    """
    keras_2 = _is_keras_2(model)
    ending = ".h5" if keras_2 else ".keras"
    _save(model, f"{stem}{ending}", keras_2)
    return ending


def pack(name: str, parts: dict[str, str]) -> str:
    """Write the parts of a model to the cache as one `.keras` file, and return its path.

    Args:
        name: Of the model, for the file's name.
        parts: Paths by what a `.keras` file calls them, such as `config.json`.

    Raises:
        ModelCacheError: a file cannot be read or written.
    """
    try:
        hasher = hashlib.blake2b(digest_size=8)
        for part, source in parts.items():
            hasher.update(part.encode())
            with open(source, "rb") as opened:
                while block := opened.read(1 << 20):
                    hasher.update(block)
        cache = os.path.join(notebook_folder(), FOLDER)
        path = os.path.join(cache, f"{_safe(name)}-{hasher.hexdigest()}.keras")
        is_new = not os.path.exists(path)
        if is_new:
            _make(cache)
            with _partial(path) as partial, zipfile.ZipFile(partial, "w") as archive:
                for part, source in parts.items():
                    archive.write(source, part)
    except OSError as error:
        raise ModelCacheError(f'The model "{name}" could not be packed: {error}') from error
    _keep(path, is_new)
    return path


def keep_copy(name: str, source: str) -> str:
    """Copy a `.keras` file to the cache unless it is there, and return the copy's path.

    Raises:
        ModelCacheError: it cannot be written there.
    """
    folder = os.path.join(notebook_folder(), FOLDER)
    try:
        with open(source, "rb") as file:
            content = file.read()
        hashed = hashlib.blake2b(content, digest_size=8).hexdigest()
        path = os.path.join(folder, f"{_safe(name)}-{hashed}.keras")
        is_new = not os.path.exists(path)
        if is_new:
            _make(folder)
            with _partial(path) as partial, open(partial, "wb") as copy:
                copy.write(content)
    except OSError as error:
        raise ModelCacheError(f'The model "{name}" could not be copied: {error}') from error
    _keep(path, is_new)
    return path


def _keep(path: str, is_new: bool) -> None:
    use(path)
    if is_new:
        prune(os.path.dirname(path))


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-") or "model"


def fingerprint(model: Any) -> str:
    """Return a hash over the model's class, configuration and weights: 16 hex digits."""
    hasher = hashlib.blake2b(digest_size=8)
    hasher.update(type(model).__qualname__.encode())
    # Objects in a configuration count by their type: their text may hold an address.
    config = json.dumps(
        model.get_config(), sort_keys=True, default=lambda value: type(value).__qualname__
    )
    hasher.update(config.encode())
    for weight in model.get_weights():
        hasher.update(f"{weight.dtype}{weight.shape}".encode())
        hasher.update(weight.tobytes() if weight.ndim == 0 else _bytes_of(weight))
    return hasher.hexdigest()


def _bytes_of(weight: Any) -> memoryview | bytes:
    # Without a copy where the memory allows it: models have hundreds of megabytes.
    if weight.flags.c_contiguous and weight.dtype.kind in "biuf" and weight.size:
        return memoryview(weight).cast("B")
    data: bytes = weight.tobytes()
    return data


def _is_keras_2(model: Any) -> bool:
    for cls in type(model).__mro__:
        root = cls.__module__.split(".")[0]
        if root in ("tf_keras", "tensorflow"):
            return True
        if root == "keras":
            return str(getattr(sys.modules.get("keras"), "__version__", "3")).startswith("2.")
    return False


def _make(folder: str) -> None:
    os.makedirs(folder, exist_ok=True)
    ignore = os.path.join(folder, ".gitignore")
    if not os.path.exists(ignore):
        with open(ignore, "w", encoding="utf-8") as file:
            file.write("# Models that gradlens.show() wrote for the browser.\n*\n")


def _save(model: Any, path: str, keras_2: bool) -> None:
    with _partial(path) as partial:
        if keras_2:
            with warnings.catch_warnings():
                # That .h5 is legacy: the user did not choose it.
                warnings.simplefilter("ignore")
                model.save(partial, save_format="h5", include_optimizer=False)
        else:
            with _without_optimizer(model):
                model.save(partial)


@contextlib.contextmanager
def _partial(path: str) -> Iterator[str]:
    """Give another name to write to first, so that a reader never meets half a file."""
    stem, ending = os.path.splitext(path)
    partial = f"{stem}.{os.getpid()}.partial{ending}"
    try:
        yield partial
        os.replace(partial, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.remove(partial)


@contextlib.contextmanager
def _without_optimizer(model: Any) -> Iterator[None]:
    # Adam's state is twice the model's size, and `.keras` files cannot leave it out.
    optimizer = getattr(model, "optimizer", None)
    if optimizer is None:
        yield
        return
    model.optimizer = None
    try:
        yield
    finally:
        model.optimizer = optimizer
