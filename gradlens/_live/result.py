"""What a view shows, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import GradLensError
from .words import mask_of

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, repr=False, eq=False)
class Result:
    """What a view showed when it was asked, as arrays of float32.

    Attributes:
        model: Name of the model's file; None for the heatmap of an array.
        fingerprint: `size` and `hash` of the file that was read, as in docs/payload.md.
        image: Name of the picture, or of the array.
        image_index: Its place among the view's pictures.
        layer: Name of the layer.
        method: As `show` has it.
        score: The score that is explained: `"logit"` or `"probability"`.
        target: What is explained, as `show` has it; None: the highest-scoring class.
        class_index: The class that is explained; None where units or a cell are.
        class_name: Its name.
        value: Its score, of the kind `score`.
        output: Name of the model's output that is explained.
        convention: The library whose map it is; None: the paper's.
        input_size: (height, width) as the model was fed, of volumes (slices, height, width).
        covered: The part of the picture that the layer's cells cover: (left, top, right, bottom),
            0 to 1.
        backend: What computed it: `"webgl"`, `"wasm"` or `"cpu"`.
        notices: What the view says of its result.
        map: The explanation before any colour, (h, w), of volumes (slices, h, w).
        activations: Of the layer, (h, w, channels), of volumes (slices, h, w, channels).
        gradients: Of the score at the layer, as `activations`; None unless asked for.
        scores: The model's own output for the picture, (classes,).
    """

    model: str | None
    fingerprint: dict[str, Any] | None
    image: str | None
    image_index: int
    layer: str | None
    method: str | None
    score: str | None
    target: Any
    class_index: int | None
    class_name: str | None
    value: float | None
    output: str | None
    convention: str | None
    input_size: tuple[int, ...] | None
    covered: tuple[float, float, float, float] | None
    backend: str | None
    notices: tuple[str, ...]
    map: np.ndarray | None
    activations: np.ndarray | None
    gradients: np.ndarray | None
    scores: np.ndarray | None

    def __repr__(self) -> str:
        explained = (
            None
            if self.class_index is None
            else f"class {self.class_index} ({self.class_name}), {self.score} {self.value:.6g}"
        )
        rows = {
            "model": self.model,
            "picture": self.image,
            "layer": self.layer,
            "method": self.method,
            "explains": explained,
            "input": self.input_size and " x ".join(map(str, self.input_size)),
            "map": _described(self.map),
            "activations": _described(self.activations),
            "gradients": _described(self.gradients),
            "scores": _described(self.scores),
        }
        width = max(map(len, rows))
        lines = [f"{name:<{width}}  {text}" for name, text in rows.items() if text]
        return "\n".join(["GradLens result", *(f"  {line}" for line in lines)])

    def to_xarray(self) -> Any:
        """Return an `xarray.Dataset`: map, activations, gradients and scores, with their places.

        Rows and columns have the places of their centres on the picture, 0 to 1.

        Raises:
            GradLensError: xarray is not installed.
        """
        import importlib

        try:
            xarray: Any = importlib.import_module("xarray")
        except ImportError:
            raise GradLensError(
                "to_xarray() needs xarray, which is not installed: pip install xarray."
            ) from None
        axes = ("slice", "row", "column")
        # A map of the input's size beside activations of the layer's has axes of its own.
        of_layer = self.activations if self.activations is not None else self.gradients
        is_of_layer = self.map is None or of_layer is None or self.map.shape == of_layer.shape[:-1]
        prefix = "" if is_of_layer else "map_"
        variables: dict[str, Any] = {}
        coordinates: dict[str, Any] = {}
        for name, values in (("activations", self.activations), ("gradients", self.gradients)):
            if values is not None:
                places = axes[-(values.ndim - 1) :] if values.ndim > 1 else ()
                variables[name] = ((*places, "channel"), values)
                coordinates.update(self._places(places, values.shape, self.covered))
        if self.map is not None:
            places = tuple(f"{prefix}{axis}" for axis in axes[-self.map.ndim :])
            variables["map"] = (places, self.map)
            covered = self.covered if is_of_layer else (0.0, 0.0, 1.0, 1.0)
            coordinates.update(self._places(places, self.map.shape, covered))
        if self.scores is not None:
            dims = [f"output_{axis}" for axis in range(self.scores.ndim - 1)]
            variables["scores"] = ((*dims, "class"), self.scores)
        attributes = {
            name: value
            for name in ("model", "image", "layer", "method", "score", "class_index", "class_name")
            if (value := getattr(self, name)) is not None
        }
        return xarray.Dataset(variables, coordinates, attributes)

    @staticmethod
    def _places(
        names: tuple[str, ...],
        sizes: tuple[int, ...],
        covered: tuple[float, float, float, float] | None,
    ) -> dict[str, Any]:
        import numpy as np

        left, top, right, bottom = covered or (0.0, 0.0, 1.0, 1.0)
        edges = {"row": (top, bottom), "column": (left, right)}
        found = {}
        for name, size in zip(names, sizes, strict=False):
            axis = name.removeprefix("map_")
            if axis in edges:
                low, high = edges[axis]
                found[name] = low + (np.arange(size) + 0.5) * (high - low) / size
        return found


def _described(values: np.ndarray | None) -> str | None:
    if values is None:
        return None
    shape = " x ".join(map(str, values.shape))
    return f"float32, {shape}, {values.min():.4g} to {values.max():.4g}" if values.size else shape


def result_of(head: dict[str, Any], arrays: dict[str, np.ndarray]) -> Result:
    """Make a result of what a page says.

    Args:
        head: As `ResultHead` in src/session/python/wire.ts.
        arrays: By name, as they came: `planes` are activations, channels first.
    """
    import numpy as np

    planes = arrays.get("planes")
    activations = arrays.get("activations")
    if activations is None and planes is not None:
        activations = np.ascontiguousarray(np.moveaxis(planes, 0, -1))
    target = head["target"]
    if isinstance(target, dict) and isinstance(target.get("pixels"), dict):
        target = {**target, "pixels": mask_of(target["pixels"])}
    return Result(
        model=head["model"],
        fingerprint=head["fingerprint"],
        image=head["imageName"],
        image_index=head["image"],
        layer=head["layer"],
        method=head["method"],
        score=head["score"],
        target=target,
        class_index=head["classIndex"],
        class_name=head["className"],
        value=head["value"],
        output=head["output"],
        convention=head["convention"],
        input_size=tuple(head["inputSize"]) if head["inputSize"] else None,
        covered=tuple(head["covered"]) if head["covered"] else None,
        backend=head["backend"],
        notices=tuple(head["notices"]),
        map=arrays.get("map"),
        activations=activations,
        gradients=arrays.get("gradients"),
        scores=arrays.get("scores"),
    )
