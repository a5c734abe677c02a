"""The words and arguments of a view.

Generated from src/state/vocabulary.json by `npm run vocabulary`; do not edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypedDict, get_args

MethodName = Literal[
    "grad-cam",
    "grad-cam++",
    "hires-cam",
    "layer-cam",
    "xgrad-cam",
    "eigen-cam",
    "score-cam",
    "saliency",
    "input-x-gradient",
    "guided-backprop",
    "guided-grad-cam",
    "integrated-gradients",
    "smooth-grad",
    "occlusion",
]
METHODS: tuple[MethodName, ...] = get_args(MethodName)

ConventionName = Literal[
    "tf-keras-vis",
    "pytorch-grad-cam",
    "captum",
    "keras-io",
]
CONVENTIONS: tuple[ConventionName, ...] = get_args(ConventionName)

ScoreKind = Literal[
    "logit",
    "probability",
]
SCORES: tuple[ScoreKind, ...] = get_args(ScoreKind)

ColormapName = Literal[
    "viridis",
    "inferno",
    "magma",
    "cividis",
    "turbo",
    "jet",
    "coolwarm",
    "RdBu",
    "gray",
]
COLORMAPS: tuple[ColormapName, ...] = get_args(ColormapName)

ColormapChoice = Literal[
    "auto",
    "viridis",
    "inferno",
    "magma",
    "cividis",
    "turbo",
    "jet",
    "coolwarm",
    "RdBu",
    "gray",
]
COLORMAP_CHOICES: tuple[ColormapChoice, ...] = get_args(ColormapChoice)

RangeRule = Literal[
    "auto",
    "min-max",
    "percentile",
    "symmetric",
]
RANGES: tuple[RangeRule, ...] = get_args(RangeRule)

RangeScope = Literal[
    "map",
    "layer",
    "linked",
]
SCOPES: tuple[RangeScope, ...] = get_args(RangeScope)

ScaleName = Literal[
    "linear",
    "log",
    "symlog",
]
SCALES: tuple[ScaleName, ...] = get_args(ScaleName)

OpacityRule = Literal[
    "uniform",
    "by-value",
]
OPACITY_RULES: tuple[OpacityRule, ...] = get_args(OpacityRule)

OverlayMode = Literal[
    "blend",
    "side-by-side",
    "divider",
]
OVERLAYS: tuple[OverlayMode, ...] = get_args(OverlayMode)

ChannelOrder = Literal[
    "index",
    "mean",
    "max",
    "weight",
    "similarity",
]
ORDERS: tuple[ChannelOrder, ...] = get_args(ChannelOrder)

OffBy = Literal[
    "zero",
    "mean",
]
OFF_BY: tuple[OffBy, ...] = get_args(OffBy)

ImageOrder = Literal[
    "given",
    "errors",
    "score",
    "truth",
    "prediction",
]
IMAGE_ORDERS: tuple[ImageOrder, ...] = get_args(ImageOrder)

LinkName = Literal[
    "viewport",
    "cursor",
    "image",
    "layer",
    "class",
    "method",
    "range",
    "colors",
    "overlay",
]
LINKS: tuple[LinkName, ...] = get_args(LinkName)

LinkMode = Literal[
    "linked",
    "relative",
    "unlinked",
]
LINK_MODES: tuple[LinkMode, ...] = get_args(LinkMode)

LinkScope = Literal[
    "model",
    "page",
    "none",
]
LINK_SCOPES: tuple[LinkScope, ...] = get_args(LinkScope)

PreprocessName = Literal[
    "tf",
    "torch",
    "caffe",
    "scale",
]
PREPROCESS: tuple[PreprocessName, ...] = get_args(PreprocessName)

Interpolation = Literal[
    "bilinear",
    "nearest",
]
INTERPOLATIONS: tuple[Interpolation, ...] = get_args(Interpolation)


class MapLook(TypedDict, total=False):
    """How maps are drawn and linked; the user's settings, or defaults, unless given.

    Attributes:
        viewport: The part that is seen: `(x, y, zoom)`, the centre from 0 to 1 of the image, zoom 1
            for all of it.
        channel: The channel to enlarge; default: the explanation, or the grid of all channels.
        colormap: Colours of the heatmaps; `"auto"`: diverging where the range is symmetric about
            zero, else viridis. Default: the user's setting. One of `"auto"`, `"viridis"`,
            `"inferno"`, `"magma"`, `"cividis"`, `"turbo"`, `"jet"`, `"coolwarm"`, `"RdBu"`,
            `"gray"`.
        reversed: Runs the colour map from its high end to its low end.
        range: The range that the colours span: `"auto"` (symmetric where values lie on both sides
            of zero, else all values), `"min-max"`, `"percentile"` (1st to 99th), `"symmetric"`
            about zero, or `(low, high)`; `"layer"` is `scope="layer"`.
        scope: The values to find the range from: each map's, all of the layer's, or those of all
            linked views. One of `"map"`, `"layer"`, `"linked"`.
        scale: The spread of values over the colours. One of `"linear"`, `"log"`, `"symlog"`.
        clip: Stripes on values outside the range.
        contours: Number of contour lines, 0 to 20.
        smooth: Interpolates between cells; False shows the true cells, `"auto"` does so for maps of
            64 or fewer.
        region: The part that is measured: `(left, top, right, bottom)` from 0 to 1 of the image, or
            the `(x, y)` of a lasso's corners.
        order: The order of the channels: by index, mean, largest value, part of the explanation, or
            similarity to it. One of `"index"`, `"mean"`, `"max"`, `"weight"`, `"similarity"`.
        hide_inactive: Leaves out channels that are constant, zero above all.
        pinned: Channels to keep side by side, such as `[0, 7]`.
        link: The views to link with: those of the same model, all of the page, or none. One of
            `"model"`, `"page"`, `"none"`.
        links: The link mode of each part, such as `{"colors": "unlinked"}`; `"relative"` is for the
            viewport alone. Default: what the cell says itself is unlinked, all else linked.
    """

    viewport: tuple[float, float, float]
    channel: int
    colormap: ColormapChoice
    reversed: bool
    range: RangeRule | Literal["layer"] | tuple[float, float]
    scope: RangeScope
    scale: ScaleName
    clip: bool
    contours: int
    smooth: bool | Literal["auto"]
    region: tuple[float, float, float, float] | Sequence[tuple[float, float]]
    order: ChannelOrder
    hide_inactive: bool
    pinned: Iterable[int]
    link: LinkScope
    links: dict[LinkName, LinkMode]


class Look(MapLook, total=False):
    """The same, and how maps lie over pictures.

    Attributes:
        image_index: The image to begin with, 0 for the first.
        image_order: The order of several images: as given, those first that the model takes for
            another class than `y`, by score, by true class, or by prediction. One of `"given"`,
            `"errors"`, `"score"`, `"truth"`, `"prediction"`.
        model_index: The model to begin with, of several, 0 for the first; default: of the epochs of
            a training the last, else the first.
        slice_index: The slice of a volume, or the frame of a video, to begin with, 0 for the first;
            default: the middle one.
        one_range: Of several models: finds the range of the colours from the maps of all those that
            were looked at, so that they compare.
        opacity: Of the heatmap over the image, 0..1; default: the user's setting.
        opacity_rule: The spread of that opacity: the same everywhere, or by the distance of the
            value from zero, so that the picture keeps its own colours where there is no evidence.
            One of `"uniform"`, `"by-value"`.
        threshold: Part of the range, 0..1, below which the map is not drawn over the image.
        overlay: Picture and heatmap: blended, side by side, or with a divider to drag. One of
            `"blend"`, `"side-by-side"`, `"divider"`.
        divider: Where the divider is, 0..1 of the width.
        receptive_field: Outlines what the cell under the cursor can see of the image.
        probe: The cell of the map to take apart into its channels: `(x, y)` from 0 to 1 of the
            image.
        channels_off: Channels to switch off beside the map, by layer, such as `{"conv4": [3, 8]}`:
            the view tells what becomes of scores, map and features.
        off_by: What takes the place of a channel that is off: 0, or its mean over all positions of
            the layer. One of `"zero"`, `"mean"`.
        link_by_name: Links layer, class and method also with views of other models that have this
            on, by their names; it takes `link="page"`.
    """

    image_index: int
    image_order: ImageOrder
    model_index: int
    slice_index: int
    one_range: bool
    opacity: float
    opacity_rule: OpacityRule
    threshold: float
    overlay: OverlayMode
    divider: float
    receptive_field: bool
    probe: tuple[float, float]
    channels_off: dict[str, Iterable[int]]
    off_by: OffBy
    link_by_name: bool


LOOK_KINDS: dict[str, tuple[str, str, tuple[str, ...] | None, int | None]] = {
    "viewport": ("viewport", "viewport", None, None),
    "image_index": ("image", "index", None, None),
    "image_order": ("imageOrder", "words", IMAGE_ORDERS, None),
    "model_index": ("model", "index", None, None),
    "slice_index": ("slice", "index?", None, None),
    "channel": ("channel", "index?", None, None),
    "colormap": ("colormap", "words", COLORMAP_CHOICES, None),
    "reversed": ("reversed", "flag", None, None),
    "range": ("range", "range", None, None),
    "scope": ("scope", "words", SCOPES, None),
    "one_range": ("oneRange", "flag", None, None),
    "scale": ("scale", "words", SCALES, None),
    "clip": ("clip", "flag", None, None),
    "opacity": ("opacity", "share", None, None),
    "opacity_rule": ("opacityRule", "words", OPACITY_RULES, None),
    "threshold": ("threshold", "share", None, None),
    "contours": ("contours", "count", None, 20),
    "overlay": ("overlay", "words", OVERLAYS, None),
    "divider": ("divider", "share", None, None),
    "smooth": ("smooth", "flag-or-auto", None, None),
    "receptive_field": ("receptiveField", "flag", None, None),
    "region": ("region", "region?", None, None),
    "probe": ("probe", "place?", None, None),
    "order": ("order", "words", ORDERS, None),
    "hide_inactive": ("hideDead", "flag", None, None),
    "pinned": ("pinned", "indices", None, None),
    "channels_off": ("channelsOff", "channels", None, None),
    "off_by": ("offBy", "words", OFF_BY, None),
    "link": ("linkScope", "words", LINK_SCOPES, None),
    "links": ("links", "links", None, None),
    "link_by_name": ("linkByName", "flag", None, None),
}
"""By argument: the property of the payload's view, its kind, its words, and the largest count."""
