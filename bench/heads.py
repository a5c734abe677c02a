"""Which map of a layer to begin with, by the head behind it: small nets trained, maps judged.

Run with the Python that has Keras: `.venv-keras/bin/python bench/heads.py --seeds 2`.

Nets of two bodies and seven heads learn the digits of scikit-learn, and shapes drawn at random
places among noise. At the layer that GradLens begins with, the last convolution, each method
explains the predicted class of test pictures, and each map, enlarged to the picture, is judged:

- empty: the share of pictures whose map has no positive value;
- occlusion: the correlation with how much the score falls where a patch hides the picture, which
  knows neither gradients nor layers; an empty map counts as 0;
- misplaced: the share of pictures with a correlation of 0 or below, empty ones included;
- inside: the share of the map that lies on the object, or the digit's ink, of maps not empty;
- deletion: how much the score falls when the fifth of the pixels where the map is highest takes
  the background's value, over how much it falls for the same number taken at random.
"""

from __future__ import annotations

import argparse
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from sklearn.datasets import load_digits

PICTURES = 100
CLASSES = 4


def digits(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, float, int]:
    """Return the digits of scikit-learn, shuffled: pictures, classes, ink, background, classes."""
    data = load_digits()
    order = np.random.default_rng(seed).permutation(len(data.images))
    x = (data.images[order] / 16).astype("float32")[..., None]
    return x, data.target[order], x[..., 0] > 0.25, 0.0, 10


