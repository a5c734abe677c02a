"""What TensorFlow says of outputs that are pictures or grids: sets of pixels, and cells.

Writes conformance/data/explain/: four models and segmentation.json, which
src/engine/worker/segmentation.spec.ts reads. A set's score is the sum of a class's logits over it:
Vinogradova, Dibrov and Myers 2020, Seg-Grad-CAM, equation 2.

    .venv-keras/bin/python conformance/explain/segmentation.py
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "ops"))

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from tensors import encode

OUT = pathlib.Path(__file__).resolve().parents[1] / "data" / "explain"
PICTURE = (16, 12, 3)
GRID = (8, 6)
ANCHORS, CLASSES = 2, 3
PATCH, STRIDE = 3, 2


def network(name, channels, ending):
    """Features, logits and what the model ends with, at half the picture's size."""
    inputs = keras.Input(PICTURE, name="picture")
    x = layers.Conv2D(5, 3, padding="same", activation="relu", name="edges")(inputs)
    x = layers.MaxPooling2D(name="pool")(x)
    features = layers.Conv2D(6, 3, padding="same", activation="relu", name="features")(x)
    logits = layers.Conv2D(channels, 3, padding="same", name="logits")(features)
    outputs = {
        "softmax": lambda: layers.Softmax(name="classes")(logits),
        "sigmoid": lambda: layers.Activation("sigmoid", name="units")(logits),
        "grid": lambda: layers.Reshape((*GRID, ANCHORS, 5 + CLASSES), name="boxes")(logits),
    }[ending]()
    return keras.Model(inputs, outputs, name=name), keras.Model(inputs, [features, logits])


def gradients(taps, x, score_of):
    """Grad-CAM (Selvaraju et al. 2017) in float64, |gradient|, and the score itself."""
    with tf.GradientTape(persistent=True) as tape:
        picture = tf.constant(x)
        tape.watch(picture)
        features, logits = taps(picture)
        score = score_of(logits)
        total = tf.reduce_sum(score)
    slopes = tape.gradient(total, features).numpy().astype("float64")
    weights = slopes.mean((1, 2), keepdims=True)
    return {
        "score": score.numpy(),
        "grad-cam": np.maximum((weights * features.numpy()).sum(-1), 0),
        "saliency": np.abs(tape.gradient(total, picture).numpy()).max(-1),
    }


def occlusion(taps, x, score_of):
    """Mean, over the squares that cover a pixel, of how much the score of the same pixels falls."""
    total, count = np.zeros(x.shape[:3]), np.zeros(x.shape[:3])
    _, height, width, _ = x.shape
    whole = score_of(taps(x)[1]).numpy().astype("float64")
    for top in range(0, height - PATCH + STRIDE, STRIDE):
        for left in range(0, width - PATCH + STRIDE, STRIDE):
            part = (slice(None), slice(top, top + PATCH), slice(left, left + PATCH))
            covered = x.copy()
            covered[part] = 0
            fall = whole - score_of(taps(covered)[1]).numpy().astype("float64")
            total[part] += fall[:, None, None]
            count[part] += 1
    return np.divide(total, count, out=np.zeros_like(total), where=count > 0)


def over(mask, channel, minus=None, value=lambda logits: logits):
    """The sum of a class's numbers over the pixels of a mask, one of each sample or one for all."""
    mask = tf.constant(np.broadcast_to(mask, (2, *GRID)).astype("float32"))

    def score(logits):
        numbers = value(logits)
        chosen = numbers[..., channel] - (0 if minus is None else numbers[..., minus])
        return tf.reduce_sum(mask * chosen, (1, 2))

    return score


