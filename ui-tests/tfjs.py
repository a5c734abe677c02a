"""Write a Keras .h5 model as a TensorFlow.js layers model, its weights in two files.

Usage: python tfjs.py MODEL.h5 FOLDER

The format is that of tensorflowjs 4.22 (converters/keras_h5_conversion.py), which
cannot be installed beside TensorFlow 2.21.
"""

import json
import sys
from pathlib import Path

import h5py
import numpy as np


def main(model: str, folder: str) -> None:
    """Convert a model; the folder gets model.json and its shards."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    specs, data = [], b""
    with h5py.File(model) as file:
        topology = {
            "keras_version": str(file.attrs["keras_version"]),
            "backend": "tensorflow",
            "model_config": json.loads(file.attrs["model_config"]),
        }
        group = file["model_weights"]
        for layer in group.attrs["layer_names"]:
            for name in group[layer].attrs["weight_names"]:
                values = np.asarray(group[layer][name], dtype="<f4")
                weight = name.split("/")[-1].removesuffix(":0")
                specs.append(
                    {"name": f"{layer}/{weight}", "shape": list(values.shape), "dtype": "float32"}
                )
                data += values.tobytes()
    half = len(data) // 2
    paths = ["group1-shard1of2.bin", "group1-shard2of2.bin"]
    (out / paths[0]).write_bytes(data[:half])
    (out / paths[1]).write_bytes(data[half:])
    manifest = [{"paths": paths, "weights": specs}]
    record = {"format": "layers-model", "modelTopology": topology, "weightsManifest": manifest}
    (out / "model.json").write_text(json.dumps(record))


main(*sys.argv[1:])