def shapes(seed: int, count: int = 3000) -> tuple[np.ndarray, np.ndarray, np.ndarray, float, int]:
    """Return squares, discs, crosses and triangles at random places of a noisy picture."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(0, 0.3, (count, 32, 32)).astype("float32")
    y = rng.integers(0, CLASSES, count)
    on = np.zeros(x.shape, bool)
    rows, columns = np.mgrid[:32, :32]
    for i in range(count):
        radius = rng.integers(4, 7)
        row, column = rng.integers(radius, 32 - radius, 2)
        v, h = rows - row, columns - column
        near = (abs(v) <= radius) & (abs(h) <= radius)
        on[i] = [
            near,
            v**2 + h**2 <= radius**2,
            near & ((abs(v) <= 1) | (abs(h) <= 1)),
            near & (abs(h) * 2 <= v + radius),
        ][y[i]]
        x[i][on[i]] += rng.uniform(0.4, 0.7)
        # Bars that no class has, so that the net must look for more than light.
        for _ in range(3):
            bar = rng.integers(0, 30, 2)
            x[i, bar[0] : bar[0] + 2, bar[1] : bar[1] + 2] += 0.5
    return np.clip(x, 0, 1)[..., None], y, on, 0.15, CLASSES


DATA = {"digits": digits, "shapes": shapes}

BODIES = {
    # Conv, Pool, Conv, (Pool): the convolutions of Keras' own example for MNIST.
    "pooled": lambda: [
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(32, 3, padding="same", activation="relu", name="explained"),
        layers.MaxPooling2D(),
    ],
    # Normalised, with a stride, and the head right behind the convolution.
    "strided": lambda: [
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(32, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2D(32, 3, padding="same", activation="relu", name="explained"),
    ],
}

HEADS = {
    "Flatten, Dense": lambda n: [layers.Flatten(), layers.Dense(n)],
    "Flatten, Dropout, Dense, Dense": lambda n: [
        layers.Flatten(),
        layers.Dropout(0.3),
        layers.Dense(64, activation="relu"),
        layers.Dense(n),
    ],
    "Flatten, Dense (He, no Dropout), Dense": lambda n: [
        layers.Flatten(),
        layers.Dense(128, activation="relu", kernel_initializer="he_normal"),
        layers.Dense(n),
    ],
    "Conv2D over all, Flatten": lambda n: [layers.Conv2D(n, CELLS[0]), layers.Flatten()],
    "GlobalAveragePooling2D, Dense": lambda n: [layers.GlobalAveragePooling2D(), layers.Dense(n)],
    "GlobalAveragePooling2D, Dense, Dense": lambda n: [
        layers.GlobalAveragePooling2D(),
        layers.Dense(64, activation="relu"),
        layers.Dense(n),
    ],
    "GlobalMaxPooling2D, Dense": lambda n: [layers.GlobalMaxPooling2D(), layers.Dense(n)],
}

CELLS = [0]
"""Cells on a side of what the head reads."""


def trained(data: str, body: str, head: str, seed: int, x: np.ndarray, y: np.ndarray, n: int):
    """Return a net that has learnt the first pictures."""
    keras.utils.set_random_seed(seed)
    CELLS[0] = x.shape[1] // (4 if body == "pooled" else 2)
    net = keras.Sequential([layers.Input(x.shape[1:]), *BODIES[body](), *HEADS[head](n)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    net.compile(keras.optimizers.Adam(2e-3), loss, metrics=["accuracy"])
    net.fit(x, y, batch_size=64, epochs=25 if data == "digits" else 12, verbose=0)
    return net


def relu(values: np.ndarray) -> np.ndarray:
    return np.maximum(values, 0)


def maps_of(net: keras.Model, x: np.ndarray, target: np.ndarray) -> dict[str, np.ndarray]:
    """Return each method's maps, (n, h, w), by the formulas of docs/how-it-works.md."""
    inner = keras.Model(net.inputs, [net.get_layer("explained").output, net.outputs[0]])
    with tf.GradientTape() as tape:
        a, scores = inner(x)
        chosen = tf.gather(scores, target[:, None], batch_dims=1)[:, 0]
    g = tape.gradient(chosen, a).numpy().astype("float64")
    a = a.numpy().astype("float64")
    space = (1, 2)
    total = a.sum(space, keepdims=True)
    alpha = g**2 / (2 * g**2 + g**3 * total + 1e-6)
    eigen = []
    for one in a:
        flat = one.reshape(-1, one.shape[-1])
        _, _, rows = np.linalg.svd(flat, full_matrices=False)
        projected = (flat @ rows[0]).reshape(one.shape[:2])
        eigen.append(projected * (1 if projected.sum() >= 0 else -1))
    score = []
    for picture, one, index in zip(x, a, target, strict=True):
        up = enlarged(np.moveaxis(one, -1, 0), x.shape[1])
        low, high = up.min(space, keepdims=True), up.max(space, keepdims=True)
        masks = (up - low) / np.where(high > low, high - low, 1)
        masked = net(tf.constant(picture[None] * masks[..., None], tf.float32)).numpy()[:, index]
        weights = np.exp(masked - masked.max())
        score.append(relu((one * (weights / weights.sum())).sum(-1)))
    return {
        "grad-cam": relu((g.mean(space, keepdims=True) * a).sum(-1)),
        "hires-cam": relu((g * a).sum(-1)),
        "layer-cam": relu((relu(g) * a).sum(-1)),
        "xgrad-cam": relu(((g * a).sum(space, keepdims=True) / (total + 1e-7) * a).sum(-1)),
        "grad-cam++": relu(((relu(g) * alpha).sum(space, keepdims=True) * a).sum(-1)),
        "eigen-cam": np.array(eigen),
        "score-cam": np.array(score),
    }


def enlarged(maps: np.ndarray, side: int) -> np.ndarray:
    return tf.image.resize(maps[..., None], (side, side)).numpy()[..., 0].astype("float64")


