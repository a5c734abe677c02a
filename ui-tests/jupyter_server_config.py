"""The JupyterLab of the UI tests: with a token, XSRF checks and a base URL, as on a hub."""

import os
import tempfile
from pathlib import Path

import jupyterlab

c = get_config()  # noqa: F821

c.ServerApp.ip = "127.0.0.1"
c.ServerApp.port = int(os.environ["GRADLENS_UI_PORT"])
c.ServerApp.port_retries = 0
c.ServerApp.open_browser = False
c.ServerApp.allow_root = True
c.ServerApp.base_url = "/lens/"
c.ServerApp.root_dir = os.environ["GRADLENS_UI_ROOT"]
c.IdentityProvider.token = os.environ["GRADLENS_UI_TOKEN"]
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.workspaces_dir = tempfile.mkdtemp(prefix="gradlens-workspaces-")
# What galata's helpers need.
c.LabApp.expose_app_in_browser = True
c.LabServerApp.extra_labextensions_path = str(Path(jupyterlab.__file__).parent / "galata")
