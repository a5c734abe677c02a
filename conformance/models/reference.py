"""Write models, inputs and what Keras on TensorFlow says about them to ``conformance/data``.

Run in the environment that has TensorFlow::

    python conformance/models/reference.py [--subset] [name ...]    the small models
    python conformance/models/reference.py --serve FOLDER   one folder; then answer questions
    python conformance/models/reference.py --list                   what there is, as JSON

For each case and way of writing: the model's file or files, ``input*.npy``, and
as Keras computes them **in float64** the outputs and for each compared layer
its activation, the gradient of the score at it and the raw Grad-CAM map.
``own`` is how far Keras in float32 is from that. A folder that is up to date is
left alone.

``--serve`` prints ``ready`` and then, for each folder named on its input,
one line of JSON: what :mod:`substitution` says of the values in it.
"""

import argparse
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# Exact to the last bit from run to run, and closer to plain float32 sums.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import numpy as np
from models import CASES, applications, randomise, reference_case
from precision import distance, double_precision_run, relative
from recorder import Recorder
from substitution import Substitution, grad_cam

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data"
#: Keras 2 cannot put an operator's number and a tensor in float64 together: float32 has to do.
SINGLE = ("operators-keras2.h5",)
#: Scripts that make the data of the small models; those of the applications are made afresh.
STAMPED = (
    "reference",
    "models",
    "activation_models",
    "operator_models",
    "recorder",
    "precision",
)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="cases to write; all small ones when absent")
    parser.add_argument("--subset", action="store_true", help="only what npm test runs")
    parser.add_argument("--serve", metavar="FOLDER", help="one folder, by its name")
    parser.add_argument("--list", action="store_true", help="print all folders as JSON")
    arguments = parser.parse_args()
    if arguments.list:
        print(json.dumps([listing(case, writing) for case, writing in folders()]))
        return
    if arguments.serve:
        found = [(c, w) for c, w in folders() if folder_name(c, w) == arguments.serve]
        if not found:
            parser.error(f"There is no case for the folder {arguments.serve}.")
        serve(*found[0])
        return
    unknown = set(arguments.names) - {case.name for case in CASES}
    if unknown:
        parser.error(f"There is no case {', '.join(sorted(unknown))} in models.py.")
    for case, writing in folders():
        wanted = case.name in arguments.names if arguments.names else not case.application
        if wanted and (case.subset or not arguments.subset):
            write_case(case, writing)


def folders():
    """All cases with each way in which they are written."""
    return [(case, writing) for case in CASES for writing in case.formats]


def folder_name(case, writing):
    return case.name if case.application else f"{case.name}-{writing}"


def listing(case, writing):
    return {
        "folder": folder_name(case, writing),
        "subset": case.subset,
        "application": case.application,
    }


def serve(case, writing):
    """Write a case, then judge each folder of values that is named on standard input."""
    folder, model, exact = write_case(case, writing)
    print("ready", flush=True)
    checks = None
    for line in sys.stdin:
        if checks is None:
            manifest = json.loads((folder / "manifest.json").read_text())
            model = model or load(writing, folder / manifest["models"][0])
            inputs = [np.load(folder / file) for file in manifest["inputs"].values()]
            exact = exact or double_precision_run(model, inputs)
            checks = Substitution(model, inputs, exact)
        print(json.dumps(checks.of(Path(line.strip()))), flush=True)


def load(writing, file):
    if writing.startswith("keras2"):
        import tf_keras as k
    else:
        import keras as k
    return k.models.load_model(file, compile=False)


def write_case(case, writing):
    """Write one folder unless it is up to date; then its model and its run in float64 are None."""
    folder = DATA / folder_name(case, writing)
    stamp = source_stamp()
    manifest = folder / "manifest.json"
    if manifest.exists() and json.loads(manifest.read_text()).get("stamp") == stamp:
        return folder, None, None
    print(f"writing {folder.name}", file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    writer, endings = writing.split(".")
    if writer == "keras2":
        import tf_keras as k
    else:
        import keras as k
    k.backend.clear_session()
    k.utils.set_random_seed(1)
    model = case.build(k)
    if case.name == "reference":
        inputs = {"": reference_case.reference_input()}
    elif case.application:
        from weights import settle

        pictures = applications.pictures(takes_bytes(model))
        randomise(model)
        settle(model, pictures)
        inputs = {"": pictures[:1]}
    else:
        inputs = make_inputs(model, case.batch)
        randomise(model)
        # Statistics of a single picture would be too narrow for 1 x 1 cells: rounding would grow.
        pictures = [*make_inputs(model, 8).values()]
        reference_case.calibrate(model, pictures if len(pictures) > 1 else pictures[0])
    models = [f"model.{ending}" for ending in endings.split("+")]
    for file in models:
        model.save(folder / file)
    files = {}
    for index, (name, value) in enumerate(inputs.items()):
        files[name if len(inputs) > 1 else ""] = save(
            folder, "input" if len(inputs) == 1 else f"input{index}", value
        )
    if folder.name in SINGLE:
        exact = Recorder(model).run([*inputs.values()])
    else:
        exact = double_precision_run(model, [*inputs.values()])
    record = describe(case, model, inputs, exact, folder)
    record.update(
        case=case.name,
        format=writing,
        subset=case.subset,
        parameters=int(model.count_params()),
        models=models,
        inputs=files,
        stamp=stamp,
    )
    manifest.write_text(json.dumps(record, indent=1))
    return folder, model, exact


def describe(case, model, inputs, exact, folder):
    """Store what is compared of the run in float64; gives the manifest's part."""
    run = Recorder(model).run([*inputs.values()], exact.classes())
    output = exact.probabilities.numpy()
    record = {
        "scores": case.scores,
        "targets": exact.classes(),
        "output": save(folder, "output", output),
        # Probabilities have the scale 1, whatever the largest one is.
        "probabilities": exact.has_head,
        "own": float(np.abs(run.probabilities.numpy() - output).max())
        / (1.0 if exact.has_head else float(np.abs(output).max())),
        "layers": [],
    }
    layers = choose_layers(case, exact)
    gradients = {score: exact.gradients(layers, score) for score in case.scores}
    own = {score: run.gradients(layers, score) for score in case.scores}
    for layer in layers:
        activation = exact.activations[layer].numpy()
        entry = {
            "id": layer,
            "activation": save(folder, f"{layer}.activation", activation),
            "own": relative(run.activations[layer].numpy(), activation),
        }
        for score in case.scores:
            gradient = gradients[score].get(layer)
            if gradient is None:
                continue
            entry[score] = {
                "gradient": save(folder, f"{layer}.{score}.gradient", gradient),
                "own": distance(own[score][layer], gradient),
            }
            if activation.ndim == 4:
                cam = grad_cam(activation, gradient)
                entry[score]["grad-cam"] = save(folder, f"{layer}.{score}.grad-cam", cam)
        record["layers"].append(entry)
    return record


def choose_layers(case, run):
    """Ids of the layers to compare, as this file's writer spells them."""
    spatial = [
        layer
        for layer, value in run.activations.items()
        if len(value.shape) == 4 and (not case.application or value.shape[1] > 1)
    ]
    if case.layers is None:
        return list(run.activations)
    if isinstance(case.layers, int):
        return [
            spatial[i] for i in np.unique(np.linspace(0, len(spatial) - 1, case.layers).astype(int))
        ]
    # Keras 2 names this model's layers with slashes.
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
        *(HERE / f"{name}.py" for name in STAMPED),
        Path(reference_case.__file__),
    ]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sources)).hexdigest()[:16]


if __name__ == "__main__":
    main()
