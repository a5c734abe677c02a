"""Images as a model takes them: it tells how many inputs it has, and their shapes."""

from __future__ import annotations

import os
from typing import Any

from ..errors import ArgumentError
from .file_inputs import Input, inputs_of_file


def as_model_takes(model: Any, image: Any) -> Any:
    """Return an argument `image` in a form that does not depend on the model.

    A list for a model with several inputs becomes a dictionary by their names, or with an
    axis of samples in every array a list of them; a volume in the model's own shape, without
    an axis of samples, gets one. All else stays as it is.

    Args:
        model: A live model, or the path of a file, which tells where its architecture can be read;
            None where `image` is several samples, whatever the model takes.
        image: As `show` has it.

    Raises:
        ArgumentError: a list of other things than the model has inputs.
    """
    if isinstance(image, (list, tuple)):
        inputs = _inputs(model)
        return _by_input(inputs, image) if len(inputs) > 1 else image
    shape = getattr(image, "shape", None)
    # A model file is read only where it could matter.
    if shape is not None and len(shape) == 4:
        inputs = _inputs(model)
        if len(inputs) == 1 and _is_one_volume(inputs[0][1], shape):
            return image[None]
    return image


def _inputs(model: Any) -> list[Input]:
    """Name and shape of each input; none where the model does not say."""
    if isinstance(model, (str, os.PathLike)):
        return inputs_of_file(os.fspath(model))
    try:
        tensors = model.inputs
    except (AttributeError, ValueError):
        # It was not called yet.
        return []
    if not isinstance(tensors, (list, tuple)):
        return []
    names = getattr(model, "input_names", None) or [tensor.name for tensor in tensors]
    return [(str(name), tuple(of.shape)) for name, of in zip(names, tensors, strict=True)]


def _is_one_volume(expected: tuple[int | None, ...], shape: Any) -> bool:
    """Whether a shape of four axes is that of one volume or video (slices, h, w, c)."""
    return len(expected) == 5 and all(
        size in (None, got) for size, got in zip(expected[1:], shape, strict=True)
    )


def _by_input(inputs: list[Input], image: Any) -> Any:
    if all(isinstance(item, dict) for item in image):
        return image
    names = [name for name, _ in inputs]
    if len(image) != len(inputs):
        raise ArgumentError(
            f"image is a list of {len(image)}, but the model has {len(inputs)} inputs "
            f"({', '.join(names)}): give what each gets, in this order; of several samples, a "
            "list of dictionaries by these names."
        )
    counts = [_samples(value, shape) for value, (_, shape) in zip(image, inputs, strict=True)]
    several = [count for count in counts if count is not None]
    if len(several) < len(counts):
        return dict(zip(names, image, strict=True))
    if len(set(several)) > 1:
        raise ArgumentError(
            f"image: the model's inputs ({', '.join(names)}) get different numbers of samples, "
            f"{' and '.join(map(str, several))}: give as many to each."
        )
    given = list(zip(names, image, strict=True))
    return [{name: value[i] for name, value in given} for i in range(several[0])]


def _samples(value: Any, expected: tuple[int | None, ...]) -> int | None:
    """How many samples an array holds along an axis of them; None without such an axis."""
    shape = getattr(value, "shape", None)
    return int(shape[0]) if shape is not None and len(shape) == len(expected) else None
