"""Record every layer's output in one eager pass, and gradients at all of them."""

import tensorflow as tf

#: Final activations whose input is the logit.
HEADS = ("softmax", "sigmoid")


class Recorder:
    """Runs a Keras 2 or 3 model and keeps what every layer, nested ones too, gave.

    Ids are the paths by which GradLens knows the layers: ``inner/conv`` in a
    nested model, ``conv@1`` for a layer's second call.
    """

    def __init__(self, model):
        self.model = model
        self.activations = {}
        self.head = self._find_head(model)
        self._wrap(model, "")

    def run(self, inputs):
        """Feed a list of arrays (n, …); gives a :class:`Run`."""
        self.activations.clear()
        tensors = [tf.convert_to_tensor(value) for value in inputs]
        head = self.head
        kept = head.activation if head is not None else None
        with tf.GradientTape(persistent=True) as tape:
            for tensor in tensors:
                tape.watch(tensor)
            if head is not None:
                head.activation = _linear
            logits = self.model(tensors if len(tensors) > 1 else tensors[0], training=False)
            if head is not None:
                head.activation = kept
            probabilities = kept(logits) if kept is not None else logits
            run = Run(dict(self.activations), logits, probabilities, tape, tensors)
            run.prepare()
        return run

    @staticmethod
    def _find_head(model):
        last = model.layers[-1]
        name = getattr(getattr(last, "activation", None), "__name__", None)
        return last if name in HEADS else None

    def _wrap(self, model, path):
        for layer in model.layers:
            if type(layer).__name__ == "InputLayer":
                continue
            identity = path + layer.name
            if hasattr(layer, "layers"):
                self._wrap(layer, identity + "/")
            elif layer is not self.head:
                layer.call = self._recording(layer.call, identity, call_order(model, layer))

    def _recording(self, call, identity, order):
        def recorded(*arguments, **options):
            # A tensor of its own: a layer that changes nothing gives back its very input, and
            # the gradient there would be that of all the input's consumers.
            value = tf.identity(call(*arguments, **options))
            calls = sum(key.split("@")[0] == identity for key in self.activations)
            number = order[calls] if calls < len(order) else calls
            self.activations[f"{identity}@{number}" if number else identity] = value
            return value

        return recorded


class Run:
    """One forward pass: activations by layer id, logits and probabilities (n, classes)."""

    def __init__(self, activations, logits, probabilities, tape, inputs):
        self.activations = activations
        self.logits = logits
        self.probabilities = probabilities
        self.inputs = inputs
        #: A single sigmoid unit: class 1 has the score, class 0 what is left of it.
        self.binary = logits.shape[-1] == 1
        self._tape = tape
        self._scores = {}

    def classes(self):
        """The highest-scoring class of each sample; a single sigmoid unit has classes 0 and 1."""
        if self.binary:
            return [int(value > 0) for value in self.logits.numpy()[:, 0]]
        return [int(value) for value in self.logits.numpy().argmax(axis=1)]

    def prepare(self):
        """Compute both scores while the tape records."""
        rows = tf.range(self.logits.shape[0])
        indices = tf.stack([rows, tf.constant(self.classes(), tf.int32)], axis=1)
        logits, probabilities = self.logits, self.probabilities
        if self.binary:
            logits = tf.concat([-logits, logits], axis=1)
            probabilities = tf.concat([1 - probabilities, probabilities], axis=1)
        self._scores["logit"] = tf.reduce_sum(tf.gather_nd(logits, indices))
        self._scores["probability"] = tf.reduce_sum(tf.gather_nd(probabilities, indices))

    def gradient(self, layer, score):
        """d score / d activation, shaped as the activation; None where nothing depends on it."""
        value = self._tape.gradient(self._scores[score], self.activations[layer])
        return None if value is None else value.numpy()


def call_order(model, layer):
    """The numbers of a layer's calls in the order in which a functional model makes them.

    Calls are numbered as they were written, but Keras makes those of equal depth in another order.
    """
    by_depth = getattr(model, "_nodes_by_depth", {})
    nodes = [node for depth in sorted(by_depth, reverse=True) for node in by_depth[depth]]
    indices = [layer._inbound_nodes.index(node) for node in nodes if node in layer._inbound_nodes]
    return [sorted(indices).index(index) for index in indices]


def _linear(value):
    return value
