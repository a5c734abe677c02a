"""Masks of steps that are padding: where they begin, what keeps or drops them, what reads them."""

import numpy as np
from masked import masked
from probe import probe

TEXT = (6,)


def masks(k):
    """Yields probes of one Keras."""
    layers = k.layers
    for name, between in passing(layers).items():
        for end in (layers.GlobalAveragePooling1D, lambda: layers.LSTM(4)):
            called = end()
            yield probe(
                f"a mask through {name} to {type(called).__name__}",
                lambda t, b=between, e=end: e()(b()(embedded(layers)(t))),
                TEXT,
                integer=True,
            )
    yield from merges(layers)
    yield from attention(layers)
    yield from readers(layers)
    if hasattr(layers, "ReversibleEmbedding"):
        yield from keras3(layers)
    # At the end: the numbers of a probe depend on its place.
    yield from masked(k)


def embedded(layers, is_masked=True):
    """The layer with which a mask begins."""
    return layers.Embedding(9, 5, mask_zero=is_masked)


def passing(layers):
    """Layers by name that keep the number of steps: some pass masks on, some in one Keras alone."""
    made = {
        "EinsumDense": lambda: layers.EinsumDense("abc,cd->abd", (None, 5)),
        "Normalization": lambda: layers.Normalization(mean=0.4, variance=0.3),
        "Rescaling": lambda: layers.Rescaling(2.0),
        "UnitNormalization": layers.UnitNormalization,
        "LayerNormalization": layers.LayerNormalization,
        "Dropout": lambda: layers.SpatialDropout1D(0.2),
        "TimeDistributed": lambda: layers.TimeDistributed(layers.Dense(5)),
        "LSTM": lambda: layers.LSTM(5, return_sequences=True),
        "Bidirectional": lambda: layers.Bidirectional(layers.GRU(3, return_sequences=True)),
        "Conv1D": lambda: layers.Conv1D(5, 1),
        "Masking": lambda: layers.Masking(0.5),
        "ReLU": layers.ReLU,
    }
    for name in ("Identity", "RMSNormalization"):
        if hasattr(layers, name):
            made[name] = getattr(layers, name)
    if hasattr(layers, "RMSNormalization"):
        # That of Keras 2 asks each layer for a type that its Dense does not have.
        made["SpectralNormalization"] = lambda: layers.SpectralNormalization(layers.Dense(5))
    return made


def merges(layers):
    """Yields layers of several inputs of which some or all have a mask."""
    for name in ("Add", "Multiply", "Concatenate"):
        for which in ((True, False), (False, True), (True, True)):

            def merged(t, u, n=name, w=which):
                both = [
                    embedded(layers, is_masked)(x) for x, is_masked in zip((t, u), w, strict=True)
                ]
                return layers.LSTM(4)(getattr(layers, n)()(both))

            yield probe(f"{name} of masks {which}", merged, TEXT, TEXT, integer=True)


def attention(layers):
    """Yields attention whose inputs bring masks, besides those that its call names."""
    triangle = np.tril(np.ones((1, 6, 6), bool))

    def heads(*inputs, **call):
        return layers.MultiHeadAttention(2, 3)(*inputs, **call)

    made = {
        "heads": heads,
        "heads with another key": lambda a, b: heads(a, b, key=layers.Rescaling(2.0)(b)),
        "heads, masked key": lambda a, b: heads(b, b, a),
        "heads and causal": lambda a, b: heads(a, b, use_causal_mask=True),
        "heads and an array": lambda a, b: heads(a, b, attention_mask=triangle),
        "heads, scores": lambda a, b: heads(a, b, return_attention_scores=True)[1],
        "heads, then a mean": lambda a, b: layers.GlobalAveragePooling1D()(heads(a, b)),
        "Attention": lambda a, b: layers.Attention()([a, b]),
        "Attention and causal": lambda a, b: layers.Attention()([a, b], use_causal_mask=True),
        "Attention, then LSTM": lambda a, b: layers.LSTM(4)(layers.Attention()([a, b])),
        "AdditiveAttention": lambda a, b: layers.AdditiveAttention()([a, b]),
    }
    for name, function in made.items():
        for which in ((True, False), (False, True), (True, True)):

            def attended(t, u, f=function, w=which):
                return f(*(embedded(layers, is_in)(x) for x, is_in in zip((t, u), w, strict=True)))

            yield probe(f"{name}, masks {which}", attended, TEXT, TEXT, integer=True)


def readers(layers):
    """Yields layers whose call names a mask."""
    one = np.array([[True, True, False, True]])
    yield probe("Softmax, an array", lambda x: layers.Softmax()(x, mask=one), (6, 4))
    yield probe("Softmax, a mask", lambda x: layers.Softmax()(x, mask=x > 0), (6, 4))
    yield probe(
        "Softmax of two axes, a mask", lambda x: layers.Softmax(axis=[1, 2])(x, mask=x > 0), (6, 4)
    )
    yield probe("Softmax, all masked", lambda x: layers.Softmax()(x, mask=x > 9), (6, 4))
    yield probe("Softmax, numbers", lambda x: layers.Softmax()(x, mask=x * 0.5), (6, 4))
    yield probe(
        "GlobalAveragePooling1D, channels first",
        lambda x: layers.GlobalAveragePooling1D(data_format="channels_first", keepdims=True)(
            x, mask=x[:, 0] > -2
        ),
        (6, 4),
    )


def keras3(layers):
    """Yields what Keras 3 alone has."""
    for options in ({"mask_zero": True}, {"reverse_dtype": "float32"}):

        def back(t, o=options):
            embedding = layers.ReversibleEmbedding(9, 5, **o)
            return embedding(embedding(t), reverse=True)

        def onwards(t, o=options):
            return layers.LSTM(4)(layers.ReversibleEmbedding(9, 5, **o)(t))

        def behind(t, o=options):
            return layers.LSTM(4)(back(t, o))

        for function in (back, onwards, behind):
            yield probe(
                f"ReversibleEmbedding {options} {function.__name__}", function, TEXT, integer=True
            )
    yield probe(
        "ReversibleEmbedding in halves",
        lambda t: (lambda e: e(e(t), reverse=True))(
            layers.ReversibleEmbedding(9, 5, reverse_dtype="float16")
        ),
        TEXT,
        integer=True,
        refused='reverse_dtype = "float16"',
    )
    for name, made in {
        "Rescaling": lambda: layers.Rescaling(0.5, dtype="int32"),
        "Reshape": lambda: layers.Reshape((24,), dtype="uint8"),
        "Identity": lambda: layers.Identity(dtype="int32"),
    }.items():
        yield probe(
            f"{name} of whole numbers",
            lambda x, m=made: layers.Rescaling(1.0)(m()(x)),
            (6, 4),
            refused="dtype = ",
            differentiable=False,
        )

    def quantised(x):
        heads = layers.MultiHeadAttention(2, 3)
        y = heads(x, x)
        for part in ("query", "key", "value", "output"):
            getattr(heads, f"_{part}_dense").quantize("int8")
        return y

    yield probe("MultiHeadAttention of int8", quantised, (6, 4), refused="has quantised weights")
