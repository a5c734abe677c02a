"""Write a page for each view of the gallery, into the working folder, which has the lessons' files.

python gallery.py docs/gallery.md: prints the pages' names as JSON.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path

from cells import cells_of, run

import gradlens


def main() -> None:
    """Run all cells but the first, which copies the files that are here."""
    names: dict[str, object] = {"gradlens": gradlens}
    made = []
    for cell in cells_of(Path(sys.argv[1]))[1:]:
        view = run(cell, names)
        if not isinstance(view, gradlens.View):
            sys.exit(f"{cell.page}:{cell.line} shows no view.")
        # It says the size of what it writes.
        with contextlib.redirect_stdout(io.StringIO()):
            gradlens.export_html(view, f"{cell.slug}.html", model=True, title=cell.heading)
        made.append(cell.slug)
    print(json.dumps(made))


main()
