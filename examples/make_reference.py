"""Writes the reference case: DenseNet169 as models/model.h5, and two photographs.

The network is random but seeded (see reference_case.py): its maps mean nothing,
but the same numbers come out everywhere, and they can be compared with Keras'.
The photographs are scikit-learn's, as data/china.jpg and data/flower.jpg.

    python examples/make_reference.py [--force]

Takes a minute in an environment with Keras on TensorFlow and scikit-learn;
does nothing when all of it is there and the code has not changed.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import time
from pathlib import Path

from stamp import DATA, MODELS, Stamp

PHOTOGRAPHS = ["china.jpg", "flower.jpg"]

STAMP = Stamp(
    "reference",
    ["make_reference.py", "reference_case.py"],
    [MODELS / "model.h5"] + [DATA / name for name in PHOTOGRAPHS],
)


def copy_photographs() -> None:
    """Copy the two photographs, 640 x 427, out of scikit-learn."""
    import sklearn.datasets

    images = Path(sklearn.datasets.__file__).parent / "images"
    for name in PHOTOGRAPHS:
        shutil.copyfile(images / name, DATA / name)


def main() -> int:
    """Make what is missing; return the exit status."""
    if STAMP.is_fresh() and "--force" not in sys.argv[1:]:
        print("The reference case is up to date.")
        return 0
    started = time.monotonic()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.getLogger("absl").setLevel(logging.ERROR)
    DATA.mkdir(exist_ok=True)
    MODELS.mkdir(exist_ok=True)
    print("Building DenseNet169 with seeded random weights ...", flush=True)
    from reference_case import build_reference_model

    build_reference_model().save(MODELS / "model.h5")
    copy_photographs()
    STAMP.write()
    print(f"The reference case is made: {time.monotonic() - started:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
