"""Let each version of Keras write the same small model, and keep what it wrote.

    python3 conformance/versions/generate.py                  every version
    python3 conformance/versions/generate.py keras-3.4.1      this one; the others stay
    python3 conformance/versions/generate.py --list           their names

Each version gets packages of its own, in a scratch folder that is thrown away. Old ones need
an old Python: `python3.7` and so on is looked for on the path and among pyenv's.
What they wrote is kept in git, one archive a series, because CI cannot install them all: a
zip archive of stored files, packed as a whole by Brotli, because the files are much alike.
manifest.json says what wrote each. src/formats/versions.spec.ts reads them.
"""

import argparse
import datetime
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MANIFEST = HERE / "manifest.json"

#: By series: how it is imported, and Python and packages for each of its versions.
OLD = ["numpy<1.17", "h5py<3", "protobuf<3.20", "scipy<1.5"]
KERAS_2_PARTS = ["keras-applications==1.0.8", "keras-preprocessing==1.1.2"]
JAX = ["jax[cpu]==0.4.30", "numpy<2", "packaging"]
SERIES = {
    "keras-2": (
        "keras",
        {
            "2.2.0": ("3.6", ["keras==2.2.0", "tensorflow==1.10.1", "numpy<1.15", *OLD[1:]]),
            "2.2.2": ("3.6", ["keras==2.2.2", "tensorflow==1.12.3", *OLD]),
            "2.2.4": ("3.7", ["keras==2.2.4", "tensorflow==1.13.2", *OLD]),
            "2.2.5": ("3.7", ["keras==2.2.5", "tensorflow==1.14.0", *OLD]),
            "2.3.1": ("3.7", ["keras==2.3.1", "tensorflow==1.15.5", *OLD]),
        },
    ),
    "tensorflow": (
        "tensorflow.keras",
        {
            "1.13.2": ("3.7", ["tensorflow==1.13.2", *OLD]),
            "1.15.5": ("3.7", ["tensorflow==1.15.5", *OLD]),
            "2.0.4": ("3.7", ["tensorflow==2.0.4", *OLD]),
            "2.1.4": ("3.7", ["tensorflow-cpu==2.1.4", *OLD]),
            "2.2.3": ("3.8", ["tensorflow-cpu==2.2.3", "protobuf<3.20", "numpy<1.20"]),
            "2.3.4": ("3.8", ["tensorflow-cpu==2.3.4", "protobuf<3.20"]),
            "2.4.4": ("3.8", ["tensorflow-cpu==2.4.4", "protobuf<3.20"]),
            "2.5.3": ("3.9", ["tensorflow-cpu==2.5.3", "protobuf<3.20"]),
            "2.6.5": (
                "3.9",
                [
                    "tensorflow-cpu==2.6.5",
                    "keras<2.7",
                    "tensorflow-estimator<2.7",
                    "tensorboard<2.7",
                    "protobuf<3.20",
                ],
            ),
            "2.7.4": ("3.9", ["tensorflow-cpu==2.7.4", "protobuf<3.20", "numpy<1.24"]),
            "2.8.4": ("3.9", ["tensorflow-cpu==2.8.4", "protobuf<3.20", "numpy<1.24"]),
            "2.9.3": ("3.10", ["tensorflow-cpu==2.9.3", "numpy<1.24"]),
            "2.10.1": ("3.10", ["tensorflow-cpu==2.10.1", "numpy<1.24"]),
            "2.11.1": ("3.10", ["tensorflow-cpu==2.11.1", "numpy<1.24"]),
            "2.12.1": ("3.11", ["tensorflow-cpu==2.12.1", "jax==0.4.13", "numpy<1.24"]),
            "2.13.1": ("3.11", ["tensorflow-cpu==2.13.1"]),
            "2.14.1": ("3.11", ["tensorflow-cpu==2.14.1"]),
            "2.15.1": ("3.11", ["tensorflow-cpu==2.15.1", "numpy<2"]),
        },
    ),
    "tf_keras": (
        "tf_keras",
        {
            "2.16.0": ("3.11", ["tf_keras==2.16.0", "tensorflow-cpu==2.16.2"]),
            "2.17.0": ("3.11", ["tf_keras==2.17.0", "tensorflow-cpu==2.17.1"]),
            "2.18.0": ("3.11", ["tf_keras==2.18.0", "tensorflow-cpu==2.18.1"]),
            "2.19.0": ("3.11", ["tf_keras==2.19.0", "tensorflow-cpu==2.19.1"]),
            "2.20.1": ("3.11", ["tf_keras==2.20.1", "tensorflow-cpu==2.20.0"]),
            "2.21.0": ("3.11", ["tf_keras==2.21.0", "tensorflow-cpu==2.21.0"]),
        },
    ),
    "keras-3": (
        "keras",
        {
            version: ("3.11", [f"keras=={version}", *JAX])
            for version in (
                *("3.0.5", "3.1.1", "3.2.1", "3.3.3", "3.4.1", "3.5.0", "3.6.0", "3.7.0"),
                *("3.8.0", "3.9.2", "3.10.0", "3.11.3", "3.12.4", "3.13.2", "3.14.1", "3.15.1"),
            )
        },
    ),
}


