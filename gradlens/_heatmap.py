"""`gradlens.heatmap`: any tensor as an interactive view, without a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._arguments.look import known, takes
from ._arguments.look import look as read_look
from ._arguments.vocabulary import MapLook
from ._output.payload import VERSION, check_tensor_bytes, encode_tensor
from ._output.view import View, new_id
from ._shared.packages import says_what_it_needs
from .errors import ArgumentError

if TYPE_CHECKING:
    import numpy as np
    from typing_extensions import Unpack


@says_what_it_needs
@takes(MapLook)
def heatmap(
    array: Any,
    *,
    name: str | None = None,
    **look: Unpack[MapLook],
) -> View:
    """Show an array as a zoomable heatmap, or as a grid of one a channel.

    Args:
        array: (h, w), (h, w, channels) or (1, h, w, channels), of numpy,
            TensorFlow or nested lists; a torch tensor is (h, w), (channels, h, w)
            or (1, channels, h, w). Cast to float32; NaN and infinities stay.
        name: For the view's header; default: `heatmap`.
        **look: See below.

    Returns:
        A view; a notebook displays it when it is the cell's last value.

    Raises:
        GradLensError: one sentence that says what to do: not an array of numbers,
            more axes than a heatmap has, more than 8 MiB of values.
    """
    known(MapLook, "heatmap", look)
    planes = _planes(array)
    channels, height, width = planes.shape
    view = read_look(channels=channels, **look)
    check_tensor_bytes(
        4 * planes.size,
        f"An array of {channels} x {height} x {width} values",
        "show fewer channels, such as array[..., :16].",
    )
    title = str(name or "heatmap")
    payload: dict[str, Any] = {
        "version": VERSION,
        "kind": "heatmap",
        "id": new_id(),
        "name": title,
        "tensor": encode_tensor(planes),
    }
    if view:
        payload["view"] = view

    from ._images.heatmap_png import draw

    shown = planes if "channel" not in view else planes[view["channel"]][None]
    plural = "" if channels == 1 else f", {channels} channels"
    return View(payload, draw(shown), f"GradLens: {title} {height} x {width}{plural}")


def _planes(array: Any) -> np.ndarray:
    """Return float32 (channels, h, w)."""
    import numpy as np

    from ._images.arrays import is_torch, to_numpy

    values = to_numpy(array, "array")
    shape = values.shape
    if values.ndim == 4:
        if shape[0] != 1:
            raise ArgumentError(
                f"array has shape {shape}, which is {shape[0]} samples: show one, such as array[0]."
            )
        values = values[0]
    if values.ndim == 2:
        values = values[None]
    elif values.ndim == 3:
        values = values if is_torch(array) else np.moveaxis(values, -1, 0)
    else:
        raise ArgumentError(f"array has shape {shape}: give (h, w) or (h, w, channels).")
    with np.errstate(over="ignore"):  # what float32 cannot hold becomes infinite, and is shown so
        return values.astype(np.float32)
