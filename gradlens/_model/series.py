"""Several models for one view: a list of them, or the epochs of a training."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from .._shared.warn import warn
from ..errors import ArgumentError, MissingFileError
from .find import ModelFile, find_model

LIST = "snapshots.json"
"""In a folder of snapshots: which of its files belong to the last training."""

MOST_MODELS = 500
"""Models of a view."""

_EPOCH = re.compile(r"epoch-(\d+)\.(?:keras|h5)")


class Series(NamedTuple):
    """The models of a view, in the order of its slider."""

    files: list[ModelFile]
    epochs: list[int] | None
    """Of each model, counted from 1; None where they are no epochs."""
    given: list[Any]
    """What each was given as."""

    def entries(self) -> list[dict[str, Any]]:
        """Return what the payload says of each."""
        made: list[dict[str, Any]] = [file._asdict() for file in self.files]
        for entry, epoch in zip(made, self.epochs or [], strict=False):
            entry["epoch"] = epoch
        return made


def epoch_file(epoch: int, ending: str) -> str:
    """Name the file of an epoch, counted from 1."""
    return f"epoch-{epoch:04d}{ending}"


def series_of(model: Any, name: str | None, weights: Any) -> Series | None:
    """Return the models that an argument `model` names; None where it is one.

    Args:
        model: A list of models or paths, a folder of snapshots, or a `Snapshots`.
        name: For the view's header.
        weights: As `show` was given; only one model takes them.

    Raises:
        ArgumentError: the list is empty or too long, or comes with `weights`.
        MissingFileError: a file is not there.
    """
    own = getattr(model, "_snapshots_folder", None)
    if isinstance(own, str):
        return _epochs(own, name, weights, True)
    if isinstance(model, (str, os.PathLike)):
        return _epochs(os.path.expanduser(os.fspath(model)), name, weights, False)
    if not isinstance(model, (list, tuple)):
        return None
    if not model:
        raise ArgumentError("There is no model in the list: give one at least.")
    if len(model) > MOST_MODELS:
        raise ArgumentError(f"A view shows {MOST_MODELS} models at most, not {len(model):,}.")
    _refuse_weights(weights)
    files = [find_model(one) for one in model]
    return Series(_named(files), None, list(model))


def epochs_in(folder: str) -> list[tuple[int, str]]:
    """Return the epochs whose models a folder holds, with their paths, in order.

    What is there of an earlier training, and not of the last, does not count.
    """
    found = {}
    for entry in os.scandir(folder):
        match = _EPOCH.fullmatch(entry.name)
        if match and entry.is_file():
            found.setdefault(int(match[1]), entry.path)
    listed = _listed(folder)
    if listed is not None:
        found = {
            epoch: os.path.join(folder, file)
            for epoch, file in listed
            if os.path.isfile(os.path.join(folder, file))
        }
    return sorted(found.items())


def _listed(folder: str) -> list[tuple[int, str]] | None:
    import json  # only now: the import of the package stays quick

    try:
        with open(os.path.join(folder, LIST), encoding="utf-8") as file:
            said = json.load(file)
        # Only names of ours: the list must not lead out of the folder.
        return [
            (int(match[1]), name) for name in said["files"] if (match := _EPOCH.fullmatch(name))
        ]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_list(folder: str, files: Iterable[str]) -> None:
    """Say which files of a folder belong to the training that runs."""
    import json

    path = os.path.join(folder, LIST)
    with open(f"{path}.partial", "w", encoding="utf-8") as file:
        json.dump({"files": sorted(files)}, file)
    os.replace(f"{path}.partial", path)


def _epochs(folder: str, name: str | None, weights: Any, is_ours: bool) -> Series | None:
    found = epochs_in(folder) if os.path.isdir(folder) else []
    if not found and is_ours:
        raise MissingFileError(
            f'There is no snapshot in "{folder}" yet: give the callback to model.fit(…, '
            "callbacks=[snapshots]) and train first."
        )
    if not found:
        return None
    _refuse_weights(weights)
    if len(found) > MOST_MODELS:
        warn(
            f'"{folder}" has {len(found):,} snapshots, and a view shows {MOST_MODELS}: '
            "these are evenly spread, with the last."
        )
        last = len(found) - 1
        found = [found[i * last // (MOST_MODELS - 1)] for i in range(MOST_MODELS)]
    of = name or os.path.basename(os.path.normpath(folder))
    files = [find_model(path, f"{of}, epoch {epoch}") for epoch, path in found]
    return Series(files, [epoch for epoch, _ in found], [path for _, path in found])


def _refuse_weights(weights: Any) -> None:
    if weights is not None:
        raise ArgumentError("weights= goes with one architecture, not with several models.")


def _named(files: list[ModelFile]) -> list[ModelFile]:
    """Name apart what has one name: by the folder, or else by a number."""
    names = [file.name for file in files]
    paths = [file.path for file in files]
    # Of live models the path says nothing to anybody.
    is_by_path = len(set(paths)) == len(paths) and not any("gradlens-cache" in p for p in paths)
    made = []
    for i, file in enumerate(files):
        nth = names[: i + 1].count(file.name)
        apart = file.path if is_by_path else f"{file.name} ({nth})"
        made.append(ModelFile(file.path, file.name if names.count(file.name) == 1 else apart))
    return made
