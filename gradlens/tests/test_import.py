from __future__ import annotations

import subprocess
import sys


def test_import_loads_no_heavy_package() -> None:
    # Time depends on the machine; what is loaded does not. numpy alone takes 100 ms.
    # (inspect takes 4: the signatures that a notebook completes from need it.)
    code = (
        "import sys; before = set(sys.modules); import gradlens; "
        "print(*sorted({name.split('.')[0] for name in set(sys.modules) - before}))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "gradlens" in loaded
    heavy = {"numpy", "PIL", "tensorflow", "keras", "torch", "IPython", "json", "uuid"}
    assert not loaded & heavy


def test_extension_is_named_where_jupyter_looks() -> None:
    import gradlens

    assert gradlens._jupyter_labextension_paths() == [{"src": "labextension", "dest": "gradlens"}]
