"""Write the models and the picture that the benchmark of strokes covers.

    python bench/strokes/models.py FOLDER ARCHITECTURE [ARCHITECTURE ...]

Each architecture of ``keras.applications`` becomes ``NAME.keras`` with seeded random weights and
BatchNormalization calibrated on photographs; ``china.png`` is 224 x 224. What exists is kept.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "examples"))

import keras
import numpy as np
import reference_case
from PIL import Image


def main():
    folder = Path(sys.argv[1])
    Image.fromarray(reference_case.reference_picture()).save(folder / "china.png")
    for name in sys.argv[2:]:
        path = folder / f"{name}.keras"
        if not path.exists():
            keras.utils.set_random_seed(1)
            model = getattr(keras.applications, name)(weights=None)
            pictures = [reference_case.reference_input(of) for of in ("china.jpg", "flower.jpg")]
            reference_case.calibrate(model, np.concatenate(pictures))
            model.save(path)


if __name__ == "__main__":
    main()
