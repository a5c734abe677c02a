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
        #: What max pooling layers were given, by layer id.
        self.pooled = {}
        self.head = self._find_head(model)
        self._wrap(model, "")

    def run(self, inputs, classes=None):
        """Feed arrays (n, …); gives a :class:`Run`, scored at these classes or at the highest."""
        self.activations.clear()
        self.pooled.clear()
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
            run.pooled = dict(self.pooled)
            run.has_head = head is not None
            run.prepare(classes)
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
                layer.call = self._recording(layer, identity, call_order(model, layer))

    def _recording(self, layer, identity, order):
        call = depthwise_call(layer) if is_depthwise(layer) else layer.call

        def recorded(*arguments, **options):
            calls = sum(key.split("@")[0] == identity for key in self.activations)
            number = order[calls] if calls < len(order) else calls
            key = f"{identity}@{number}" if number else identity
            if type(layer).__name__ == "MaxPooling2D":
                self.pooled[key] = (layer, arguments[0])
            # A tensor of its own: a layer that changes nothing gives back its very input, and
            # the gradient there would be that of all the input's consumers.
            value = tf.identity(self.value(layer, key, call, arguments, options))
            self.activations[key] = value
            return value

        return recorded

    def value(self, layer, key, call, arguments, options):
        """The output of the layer known as ``key``."""
        return call(*arguments, **options)


class Run:
    """One forward pass: activations by layer id, logits and probabilities (n, classes).

    A model without a head has none of the two: ``logits`` are then the output's channels (n, h, w,
    k), scored by their means over the image.
    """

    def __init__(self, activations, logits, probabilities, tape, inputs):
        self.activations = activations
        self.logits = logits
        self.probabilities = probabilities
        self.inputs = inputs
        #: What max pooling layers were given: (layer, tensor) by id.
        self.pooled = {}
        #: Whether the output is a softmax or a sigmoid.
        self.has_head = False
        #: A single sigmoid unit: class 1 has the score, class 0 what is left of it.
        self.binary = logits.shape[-1] == 1
        self._tape = tape
        self._scores = {}
        self._classes = None

    def classes(self):
        """The highest-scoring class of each sample; a single sigmoid unit has classes 0 and 1."""
        if self._classes is not None:
            return self._classes
        logits = self._per_class(self.logits).numpy()
        if self.binary:
            return [int(value > 0) for value in logits[:, 0]]
        return [int(value) for value in logits.argmax(axis=1)]

    @staticmethod
    def _per_class(values):
        rank = len(values.shape)
        return tf.reduce_mean(values, axis=list(range(1, rank - 1))) if rank > 2 else values

    def prepare(self, classes=None):
        """Compute both scores while the tape records; of the given classes, or of the highest."""
        self._classes = classes
        rows = tf.range(self.logits.shape[0])
        indices = tf.stack([rows, tf.constant(self.classes(), tf.int32)], axis=1)
        logits, probabilities = self._per_class(self.logits), self._per_class(self.probabilities)
        if self.binary:
            logits = tf.concat([-logits, logits], axis=1)
            probabilities = tf.concat([1 - probabilities, probabilities], axis=1)
        self._scores["logit"] = tf.reduce_sum(tf.gather_nd(logits, indices))
        self._scores["probability"] = tf.reduce_sum(tf.gather_nd(probabilities, indices))

    def gradients(self, layers, score):
        """d score / d activation by layer, in one pass; without those on which nothing depends."""
        sources = {layer: self.activations[layer] for layer in layers}
        found = self._tape.gradient(self._scores[score], sources)
        return {layer: value.numpy() for layer, value in found.items() if value is not None}


def call_order(model, layer):
    """The numbers of a layer's calls in the order in which a functional model makes them.

    Calls are numbered as they were written, but Keras makes those of equal depth in another order.
    """
    by_depth = getattr(model, "_nodes_by_depth", {})
    nodes = [node for depth in sorted(by_depth, reverse=True) for node in by_depth[depth]]
    indices = [layer._inbound_nodes.index(node) for node in nodes if node in layer._inbound_nodes]
    return [sorted(indices).index(index) for index in indices]


def is_depthwise(layer):
    """Whether a layer is a Conv2D of which each group has one channel, and gives one."""
    groups = getattr(layer, "groups", 1)
    alone = groups > 1 and groups == layer.filters and layer.kernel.shape[2] == 1
    return alone and type(layer).__name__ == "Conv2D"


def depthwise_call(layer):
    """The same sums by TensorFlow's depthwise kernel: Keras asks XLA, which takes minutes."""

    def call(inputs):
        kernel = tf.transpose(layer.kernel, (0, 1, 3, 2))
        strides = (1, *layer.strides, 1)
        value = tf.nn.depthwise_conv2d(
            inputs, kernel, strides, layer.padding.upper(), dilations=layer.dilation_rate
        )
        value = value + layer.bias if layer.use_bias else value
        return layer.activation(value) if layer.activation is not None else value

    return call


def _linear(value):
    return value
