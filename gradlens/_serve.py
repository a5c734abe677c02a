"""`gradlens.serve`: the page of views on a local port, where JupyterLab does not run."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from html import escape

from ._export import MOST_MB, listed, page_of, within
from ._output.view import View


class Served:
    """A page that is served until `stop()`, or until the program ends.

    A notebook displays it as a frame; elsewhere open `url` in a browser.
    """

    def __init__(self, page: bytes, port: int) -> None:
        from ._page.server import PageServer

        self._server = PageServer(page, port)
        self._is_stopped = False

    @property
    def url(self) -> str:
        """The page's address. Who has it can read the page, from this machine."""
        return f"http://127.0.0.1:{self.port}{self._server.path}"

    @property
    def port(self) -> int:
        """The port that is listened on, of the loopback address only."""
        return self._server.port

    def stop(self) -> None:
        """Stop serving; again, it does nothing."""
        if not self._is_stopped:
            self._is_stopped = True
            self._server.stop()

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def __repr__(self) -> str:
        return "GradLens: stopped" if self._is_stopped else f"GradLens: {self.url}"

    def _ipython_display_(self) -> None:
        colab = sys.modules.get("google.colab")
        if colab is None or self._is_stopped:
            raise NotImplementedError  # IPython then displays what _repr_html_ gives.
        # The browser is not on the kernel's machine: Colab carries the port to it.
        colab.output.serve_kernel_port_as_iframe(self.port, path=self._server.path, height=HEIGHT)

    def _repr_html_(self) -> str:
        if self._is_stopped:
            return escape(repr(self))
        return (
            f'<iframe src="{escape(self.url)}" title="GradLens" width="100%" height="{HEIGHT}" '
            'style="border: 0"></iframe>'
        )


HEIGHT = 820
"""Of the frame, CSS pixels: a view with its page, 1,000 pixels wide."""


def serve(
    views: View | Iterable[View],
    *,
    port: int = 0,
    model: bool = True,
    title: str | None = None,
    limit_mb: float = MOST_MB,
) -> Served:
    """Show views in a page on a local port: in Colab, Notebook 6, VS Code, or from a script.

    The page is what `export_html` writes. It is bound to the loopback address, under an
    address with a random token.

    Args:
        views: What `show` or `heatmap` returned, or a list of them.
        port: The port; default: one that is free.
        model: Whether the page carries the model and computes on.
        title: The page's heading; default: what the views are of.
        limit_mb: Size above which nothing is served, in MB.

    Returns:
        The served page, which a notebook displays as a frame; `url` is its address, and
        `stop()` ends it.

    Raises:
        GradLensError: as in `export_html`.
        OSError: the port is taken.
    """
    page = page_of(listed(views, "serve"), "serve", model=model, title=title)
    within(limit_mb, page, "the page")
    return Served(b"".join(page.parts()), port)
