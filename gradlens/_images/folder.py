"""A folder of pictures, its sub-folders classes: as Keras' `image_dataset_from_directory`."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from .._shared.warn import warn
from ..errors import ArgumentError, MissingFileError

FORMATS = (".bmp", ".gif", ".jpeg", ".jpg", ".png")
"""Endings of the pictures that Keras takes from a folder."""

MOST_PICTURES = 500
"""Of a folder that a view shows."""


class Folder(NamedTuple):
    """The pictures of a folder, sorted."""

    path: str
    """As the user gave it."""
    paths: list[str]
    """Of each picture."""
    names: list[str]
    """Of each picture, relative to the folder, `/` as separator."""
    classes: list[str]
    """Names of the sub-folders, sorted; none where the folder has none."""
    truth: list[int]
    """The sub-folder that each picture lies in, an index into `classes`."""

    def truths(self, labels: list[str] | str | None, classes: int | None) -> list[int]:
        """Return the class of each picture.

        Without `labels` the sub-folders are the classes, in sorted order; with them, each is
        the class of its name.

        Args:
            labels: Class names by index, if the user gave any; or the name of a set that only
                the browser has.
            classes: The number of the model's classes, where that is known.

        Raises:
            ArgumentError: the sub-folders are not the classes.
        """
        if isinstance(labels, str):
            raise ArgumentError(
                f'"{self.path}" has sub-folders, whose classes in labels="{labels}" are not known '
                "here: give y=… with an index for each picture, or None for each."
            )
        if labels is None:
            count = len(self.classes)
            # One class tells nothing apart, whatever the model.
            if count == 1 or classes not in (None, count):
                more = "" if classes is None else f", but the model has {classes} classes"
                raise ArgumentError(
                    f'"{self.path}" has {count} {"sub-folder" if count == 1 else "sub-folders"} '
                    f"({_some(self.classes)}){more}: give labels=… with the names of all classes, "
                    "those of the sub-folders among them, or y=…."
                )
            return list(self.truth)
        unknown = [name for name in self.classes if name not in labels]
        if unknown:
            raise ArgumentError(
                f'The sub-folder "{unknown[0]}" of "{self.path}" is none of labels '
                f"({_some(labels)}): name the sub-folders as labels has them, or give y=…."
            )
        indices = [labels.index(name) for name in self.classes]
        return [indices[at] for at in self.truth]


def folder_of(image: Any) -> Folder | None:
    """Return the pictures of the folder that an argument `image` names; None for all else.

    Hidden files and sub-folders do not count. Where a folder has sub-folders, pictures beside
    them do not either: as Keras, with a warning. Of more than `MOST_PICTURES` some are taken,
    evenly spread over the sorted list.

    Raises:
        MissingFileError: there is no picture in it.
    """
    if not isinstance(image, (str, os.PathLike)):
        return None
    path = os.path.expanduser(os.fspath(image))
    if not os.path.isdir(path):
        return None
    classes = sorted(
        entry.name for entry in os.scandir(path) if entry.is_dir() and entry.name[0] != "."
    )
    beside = sorted(entry.name for entry in os.scandir(path) if entry.is_file() and _is(entry.name))
    found = [(name, index) for index, one in enumerate(classes) for name in _pictures(path, one)]
    if found and beside:
        warn(
            f'"{path}" has sub-folders, which are the classes, so the {len(beside)} '
            f"{'picture' if len(beside) == 1 else 'pictures'} beside them "
            f"({_some(beside)}) {'is' if len(beside) == 1 else 'are'} left out."
        )
    if not found:
        # Sub-folders without a picture are no classes of the pictures beside them.
        classes, found = [], [(name, 0) for name in beside]
    if not found:
        raise MissingFileError(
            f'There is no picture in the folder "{path}" or its sub-folders: '
            f"give one with {', '.join(FORMATS)} files."
        )
    if len(found) > MOST_PICTURES:
        warn(
            f'"{path}" has {len(found):,} pictures, and a view shows {MOST_PICTURES} of a folder: '
            "these are evenly spread over the sorted list. Give a list of paths for others."
        )
        found = [found[i * len(found) // MOST_PICTURES] for i in range(MOST_PICTURES)]
    return Folder(
        path,
        [os.path.join(path, *name.split("/")) for name, _ in found],
        [name for name, _ in found],
        classes,
        [index for _, index in found],
    )


def _is(name: str) -> bool:
    return name[0] != "." and name.lower().endswith(FORMATS)


def _pictures(path: str, folder: str) -> list[str]:
    """Return the pictures below a sub-folder, relative to `path`, sorted."""
    names: list[str] = []
    for root, inner, files in os.walk(os.path.join(path, folder)):
        inner[:] = [name for name in inner if name[0] != "."]
        at = os.path.relpath(root, path).replace(os.sep, "/")
        names.extend(f"{at}/{name}" for name in files if _is(name))
    return sorted(names)


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
