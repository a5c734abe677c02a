"""What a picture file says of itself, read without numpy or Pillow."""

from __future__ import annotations

import os
import struct
import zlib
from typing import NamedTuple

from .._shared.files import PICTURES, missing, notebook_folder
from ..errors import ArgumentError, UnreadableFileError

ORIENTATION = 0x0112
"""The EXIF tag that says how a camera was held."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"

_GRAY, _RGB, _PALETTE = 0, 2, 3
"""PNG's types of colour without transparency."""


class PictureFile(NamedTuple):
    """A PNG or JPEG file of which Pillow and browsers make the same pixels."""

    content: bytes
    width: int
    height: int
    orientation: int | None
    """EXIF's, 2 to 8, which is not applied; None: it is upright."""

    @property
    def is_png(self) -> bool:
        """Whether it is a PNG."""
        return self.content.startswith(_PNG)


def picture_path(given: str | os.PathLike[str]) -> str:
    """Return the path of a picture file that is there.

    Raises:
        MissingFileError: there is none.
        ArgumentError: it is a folder.
    """
    path = os.path.expanduser(os.fspath(given))
    if os.path.isfile(path):
        return path
    if os.path.isdir(path):
        raise ArgumentError(
            f'"{path}" is a folder: give it alone, not in a list, or the pictures in it, such as '
            f'sorted(glob.glob("{path}/*.png")).'
        )
    raise missing("picture", path, PICTURES)


def served_path(path: str) -> str | None:
    """Return a picture's path as payloads have it; None where there is none."""
    try:
        return os.path.relpath(path, notebook_folder()).replace(os.sep, "/")
    except ValueError:  # on another drive, there is no such path
        return None


def read_picture(path: str) -> PictureFile | None:
    """Read a PNG or JPEG file; None for one that takes Pillow, as transparent ones do.

    Raises:
        UnreadableFileError: it is damaged.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
        if content.startswith(_PNG):
            return _png(content)
        return _jpeg(content) if content.startswith(_JPEG) else None
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise UnreadableFileError(
            f'The picture "{path}" cannot be read ({error}): the file may be damaged.'
        ) from error


def _png(content: bytes) -> PictureFile | None:
    at, parts = len(_PNG), dict[bytes, bytes]()
    while b"IEND" not in parts:
        length, kind = struct.unpack_from(">I4s", content, at)
        data = content[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", content, at + 8 + length)
        if zlib.crc32(kind + data) != checksum:
            raise ValueError(f"the checksum of its part {kind.decode('latin-1')} is wrong")
        parts.setdefault(kind, data)
        at += length + 12
    width, height, depth, colour = struct.unpack_from(">IIBB", parts[b"IHDR"])
    is_plain = colour in (_GRAY, _RGB, _PALETTE) and depth <= 8
    # Of an animation Pillow takes the first frame, a browser another picture.
    if not is_plain or not parts.keys().isdisjoint((b"tRNS", b"acTL")):
        return None
    return PictureFile(content, width, height, _orientation(parts.get(b"eXIf", b"")))


def _jpeg(content: bytes) -> PictureFile | None:
    if content.rstrip(b"\0").find(b"\xff\xd9", -4096) < 0:
        raise ValueError("its end is missing")
    at, orientation = 2, None
    while True:
        if content[at] != 0xFF:
            raise ValueError("it holds no picture")
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        data = content[at + 4 : at + 2 + length]
        if marker == 0xE1 and data.startswith(b"Exif\0\0"):
            orientation = _orientation(data[6:])
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            depth, height, width, channels = struct.unpack_from(">BHHB", data)
            if depth != 8 or channels not in (1, 3):
                return None
            return PictureFile(content, width, height, orientation)
        at += 2 + length


def _orientation(exif: bytes) -> int | None:
    """Return the orientation that TIFF's directory of tags gives."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return None
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for index in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, start + 2 + 12 * index)
            if tag == ORIENTATION and kind == 3:
                return value if value in range(2, 9) else None
    except struct.error:  # the tags are damaged, the picture is not
        pass
    return None