def occlusion(net: keras.Model, x: np.ndarray, target: np.ndarray, background: float) -> np.ndarray:
    """Return how much the score falls, for each pixel the mean over the patches that hide it."""
    side = x.shape[1]
    patch, step = max(side // 5, 2), max(side // 16, 1)
    before = chosen_score(net, x, target)
    falls, counts = np.zeros(x.shape[:3]), np.zeros(x.shape[1:3])
    for row in range(1 - patch, side, step):
        for column in range(1 - patch, side, step):
            area = np.s_[max(row, 0) : row + patch, max(column, 0) : column + patch]
            hidden = x.copy()
            hidden[:, area[0], area[1]] = background
            fall = before - chosen_score(net, hidden, target)
            falls[:, area[0], area[1]] += fall[:, None, None]
            counts[area] += 1
    return falls / counts


def chosen_score(net: keras.Model, x: np.ndarray, target: np.ndarray) -> np.ndarray:
    return net.predict_on_batch(x)[np.arange(len(x)), target].astype("float64")


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    if one.std() == 0 or other.std() == 0:
        return 0.0
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def deletion(net, x, target, maps, background, rng) -> np.ndarray:
    """Return how much the score falls without the fifth of the pixels where a map is highest."""
    before = chosen_score(net, x, target)
    count = maps[0].size // 5
    changed = x.copy()
    for picture, one in zip(changed, maps, strict=True):
        # Ties, as in an empty map, in no order of their own.
        order = np.lexsort((rng.random(one.size), -one.ravel()))[:count]
        picture.reshape(-1)[order] = background
    return before - chosen_score(net, changed, target)


def judged(data: str, body: str, head: str, seed: int) -> dict:
    x, y, on, background, n = DATA[data](seed)
    net = trained(data, body, head, seed, x[:-300], y[:-300], n)
    x, y, on = x[-300:], y[-300:], on[-300:]
    scores = net.predict(x, verbose=0)
    right = np.flatnonzero(scores.argmax(1) == y)[:PICTURES]
    accuracy = float((scores.argmax(1) == y).mean())
    x, on, target = x[right], on[right], y[right]
    truth = occlusion(net, x, target, background)
    rng = np.random.default_rng(seed)
    chance = deletion(net, x, target, rng.random(x.shape[:3]), background, rng).mean()
    found = {}
    for method, maps in maps_of(net, x, target).items():
        up = enlarged(maps, x.shape[1])
        empty = ~(maps > 0).any((1, 2))
        agreement = np.array([correlation(a, b) for a, b in zip(up, truth, strict=True)])
        agreement[empty] = 0
        lit = relu(up[~empty])
        inside = [m[o].sum() / m.sum() for m, o in zip(lit, on[~empty], strict=True)]
        found[method] = {
            "empty": float(empty.mean()),
            "occlusion": float(agreement.mean()),
            "misplaced": float((agreement <= 0).mean()),
            "inside": float(np.mean(inside)) if inside else None,
            "deletion": float(deletion(net, x, target, up, background, rng).mean() / chance),
        }
    return {
        "data": data,
        "body": body,
        "head": head,
        "seed": seed,
        "accuracy": accuracy,
        "area": float(on.mean()),
        "methods": found,
    }


def table(nets: list[dict]) -> str:
    """Return the means by head and method, as docs/decisions has them."""
    lines = []
    for data in DATA:
        for head in HEADS:
            group = [net for net in nets if (net["data"], net["head"]) == (data, head)]
            if not group:
                continue
            accuracy = np.mean([net["accuracy"] for net in group])
            area = np.mean([net["area"] for net in group])
            facts = f"{len(group)} nets, accuracy {accuracy:.3f}, object {area:.0%}"
            lines += ["", f"{data}: {head} ({facts})", ""]
            lines += ["| Method | empty | misplaced | occlusion | inside | deletion |"]
            lines += ["|---|---|---|---|---|---|"]
            for method in group[0]["methods"]:
                rows = [net["methods"][method] for net in group]

                def mean(of: str, rows: list[dict] = rows) -> float:
                    values = [row[of] for row in rows if row[of] is not None]
                    return float(np.mean(values)) if values else float("nan")

                lines.append(
                    f"| {method} | {mean('empty'):.0%} | {mean('misplaced'):.0%} "
                    f"| {mean('occlusion'):.2f} | {mean('inside'):.0%} | {mean('deletion'):.1f} |"
                )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--data", default=",".join(DATA))
    parser.add_argument("--out", default="heads.json")
    options = parser.parse_args()
    nets = []
    for data in options.data.split(","):
        for seed in range(options.seeds):
            for body in BODIES:
                for head in HEADS:
                    nets.append(judged(data, body, head, seed))
                    told = {key: value for key, value in nets[-1].items() if key != "methods"}
                    print(json.dumps(told), file=sys.stderr)
                    with open(options.out, "w") as file:
                        json.dump(nets, file)
    print(table(nets))


if __name__ == "__main__":
    main()
