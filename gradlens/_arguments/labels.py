"""Class names: from a list, a dictionary or a file to names by class index."""

from __future__ import annotations

import os
from typing import Any

from .._output.payload import LABEL_SETS
from .._shared.files import missing
from .._shared.warn import warn
from ..errors import ArgumentError, UnreadableFileError

# A misread file must not become a payload of gigabytes.
MAX_CLASSES = 1_000_000


def names_of_a_set(labels: Any) -> bool:
    """Tell whether labels are the name of a set that the browser has: `"imagenet"`."""
    return isinstance(labels, str) and labels in LABEL_SETS and not os.path.exists(labels)


def read_labels(labels: Any) -> list[str] | None:
    """Return class names by class index.

    Args:
        labels: None; a list of names; `{index: name}`, or `{name: index}` as
            Keras' `class_indices`; or the path of a file: JSON holding a list or
            dictionary (an ImageNet class index `{"0": ["n01440764", "tench"]}`
            too), or text with one name a line.

    Raises:
        MissingFileError: no such file.
        ArgumentError: not understood.
    """
    if labels is None:
        return None
    if isinstance(labels, (str, os.PathLike)):
        labels = _read_file(os.fspath(labels))
    if isinstance(labels, dict):
        return _from_dictionary(labels)
    if not hasattr(labels, "__iter__"):
        raise ArgumentError(
            f"labels={labels!r} are not class names: give a list, a dictionary or a file's path."
        )
    return [_name(label) for label in labels]


def check_number(names: list[str] | None, model: Any) -> None:
    """Warn if no output of a live model has as many classes as there are names.

    What a file holds is known only in the browser, where the view says so.
    """
    outputs = [list(output.shape) for output in getattr(model, "outputs", None) or []]
    classes = [shape[-1] for shape in outputs if len(shape) > 1 and isinstance(shape[-1], int)]
    if names is None or not classes or len(classes) < len(outputs) or len(names) in classes:
        return
    # Two names of a single sigmoid unit are those of class 0 and class 1.
    if len(names) == 2 and 1 in classes:
        return
    warn(
        f"labels has {len(names)} names, but the model's output has "
        f"{' or '.join(str(number) for number in classes)} classes: "
        "check that they belong to this model.",
    )


def _from_dictionary(labels: dict[Any, Any]) -> list[str]:
    names: dict[int, str] = {}
    for key, value in labels.items():
        index, name = _as_index(key), value
        if index is None:
            index, name = _as_index(value), key
        if index is None or not 0 <= index < MAX_CLASSES:
            raise ArgumentError(
                f"labels: {key!r}: {value!r} has no class index: give {{index: name}}."
            )
        names[index] = _name(name)
    # A class without a name goes by its index.
    return [names.get(index, str(index)) for index in range(max(names, default=-1) + 1)]


def _as_index(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def _name(value: Any) -> str:
    if isinstance(value, (list, tuple)) and value:
        value = value[-1]
    return str(value)


def _read_file(path: str) -> Any:
    import json

    path = os.path.expanduser(path)
    if not os.path.isfile(path):
        raise missing("file of labels", path, (".json", ".txt", ".csv"))
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
        if path.lower().endswith(".json"):
            return json.loads(text)
    except (OSError, ValueError) as error:
        raise UnreadableFileError(
            f'The file of labels "{path}" cannot be read: {error}.'
        ) from error
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise UnreadableFileError(f'The file of labels "{path}" is empty: give one name a line.')
    return lines
