"""Layers of the user's own, and what is declared in their place."""

import tensorflow as tf
from probe import probe


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
            mean, variance = tf.nn.moments(x, (1, 2), keepdims=True)
            return (x - mean) / tf.sqrt(variance + self.epsilon) * self.gamma + self.beta

        def get_config(self):
            return {**super().get_config(), "epsilon": self.epsilon}

    def conv():
        return layers.Conv2D(3, 2)

    groups = {"class": "GroupNormalization", "groups": -1}
    yield probe(
        "a dropout of one's own",
        lambda x: FixedDropout(0.2)(conv()(x)),
        layers={"FixedDropout": "identity"},
    )
    yield probe(
        "a drop path between others",
        lambda x: conv()(DropPath()(conv()(x))),
        layers={"DropPath": "identity"},
    )
    yield probe(
        "by the layer's name",
        lambda x: conv()(DropPath(name="path")(x)),
        layers={"path": "identity"},
    )
    yield probe(
        "an activation",
        lambda x: Swish()(conv()(x)),
        layers={"Swish": {"class": "Activation", "activation": "silu"}},
    )
    yield probe(
        "instance normalisation",
        lambda x: InstanceNorm()(conv()(x)),
        layers={"InstanceNorm": groups},
    )

    def nested(x):
        inputs = k.Input((5, 7, 3))
        inner = k.Model(inputs, InstanceNorm()(Swish()(inputs)), name="inner")
        return layers.Flatten()(inner(conv()(x)))

    yield probe(
        "in a nested model",
        nested,
        layers={"InstanceNorm": groups, "Swish": {"class": "Activation", "activation": "silu"}},
    )
    yield probe(
        "a Lambda that does nothing",
        lambda x: conv()(layers.Lambda(lambda y: y, name="nothing")(x)),
        layers={"nothing": "identity"},
    )


def weights(k):
    """Yields layers of one's own that name their weights otherwise than what stands in for them."""
    layers = k.layers

    class Otherwise(layers.Layer):
        def build(self, shape):
            self.shift = self.add_weight(name="shift", shape=(shape[-1],), initializer="normal")
            self.scale = self.add_weight(name="scale", shape=(shape[-1],), initializer="normal")

        def call(self, x):
            mean, variance = tf.nn.moments(x, (1, 2), keepdims=True)
            return (x - mean) / tf.sqrt(variance + 1e-3) * self.scale + self.shift

    class More(Otherwise):
        def build(self, shape):
            self.more = self.add_weight(name="more", shape=(shape[-1],), initializer="normal")
            super().build(shape)

    groups = {"class": "GroupNormalization", "groups": -1}
    yield probe(
        "weights of other names",
        lambda x: Otherwise()(layers.Conv2D(3, 2)(x)),
        layers={"Otherwise": groups},
        refused="has other weights than gamma, beta",
        formats=("h5",),
    )
    yield probe(
        "more weights",
        lambda x: More()(layers.Conv2D(3, 2)(x)),
        layers={"More": groups},
        refused="has other weights than gamma, beta",
    )
