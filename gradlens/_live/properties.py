"""The properties of a view, as attributes.

Generated from src/state/vocabulary.json by `npm run vocabulary`; do not edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from .._arguments.vocabulary import (
    ChannelOrder,
    ColormapChoice,
    ConventionName,
    ImageOrder,
    LinkMode,
    LinkName,
    LinkScope,
    MethodName,
    OffBy,
    OpacityRule,
    OverlayMode,
    RangeRule,
    RangeScope,
    ScaleName,
    ScoreKind,
)
from .property import Property


class Properties:
    """What a view tells and is told, under the names of the arguments of `show`.

    Attributes:
        viewport: The part that is seen: `(x, y, zoom)`, the centre from 0 to 1 of the image, zoom 1
            for all of it.
        image_index: The image to begin with, 0 for the first.
        image_order: The order of several images: as given, those first that the model takes for
            another class than `y`, by score, by true class, or by prediction.
        model_index: The model to begin with, of several, 0 for the first; default: of the epochs of
            a training the last, else the first.
        slice_index: The slice of a volume, or the frame of a video, to begin with, 0 for the first;
            default: the middle one.
        layer: Name of the layer that is explained; null: the last convolution-like one.
        method: The explanation method; a view of which none is named begins with the one that suits
            the model's head.
        target: The target of the explanation: the index of a class; null: the highest-scoring one;
            a class less another, or what speaks against it, or over a set of pixels; a layer's
            units; or one number of a grid's cell.
        score: The score to differentiate: before or after the final softmax or sigmoid.
        output: Name of the model's output whose classes are explained; null: the first.
        output_as: What an output (rows, columns, channels) is read as; null: a segmentation if it
            ends with a softmax or sigmoid, else features.
        convention: The library whose Grad-CAM maps are reproduced; null: the paper's, raw.
        channel: The channel to enlarge; default: the explanation, or the grid of all channels.
        colormap: Colours of the heatmaps; `"auto"`: diverging where the range is symmetric about
            zero, else viridis. Default: the user's setting.
        reversed: Runs the colour map from its high end to its low end.
        range: The range that the colours span: `"auto"` (symmetric where values lie on both sides
            of zero, else all values), `"min-max"`, `"percentile"` (1st to 99th), `"symmetric"`
            about zero, or `(low, high)`; `"layer"` is `scope="layer"`.
        scope: The values to find the range from: each map's, all of the layer's, or those of all
            linked views.
        one_range: Of several models: finds the range of the colours from the maps of all those that
            were looked at, so that they compare.
        scale: The spread of values over the colours.
        clip: Stripes on values outside the range.
        opacity: Of the heatmap over the image, 0..1; default: the user's setting.
        opacity_rule: The spread of that opacity: the same everywhere, or by the distance of the
            value from zero, so that the picture keeps its own colours where there is no evidence.
        threshold: Part of the range, 0..1, below which the map is not drawn over the image.
        contours: Number of contour lines, 0 to 20.
        overlay: Picture and heatmap: blended, side by side, or with a divider to drag.
        divider: Where the divider is, 0..1 of the width.
        smooth: Interpolates between cells; False shows the true cells, `"auto"` does so for maps of
            64 or fewer.
        receptive_field: Outlines what the cell under the cursor can see of the image.
        region: The part that is measured: `(left, top, right, bottom)` from 0 to 1 of the image, or
            the `(x, y)` of a lasso's corners.
        probe: The cell of the map to take apart into its channels: `(x, y)` from 0 to 1 of the
            image.
        order: The order of the channels: by index, mean, largest value, part of the explanation, or
            similarity to it.
        hide_inactive: Leaves out channels that are constant, zero above all.
        pinned: Channels to keep side by side, such as `[0, 7]`.
        channels_off: Channels to switch off beside the map, by layer, such as `{"conv4": [3, 8]}`:
            the view tells what becomes of scores, map and features.
        off_by: What takes the place of a channel that is off: 0, or its mean over all positions of
            the layer.
        link: The views to link with: those of the same model, all of the page, or none.
        links: The link mode of each part, such as `{"colors": "unlinked"}`; `"relative"` is for the
            viewport alone. Default: what the cell says itself is unlinked, all else linked.
        link_by_name: Links layer, class and method also with views of other models that have this
            on, by their names; it takes `link="page"`.
    """

    viewport: Property[tuple[float, float, float]] = Property()
    image_index: Property[int] = Property()
    image_order: Property[ImageOrder] = Property()
    model_index: Property[int] = Property()
    slice_index: Property[int] = Property()
    layer: Property[str] = Property()
    method: Property[MethodName] = Property()
    target: Property[object] = Property()
    score: Property[ScoreKind] = Property()
    output: Property[str] = Property()
    output_as: Property[object] = Property()
    convention: Property[ConventionName] = Property()
    channel: Property[int] = Property()
    colormap: Property[ColormapChoice] = Property()
    reversed: Property[bool] = Property()
    range: Property[RangeRule | Literal["layer"] | tuple[float, float]] = Property()
    scope: Property[RangeScope] = Property()
    one_range: Property[bool] = Property()
    scale: Property[ScaleName] = Property()
    clip: Property[bool] = Property()
    opacity: Property[float] = Property()
    opacity_rule: Property[OpacityRule] = Property()
    threshold: Property[float] = Property()
    contours: Property[int] = Property()
    overlay: Property[OverlayMode] = Property()
    divider: Property[float] = Property()
    smooth: Property[bool | Literal["auto"]] = Property()
    receptive_field: Property[bool] = Property()
    region: Property[tuple[float, float, float, float] | Sequence[tuple[float, float]]] = Property()
    probe: Property[tuple[float, float]] = Property()
    order: Property[ChannelOrder] = Property()
    hide_inactive: Property[bool] = Property()
    pinned: Property[Iterable[int]] = Property()
    channels_off: Property[dict[str, Iterable[int]]] = Property()
    off_by: Property[OffBy] = Property()
    link: Property[LinkScope] = Property()
    links: Property[dict[LinkName, LinkMode]] = Property()
    link_by_name: Property[bool] = Property()
