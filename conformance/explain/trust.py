"""Checks of maps of the small network, by TensorFlow, NumPy and SciPy, each by its paper's formula.

Writes conformance/data/explain/trust.json, which src/engine/run/trust/trust.spec.ts reads.

    .venv-keras/bin/python conformance/explain/trust.py
"""

import json

import network
import numpy as np
from generate import OUT, build, input_gradient, raw_grad_cam
from network import TARGET
from noise import uniform
from scipy.ndimage import convolve, gaussian_filter, uniform_filter
from scipy.stats import spearmanr
from tensors import encode

STEPS, SEED, STAGES = 10, 5, 4
LAYERS = ["dense", "last", "features", "conv1"]
"""From the output down."""


def rise_blur(x):
    """`substrate_fn` of Evaluation.ipynb of eclique/RISE, for one picture."""
    dirac = np.zeros((11, 11))
    dirac[5, 5] = 1
    kernel = gaussian_filter(dirac, 5)
    blurred = [convolve(x[..., c], kernel, mode="constant") for c in range(x.shape[-1])]
    return np.stack(blurred, -1)


def curve(model, order, start, finish, counts):
    """`single_run` of RISE's evaluation.py: the probability after each step."""
    flat, other = start.reshape(-1, start.shape[-1]).copy(), finish.reshape(-1, start.shape[-1])
    pictures = []
    for count in counts:
        changed = flat.copy()
        changed[order[:count]] = other[order[:count]]
        pictures.append(changed.reshape(start.shape))
    return model.predict(np.stack(pictures), verbose=0)[:, TARGET].astype("float64")


def evenly(scores):
    return (scores.sum() - scores[0] / 2 - scores[-1] / 2) / (len(scores) - 1)


def curves(model, x, saliency):
    """By library: shares of pixels, scores and areas."""
    pixels = saliency.size
    order = np.argsort(-saliency.reshape(-1), kind="stable")
    zeros = np.zeros_like(x)
    step = -(-pixels // STEPS)
    stepped = np.minimum(np.arange(-(-pixels // step) + 1) * step, pixels)
    spaced = np.linspace(0, pixels, STEPS + 1, dtype=int)
    conventions = {
        "rise": (stepped, rise_blur(x), lambda _, scores: evenly(scores)),
        "torch-cam": (stepped, zeros, lambda shares, scores: np.trapezoid(scores, shares)),
        "xplique": (spaced, zeros, lambda _, scores: evenly(scores)),
    }
    record = {}
    for name, (counts, base, area) in conventions.items():
        shares = counts / pixels
        deletion = curve(model, order, x, zeros, counts)
        insertion = curve(model, order, base, x, counts)
        record[name] = {
            "fractions": shares.tolist(),
            "deletion": {"scores": deletion.tolist(), "area": float(area(shares, deletion))},
            "insertion": {"scores": insertion.tolist(), "area": float(area(shares, insertion))},
        }
    return record


def shuffled(values, seed):
    """Fisher and Yates."""
    numbers, mixed = uniform(seed), values.reshape(-1).copy()
    for i in range(mixed.size - 1, 0, -1):
        j = int(next(numbers) * (i + 1))
        mixed[i], mixed[j] = mixed[j], mixed[i]
    return mixed.reshape(values.shape)


def structure(x, y, side=7):
    """`skimage.metrics.structural_similarity` with its defaults, of maps scaled to 0..1."""
    x, y = ((m - m.min()) / (m.max() - m.min()) for m in (x.astype("float64"), y.astype("float64")))
    sample = side * side / (side * side - 1)
    mx, my = uniform_filter(x, side), uniform_filter(y, side)
    vx, vy, vxy = (
        sample * (uniform_filter(p, side) - q)
        for p, q in ((x * x, mx * mx), (y * y, my * my), (x * y, mx * my))
    )
    c1, c2 = 0.01**2, 0.03**2
    values = (2 * mx * my + c1) * (2 * vxy + c2) / ((mx**2 + my**2 + c1) * (vx + vy + c2))
    edge = (side - 1) // 2
    return float(values[edge:-edge, edge:-edge].mean())


def similar(own, other):
    """Null where one of the two is the same everywhere."""
    if np.ptp(own) == 0 or np.ptp(other) == 0:
        return {"rank": None, "rankOfSizes": None, "structure": None}
    return {
        "rank": float(spearmanr(own.ravel(), other.ravel()).statistic),
        "rankOfSizes": float(spearmanr(abs(own).ravel(), abs(other).ravel()).statistic),
        "structure": structure(own, other),
    }


def randomised(x, explain):
    """Adebayo et al. 2018: layer by layer from the output down, and each alone."""
    own = explain(build(ending=None))
    found = {"cascading": [], "independent": []}
    for order, stages in found.items():
        for i, layer in enumerate(LAYERS):
            model = build(ending=None)
            for j in range(i + 1) if order == "cascading" else [i]:
                name, seed = LAYERS[j], SEED + 2 * j
                kernel, bias = network.weights()[name]
                model.get_layer(name).set_weights(
                    [shuffled(kernel, seed), shuffled(bias, seed + 1)]
                )
            stages.append({"layers": [layer], **similar(own, explain(model))})
    return found


def main():
    x = network.picture()[:1]
    saliency = np.abs(input_gradient(build(ending=None), x)).max(-1)[0]

    def gradients(model):
        return (x * input_gradient(model, x)).sum(-1)[0]

    def grad_cam(model):
        return raw_grad_cam(model, x, lambda o, f, c: o[:, TARGET])[0]

    record = {
        "saliency": encode(saliency),
        "curves": curves(build(), x[0], saliency),
        "input-x-gradient": randomised(x, gradients),
        "grad-cam": randomised(x, grad_cam),
        "agreement": [
            [float(spearmanr(a.ravel(), b.ravel()).statistic) for b in cams(x)] for a in cams(x)
        ],
    }
    (OUT / "trust.json").write_text(json.dumps(record))
    print(f"checks of maps: {len(record)} records")


def cams(x):
    """Grad-CAM at the layer, and Saliency averaged over the pixels of each of its cells."""
    saliency = np.abs(input_gradient(build(ending=None), x)).max(-1)[0]
    cam = raw_grad_cam(build(ending=None), x, lambda o, f, c: o[:, TARGET])[0]
    height, width = cam.shape
    cells = saliency.reshape(height, saliency.shape[0] // height, width, saliency.shape[1] // width)
    return cam, cells.mean((1, 3))


if __name__ == "__main__":
    main()
