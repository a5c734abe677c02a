"""The image argument: pictures and preprocessed tensors, from whatever holds them."""

from __future__ import annotations

import os
import warnings
from typing import Any, NamedTuple

import numpy as np
from PIL import Image, UnidentifiedImageError

from .._shared.warn import warn
from ..errors import ArgumentError, UnreadableFileError
from .arrays import is_torch, to_numpy
from .natural import natural_pictures
from .picture_file import ORIENTATION, picture_path, served_path

PICTURE_CHANNELS = (1, 3, 4)

MOST_CHANNELS = 16
"""Of what is taken for channels, rather than columns of a very narrow picture."""

MOST_ROWS = 32_767
"""Of a PNG that browsers decode."""


class OtherInput(NamedTuple):
    """What another input of the model gets beside the image that is shown."""

    values: np.ndarray
    """A uint8 picture (h, w, c) or (slices, h, w, c), or float32 values without batch axis."""
    picture: np.ndarray | None = None
    """uint8 (h, w, 1) or (h, w, 3): what people see of float values, as of an image's; None
    where they are no picture, or `values` is one."""
    slices: int | None = None
    """Of a volume's picture: how many slices lie one under the other in it."""


class InputImage(NamedTuple):
    """One image of a view."""

    name: str
    picture: np.ndarray
    """uint8 (h, w, 1) or (h, w, 3): what people see; a volume's slices lie one under the other."""
    tensor: np.ndarray | None
    """float32 (h, w, c), or (slices, h, w, c), given to the model as it is; None: the picture
    is preprocessed."""
    input: str | None = None
    """Name of the model's input that it is for; None: the only one."""
    others: dict[str, OtherInput] | None = None
    """The model's other inputs, by name."""
    path: str | None = None
    """The file that it came from, relative to the notebook's folder, `/` as separator."""
    slices: int | None = None
    """Of a volume or a video: how many slices it has."""
    orientation: int | None = None
    """The EXIF orientation of its file, 2 to 8, which is not applied; None: it is upright."""
    transparent: bool = False
    """Some of its pixels were transparent: their colours count, as Keras reads them."""
    file: str | None = None
    """The file, where a browser reads the same picture from it: it need not be stored whole."""

    @property
    def given(self) -> np.ndarray:
        """The model's input: the tensor, or the picture, a volume's as (slices, h, w, c)."""
        if self.tensor is not None:
            return self.tensor
        return self.picture if self.slices is None else np.stack(self.slice_pictures)

    @property
    def slice_pictures(self) -> list[np.ndarray]:
        """The picture of each slice; of a picture, itself."""
        return np.split(self.picture, self.slices or 1)


def collect(image: Any, preprocess: Any) -> list[InputImage]:
    """Return the images that an argument holds, at least one.

    Args:
        image: A path, PIL image, array or tensor, a dictionary of them by input, or
            a list of these.
        preprocess: The payload's form of how pictures become inputs; tells how
            to show a tensor that was made that way.

    Raises:
        MissingFileError: no such file.
        UnreadableFileError: a file that is no picture, or is damaged.
        ArgumentError: not an image.
    """
    items = _items(image)
    images: list[InputImage] = []
    for item in items:
        images.extend(_read(item, preprocess, len(images) + 1))
    return images


def _items(image: Any) -> list[Any]:
    if not isinstance(image, (list, tuple)):
        return [image]
    if not image:
        raise ArgumentError("image is an empty list: give at least one image.")
    # Nested lists of numbers are one array, not a list of images.
    if isinstance(image[0], (int, float, list, tuple)):
        return [image]
    return list(image)


def _read(item: Any, preprocess: Any, number: int) -> list[InputImage]:
    if isinstance(item, dict):
        return [_from_inputs(item, preprocess, number)]
    if isinstance(item, (str, os.PathLike)):
        return _from_file(picture_path(item), preprocess)
    if isinstance(item, Image.Image):
        name = os.path.basename(str(getattr(item, "filename", "") or "")) or f"image {number}"
        return _from_pil(item, name, preprocess)
    array = to_numpy(item, "image")
    if array.ndim == 0:
        raise ArgumentError(
            f"image is the number {array.item()}: give a picture (a path, a PIL image or an array)."
        )
    if array.ndim == 1:
        return [_from_vector(array, f"image {number}", preprocess)]
    if array.ndim == 5:
        return _from_volumes(array, is_torch(item), preprocess, number)
    batch = _batch(array, is_torch(item))
    names = [f"image {number + index}" for index in range(len(batch))]
    return _from_batch(batch, names, preprocess)


