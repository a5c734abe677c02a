"""Arrays and tensors of any library, as numpy: recognised by what they can do."""

from __future__ import annotations

from typing import Any

import numpy as np

from .errors import ArgumentError


def is_torch(value: Any) -> bool:
    """Tell whether a value is a torch tensor, whose convention is channels first."""
    return hasattr(value, "detach") and hasattr(value, "cpu")


def to_numpy(value: Any, argument: str) -> np.ndarray:
    """Return a numpy array of booleans, integers or floats.

    Args:
        value: A numpy array, a torch or TensorFlow tensor, nested lists of
            numbers, or whatever `numpy.asarray` takes.
        argument: The argument's name, for messages.

    Raises:
        ArgumentError: not an array of numbers, or an empty one.
    """
    try:
        if is_torch(value):
            array = _torch_to_numpy(value)
        elif callable(getattr(value, "numpy", None)):
            array = np.asarray(value.numpy())
        else:
            array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            if array.dtype.kind in "cOSUmM":
                raise TypeError(f"its values are {array.dtype}")
            array = array.astype(np.float32)  # bfloat16 and its kin
    except (TypeError, ValueError) as error:
        kind = f"{type(value).__module__}.{type(value).__qualname__}".removeprefix("builtins.")
        raise ArgumentError(
            f"{argument} is a {kind}, which is not an array of numbers ({error})."
        ) from error
    if array.size == 0:
        raise ArgumentError(f"{argument} is empty: its shape is {array.shape}.")
    return array


def _torch_to_numpy(value: Any) -> np.ndarray:
    tensor = value.detach().cpu()
    try:
        return np.asarray(tensor.numpy())
    except TypeError:  # bfloat16, which numpy does not have
        return np.asarray(tensor.float().numpy())
