"""Dot, EinsumDense and the attention layers, with masks and arguments away from the default."""

import numpy as np
from probe import IMAGE, SEQUENCE, probe

OTHER = (3, 4)
MASK = np.tril(np.ones((1, 5, 3), bool))


def attention(k):
    """Yields Dot and the attention layers, as either Keras has them."""
    layers = k.layers
    for axes, normalize, shapes in (
        (1, False, [(4,), (4,)]),
        (-1, True, [(4,), (4,)]),
        ((2, 2), False, [SEQUENCE, OTHER]),
        ((1, 2), True, [(4, 3), (5, 4)]),
        (-1, False, [SEQUENCE, OTHER]),
        ((2, 1), False, [SEQUENCE, (4,)]),
        ((3, 2), False, [IMAGE, SEQUENCE]),
    ):
        yield probe(
            f"Dot {axes} normalize {normalize}",
            lambda x, y, a=axes, n=normalize: layers.Dot(a, normalize=n)([x, y]),
            *shapes,
        )
    for equation, size, bias, activation, shape in (
        ("ab,bc->ac", 6, "c", None, (4,)),
        ("abc,cd->abd", (None, 6), "d", "relu", SEQUENCE),
        ("...x,xy->...y", 3, "y", "tanh", IMAGE),
        ("abc,cde->abde", (None, 2, 3), "de", None, SEQUENCE),
        ("abcd,cde->abe", (None, 3), None, None, IMAGE),
        ("abc,cbd->adb", (3, 5), "db", None, SEQUENCE),
        ("abc,bd->adc", (3, None), "d", None, SEQUENCE),
        ("ab...,bc->ac...", 3, None, None, IMAGE),
    ):
        yield probe(
            f"EinsumDense {equation} bias {bias}",
            lambda x, e=equation, s=size, b=bias, f=activation: layers.EinsumDense(
                e, s, f, bias_axes=b
            )(x),
            shape,
        )
    for name, options in (
        ("Attention", {}),
        ("Attention", {"use_scale": True, "dropout": 0.2}),
        ("Attention", {"score_mode": "concat"}),
        ("Attention", {"score_mode": "concat", "use_scale": True}),
        ("AdditiveAttention", {}),
        ("AdditiveAttention", {"use_scale": False}),
    ):
        make = getattr(layers, name)
        yield probe(
            f"{name} {options}",
            lambda x, y, m=make, o=options: m(**o)([x, y]),
            SEQUENCE,
            OTHER,
        )
        yield probe(
            f"{name} {options} causal, with scores",
            lambda x, y, m=make, o=options: multiply(
                k, m(**o)([x, y], return_attention_scores=True, use_causal_mask=True), y
            ),
            SEQUENCE,
            OTHER,
        )
    yield probe(
        "Attention query, value, key",
        lambda x, y, z: layers.Attention()([x, y, z]),
        SEQUENCE,
        (3, 2),
        OTHER,
    )
    for name, options, call in (
        ("self", {}, {}),
        ("value_dim, output_shape", {"value_dim": 5, "output_shape": 6, "dropout": 0.1}, {}),
        ("output_shape of two", {"output_shape": (2, 3), "use_bias": False}, {}),
        ("causal", {}, {"use_causal_mask": True}),
        ("mask", {}, {"attention_mask": MASK}),
        ("mask and causal", {}, {"attention_mask": MASK, "use_causal_mask": True}),
    ):
        yield probe(
            f"MultiHeadAttention {name}",
            lambda x, y, o=options, c=call: layers.MultiHeadAttention(2, 3, **o)(x, y, **c),
            SEQUENCE,
            OTHER,
        )
    yield probe(
        "MultiHeadAttention mask as a tensor",
        lambda x, y, m: layers.MultiHeadAttention(2, 3)(x, y, attention_mask=m > 0),
        SEQUENCE,
        OTHER,
        (5, 3),
    )
    yield probe(
        "MultiHeadAttention masked rows, scores",
        lambda x, y, m: multiply(
            k,
            layers.MultiHeadAttention(2, 3)(
                x, y, attention_mask=m > 0, return_attention_scores=True
            ),
            y,
        ),
        SEQUENCE,
        OTHER,
        (5, 3),
    )
    yield probe(
        "Attention masks",
        lambda x, y, m, v: layers.Attention()([x, y], mask=[m > 0, v > 0]),
        SEQUENCE,
        OTHER,
        (5,),
        (3,),
    )
    yield probe(
        "MultiHeadAttention with scores",
        lambda x, y: multiply(
            k, layers.MultiHeadAttention(2, 3)(x, y, return_attention_scores=True), y
        ),
        SEQUENCE,
        OTHER,
    )
    yield probe(
        "MultiHeadAttention key",
        lambda x, y, z: layers.MultiHeadAttention(2, 3)(x, y, z),
        SEQUENCE,
        (3, 2),
        (3, 6),
    )
    for axes in (1, 2, (1, 2), (2, 1)):
        yield probe(
            f"MultiHeadAttention along {axes}",
            lambda x, a=axes: layers.MultiHeadAttention(2, 3, attention_axes=a)(x, x),
            IMAGE,
        )


def multiply(k, outputs, _):
    """Uses both outputs, the scores first, in one tensor."""
    values, scores = outputs
    return k.layers.Concatenate()(
        [k.layers.Flatten()(scores), k.layers.Flatten()(values), k.layers.Flatten()(scores)]
    )


def group_query_attention(k):
    """Yields the attention that only Keras 3 has."""
    layers = k.layers
    for name, options, call in (
        ("", {}, {}),
        ("causal", {"use_bias": False, "dropout": 0.1}, {"use_causal_mask": True}),
        ("mask", {}, {"attention_mask": MASK}),
    ):
        yield probe(
            f"GroupQueryAttention {name}",
            lambda x, y, o=options, c=call: layers.GroupQueryAttention(3, 4, 2, **o)(x, y, **c),
            SEQUENCE,
            OTHER,
        )