def _from_inputs(inputs: dict[Any, Any], preprocess: Any, number: int) -> InputImage:
    """Read one sample of a model with several inputs; the first picture among them is shown."""
    if not inputs or not all(isinstance(name, str) for name in inputs):
        raise ArgumentError(
            "image is a dictionary: give what each of the model's inputs gets, by the input's name."
        )
    shown = next((name for name, value in inputs.items() if _looks_like_picture(value)), None)
    shown = next(iter(inputs)) if shown is None else shown
    images = _read(inputs[shown], preprocess, number)
    if len(images) != 1:
        raise ArgumentError(
            f"image: the input {shown!r} holds {len(images)} images, but a dictionary is one "
            "sample: give a list of dictionaries, or a volume as (1, slices, h, w, channels)."
        )
    others = {
        name: _other(value, name, preprocess) for name, value in inputs.items() if name != shown
    }
    return images[0]._replace(input=shown, others=others)


def _looks_like_picture(value: Any) -> bool:
    if isinstance(value, (str, os.PathLike, Image.Image)):
        return True
    return len(getattr(value, "shape", ())) >= 2


def _other(value: Any, name: str, preprocess: Any) -> OtherInput:
    if isinstance(value, (str, os.PathLike, Image.Image)):
        return _as_other(_read(value, preprocess, 1)[0])
    array = np.atleast_1d(to_numpy(value, f"image[{name!r}]"))
    if array.ndim == 5 and len(array) == 1:
        return _as_other(_from_volumes(array, is_torch(value), preprocess, 1)[0])
    if array.ndim > 4:
        raise ArgumentError(
            f"image[{name!r}] has shape {array.shape}: give at most four axes, or one volume "
            "as (1, slices, h, w, channels)."
        )
    if array.ndim == 3 and (is_torch(value) or _is_picture(array)):
        batch = _batch(array, is_torch(value))
        if len(batch) == 1:
            return _as_other(_from_batch(batch, [name], preprocess)[0])
    if array.ndim == 3 and array.shape[-1] in PICTURE_CHANNELS:
        return _as_other(_from_batch(array[None], [name], preprocess)[0])
    return OtherInput(array.astype(np.float32, copy=False))


def _as_other(image: InputImage) -> OtherInput:
    """Take an image for another input: with a picture of its own where it is a tensor."""
    return OtherInput(
        image.given, *((None, None) if image.tensor is None else (image.picture, image.slices))
    )


def _from_file(path: str, preprocess: Any) -> list[InputImage]:
    try:
        with _opened(path) as image:
            image.load()
            images = _from_pil(image, os.path.basename(path), preprocess)
            file = path if _is_plain(image) else None
            return [one._replace(path=served_path(path), file=file) for one in images]
    except Image.DecompressionBombError as error:
        raise UnreadableFileError(
            f'The picture "{path}" has more pixels than Pillow takes from a stranger: make it '
            "smaller, or raise PIL.Image.MAX_IMAGE_PIXELS if you trust it."
        ) from error
    except UnidentifiedImageError as error:
        raise UnreadableFileError(
            f'"{path}" is not a picture that Pillow can read: give a PNG or JPEG file, or an array.'
        ) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadableFileError(
            f'The picture "{path}" cannot be read ({error}): the file may be damaged.'
        ) from error


