"""`gradlens.examples`: the package's notebooks, copied beside the user's."""

from __future__ import annotations

import filecmp
import os
import shutil
from html import escape
from pathlib import Path
from urllib.parse import quote

from ._shared.files import notebook_folder
from .errors import GradLensError
from .lessons import FILES

FOLDER = "gradlens-examples"


class Copied:
    """What `examples` did; a notebook displays it with links.

    Attributes:
        folder: Where the notebooks are.
        notebooks: Their names, in order.
        new: Names of the files that were copied now.
        kept: Names of the files that were there and are yours now: they differ from ours.
    """

    def __init__(self, folder: str, notebooks: list[str], new: list[str], kept: list[str]) -> None:
        self.folder, self.notebooks, self.new, self.kept = folder, notebooks, new, kept

    def _said(self) -> str:
        count = len(self.new)
        files = "1 file" if count == 1 else f"{count} files"
        said = f"{files} copied to {self.folder}." if count else f"All is in {self.folder} already."
        if self.kept:
            said += (
                f" Left as you changed them: {', '.join(self.kept)}. "
                "Delete or rename one to get ours again."
            )
        return said

    def __repr__(self) -> str:
        begin = f" Begin with {self.notebooks[0]}." if self.notebooks else ""
        return f"GradLens: {self._said()}{begin}"

    def _repr_html_(self) -> str:
        try:
            place = os.path.relpath(self.folder, notebook_folder()).replace(os.sep, "/")
        except ValueError:  # another drive: there is no way for a link
            return f"<p>{escape(repr(self))}</p>"
        links = "".join(
            f'<li><a href="{escape(quote(f"{place}/{name}"))}">{escape(name)}</a></li>'
            for name in self.notebooks
        )
        return f"<p>{escape(self._said())} In this order:</p><ol>{links}</ol>"


def examples(folder: str | os.PathLike[str] = ".") -> Copied:
    """Copy the package's notebooks, with their models and pictures, beside your own.

    They go to `gradlens-examples/` in the folder. A file that you changed is never written over:
    it is left, and named. What is there already is not copied again.

    Args:
        folder: Where; relative to the working folder. Default: here.

    Returns:
        What was copied; a notebook displays it with links.

    Raises:
        GradLensError: the folder cannot be written.
    """
    target = Path(os.path.expanduser(os.fspath(folder))).resolve() / FOLDER
    new, kept, notebooks = [], [], []
    try:
        for source in sorted(path for path in FILES.rglob("*") if path.is_file()):
            name = source.relative_to(FILES).as_posix()
            if any(part.startswith((".", "__")) for part in name.split("/")):
                continue
            if "/" not in name and name.endswith(".ipynb"):
                notebooks.append(name)
            beside = target / name
            if not beside.exists():
                beside.parent.mkdir(parents=True, exist_ok=True)
                # Not the permissions: an installed package may be read-only.
                shutil.copyfile(source, beside)
                new.append(name)
            elif not filecmp.cmp(source, beside, shallow=False):
                kept.append(name)
    except OSError as error:
        raise GradLensError(
            f'The examples cannot be copied to "{target}" ({error.strerror or error}): '
            'name a folder that you may write, as in gradlens.examples("folder").'
        ) from error
    return Copied(str(target), notebooks, new, kept)
