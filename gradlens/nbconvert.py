"""Live views in the HTML that nbconvert writes: `jupyter nbconvert --to gradlens_html`.

Imported only by nbconvert, through the entry points of this package.
"""

from __future__ import annotations

import json
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import Preprocessor
from traitlets import Bool, Float

from ._export import MOST_MB
from ._output.payload import MIME_TYPE, check, megabytes
from ._page.assets import SCRIPT, STYLES, text
from ._page.contents import PageView, files_for
from ._page.write import Carried, picture
from .errors import GradLensError


class GradLensPreprocessor(Preprocessor):
    """Puts live views in place of their pictures; those that cannot be keep the picture.

    For other exporters that write HTML, such as slides:
    `--SlidesExporter.preprocessors=gradlens.nbconvert.GradLensPreprocessor`.
    """

    enabled = Bool(True).tag(config=True)
    model = Bool(
        False, help="Whether the page carries models and the engine, and computes on."
    ).tag(config=True)
    limit_mb = Float(
        MOST_MB, help="Size of all views together above which they stay pictures, in MB."
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Replace the outputs of a notebook."""
        folder = (resources.get("metadata") or {}).get("path") or "."
        found = [
            (output, view)
            for cell in nb.cells
            for output in cell.get("outputs", [])
            if (view := self._view(output)) is not None
        ]
        files: dict[str, Any] = {}
        shown = []
        for output, view in found:
            try:
                if self.model:
                    files.update({file.path: file for file in files_for([view], folder)})
            except GradLensError as problem:
                if not _keeps(view.metadata):
                    self._say(view, str(problem))
                    continue
            shown.append((output, view))
        if shown:
            self._place(shown, list(files.values()), resources)
        return nb, resources

    def _view(self, output: Any) -> PageView | None:
        """Return the view of an output that can be live in the page."""
        data = output.get("data") or {}
        if MIME_TYPE not in data:
            return None
        # Anybody may have written the notebook.
        line = str(data.get("text/plain") or "GradLens").removeprefix("GradLens: ")
        png = data.get("image/png")
        payload = json.loads(json.dumps(data[MIME_TYPE]))
        metadata = json.loads(json.dumps(output.get("metadata") or {}))
        view = PageView(payload, png if isinstance(png, str) else None, metadata, line)
        try:
            check(payload)
        except GradLensError as problem:
            self._say(view, str(problem))
            return None
        if payload["kind"] == "heatmap" or (payload["images"] and (self.model or _keeps(metadata))):
            return view
        self._say(
            view,
            "it needs its model: --GradLensPreprocessor.model=True carries it."
            if payload["images"]
            else "a view without a picture has nothing to show: give show() one.",
        )
        return None

    def _place(self, shown: list[tuple[Any, PageView]], files: list[Any], resources: Any) -> None:
        name = str((resources.get("metadata") or {}).get("name") or "notebook")
        carried = Carried(name, [view for _, view in shown], files)
        if carried.size > self.limit_mb * 1e6:
            self.log.warning(
                "GradLens: the views would take %s, over the limit of "
                "--GradLensPreprocessor.limit_mb=%g: they stay pictures.",
                megabytes(carried.size),
                self.limit_mb,
            )
            return
        for index, (output, view) in enumerate(shown):
            output["data"]["text/html"] = f'<div data-gradlens-view="{index}">{picture(view)}</div>'
        # Behind the last one, so that all places are there when it runs.
        theme, _, own = STYLES
        shown[-1][0]["data"]["text/html"] += (
            # The notebook's own theme goes before what is in a layer.
            f"<style>@layer gradlens {{{text(theme)}}}</style><style>{text(own)}</style>"
            f"{b''.join(carried.parts()).decode()}<script>{text(SCRIPT)}</script>"
        )
        self.log.info("GradLens: %d live views, %s.", len(shown), megabytes(carried.size))

    def _say(self, view: PageView, why: str) -> None:
        self.log.warning("GradLens: %s stays a picture: %s", view.text, why)


def _keeps(metadata: Any) -> bool:
    """Whether an output keeps what its view found."""
    kept = metadata.get("gradlens")
    return isinstance(kept, dict) and isinstance(kept.get("results"), dict)


class GradLensHTMLExporter(HTMLExporter):
    """HTML with live views of GradLens, which need neither a network nor a kernel."""

    export_from_notebook = "HTML with live GradLens views"

    def _init_preprocessors(self) -> None:
        super()._init_preprocessors()
        # Last: a notebook that is run first has outputs only then.
        self.register_preprocessor(GradLensPreprocessor(parent=self), enabled=True)