def softmax_cases(model, taps, x, rng):
    output = model.predict(x, verbose=0)
    best = output.argmax(-1)
    small = (rng.random(GRID) < 0.4).astype("uint8")
    large = (rng.random(PICTURE[:2]) < 0.4).astype("uint8")
    nearest = tf.image.resize(large[..., None], GRID, method="nearest").numpy()[..., 0]
    rectangle = np.zeros(GRID)
    rectangle[2:7, 1:4] = 1
    index = int(np.bincount(best.ravel()).argmax())
    other = (index + 1) % output.shape[-1]
    cases = {
        "all": ({"class": 0, "pixels": "all"}, over(np.ones(GRID), 0)),
        "predicted": ({"class": index, "pixels": "predicted"}, over(best == index, index)),
        "rectangle": ({"class": 1, "pixels": [2, 1, 7, 4]}, over(rectangle, 1)),
        "mask": ({"class": 3, "pixels": runs(small)}, over(small, 3)),
        "mask of the input's size": ({"class": 3, "pixels": runs(large)}, over(nearest, 3)),
        "less another": (
            {"class": index, "minus": other, "pixels": "predicted"},
            over(best == index, index, other),
        ),
        "probability": (
            {"class": index, "pixels": "predicted"},
            over(best == index, index, value=tf.nn.softmax),
        ),
    }
    records = {
        name: {"target": target} | gradients(taps, x, score)
        for name, (target, score) in cases.items()
    }
    records["probability"]["kind"] = "probability"
    records["predicted"]["occlusion"] = occlusion(taps, x, cases["predicted"][1])
    return output, records


def unit_cases(model, taps, x):
    """One sigmoid unit a pixel: class 1 is predicted above a half, class 0 is its complement."""
    output = model.predict(x, verbose=0)
    inside = output[..., 0] > 0.5
    unit = over(inside, 0)
    rest = over(~inside, 0, value=lambda logits: -logits)
    mean = over(np.full(GRID, 1 / (GRID[0] * GRID[1])), 0)
    return output, {
        "the unit": {"target": {"class": 1, "pixels": "predicted"}} | gradients(taps, x, unit),
        "its complement": {"target": {"class": 0, "pixels": "predicted"}}
        | gradients(taps, x, rest),
        "nothing asked": {"target": None} | gradients(taps, x, mean),
    }


def label_cases(model, taps, x):
    """Independent sigmoid units: a class is predicted where it exceeds a half, by itself."""
    output = model.predict(x, verbose=0)
    return output, {
        f"label {k}": {"target": {"class": k, "pixels": "predicted"}}
        | gradients(taps, x, over(output[..., k] > 0.5, k))
        for k in range(output.shape[-1])
    }


def grid_cases(model, taps, x):
    """A detector's grid: one number of one cell, whatever its anchor."""
    output = model.predict(x, verbose=0)
    channel = 1 * (5 + CLASSES) + 5 + 2
    cell = np.zeros(GRID)
    cell[3, 4] = 1
    target = {"cell": [3, 4], "channel": channel}
    return output, {
        "anchor 1, class 2": {"target": target} | gradients(taps, x, over(cell, channel)),
    }


def runs(mask):
    """A mask as the payload has it."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.ravel()]))).tolist()
    return {
        "shape": list(mask.shape),
        "runs": np.diff([0, *edges, mask.size]).tolist(),
    }


def encoded(record):
    return {
        key: encode(value) if isinstance(value, np.ndarray) else value
        for key, value in record.items()
    }


def main():
    rng = np.random.default_rng(17)
    keras.utils.set_random_seed(17)
    x = rng.normal(size=(2, *PICTURE)).astype("float32")
    models = {
        "segments": (network("segments", 4, "softmax"), lambda *of: softmax_cases(*of, rng)),
        "unit": (network("unit", 1, "sigmoid"), unit_cases),
        "multilabel": (network("multilabel", 3, "sigmoid"), label_cases),
        "detector": (network("detector", ANCHORS * (5 + CLASSES), "grid"), grid_cases),
    }
    stored = {}
    for name, ((model, taps), cases) in models.items():
        output, records = cases(model, taps, x)
        stored[name] = {
            "output": encode(output),
            "cases": {case: encoded(record) for case, record in records.items()},
        }
        model.save(OUT / f"{name}.keras")
    (OUT / "segmentation.json").write_text(json.dumps({"input": encode(x), "models": stored}))
    print(f"segmentation: {sum(len(of['cases']) for of in stored.values())} scores")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    main()
