"""`gradlens.heatmap`: any tensor as an interactive view, without a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._look import look
from ._payload import VERSION, check_tensor_bytes, encode_tensor
from ._view import View, new_id
from .errors import ArgumentError

if TYPE_CHECKING:
    import numpy as np


def heatmap(
    array: Any,
    *,
    name: str | None = None,
    channel: int | None = None,
    colormap: str | None = None,
    reversed: bool | None = None,
    range: Any = None,
    scope: str | None = None,
    scale: str | None = None,
    clip: bool | None = None,
    contours: int | None = None,
    smooth: bool | None = None,
    order: str | None = None,
    hide_inactive: bool | None = None,
    pinned: Any = None,
    viewport: Any = None,
    region: Any = None,
    link: str | None = None,
    links: dict[str, str] | None = None,
) -> View:
    """Show an array as a zoomable heatmap, or as a grid of one a channel.

    Args:
        array: (h, w), (h, w, channels) or (1, h, w, channels), of numpy,
            TensorFlow or nested lists; a torch tensor is (h, w), (channels, h, w)
            or (1, channels, h, w). Cast to float32; NaN and infinities stay.
        name: For the view's header; default: `heatmap`.
        channel: The channel to begin with; default: the grid of all.
        colormap: `"viridis"`, `"inferno"`, `"magma"`, `"cividis"`, `"turbo"`,
            `"jet"`, `"coolwarm"`, `"RdBu"` or `"gray"`; default: the user's setting.
        reversed: Runs the colour map from its high end to its low end.
        range: What the colours span: `"min-max"`, `"percentile"` (1st to 99th),
            `"symmetric"` about zero, or `(low, high)`; `"layer"` is `scope="layer"`.
        scope: Whose values the range is found from: each `"map"`'s, all of the
            `"layer"`'s, or those of all `"linked"` views.
        scale: How values are spread over the colours: `"linear"`, `"log"` or `"symlog"`.
        clip: Stripes on values outside the range.
        contours: Number of contour lines, 0 to 20.
        smooth: Interpolates between cells; False shows the true cells.
        order: In which order the channels are: `"index"`, `"mean"`, `"max"`, `"weight"`
            (part of the explanation) or `"similarity"`.
        hide_inactive: Leaves out channels that are constant, zero above all.
        pinned: Channels to keep side by side, such as `[0, 7]`.
        viewport: The part that is seen: `(x, y, zoom)`, the centre from 0 to 1 of
            the image, zoom 1 for all of it.
        region: The part that is measured: `(left, top, right, bottom)` from 0 to 1 of the
            image, or the `(x, y)` of a lasso's corners.
        link: With which views it is linked: those of the same `"model"`, all of the
            `"page"`, or `"none"`.
        links: How it is linked: of `"viewport"`, `"cursor"`, `"layer"`, `"class"`, `"method"`,
            `"range"`, `"colors"`, `"overlay"` to `"linked"`, `"unlinked"` or, for the viewport,
            `"relative"`; default: what the cell says itself is unlinked, all else linked.

    Returns:
        A view; a notebook displays it when it is the cell's last value.

    Raises:
        GradLensError: one sentence that says what to do: not an array of numbers,
            more axes than a heatmap has, more than 8 MiB of values.
    """
    planes = _planes(array)
    channels, height, width = planes.shape
    view = look(
        channels=channels,
        channel=channel,
        colormap=colormap,
        reversed=reversed,
        range=range,
        scope=scope,
        scale=scale,
        clip=clip,
        contours=contours,
        smooth=smooth,
        order=order,
        hide_inactive=hide_inactive,
        pinned=pinned,
        viewport=viewport,
        region=region,
        link=link,
        links=links,
    )
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

    from ._heatmap_png import draw

    shown = planes if channel is None else planes[view["channel"]][None]
    plural = "" if channels == 1 else f", {channels} channels"
    return View(payload, draw(shown), f"GradLens: {title} {height} x {width}{plural}")


def _planes(array: Any) -> np.ndarray:
    """Return float32 (channels, h, w)."""
    import numpy as np

    from ._arrays import is_torch, to_numpy

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
