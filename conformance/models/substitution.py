"""Another program's values put into Keras' network in float64: two proofs about them.

A ReLU input within rounding of 0, or two cells of a pooling window within
rounding of one another, are decided differently by two correct float32
programs, and the gradients before them jump. Whether a gradient that differs
from the reference differs for that reason only can be decided exactly: take
the network in float64, put the program's *own recorded activations* in the
place of each layer's output, with the decisions that they show, and
differentiate. That is the gradient of the network at the program's activations;
the program's gradient must be that one, to rounding.

On the way each layer computes in float64 from the program's own values of the
layers before it. How far the program's output of that layer is from this is its
rounding **in that layer alone**, however many layers came before.
"""

import json
import math

import numpy as np
import tensorflow as tf
from precision import distance, double_precision_twin, in_double_precision, relative
from recorder import Recorder


class Substitution:
    """The proofs for one model on one input, for any number of programs."""

    def __init__(self, model, inputs, exact):
        """``exact`` is the model's own :class:`~recorder.Run` in float64."""
        self._recorder = _Substituting(double_precision_twin(model))
        self._inputs = in_double_precision(inputs)
        self._classes = exact.classes()
        self._outputs = {layer: value.numpy() for layer, value in exact.activations.items()}
        self._choices = {layer: choices(*given) for layer, given in exact.pooled.items()}

    def of(self, folder):
        """Judge the values that compare/proof.mjs wrote into ``folder``; gives a dict for JSON.

        ``alone``: the largest relative error of a layer by itself, and its id. ``gradients``:
        1 - cosine of each gradient given and that of the network at the activations given, and
        ``maps`` likewise, by score and layer. ``flips``: how many decisions of ReLU and of max
        pooling are other than in float64, and ``decisions``, of how many.
        """
        index = json.loads((folder / "index.json").read_text())
        bytes_ = np.fromfile(folder / "values.f32", dtype="<f4")

        def read(entry):
            start, shape = entry["offset"], entry["shape"]
            return bytes_[start : start + math.prod(shape)].reshape(shape).astype("float64")

        recorder = self._recorder
        recorder.use({layer: read(entry) for layer, entry in index["activations"].items()})
        run = recorder.run(self._inputs, self._classes)
        worst = max(recorder.alone, key=recorder.alone.get, default=None)
        answer = {
            "alone": {"layer": worst, "error": recorder.alone.get(worst, 0.0)},
            "gradients": {},
            "maps": {},
            **self._flips(recorder, run),
        }
        for kind in ("gradients", "maps"):
            for score, entries in index[kind].items():
                exact = run.gradients(entries, score) if entries else {}
                for layer, entry in entries.items():
                    truth = exact[layer]
                    if kind == "maps":
                        truth = grad_cam(run.activations[layer].numpy(), truth)
                    found = distance(read(entry), truth)
                    answer[kind].setdefault(score, {})[layer] = found
        return answer

    def _flips(self, recorder, run):
        flips = {"relu": 0, "pooling": 0}
        decisions = 0
        for layer, (ours, ceiling) in recorder.rectified.items():
            exact = self._outputs[layer]
            flips["relu"] += int((gate(ours, ceiling) != gate(exact, ceiling)).sum())
            decisions += ours.size
        for layer, given in run.pooled.items():
            ours = choices(*given)
            flips["pooling"] += int((ours != self._choices[layer]).sum())
            decisions += ours.size
        return {"flips": flips, "decisions": decisions}


class _Substituting(Recorder):
    """Runs a model in float64 with other values in the place of the layers' outputs."""

    def use(self, values):
        """``values``: arrays by layer id. A layer without any keeps what it computes."""
        self.values = values
        #: Relative error of each layer's value by itself.
        self.alone = {}
        #: The value and the ceiling of each layer that ends in a ReLU.
        self.rectified = {}

    def value(self, layer, key, call, arguments, options):
        ours = self.values.get(key)
        if ours is None:
            return call(*arguments, **options)
        ceiling = ceiling_of(layer)
        if ceiling is None:
            computed = call(*arguments, **options)
            self.alone[key] = relative(ours, computed.numpy())
            return ours + (computed - tf.stop_gradient(computed))
        before = before_relu(layer, call, arguments, options)
        computed = np.clip(before.numpy(), 0, ceiling)
        self.alone[key] = relative(ours, computed)
        self.rectified[key] = ours, ceiling
        # The decision is the one that the value shows, not that of the computed input.
        open_ = tf.constant(gate(ours, ceiling).astype("float64"))
        return ours + open_ * (before - tf.stop_gradient(before))


def ceiling_of(layer):
    """The largest value of the ReLU at the end of a layer (infinity: none); None without a ReLU."""
    if type(layer).__name__ == "ReLU":
        plain = not layer.negative_slope and not layer.threshold
        return (layer.max_value or math.inf) if plain else None
    name = getattr(getattr(layer, "activation", None), "__name__", None)
    return {"relu": math.inf, "relu6": 6.0}.get(name)


def before_relu(layer, call, arguments, options):
    """The input of the ReLU at the end of a layer."""
    if type(layer).__name__ in ("ReLU", "Activation"):
        return arguments[0]
    kept, layer.activation = layer.activation, _linear
    try:
        return call(*arguments, **options)
    finally:
        layer.activation = kept


def _linear(value):
    return value


def gate(output, ceiling):
    """The mask of values that a ReLU lets through, from its output."""
    return (output > 0) & (output < ceiling)


def choices(layer, given):
    """The cell of each window that a MaxPooling2D takes, the first of equals."""
    _, where = tf.nn.max_pool_with_argmax(
        given, layer.pool_size, layer.strides, layer.padding.upper(), include_batch_in_index=True
    )
    return where.numpy()


def grad_cam(activation, gradient):
    """Grad-CAM, raw (Selvaraju et al. 2017, eq. 1 and 2): (n, h, w, k) twice -> (n, h, w)."""
    weights = gradient.mean(axis=(1, 2), keepdims=True)
    return np.maximum((weights * activation).sum(axis=-1), 0)
