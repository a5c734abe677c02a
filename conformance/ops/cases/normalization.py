"""Normalization and dense layers, and what vision transformers add."""

from keras import layers

from .case import case


def normalising():
    yield case(lambda: layers.BatchNormalization(), (2, 3, 4, 5), name="batch norm")
    yield case(lambda: layers.BatchNormalization(axis=1), (2, 3, 4, 5), name="batch norm axis 1")
    yield case(
        lambda: layers.BatchNormalization(center=False, scale=False),
        (2, 3, 4, 5),
        name="batch norm bare",
    )
    yield case(lambda: layers.BatchNormalization(epsilon=0.1), (3, 6), name="batch norm vector")
    yield case(lambda: layers.LayerNormalization(), (2, 3, 4, 5), name="layer norm")
    yield case(
        lambda: layers.LayerNormalization(axis=[1, 2, 3], epsilon=1e-5),
        (2, 3, 4, 5),
        name="layer norm axes",
    )
    yield case(
        lambda: layers.LayerNormalization(center=False, scale=False), (3, 6), name="layer norm bare"
    )
    yield case(
        lambda: layers.Rescaling(1 / 127.5, -1), (2, 3, 4, 3), spread=100.0, name="rescaling"
    )
    yield case(
        lambda: layers.Normalization(mean=[0.1, 0.2, 0.3], variance=[0.5, 1.0, 2.0]),
        (2, 3, 4, 3),
        name="normalization",
    )
    yield case(lambda: layers.Dense(4), (3, 6), name="dense")
    yield case(
        lambda: layers.Dense(4, activation="relu", use_bias=False), (2, 3, 6), name="dense rank 3"
    )
    yield case(lambda: layers.Dense(4, activation="softmax"), (2, 6), name="dense softmax")


def attending():
    """Layers of vision transformers. ``star``: the inputs are separate arguments."""
    attention = layers.MultiHeadAttention
    yield case(
        lambda: attention(2, 3),
        (2, 5, 4),
        (2, 7, 4),
        (2, 7, 4),
        star=True,
        name="attention to other tokens",
    )
    yield case(
        lambda: attention(3, 4, value_dim=5, output_shape=6),
        (1, 4, 7),
        (1, 6, 5),
        (1, 6, 3),
        star=True,
        name="attention with value_dim, output_shape and key",
    )
    yield case(lambda: attention(2, 3, use_bias=False), *[(2, 5, 4)] * 3, star=True, name="no bias")
    yield case(
        lambda: attention(2, 3), *[(1, 3, 4, 6)] * 3, star=True, name="attention over an image"
    )
    yield case(lambda: layers.GroupNormalization(2), (2, 3, 4, 6), name="group norm")
    yield case(
        lambda: layers.GroupNormalization(-1, epsilon=1e-5, scale=False),
        (2, 5, 6),
        name="instance norm",
    )
    yield case(
        lambda: layers.GroupNormalization(2, center=False), (2, 12), name="group norm of a vector"
    )
    yield case(lambda: layers.UnitNormalization(), (2, 3, 4), name="unit norm")
    yield case(lambda: layers.UnitNormalization(axis=[1, 2]), (2, 3, 4), name="unit norm over axes")
    yield case(lambda: layers.RMSNormalization(), (2, 3, 4), name="rms norm")
    yield case(lambda: layers.Embedding(5, 3), (2, 4), low=0, integers=True, name="embedding")
