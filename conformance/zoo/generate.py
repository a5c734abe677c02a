"""Write one architecture of ``keras.applications`` and what Keras says of it.

Run in the environment that has TensorFlow::

    python conformance/zoo/generate.py FOLDER ARCHITECTURE top|notop

``FOLDER`` gets ``model.keras``, ``model.h5``, the input, the output, and for
some layers the activation, the gradient of the logit and the raw Grad-CAM map
as ``.npy``, with a ``manifest.json`` like that of ``conformance/reference.py``.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import keras
import numpy as np
import tensorflow as tf
from models import randomise, reference_case
from precision import distance
from reference import grad_cam, save, takes_bytes

#: The least that every architecture takes.
SIZE = 96
LAYERS = 6
#: Runs in float32 whose distance from float64 is measured.
RUNS = 4


def main():
    folder, name, top = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "top"
    folder.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(1)
    options = {"classes": 50} if top else {}
    model = getattr(keras.applications, name)(
        weights=None, include_top=top, input_shape=(SIZE, SIZE, 3), **options
    )
    pictures = photographs(model)
    randomise(model)
    reference_case.calibrate(model, pictures)
    model.save(folder / "model.keras")
    model.save(folder / "model.h5")
    record = describe(model, pictures[:1], folder)
    record["parameters"] = int(model.count_params())
    (folder / "manifest.json").write_text(json.dumps(record, indent=1))


def photographs(model):
    """Four crops of photographs (4, h, w, 3), in -1..1 or as the model takes them."""
    from PIL import Image
    from sklearn.datasets import load_sample_image

    crops = []
    for name in ("china.jpg", "flower.jpg"):
        for left in (0, 120):
            picture = Image.fromarray(load_sample_image(name)).crop((left, 0, left + 420, 420))
            crops.append(np.asarray(picture.resize((SIZE, SIZE))).astype("float32"))
    return np.stack(crops) if takes_bytes(model) else np.stack(crops) / 255 * 2 - 1


def describe(model, picture, folder):
    """Store what Keras says in float64, and how far its float32 is from that; gives the manifest.

    A network of random weights makes rounding grow from layer to layer, and in
    its gradients some ReLU inputs lie so near 0 that rounding decides their
    sign. ``own`` is therefore the largest distance from float64 of several
    float32 runs, whose inputs differ in their last bits only.
    """
    ids = choose(model)
    twin = type(model).from_config(
        json.loads(json.dumps(model.get_config()).replace('"float32"', '"float64"'))
    )
    twin.set_weights([weight.astype("float64") for weight in model.get_weights()])
    exact = run_once(twin, picture.astype("float64"), ids)
    del twin
    random = np.random.default_rng(0)
    nudges = [0, *(random.uniform(-1, 1, picture.shape) * 2.0**-22 for _ in range(RUNS - 1))]
    runs = [run_once(model, (picture * (1 + n)).astype("float32"), ids) for n in nudges]
    layers = []
    for index, layer in enumerate(ids):
        activation, gradient = exact["activations"][index], exact["gradients"][index]
        cam = grad_cam(activation, gradient)
        own = [
            max(
                distance(run["gradients"][index], gradient),
                distance(grad_cam(run["activations"][index], run["gradients"][index]), cam),
            )
            for run in runs
        ]
        layers.append(
            {
                "id": layer,
                "activation": save(folder, f"{layer}.activation", activation),
                "gradient": save(folder, f"{layer}.gradient", gradient),
                "grad-cam": save(folder, f"{layer}.grad-cam", cam),
                "own": {
                    "activation": max(off(run["activations"][index], activation) for run in runs),
                    "gradient": max(own),
                },
            }
        )
    return {
        "target": exact["target"],
        "output": save(folder, "output", exact["output"]),
        "own": max(off(run["output"], exact["output"]) for run in runs),
        "input": save(folder, "input", picture),
        "layers": layers,
    }


def off(value, truth):
    """Largest difference over the largest absolute value."""
    return float(np.abs(value - truth).max() / np.abs(truth).max())


def choose(model):
    """Ids of some layers with image axes, first to last, that leave their input changed."""
    names = [
        layer.name
        for layer in model.layers
        if type(layer).__name__
        in ("Conv2D", "Add", "Concatenate", "Multiply", "BatchNormalization", "Activation", "ReLU")
        and len(layer.output.shape) == 4
        and layer.output.shape[1] > 1
    ]
    # The last layer is the output itself where there is no top.
    names = names if names[-1] != model.layers[-1].name else names[:-1]
    return [names[i] for i in np.unique(np.linspace(0, len(names) - 1, LAYERS).astype(int))]


def run_once(model, picture, ids):
    """Activations, and gradients of the highest class's logit there, in one pass each way."""
    head = model.layers[-1]
    softmax = getattr(getattr(head, "activation", None), "__name__", "") == "softmax"
    if softmax:
        head.activation = keras.activations.linear
    taps = keras.Model(model.input, [model.output, *(model.get_layer(i).output for i in ids)])
    with tf.GradientTape() as tape:
        inputs = tf.convert_to_tensor(picture)
        tape.watch(inputs)
        logits, *activations = taps(inputs, training=False)
        scores = tf.reduce_mean(logits, axis=(1, 2)) if len(logits.shape) == 4 else logits
        target = int(scores.numpy()[0].argmax())
        score = scores[0, target]
    gradients = tape.gradient(score, activations)
    if softmax:
        head.activation = keras.activations.softmax
    output = tf.nn.softmax(logits) if softmax else logits
    return {
        "target": target,
        "output": output.numpy(),
        "activations": [value.numpy() for value in activations],
        "gradients": [value.numpy() for value in gradients],
    }


if __name__ == "__main__":
    main()
