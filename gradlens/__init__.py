"""GradLens: see what a Keras CNN looks at, in a JupyterLab output cell.

The model runs in the browser; here, numpy and Pillow are enough, and even they
are imported only when a view is made, and not for picture files given by their paths
where they are not installed.
"""

from __future__ import annotations

from ._arguments.vocabulary import Look, MapLook
from ._demo import demo
from ._examples import examples
from ._export import export_html
from ._heatmap import heatmap
from ._model.snapshots import Snapshots
from ._output.payload import MIME_TYPE
from ._output.view import View
from ._perturb import perturb
from ._serve import Served, serve
from ._show import show
from .errors import GradLensError

try:
    from ._version import __version__
except ImportError:  # a source tree that was never built
    __version__ = "0+unknown"

__all__ = [
    "MIME_TYPE",
    "GradLensError",
    "Look",
    "MapLook",
    "Served",
    "Snapshots",
    "View",
    "__version__",
    "demo",
    "examples",
    "export_html",
    "heatmap",
    "perturb",
    "serve",
    "show",
]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell `jupyter labextension develop` where the browser part lies."""
    return [{"src": "labextension", "dest": "gradlens"}]