def interpreter(version):
    """Return the path of this Python."""
    if sys.version_info[:2] == tuple(int(part) for part in version.split(".")):
        return sys.executable
    pyenv = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    found = shutil.which(f"python{version}")
    places = sorted(glob.glob(f"{pyenv}/versions/{version}.*/bin/python"))
    # pyenv's stand-ins are on the path for versions that are not chosen.
    if places or found:
        return places[-1] if places else found
    raise SystemExit(f"There is no Python {version}: install it, with pyenv for one.")


def written(series, version, scratch):
    """Let a version write its files into a folder of `scratch`, and return the folder."""
    module, versions = SERIES[series]
    python, packages = versions[version]
    home = Path(scratch)
    folder = home / "files"
    folder.mkdir(parents=True)
    # A folder of packages is quicker to make than an environment, and as much by itself.
    own, place = interpreter(python), home / "packages"
    install = [own, "-m", "pip", "install", "--quiet", "--no-compile", "--target", place]
    subprocess.run([*install, *packages], check=True)
    backend = "jax" if series == "keras-3" else "tensorflow"
    subprocess.run(
        [own, HERE / "write.py", module, folder],
        check=True,
        env={
            **os.environ,
            "PYTHONPATH": str(place),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONNOUSERSITE": "1",
            "KERAS_BACKEND": backend,
        },
    )
    return folder


def kept(series):
    """Return the files of a series as they are kept, by their paths in the archive."""
    path = HERE / f"{series}.zip.br"
    if not path.exists():
        return {}
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.zip"
        brotli("unpack", path, plain)
        with zipfile.ZipFile(plain) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def keep(series, files):
    """Pack the files of a series, those of one name side by side: they are most alike."""
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.zip"
        with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as archive:
            for name in sorted(files, key=lambda name: (name.split("/")[1], name)):
                archive.writestr(zipfile.ZipInfo(name), files[name])
        brotli("pack", plain, HERE / f"{series}.zip.br")


def brotli(way, source, target):
    """Pack or unpack a file with Node's Brotli: Python's library has none."""
    subprocess.run(["node", HERE / "brotli.mjs", way, source, target], check=True)


def main():
    names = {
        f"{module.split('.')[0]}-{version}": (series, version)
        for series, (module, versions) in SERIES.items()
        for version in versions
    }
    parser = argparse.ArgumentParser(description="Let versions of Keras write a small model.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="of a version; all by default")
    parser.add_argument("--list", action="store_true", help="print the names and stop")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(names)
    if unknown:
        parser.error(f"There is no {', '.join(sorted(unknown))}; --list names the versions.")
    if arguments.list:
        print("\n".join(names))
        return
    failed = []
    for name in arguments.names or names:
        series, version = names[name]
        print(name, flush=True)
        with tempfile.TemporaryDirectory() as scratch:
            try:
                folder = written(series, version, scratch)
            except subprocess.CalledProcessError as error:
                print(error, flush=True)
                failed.append(name)
                continue
            writer = json.loads((folder / "writer.json").read_text())
            (folder / "writer.json").unlink()
            new = {f"{name}/{file.name}": file.read_bytes() for file in folder.iterdir()}
        others = {path: data for path, data in kept(series).items() if path.split("/")[0] != name}
        keep(series, {**others, **new})
        note(names, name, series, writer)
    if failed:
        raise SystemExit(f"These wrote nothing: {', '.join(failed)}.")


def note(names, name, series, writer):
    """Write into the manifest what wrote the files of a version, in the order of the table."""
    known = json.loads(MANIFEST.read_text()) if MANIFEST.exists() else []
    entries = {entry["name"]: entry for entry in known}
    date = datetime.date.today().isoformat()
    entries[name] = {"name": name, "series": series, **writer, "date": date}
    ordered = [entries[each] for each in names if each in entries]
    MANIFEST.write_text(json.dumps(ordered, indent=2) + "\n")


if __name__ == "__main__":
    main()