def _opened(path: str) -> Image.Image:
    """Open a picture without Pillow's warning of large ones: the user has named the file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(path)


def _is_plain(image: Image.Image) -> bool:
    """Tell pictures of which Pillow and browsers make the same pixels."""
    return (
        image.format in ("PNG", "JPEG")
        and image.mode in ("L", "RGB")
        and "transparency" not in image.info
        and getattr(image, "n_frames", 1) == 1
    )


def _warn_of_frames(image: Image.Image, name: str) -> None:
    frames = getattr(image, "n_frames", 1)
    # The further frames of an MPO are the same picture for another screen.
    if frames > 1 and image.tell() == 0 and image.format != "MPO":
        warn(
            f'"{name}" has {frames} frames: the first is shown. For all of them, as a video, '
            "give an array (1, frames, h, w, channels)."
        )


def _orientation(image: Image.Image) -> int | None:
    value = image.getexif().get(ORIENTATION)
    return value if value in range(2, 9) else None


def _from_pil(image: Image.Image, name: str, preprocess: Any) -> list[InputImage]:
    _warn_of_frames(image, name)
    if image.mode == "F" or image.mode.startswith("I"):
        values = np.asarray(image)
        if image.mode != "F" and 255 < values.max() <= 65535 and values.min() >= 0:
            values = np.rint(values / 257).astype(np.uint8)  # 16 bits to 8
        return _from_batch(_batch(values, False), [name], preprocess)
    transparent = False
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        # As Keras does it, colours are taken as they are stored, whatever their alpha.
        is_gray = image.mode in ("LA", "La", "L", "1")
        with_alpha = np.asarray(image.convert("LA" if is_gray else "RGBA"))
        pixels = with_alpha[..., :-1]
        transparent = bool((with_alpha[..., -1] < 255).any())
    elif image.mode in ("L", "1"):
        pixels = np.asarray(image.convert("L"))[..., None]
    else:
        pixels = np.asarray(image.convert("RGB"))
    return [
        InputImage(name, pixels, None, orientation=_orientation(image), transparent=transparent)
    ]


def _batch(array: np.ndarray, torch: bool) -> np.ndarray:
    """Bring an array to (n, h, w, c), channels last."""
    shape = array.shape
    if array.ndim == 2:
        return array[None, :, :, None]
    if array.ndim == 3:
        if not torch and PICTURE_CHANNELS[-1] < shape[-1] <= MOST_CHANNELS < min(shape[:2]):
            raise ArgumentError(
                f"image has shape {shape}, which can be {shape[0]} gray pictures or one of "
                f"{shape[-1]} channels: give a list of pictures, or numpy.expand_dims(image, 0)."
            )
        if shape[-1] <= max(PICTURE_CHANNELS) and not (torch and shape[0] in PICTURE_CHANNELS):
            return array[None]
        if torch and shape[0] in PICTURE_CHANNELS:
            return np.moveaxis(array, 0, -1)[None]
        if shape[0] in (3, 4):
            raise ArgumentError(
                f"image has shape {shape}, which can be {shape[0]} gray pictures or one with "
                "channels first: give a list of pictures, or numpy.moveaxis(image, 0, -1)."
            )
        return array[..., None]
    if array.ndim == 4:
        return _last(array, torch)
    raise ArgumentError(
        f"image has shape {shape}: give (h, w), (h, w, channels) or (n, h, w, channels), "
        "or of volumes and videos (n, slices, h, w, channels)."
    )


def _last(batch: np.ndarray, torch: bool) -> np.ndarray:
    """Bring the channels of a batch to its last axis."""
    first = batch.shape[1] in PICTURE_CHANNELS
    last = batch.shape[-1] in PICTURE_CHANNELS
    if torch and (first or not last):
        return np.moveaxis(batch, 1, -1)
    if first and not last and batch.shape[1] != 1:
        raise ArgumentError(
            f"image has shape {batch.shape}, with channels first: "
            "give numpy.moveaxis(image, 1, -1), channels last, as the model takes it."
        )
    return batch


def _from_batch(batch: np.ndarray, names: list[str], preprocess: Any) -> list[InputImage]:
    if _is_picture(batch):
        pixels = batch.astype(np.uint8)
        # As Keras does it, colours are taken as they are stored, whatever their alpha.
        return [
            InputImage(name, one[..., :3], None, transparent=bool((one[..., 3:] < 255).any()))
            for name, one in zip(names, pixels, strict=True)
        ]
    tensors = batch.astype(np.float32, copy=False)
    pictures = natural_pictures(tensors, preprocess)
    together = zip(names, pictures, tensors, strict=True)
    return [InputImage(name, picture, tensor) for name, picture, tensor in together]


def _from_volumes(batch: np.ndarray, torch: bool, preprocess: Any, number: int) -> list[InputImage]:
    """Read volumes or videos (n, slices, h, w, c): pictures with one slice under the other."""
    if torch:
        batch = _last(batch, torch)
    count, slices, height, width, channels = batch.shape
    if slices * height > MOST_ROWS:
        raise ArgumentError(
            f"image has shape {batch.shape}: its {slices} slices have {slices * height} rows "
            f"together, but a view holds at most {MOST_ROWS}: give fewer slices."
        )
    # The picture alone needs its channels last: the model is given what it is given.
    first = channels > MOST_CHANNELS and slices in PICTURE_CHANNELS
    seen = np.moveaxis(batch, 1, -1) if first else batch
    count, slices, height, width, channels = seen.shape
    names = [f"volume {number + index}" for index in range(count)]
    flat = seen.reshape(count, slices * height, width, channels)
    return [
        one._replace(
            tensor=None if one.tensor is None else one.tensor.reshape(batch.shape[1:]),
            slices=slices,
        )
        for one in _from_batch(flat, names, preprocess)
    ]


def _from_vector(values: np.ndarray, name: str, preprocess: Any) -> InputImage:
    """Read a vector as one row; the browser knows whether the model takes it so."""
    row = values.astype(np.float32, copy=False)[None, None, :, None]
    picture = natural_pictures(row, preprocess)[0]
    # A line of one pixel could not be seen where there is no live view.
    return InputImage(name, np.repeat(picture, max(1, len(values) // 4), axis=0), row[0])


def _is_picture(batch: np.ndarray) -> bool:
    """Tell pictures (0..255, to be preprocessed) from preprocessed tensors."""
    if batch.shape[-1] not in PICTURE_CHANNELS or batch.dtype.kind == "b":
        return False
    if batch.dtype == np.uint8:
        return True
    low, high = batch.min(), batch.max()
    if not (low >= 0 and high <= 255):  # NaN fails too
        return False
    if batch.dtype.kind in "iu":
        return True
    # What keras.utils.img_to_array gives: floats, all of them whole.
    return bool(high > 1 and np.array_equal(batch, np.rint(batch)))
