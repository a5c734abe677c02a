"""Arrays and tensors of any library, as numpy: recognised by what they can do."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._shared.kinds import a_kind
from ..errors import ArgumentError

_KINDS = {
    "c": "complex",
    "O": "objects",
    "S": "text",
    "U": "text",
    "m": "times",
    "M": "dates",
}
"""What numpy's kinds of values that are no numbers are called in messages."""


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
    if value is None or isinstance(value, (str, bytes)):
        what = "None" if value is None else f"the text {value!r}"
        raise ArgumentError(f"{argument} is {what}, which is not an array of numbers.")
    try:
        if is_torch(value):
            array = _torch_to_numpy(value)
        elif callable(getattr(value, "numpy", None)):
            array = np.asarray(value.numpy())
        else:
            array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            if array.dtype.kind in "cOSUmM":
                raise TypeError(f"its values are {_KINDS[array.dtype.kind]}")
            array = array.astype(np.float32)  # bfloat16 and its kin
    except (TypeError, ValueError) as error:
        raise ArgumentError(
            f"{argument} is {a_kind(value)}, which is not an array of numbers ({error})."
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
