"""Parts of an output that is a picture or a grid: sets of pixels, and cells."""

from __future__ import annotations

from typing import Any

from ..errors import ArgumentError
from .options import target_index, whole_number

MAX_RUNS = 100_000
"""The most runs of a mask that a notebook is to hold."""

BOX = 5
"""Numbers of an anchor before its classes: a box of 4, and the confidence."""


def output_as(value: Any) -> Any:
    """Return the payload's form of `output_as`.

    Raises:
        ArgumentError: saying what an output can be read as.
    """
    if value is None or value in ("segmentation", "features"):
        return value
    if isinstance(value, dict) and set(value) == {"anchors", "classes"}:
        counts = {name: whole_number(count) for name, count in value.items()}
        if all(count is not None and count > 0 for count in counts.values()):
            return {name: counts[name] for name in ("anchors", "classes")}
    raise ArgumentError(
        f'output_as={value!r} is not known: choose "segmentation", "features", or a grid, '
        '{"anchors": 3, "classes": 20}.'
    )


def pixels(value: Any) -> Any:
    """Return the payload's form of a set of pixels: `"all"`, `"predicted"`, a rectangle or a mask.

    Raises:
        ArgumentError: saying what it may be.
    """
    if isinstance(value, str):
        if value in ("all", "predicted"):
            return value
        raise ArgumentError(f'target: pixels={value!r} is not known: give "all" or "predicted".')
    if isinstance(value, dict):
        return _given(value)
    if isinstance(value, (tuple, list)) and len(value) == 4 and not hasattr(value[0], "__len__"):
        edges = [whole_number(edge) for edge in value]
        top, left, bottom, right = (-1 if edge is None else edge for edge in edges)
        if not 0 <= top < bottom or not 0 <= left < right:
            raise ArgumentError(
                f"target: pixels={value!r} must be (top, left, bottom, right) in pixels of the "
                "output, with top < bottom and left < right."
            )
        return [top, left, bottom, right]
    return _mask(value)


def _mask(value: Any) -> dict[str, Any]:
    mask = mask_of(value, "target: pixels", "of the size of the output or of the model's input")
    if len(mask["runs"]) == 1:
        raise ArgumentError("target: pixels is 0 everywhere, so there is nothing to explain.")
    return mask


def mask_of(value: Any, name: str, size: str) -> dict[str, Any]:
    """Return the payload's form of a mask: its shape, and lengths of runs outside, inside, ….

    Args:
        value: An array (rows, columns) or (rows, columns, 1), not 0 inside.
        name: Of the argument, for messages.
        size: The size that it should have, in words.

    Raises:
        ArgumentError: it is no mask.
    """
    from .._images.arrays import to_numpy  # numpy only where it is needed

    mask = to_numpy(value, name)
    if mask.ndim == 3 and mask.shape[2] == 1:
        mask = mask[..., 0]
    if mask.ndim != 2 or mask.size == 0:
        raise ArgumentError(
            f"{name} has the shape {mask.shape}: give a mask (rows, columns), {size}."
        )
    if not (mask == mask).all():
        raise ArgumentError(f"{name} has values that are not a number: give 0 and 1.")
    inside = (mask != 0).ravel()
    edges = [*((inside[1:] != inside[:-1]).nonzero()[0] + 1).tolist(), inside.size]
    if inside[0]:
        edges = [0, *edges]
    return {
        "shape": list(mask.shape),
        "runs": _held([end - start for start, end in zip([0, *edges], edges, strict=False)], name),
    }


def _held(runs: list[int], name: str) -> list[int]:
    """Return the runs of a mask, if a notebook is to hold as many."""
    if len(runs) > MAX_RUNS:
        raise ArgumentError(
            f"{name.split(':')[0]}: the mask begins or ends {len(runs):,} times along its rows, "
            f"more than the {MAX_RUNS:,} that a notebook is to hold: give a smaller or a smoother "
            "one."
        )
    return runs


def _given(mask: dict[str, Any]) -> dict[str, Any]:
    """Return a mask in the payload's form, as code that the view copies has it."""
    lists = [mask.get("shape"), mask.get("runs")]
    numbers = [
        [whole_number(one) for one in of] if isinstance(of, (list, tuple)) else [] for of in lists
    ]
    shape, runs = numbers
    lengths = [one for one in runs if one is not None and one >= 0]
    sizes = [one for one in shape if one is not None and one > 0]
    if set(mask) != {"shape", "runs"} or len(sizes) != 2 or len(lengths) != len(runs):
        raise ArgumentError(
            "target: pixels is no mask: give an array (rows, columns), "
            '"all", "predicted" or (top, left, bottom, right).'
        )
    if sum(lengths) != sizes[0] * sizes[1]:
        raise ArgumentError(
            f"target: the runs of the mask are {sum(lengths)} pixels, "
            f"but its shape {tuple(sizes)} has {sizes[0] * sizes[1]}."
        )
    return {"shape": sizes, "runs": _held(lengths, "target")}


def cell(target: dict[str, Any], layout: Any, labels: list[str] | None) -> dict[str, Any]:
    """Return the payload's form of a target that is one number of a grid's cell.

    Args:
        target: `{"cell": (row, column)}` with `"channel"`, or with `"anchor"` and `"class"`,
            of which no class is the anchor's confidence.
        layout: What `output_as` gives.
        labels: Class names by index, if known.

    Raises:
        ArgumentError: for what there is not.
    """
    place = target["cell"]
    at = [whole_number(one) for one in place] if isinstance(place, (tuple, list)) else []
    if len(at) != 2 or any(one is None or one < 0 for one in at):
        raise ArgumentError(f"target: cell={place!r} must be (row, column) of the output's grid.")
    if "channel" in target:
        return {"cell": at, "channel": _index(target["channel"], "channel", None)}
    if not isinstance(layout, dict):
        raise ArgumentError(
            "target: an anchor and a class are counted in a layout: give "
            'output_as={"anchors": 3, "classes": 20}, or the "channel" itself.'
        )
    anchor = _index(target.get("anchor", 0), "anchor", layout["anchors"])
    of_class = target_index(target.get("class"), labels)
    if of_class is not None:
        _index(of_class, "class", layout["classes"])
    offset = BOX - 1 if of_class is None else BOX + of_class
    return {"cell": at, "channel": anchor * (BOX + layout["classes"]) + offset}


def _index(value: Any, name: str, count: int | None) -> int:
    index = whole_number(value)
    if index is None or index < 0 or (count is not None and index >= count):
        known = "0, 1, …" if count is None else f"0 to {count - 1}"
        raise ArgumentError(f"target: {name}={value!r} does not exist: give {known}.")
    return index
