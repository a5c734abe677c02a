"""Sphinx: the manual, from a copy of docs/ with the pages that are generated."""

from __future__ import annotations

import json
import sys
from pathlib import Path

# Copied to .work/manual/source.
ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

project = "GradLens"
author = "GradLens developers"
project_copyright = "GradLens developers, BSD-3-Clause"
version = release = json.loads((ROOT / "package.json").read_text())["version"]
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 4

# Docstrings mark code by single backticks.
default_role = "code"
autodoc_typehints = "none"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
# What Python imports only when it is needed.
autodoc_mock_imports = ["numpy", "PIL", "keras"]
# No other project's index is at hand without a network.
nitpick_ignore_regex = [(r"py:.*", r"(?:np|numpy)\..*")]
napoleon_use_ivar = True
python_use_unqualified_type_names = True
add_module_names = False
highlight_language = "none"
pygments_style = "friendly"
pygments_dark_style = "github-dark"

html_theme = "furo"
html_title = f"GradLens {version}"
html_static_path = ["_static"]
html_css_files = ["manual.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#1f5fa8", "color-brand-content": "#1f5fa8"},
    "dark_css_variables": {"color-brand-primary": "#7db4ee", "color-brand-content": "#7db4ee"},
}
