"""Link gradlens/labextension into this environment's JupyterLab.

`jupyter labextension develop` does the same, but asks for a yarn project.
"""

import os
import shutil
import sys
from pathlib import Path

source = Path(__file__).resolve().parent.parent / "gradlens" / "labextension"
target = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / "gradlens"
target.parent.mkdir(parents=True, exist_ok=True)
if target.is_symlink():
    target.unlink()
elif target.exists():
    shutil.rmtree(target)
os.symlink(source, target)
print(f"{target.name} -> gradlens/labextension")
