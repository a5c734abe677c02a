"""Recurrent layers as files say them: cells, directions, states, masks that files leave out."""

from probe import probe

BIAS = {"bias_initializer": "random_normal"}


def recurrents(k):
    """Yields probes of one Keras module."""
    layers = k.layers
    kinds = {"SimpleRNN": layers.SimpleRNN, "LSTM": layers.LSTM, "GRU": layers.GRU}
    for name, kind in kinds.items():
        yield probe(name, lambda x, kind=kind: kind(3, **BIAS)(x), (5, 4))
        yield probe(
            f"{name} gives its states to the next",
            lambda x, kind=kind: handed_on(kind, x),
            (5, 4),
        )
        yield probe(
            f"{name} gives a state out",
            lambda x, kind=kind: kind(3, return_state=True, **BIAS)(x)[-1],
            (5, 4),
        )
        yield probe(
            f"{name} in a Sequential",
            lambda x, kind=kind: k.Sequential(
                [kind(3, return_sequences=True, **BIAS), kind(2, **BIAS)]
            )(x),
            (5, 4),
        )
        yield probe(
            f"{name} twice",
            lambda x, kind=kind: twice(kind(4, return_sequences=True, **BIAS), x),
            (5, 4),
        )
        for mode in ("concat", "sum", "ave", "mul"):
            for sequences in (False, True):
                yield probe(
                    f"{name} both ways, {mode}, {sequences}",
                    lambda x, kind=kind, mode=mode, s=sequences: layers.Bidirectional(
                        kind(3, return_sequences=s, **BIAS), merge_mode=mode
                    )(x),
                    (5, 4),
                )
        yield probe(
            f"{name} both ways, apart",
            lambda x, kind=kind: layers.Subtract()(
                layers.Bidirectional(kind(3, **BIAS), merge_mode=None)(x)
            ),
            (5, 4),
        )
        yield probe(
            f"{name} both ways with states",
            lambda x, kind=kind: both_states(layers, kind, x),
            (5, 4),
        )
        yield probe(
            f"{name} forwards and another backwards",
            lambda x, kind=kind: layers.Bidirectional(
                kind(3, return_sequences=True, **BIAS),
                backward_layer=layers.GRU(
                    3, return_sequences=True, go_backwards=True, activation="relu", **BIAS
                ),
            )(x),
            (5, 4),
        )
        for both in (False, True):
            yield probe(
                f"{name} after an Embedding with a mask, {both}",
                lambda x, kind=kind, both=both: masked_text(k, kind, both, x),
                (5,),
                integer=True,
            )
            yield probe(
                f"{name} after an Embedding with a mask in a Sequential, {both}",
                lambda x, kind=kind, both=both: k.Sequential(
                    [
                        layers.Embedding(9, 4, mask_zero=True),
                        layers.Dropout(0.2),
                        ways(layers, kind(3, return_sequences=True, **BIAS), both),
                        ways(layers, kind(3, return_sequences=True, **BIAS), both),
                        kind(2, **BIAS),
                    ]
                )(x),
                (5,),
                integer=True,
            )
    yield probe(
        "GRU with the reset gate before",
        lambda x: layers.GRU(3, reset_after=False, recurrent_activation="hard_sigmoid", **BIAS)(x),
        (5, 4),
    )
    for cell in (layers.SimpleRNNCell, layers.GRUCell, layers.LSTMCell):
        yield probe(
            f"RNN with {cell.__name__}",
            lambda x, cell=cell: layers.RNN(cell(3, **BIAS), return_sequences=True)(x),
            (5, 4),
        )


def ways(layers, layer, both):
    return layers.Bidirectional(layer) if both else layer


def masked_text(k, kind, both, x):
    layers = k.layers
    x = layers.Embedding(9, 4, mask_zero=True)(x)
    x = layers.Dense(5, activation="relu")(x)
    x = ways(layers, kind(3, return_sequences=True, **BIAS), both)(x)
    return ways(layers, kind(2, **BIAS), both)(x)


def handed_on(kind, x):
    y, *states = kind(3, return_sequences=True, return_state=True, **BIAS)(x)
    return kind(3, return_sequences=True, **BIAS)(y, initial_state=states)


def twice(layer, x):
    return layer(layer(x))


def both_states(layers, kind, x):
    y, *states = layers.Bidirectional(kind(3, return_sequences=True, return_state=True, **BIAS))(x)
    y = layers.Bidirectional(kind(3, **BIAS))(y, initial_state=states)
    return layers.Concatenate()([y, *states])
