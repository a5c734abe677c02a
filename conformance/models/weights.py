"""Seeded weights for ``keras.applications`` that behave as trained ones do.

With the initial weights of a deep network and BatchNormalization of gamma 1 and
beta 0, two inputs that differ by rounding drift apart from layer to layer:
float32 is then far from float64 in every program, Keras included, and little can
be tested. Training does not end there. Here, as in trained networks, residual
branches change what they are added to only a little, and most ReLU inputs are
positive. Nothing is the identity, and no signal vanishes.
"""

import keras
import numpy as np

#: Standard deviation of what a normalisation gives: at the end of a residual branch, elsewhere.
BRANCH, ELSEWHERE = 0.3, 1.0
#: Mean of what a normalisation before an activation gives, in standard deviations.
SHIFT = 1.0
#: How far the single numbers are spread around these, and the statistics around the true ones.
SPREAD = 0.1


def settle(model, pictures, seed=0):
    """Draw every BatchNormalization's variables, around its input's statistics for ``pictures``.

    One pass, layer by layer: each sees its input as the layers before it, drawn already, give it.
    A residual branch that ends in a convolution has that one's kernel scaled.
    """
    random = np.random.default_rng(seed)
    ends = branch_ends(model)
    for layer in ends:
        if hasattr(layer, "kernel"):
            layer.kernel.assign(np.array(layer.kernel) * BRANCH)
    norms = [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
    for layer in norms:
        layer.call = _drawing(layer, layer in ends, random)
    if norms:
        model(pictures, training=False)
    for layer in norms:
        del layer.call


def _drawing(layer, is_end, random):
    call = layer.call
    scale, shift = (BRANCH, 0.0) if is_end else (ELSEWHERE, SHIFT)

    def draw(inputs, *arguments, **options):
        values = np.array(inputs).reshape(-1, inputs.shape[-1])
        mean, variance = values.mean(axis=0), values.var(axis=0)
        size = mean.shape
        if layer.gamma is not None:
            layer.gamma.assign(scale * random.normal(1, SPREAD, size))
        if layer.beta is not None:
            layer.beta.assign(random.normal(shift, SPREAD, size))
        layer.moving_mean.assign(mean + SPREAD * np.sqrt(variance) * random.normal(size=size))
        layer.moving_variance.assign(variance * random.uniform(1 - SPREAD, 1 + SPREAD, size) + 1e-4)
        return call(inputs, *arguments, **options)

    return draw


def branch_ends(model):
    """The last layers with weights of residual branches: of each Add's inputs the deepest one's."""
    depth = {}
    for layer in model.layers:
        parents = [tensor._keras_history.operation for tensor in _inputs(layer)]
        depth[layer] = 1 + max((depth.get(parent, 0) for parent in parents), default=0)
    ends = set()
    for layer in model.layers:
        if isinstance(layer, keras.layers.Add):
            branches = [tensor._keras_history.operation for tensor in _inputs(layer)]
            ends.add(_with_weights(max(branches, key=lambda branch: depth.get(branch, 0))))
    return ends - {None}


def _with_weights(layer):
    while isinstance(layer, keras.layers.Dropout):
        layer = _inputs(layer)[0]._keras_history.operation
    kinds = (keras.layers.BatchNormalization, keras.layers.Conv2D)
    return layer if isinstance(layer, kinds) else None


def _inputs(layer):
    node = layer._inbound_nodes[0] if layer._inbound_nodes else None
    return node.input_tensors if node is not None else []
