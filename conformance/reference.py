"""Write models, inputs and what Keras on TensorFlow says about them to ``conformance/data``.

Run in the environment that has TensorFlow::

    python conformance/reference.py [--subset] [--only text] [name ...]

For each case and file format: the model file, ``input*.npy``, the model's
outputs, and for each compared layer its activation, the gradient of the score
at it (of the logit and of the probability) and the raw Grad-CAM map. A folder
that is up to date is left alone.
"""

import argparse
import hashlib
import json
import os
import shutil
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# Exact to the last bit from run to run, and closer to plain float32 sums.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import numpy as np
from models import CASES, randomise, reference_case
from precision import distance, double_precision_run
from recorder import Recorder

HERE = Path(__file__).resolve().parent
DATA = HERE / "data"
SCORES = ("logit", "probability")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="cases to write; all when absent")
    parser.add_argument("--only", default="", help="text that a folder's name must have")
    parser.add_argument("--subset", action="store_true", help="only what npm test runs")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - {case.name for case in CASES}
    if unknown:
        parser.error(f"There is no case {', '.join(sorted(unknown))} in conformance/models.py.")
    for case in CASES:
        if arguments.names and case.name not in arguments.names:
            continue
        if arguments.subset and not case.subset:
            continue
        for file_format in case.formats:
            if arguments.only in f"{case.name}-{file_format}":
                write_case(case, file_format)


def write_case(case, file_format):
    """Write one folder, ``<case>-<format>``, unless it is up to date."""
    folder = DATA / f"{case.name}-{file_format}"
    stamp = source_stamp()
    manifest = folder / "manifest.json"
    if manifest.exists() and json.loads(manifest.read_text()).get("stamp") == stamp:
        return
    print(f"writing {folder.name}", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    writer, extension = file_format.split(".")
    if writer == "keras2":
        import tf_keras as k
    else:
        import keras as k
    k.backend.clear_session()
    k.utils.set_random_seed(1)
    model = case.build(k)
    if case.name == "reference":
        inputs = {"": reference_case.reference_input()}
    else:
        inputs = make_inputs(model, case.batch)
        randomise(model)
        # Statistics of a single picture would be too narrow for 1 x 1 cells: rounding would grow.
        pictures = [*make_inputs(model, 8).values()]
        reference_case.calibrate(model, pictures if len(pictures) > 1 else pictures[0])
    model.save(folder / f"model.{extension}")
    files = {}
    for index, (name, value) in enumerate(inputs.items()):
        files[name if len(inputs) > 1 else ""] = save(
            folder, "input" if len(inputs) == 1 else f"input{index}", value
        )
    record = describe(case, model, inputs, folder)
    record.update(
        case=case.name,
        format=file_format,
        subset=case.subset,
        model=f"model.{extension}",
        inputs=files,
        stamp=stamp,
    )
    manifest.write_text(json.dumps(record, indent=1))


def describe(case, model, inputs, folder):
    """Run the model once and store what is compared; gives the manifest's part."""
    # Deep networks are not smooth at the scale of rounding.
    deep = case.layers is not None
    exact = double_precision_run(model, [*inputs.values()]) if deep else None
    run = Recorder(model).run([*inputs.values()])
    ids = choose_layers(case, run)
    targets = run.classes()
    record = {
        "targets": targets,
        "output": save(folder, "output", run.probabilities.numpy()),
        "layers": [],
    }
    for layer in ids:
        activation = run.activations[layer].numpy()
        entry = {"id": layer, "activation": save(folder, f"{layer}.activation", activation)}
        for score in SCORES:
            gradient = run.gradient(layer, score)
            if gradient is None:
                continue
            entry[score] = {"gradient": save(folder, f"{layer}.{score}.gradient", gradient)}
            if activation.ndim == 4:
                entry[score]["grad-cam"] = save(
                    folder, f"{layer}.{score}.grad-cam", grad_cam(activation, gradient)
                )
            if exact is not None:
                entry[score]["own"] = own_distance(exact, layer, score, activation, gradient)
        record["layers"].append(entry)
    return record


def own_distance(exact, layer, score, activation, gradient):
    """1 - cosine of Keras' float32 gradient, or Grad-CAM, and its float64 one: the larger."""
    truth = exact.gradient(layer, score)
    result = distance(gradient, truth)
    if activation.ndim == 4:
        true_map = grad_cam(exact.activations[layer].numpy(), truth)
        result = max(result, distance(grad_cam(activation, gradient), true_map))
    return result


def grad_cam(activation, gradient):
    """Grad-CAM, raw (Selvaraju et al. 2017, eq. 1 and 2): (n, h, w, k) twice -> (n, h, w)."""
    weights = gradient.mean(axis=(1, 2), keepdims=True)
    return np.maximum((weights * activation).sum(axis=-1), 0)


def choose_layers(case, run):
    """Ids of the layers to compare, as this file's writer spells them."""
    spatial = [layer for layer, value in run.activations.items() if value.ndim == 4]
    if case.layers is None:
        return list(run.activations)
    if isinstance(case.layers, int):
        return [
            spatial[i] for i in np.unique(np.linspace(0, len(spatial) - 1, case.layers).astype(int))
        ]
    flat = {layer.replace("/", "_"): layer for layer in run.activations}
    return [flat[layer] for layer in case.layers]


def make_inputs(model, count):
    """Photographs by name of the model's input, in -1..1 or as the model takes them."""
    from PIL import Image
    from sklearn.datasets import load_sample_image

    photographs = [Image.fromarray(load_sample_image(name)) for name in ("china.jpg", "flower.jpg")]
    inputs = {}
    for index, tensor in enumerate(model.inputs):
        height, width = tensor.shape[1:3]
        samples = []
        for sample in range(count):
            photograph = photographs[(sample + index) % 2].crop((90 * index, 30 * sample, 500, 420))
            picture = np.asarray(photograph.resize((width, height))).astype("float32")
            samples.append(picture if takes_bytes(model) else picture / 255 * 2 - 1)
        inputs[tensor.name.split(":")[0]] = np.stack(samples)
    return inputs


def takes_bytes(model):
    """Whether the model divides by 255 itself, or nearly."""
    scales = [layer.scale for layer in model.layers if type(layer).__name__ == "Rescaling"]
    return any(np.max(scale) < 0.1 for scale in scales)


def save(folder, name, value):
    """Store float32 in C order; `/` becomes `__`. Gives the file's name."""
    file = name.replace("/", "__") + ".npy"
    np.save(folder / file, np.ascontiguousarray(value, dtype="float32"))
    return file


def source_stamp():
    """Changes when a script that makes the data does."""
    sources = [
        HERE / "reference.py",
        HERE / "models.py",
        HERE / "recorder.py", HERE / "precision.py",
        Path(reference_case.__file__),
    ]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sources)).hexdigest()[:16]


if __name__ == "__main__":
    main()
