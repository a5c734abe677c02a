"""Write the models that the engine's benchmark runs, as TensorFlow.js layers models.

Run in the environment that has TensorFlow::

    python bench/engine/models.py FOLDER ARCHITECTURE [ARCHITECTURE ...]

Each architecture of ``keras.applications`` gets a folder with ``model.json``,
``weights.bin`` (one shard) and ``input.npy``. Weights are seeded random
numbers, with BatchNormalization calibrated on photographs; the input is one of
these, float32 (1, 224, 224, 3) in -1..1. Models that exist are kept.

The files are written by hand from Keras 2's config and weights, which is all
that a layers model is: https://www.tensorflow.org/js/guide/save_load.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "examples"))

import numpy as np
import reference_case
import tf_keras


def main():
    base = Path(sys.argv[1])
    for name in sys.argv[2:]:
        folder = base / name
        if not (folder / "input.npy").exists():
            folder.mkdir(parents=True, exist_ok=True)
            write(name, folder)


def write(name, folder):
    """Write one architecture; ``input.npy`` comes last and says that all is there."""
    tf_keras.utils.set_random_seed(1)
    model = getattr(tf_keras.applications, name)(weights=None)
    pictures = np.concatenate(
        [reference_case.reference_input(picture) for picture in ("china.jpg", "flower.jpg")]
    )
    reference_case.calibrate(model, pictures)
    values = {weight.name.removesuffix(":0"): weight.numpy() for weight in model.weights}
    specs = [
        {"name": key, "shape": list(value.shape), "dtype": "float32"}
        for key, value in values.items()
    ]
    topology = {
        "keras_version": tf_keras.__version__,
        "backend": "tensorflow",
        "model_config": json.loads(model.to_json()),
    }
    record = {
        "format": "layers-model",
        "generatedBy": f"keras v{tf_keras.__version__}",
        "convertedBy": None,
        "modelTopology": topology,
        "weightsManifest": [{"paths": ["weights.bin"], "weights": specs}],
    }
    (folder / "weights.bin").write_bytes(b"".join(v.tobytes() for v in values.values()))
    (folder / "model.json").write_text(json.dumps(record))
    np.save(folder / "input.npy", pictures[:1])


if __name__ == "__main__":
    main()
