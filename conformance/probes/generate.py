"""Write a model for each probe, by each Keras, with its output and gradients.

Writes conformance/data/probes/: the models, and probes.json, which
src/formats/keras/probes.spec.ts reads.

    .venv-keras/bin/python conformance/probes/generate.py           all
    .venv-keras/bin/python conformance/probes/generate.py layers    only this table
"""

import json
import multiprocessing
import os
import sys
import warnings
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
# Off by itself on processors without AVX-512; TensorFlow's own kernels know no channels-first.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

import activations
import added
import architectures
import calls
import customs
import functions
import further
import hashes
import integers
import keras
import masks
import numpy as np
import operators
import orders
import recurrent
import shaped
import small
import tensorflow as tf
import tf_keras
import volumes
import windows

import layers

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "ops"))

from tensors import encode  # noqa: E402

OUT = HERE.parent / "data" / "probes"
BATCH = 2

WRITERS = {"keras3": keras, "keras2": tf_keras}
TABLES = {
    "operators": operators.operators,
    "functions": functions.functions,
    "windows": windows.windows,
    "customs": customs.customs,
    "calls": calls.calls,
    "activations": activations.activation_probes,
    "layers": layers.layers,
    "recurrent": recurrent.recurrents,
    "architectures": architectures.architectures,
    "volumes": volumes.volumes,
    "integers": integers.integers,
    "orders": orders.orders,
    "further": further.further,
    "shaped": shaped.shaped,
    "wholes": shaped.wholes,
    "pictures": shaped.pictures,
    "weights": customs.weights,
    "encodings": shaped.encodings,
    "channels_first": shaped.channels_first,
    "added": added.added,
    "hashes": hashes.hashes,
    "masks": masks.masks,
    "smalls": small.smalls,
}
#: Tables of models with many layers, or with many cells a window, whose values would grow.
DEEP = ("architectures", "volumes")


def values(shape, probe, rng):
    """Draws whole halves from -2 to 2, or from 0.5 to 4, or words of a text."""
    if probe["integer"]:
        words = rng.integers(1, 9, (BATCH, *shape))
        ends = (shape[-1] - 1 - np.arange(BATCH)).reshape(-1, *[1] * len(shape))
        return (words * (np.arange(shape[-1]) < ends)).astype("float32")
    low, high = (1, 9) if probe["positive"] else (-4, 5)
    return (rng.integers(low, high, (BATCH, *shape)) / 2).astype("float32")


def randomise(model, rng, is_deep):
    """Draws every weight, so that no bias is 0 and no scale 1; small ones of deep models."""
    for weight in model.weights:
        values = rng.uniform(0.2, 1, weight.shape) * rng.choice([-1, 1], weight.shape)
        name = getattr(weight, "path", weight.name)
        if "variance" in name:
            values = np.abs(values)
        if is_deep and len(weight.shape) > 1:
            values /= np.sqrt(np.prod(weight.shape[:-1]))
        if not any(part in name for part in ("seed", "count", "generator")):
            weight.assign(values.astype("float32"))
    for layer in model.layers:
        if isinstance(layer, (keras.layers.Normalization, tf_keras.layers.Normalization)):
            layer.finalize_state()  # It computes with what it has been given, not with its weights.


def record(table, index, probe, writer, library):
    """Builds, runs and saves one probe; returns what Keras says of it."""
    # Keras 3 collects garbage besides, which takes four times as long as all the rest.
    library.backend.clear_session(**({"free_memory": False} if library is keras else {}))
    library.utils.set_random_seed(index)
    rng = np.random.default_rng(index)
    names = ["a", "b", "c", "d"]
    inputs = [
        library.Input(shape, name=name) for shape, name in zip(probe["shapes"], names, strict=False)
    ]
    model = library.Model(inputs, probe["function"](*inputs, *probe["how"]))
    if table in ("layers", "recurrent", *DEEP) or probe["name"].startswith("weighted"):
        randomise(model, rng, table in DEEP)
    batches = [tf.constant(values(shape, probe, rng)) for shape in probe["shapes"]]
    with tf.GradientTape() as tape:
        for batch in batches:
            tape.watch(batch)
        outputs = model(
            batches if len(batches) > 1 else batches[0],
            # As `predict` has it: layers of Keras 3 that augment take no word for training.
            **({"training": False} if table in ("added", "hashes", "masks") else {}),
        )
        # The reader's first output; a probe has others only to make references to them.
        output = tf.cast(outputs[0] if isinstance(outputs, list) else outputs, tf.float32)
        seed = tf.constant(rng.normal(0, 1, output.shape).astype("float32"))
        total = tf.reduce_sum(output * seed)
    gradients = (
        tape.gradient(total, batches, unconnected_gradients="zero")
        if probe["differentiable"]
        else []
    )
    files = []
    for ending in ("h5",) if writer == "keras2" else probe["formats"]:
        files.append(f"{table}-{index}.{writer}.{ending}")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.save(OUT / files[-1])
    return {
        "name": probe["name"],
        "writer": writer,
        "refused": probe["refused"],
        "layers": probe["layers"],
        "files": files,
        "inputs": [encode(batch.numpy()) for batch in batches],
        "output": encode(output.numpy()),
        "seed": encode(seed.numpy()),
        "gradients": [encode(gradient.numpy()) for gradient in gradients],
    }


def write(writer, wanted):
    """Writes the probes of one Keras; gives what it says of them, and what went wrong."""
    import absl.logging

    absl.logging.set_verbosity(absl.logging.ERROR)
    library = WRITERS[writer]
    records, failed = [], []
    for table, probes in TABLES.items():
        if wanted and table not in wanted:
            continue
        for index, probe in enumerate(probes(library)):
            try:
                records.append({"table": table} | record(table, index, probe, writer, library))
            except Exception as error:
                failed.append(f"{probe['name']} by {writer}: {str(error)[:200]}")
    return records, failed


def main(wanted):
    """Writes everything, each Keras in a process of its own."""
    OUT.mkdir(parents=True, exist_ok=True)
    kept = json.loads((OUT / "probes.json").read_text()) if wanted else []
    records, failed = [entry for entry in kept if entry["table"] not in wanted], []
    for old in OUT.iterdir():
        if not wanted or old.name.split("-")[0] in wanted:
            old.unlink()
    with multiprocessing.get_context("spawn").Pool(len(WRITERS)) as pool:
        for made, wrong in pool.starmap(write, [(writer, wanted) for writer in WRITERS]):
            records += made
            failed += wrong
    (OUT / "probes.json").write_text(json.dumps(records))
    print(f"{len(records)} probes")
    if failed:
        sys.exit("\n".join(failed))


if __name__ == "__main__":
    main(sys.argv[1:])
