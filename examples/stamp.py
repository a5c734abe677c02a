"""Lets a script skip its work when what it makes is there and was made by the same code."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE / "data"
MODELS = HERE / "models"


class Stamp:
    """Remembers in `data/.<name>.stamp` the code that made a set of files.

    sources: files in this folder whose text decides the result.
    products: the files that must exist.
    """

    def __init__(self, name: str, sources: Iterable[str], products: Iterable[Path]) -> None:
        digest = hashlib.sha256()
        for source in sources:
            digest.update((HERE / source).read_bytes())
        self._digest = digest.hexdigest()
        self._file = DATA / f".{name}.stamp"
        self._products = list(products)

    def is_fresh(self) -> bool:
        """Whether nothing needs to be made."""
        return (
            self._file.is_file()
            and self._file.read_text() == self._digest
            and all(product.is_file() for product in self._products)
        )

    def write(self) -> None:
        """Call when everything has been made."""
        self._file.write_text(self._digest)
