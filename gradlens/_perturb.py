"""`gradlens.perturb`: a picture with a part covered, or changed, without a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._arguments.fill import Fill
from ._shared.packages import says_what_it_needs

if TYPE_CHECKING:
    import numpy as np


@says_what_it_needs
def perturb(
    image: Any,
    *,
    cover: Any = None,
    fill: Fill = "black",
    soft: int = 0,
    brightness: float = 0.0,
    contrast: float = 1.0,
    blur: int = 0,
    shift: tuple[float, float] = (0, 0),
    rotation: float = 0.0,
) -> np.ndarray:
    """Cover a part of a picture, or change it, exactly as a view's experiment does.

    What is asked is done in this order: cover, contrast, brightness, blur, turn and
    shift. A picture stays a picture: it is rounded to whole numbers once, at the end.

    Args:
        image: A picture as `gradlens.show` takes it, or a float tensor (h, w, c), whose
            smallest value is black and whose largest is white.
        cover: A mask (rows, columns), not 0 where the picture is covered, or
            `{"shape": …, "runs": …}` as the view copies it. It is laid on the whole
            picture, whatever its size.
        fill: What stands in place of the covered part: `"black"`, `"grey"` (halfway to
            white), `"mean"` (of each channel), `"blur"`, `"noise"` (uniform, always the
            same), or `"surroundings"`, what lies about it.
        soft: Pixels by which the cover's edge is softened: its mask is blurred by them.
        brightness: Part of the whole range that is added, -1 to 1.
        contrast: Factor of the distance to each channel's mean.
        blur: Radius in pixels: along each axis twice the mean of 2 `blur` + 1.
        shift: Pixels to the right and down; the last pixel is repeated.
        rotation: Degrees about the middle, counter-clockwise.

    Returns:
        uint8 (h, w, 3) of a picture, (h, w, 1) of a gray one; float32 (h, w, c) of a tensor.

    Raises:
        GradLensError: one sentence that says what to do.
    """
    from ._images.perturb import perturb as perturbed  # numpy only where it is needed

    return perturbed(
        image,
        cover=cover,
        fill=fill,
        soft=soft,
        brightness=brightness,
        contrast=contrast,
        blur=blur,
        shift=shift,
        rotation=rotation,
    )
