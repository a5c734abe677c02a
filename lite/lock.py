"""Writes the list of packages that the kernel in the browser imports without installing them.

    python lite/lock.py PYODIDE WHEELS OUT

Takes the list that comes with Pyodide, puts the wheels of a folder in, and names all others
by their address at Pyodide's own host, from which they come when a notebook asks for them.
"""

from __future__ import annotations

import email.parser
import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOST = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"

BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix"}


def entry(wheel: Path, python: str) -> dict[str, Any]:
    """Describe a wheel as Pyodide does."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        about = next(name for name in names if name.endswith(".dist-info/METADATA"))
        metadata = email.parser.Parser().parsestr(archive.read(about).decode())
    needed = [Requirement(one) for one in metadata.get_all("Requires-Dist", [])]
    surroundings = {**BROWSER, "python_version": python, "extra": ""}
    tops = {name.split("/")[0] for name in names}
    return {
        "name": metadata["Name"],
        "version": metadata["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "unvendored_tests": False,
        "imports": sorted(
            top.removesuffix(".py")
            for top in tops
            if top.endswith(".py") or not top.endswith((".dist-info", ".data"))
        ),
        "depends": sorted(
            canonicalize_name(one.name)
            for one in needed
            if one.marker is None or one.marker.evaluate(surroundings)
        ),
    }


def main(pyodide: Path, wheels: Path, out: Path) -> None:
    """Write the list."""
    lock = json.loads((pyodide / "pyodide-lock.json").read_text())
    version = json.loads((pyodide / "package.json").read_text())["version"]
    packages = lock["packages"]
    for package in packages.values():
        package["file_name"] = HOST.format(version=version) + package["file_name"]
    python = lock["info"]["python"].rpartition(".")[0]
    own = {
        canonicalize_name(made["name"]): made
        for made in (entry(wheel, python) for wheel in sorted(wheels.glob("*.whl")))
    }
    for made in own.values():
        # numpy and Pillow are for who asks for them: nothing waits for what comes from afar.
        made["depends"] = [name for name in made["depends"] if name in own]
    packages.update(own)
    out.write_text(json.dumps(lock))


main(*map(Path, sys.argv[1:]))
