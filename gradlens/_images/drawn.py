"""Images that numpy and Pillow hold: pictures, arrays and tensors of whatever gives them."""

from __future__ import annotations

from typing import Any

from .._model.inputs import as_model_takes
from .collect import collect
from .encode import encode_images
from .png import contact_sheet


class Drawn:
    """Images of the argument `image`; arguments as of `given_images`."""

    def __init__(self, model: Any, image: Any, preprocess: Any) -> None:
        self._images = collect(as_model_takes(model, image), preprocess)
        self.names = [one.name for one in self._images]
        self.slices = [one.slices for one in self._images]

    def entries(self) -> list[dict[str, Any]]:
        """Return the payload's form of them."""
        return encode_images(self._images)

    def png(self) -> bytes:
        """Return a contact sheet: of a volume all slices, of several the middle of each."""
        pictures = [one.slice_pictures for one in self._images]
        sheet = pictures[0] if len(pictures) == 1 else [of[len(of) // 2] for of in pictures]
        return contact_sheet(sheet)
