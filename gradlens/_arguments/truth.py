"""The `y` of `show`: the class that each image is of."""

from __future__ import annotations

from typing import Any

from ..errors import ArgumentError
from .options import target_index, whole_number


def truths(y: Any, images: int, labels: list[str] | None, model: Any) -> list[int | None]:
    """Return the index of each image's class, None where it is not known.

    Args:
        y: None; a class index or name for each image, None among them for one that is not
            known; or rows of 0 and a single 1, as `keras.utils.to_categorical` gives.
        images: The number of images.
        labels: Class names by index, if known.
        model: The model argument: of a live model, the number of classes is known.

    Raises:
        ArgumentError: not one class for each image, or no such class.
    """
    if y is None:
        return [None] * images
    given = _listed(y)
    if len(given) != images:
        raise ArgumentError(
            f"y has {len(given)} {'class' if len(given) == 1 else 'classes'}, but there "
            f"{'is 1 image' if images == 1 else f'are {images} images'}: give one class for each."
        )
    classes = classes_of(model)
    return [_index(value, at, labels, classes) for at, value in enumerate(given)]


def _listed(y: Any) -> list[Any]:
    if isinstance(y, str) or whole_number(y) is not None:
        return [y]
    if isinstance(y, (list, tuple)) and all(
        one is None or isinstance(one, str) or whole_number(one) is not None for one in y
    ):
        return list(y)

    # numpy only now: the import of the package stays quick.
    import numpy as np

    from .._images.arrays import to_numpy

    values = np.asarray(y) if hasattr(y, "dtype") or isinstance(y, (list, tuple)) else None
    values = to_numpy(y, "y") if values is None or values.dtype == object else values
    if values.ndim == 2 and values.shape[1] > 1:
        is_binary = bool(((values == 0) | (values == 1)).all())
        if is_binary and (values.sum(axis=1) > 1).any():
            raise ArgumentError(
                f"y has shape {values.shape}, and rows with several classes: they do not exclude "
                "each other, so an image is not right or wrong by its highest score. Leave y out."
            )
        if not (is_binary and (values.sum(axis=1) == 1).all()):
            raise ArgumentError(
                f"y has shape {values.shape}, but its rows are not 0 with a single 1: "
                "give the index or name of each image's class."
            )
        return [int(index) for index in values.argmax(axis=1)]
    if values.ndim > 2:
        raise ArgumentError(
            f"y has shape {values.shape}: give the index or name of each image's class."
        )
    # (n, 1) is how some data sets have it.
    flat = values.reshape(-1)
    if flat.dtype.kind == "f" and np.array_equal(flat, np.rint(flat)):
        flat = flat.astype(int)
    return list(flat.tolist())


def classes_of(model: Any) -> int | None:
    """Return the number of classes of a live model with a single output; None if not known."""
    outputs = getattr(model, "outputs", None) or []
    shape = list(outputs[0].shape) if len(outputs) == 1 else []
    number = shape[-1] if len(shape) == 2 else None
    # A single unit tells class 1 from class 0.
    return max(2, number) if isinstance(number, int) else None


def _index(value: Any, at: int, labels: list[str] | None, classes: int | None) -> int | None:
    if value is None:
        return None
    try:
        index = target_index(value, labels)
    except ArgumentError as error:
        raise ArgumentError(f"y[{at}]: " + str(error).replace("target=", "", 1)) from None
    if index is not None and classes is not None and index >= classes:
        raise ArgumentError(
            f"y[{at}]: {index} does not exist: the model has {classes} classes, "
            f"so the last is {classes - 1}."
        )
    return index
