"""Layers of the user's own, and what is declared in their place."""

IMAGE = (6, 8, 4)


def probe(name, function, layers):
    """Describes a probe of one picture, with what is declared of its layers."""
    return {
        "name": name,
        "function": function,
        "shapes": (IMAGE,),
        "positive": False,
        "layers": layers,
    }


def customs(k):
    """Yields probes of classes that a file names and does not hold."""
    layers = k.layers

    class FixedDropout(layers.Dropout):
        """As EfficientNets of before TensorFlow 2.3 have it."""

    class DropPath(layers.Layer):
        def __init__(self, rate=0.1, **config):
            super().__init__(**config)
            self.rate = rate

        def call(self, x, training=False):
            return x

        def get_config(self):
            return {**super().get_config(), "rate": self.rate}

    class Swish(layers.Layer):
        def call(self, x):
            return x * k.activations.sigmoid(x)

    class InstanceNorm(layers.Layer):
        def __init__(self, epsilon=1e-2, **config):
            super().__init__(**config)
            self.epsilon = epsilon

        def build(self, shape):
            self.gamma = self.add_weight(name="gamma", shape=(shape[-1],), initializer="normal")
            self.beta = self.add_weight(name="beta", shape=(shape[-1],), initializer="normal")

        def call(self, x):
            mean = k.backend.mean(x, (1, 2), True) if hasattr(k.backend, "mean") else None
            if mean is None:
                mean = k.ops.mean(x, (1, 2), keepdims=True)
                variance = k.ops.var(x, (1, 2), keepdims=True)
                return (x - mean) / k.ops.sqrt(variance + self.epsilon) * self.gamma + self.beta
            variance = k.backend.var(x, (1, 2), True)
            return (x - mean) / k.backend.sqrt(variance + self.epsilon) * self.gamma + self.beta

        def get_config(self):
            return {**super().get_config(), "epsilon": self.epsilon}

    conv = lambda **config: layers.Conv2D(3, 2, **config)  # noqa: E731
    groups = {"class": "GroupNormalization", "groups": -1}
    yield probe(
        "a dropout of one's own",
        lambda x: FixedDropout(0.2)(conv()(x)),
        {"FixedDropout": "identity"},
    )
    yield probe(
        "a drop path between others",
        lambda x: conv()(DropPath()(conv()(x))),
        {"DropPath": "identity"},
    )
    yield probe(
        "by the layer's name",
        lambda x: conv()(DropPath(name="path")(x)),
        {"path": "identity"},
    )
    yield probe(
        "an activation",
        lambda x: Swish()(conv()(x)),
        {"Swish": {"class": "Activation", "activation": "silu"}},
    )
    yield probe(
        "instance normalisation", lambda x: InstanceNorm()(conv()(x)), {"InstanceNorm": groups}
    )

    def nested(x):
        inputs = k.Input((5, 7, 3))
        inner = k.Model(inputs, InstanceNorm()(Swish()(inputs)), name="inner")
        return layers.Flatten()(inner(conv()(x)))

    yield probe(
        "in a nested model",
        nested,
        {"InstanceNorm": groups, "Swish": {"class": "Activation", "activation": "silu"}},
    )
    yield probe(
        "a Lambda that does nothing",
        lambda x: conv()(layers.Lambda(lambda y: y, name="nothing")(x)),
        {"nothing": "identity"},
    )
