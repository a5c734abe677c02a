"""Errors that GradLens raises: a notebook shows each as one readable sentence."""

from __future__ import annotations


class GradLensError(Exception):
    """One sentence that says what went wrong, where, and what to do.

    IPython shows only that sentence: the stack trace of a misspelt file name
    helps nobody. In a plain Python program it is an ordinary exception.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"GradLens: {self}"]


class ArgumentError(GradLensError, ValueError):
    """An argument of `show` or `heatmap` that cannot be used."""


class MissingFileError(GradLensError, FileNotFoundError):
    """A model, picture or label file that is not there."""


class UnreadableFileError(ArgumentError):
    """A picture or label file that is there, but is none, or is damaged."""


class MissingPackageError(GradLensError, ImportError):
    """A package that is not installed, and that what was asked for needs."""


class ModelCacheError(GradLensError):
    """A live model that could not be written to a file for the browser."""


class NoFrontEndError(GradLensError):
    """No page of a browser shows the view, or none that a running cell can hear."""


class ViewError(GradLensError):
    """The view has no result, and says why."""


class ViewTimeoutError(GradLensError, TimeoutError):
    """The view takes longer than the cell waits."""
