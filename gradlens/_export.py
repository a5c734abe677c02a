"""`gradlens.export_html`: views as one file to send."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ._output.payload import megabytes
from ._output.view import View
from ._shared.files import notebook_folder
from ._shared.kinds import a_kind
from .errors import ArgumentError, NoFrontEndError, ViewError, ViewTimeoutError

if TYPE_CHECKING:
    from ._page.contents import PageView
    from ._page.write import Page

MOST_MB = 100.0
"""Largest page that is written unasked: mail and browsers take more only with trouble."""


def export_html(
    views: View | Iterable[View],
    path: str | os.PathLike[str],
    *,
    model: bool = False,
    title: str | None = None,
    limit_mb: float = MOST_MB,
) -> None:
    """Write views into one HTML file that opens anywhere, without a network or a server.

    The page is the same viewer as in JupyterLab. It fetches nothing and sends nothing.
    Its size is said.

    Args:
        views: What `show` or `heatmap` returned, or a list of them.
        path: Where to write, such as `"tank.html"`.
        model: Whether the page carries the model and the engine, and computes on: other
            layers, classes and methods. Without it, a view of a model has what the browser has
            found of it so far, which must show it now; one of an array (`heatmap`) has all.
        title: The page's heading; default: what the views are of.
        limit_mb: Size above which nothing is written, in MB.

    Raises:
        GradLensError: one sentence that says what to do: something that is no view, a view
            of a model that no browser shows without `model=True`, a model file that has changed
            since, or a page over the limit.
    """
    shown = listed(views, "export_html")
    made = page_of(shown, "export_html", model=model, title=title)
    where = os.fspath(path)
    within(limit_mb, made, os.path.basename(where))
    print(f"GradLens: {_said(os.path.basename(where), made)}.")
    partial = f"{where}.{os.getpid()}.partial"
    try:
        with open(partial, "wb") as out:
            made.write(out)
        os.replace(partial, where)
    finally:
        if os.path.exists(partial):
            os.remove(partial)


def listed(views: Any, function: str) -> list[View]:
    """Return views as a list.

    Raises:
        ArgumentError: there is none, or something else among them.
    """
    given = [views] if isinstance(views, View) or not isinstance(views, Iterable) else list(views)
    if not given:
        raise ArgumentError(f"{function} was given no view: pass what show() returned.")
    for one in given:
        if not isinstance(one, View):
            raise ArgumentError(
                f"{function} was given {a_kind(one)}: pass what show() or heatmap() returned."
            )
    return given


def page_of(views: list[View], function: str, *, model: bool, title: str | None) -> Page:
    """Return the page that shows views.

    Raises:
        GradLensError: see `export_html`.
    """
    from ._page.contents import files_for
    from ._page.write import Page

    for view in views:
        if view.payload["kind"] == "model" and not view.payload["images"]:
            raise ArgumentError(
                f"{function} was given a view without a picture, which a page cannot ask for: "
                "pass show(model, image)."
            )
    outputs = [_contents(view, function, model) for view in views]
    files = files_for(outputs, notebook_folder()) if model else []
    heading = title or ", ".join(dict.fromkeys(view.text for view in outputs))
    return Page(heading, outputs, files)


def _contents(view: View, function: str, model: bool) -> PageView:
    """Return what a page shows of a view.

    Without the model that is what the browser has found: Python does not have it.
    """
    from ._page.contents import PageView

    if model or view.payload["kind"] != "model":
        return PageView(*view.as_output())
    try:
        return PageView(*view.as_found())
    except (NoFrontEndError, ViewError, ViewTimeoutError) as error:
        raise type(error)(
            f"{function} takes what the browser has found of a view; pass model=True to take the "
            f"model instead. {error}"
        ) from None


def within(limit_mb: float, page: Page, name: str) -> None:
    """Refuse a page that is larger than the limit.

    Raises:
        ArgumentError: with the sizes of what it carries.
    """
    if page.size > limit_mb * 1e6:
        raise ArgumentError(
            f"{_said(name, page)}, which is over the limit of "
            f"{megabytes(round(limit_mb * 1e6))}: pass limit_mb={int(page.size / 1e6) + 1} "
            "to have it all the same."
        )


def _said(name: str, page: Page) -> str:
    parts = [f"{file} {megabytes(size)}" for file, size in page.carried.file_sizes]
    if page.carried.engine_size:
        parts.append(f"the engine {megabytes(page.carried.engine_size)}")
    inside = f" ({', '.join(parts)})" if parts else ""
    return f"{name} takes {megabytes(page.size)}{inside}"
