"""ConvLSTM of every rank: a part of the table of volumes."""

from probe import probe


def conv_lstms(k):
    """Yields ConvLSTM of signals, pictures and volumes."""
    layers = k.layers
    sequences = {1: (3, 8, 2), 2: (3, 5, 6, 2), 3: (2, 4, 5, 3, 2)}
    settings = [
        {"kernel_size": 3},
        {"kernel_size": 3, "padding": "same", "return_sequences": True},
        {"kernel_size": 2, "strides": 2, "padding": "same", "go_backwards": True},
        {"kernel_size": 2, "dilation_rate": 2, "return_sequences": True, "go_backwards": True},
        {"kernel_size": 3, "padding": "same", "use_bias": False, "activation": "relu"},
        {
            "kernel_size": 2,
            "recurrent_activation": "hard_sigmoid",
            "unit_forget_bias": False,
            "dropout": 0.2,
            "recurrent_dropout": 0.1,
        },
        {"kernel_size": 2, "data_format": "channels_first", "return_sequences": True},
        {"kernel_size": 2, "data_format": "channels_first", "strides": 2},
    ]
    for axes, shape in sequences.items():
        kind = getattr(layers, f"ConvLSTM{axes}D")
        for options in settings:
            first = "data_format" in options
            yield probe(
                f"ConvLSTM{axes}D {options}",
                lambda x, m=kind, o=options: m(3, **o)(x),
                (shape[0], shape[-1], *shape[1:-1]) if first else shape,
            )
        for number in (1, 2):
            yield probe(
                f"ConvLSTM{axes}D gives state {number} out",
                lambda x, m=kind, n=number: m(3, 2, return_state=True)(x)[n],
                shape,
            )
        yield probe(
            f"ConvLSTM{axes}D gives its states to the next",
            lambda x, m=kind: handed_on(layers, m, x, None),
            shape,
        )
        yield probe(
            f"ConvLSTM{axes}D both ways",
            lambda x, m=kind: layers.Bidirectional(
                m(3, 3, padding="same", return_sequences=True), merge_mode="sum"
            )(x),
            shape,
        )
    kind = layers.ConvLSTM2D
    yield probe(
        "ConvLSTM2D with other sizes along the axes",
        lambda x: kind(2, (2, 3), (1, 2), padding="same")(x),
        (3, 5, 6, 2),
    )
    yield probe(
        "ConvLSTM2D gives its states to the next, channels first",
        lambda x: handed_on(layers, kind, x, "channels_first"),
        (3, 2, 5, 6),
    )
    yield probe("ConvLSTM2D of many steps", lambda x: kind(2, 2)(x), (19, 3, 4, 2))
    yield probe("ConvLSTM2D of many channels", lambda x: kind(16, 3)(x), (3, 5, 6, 16))
    yield probe("ConvLSTM2D in a model", lambda x: frames(k, x), (4, 12, 14, 1))
    yield probe(
        "ConvLSTM2D, softmax, channels first",
        lambda x: kind(2, 2, data_format="channels_first", activation="softmax")(x),
        (3, 2, 5, 6),
        refused='has activation = "softmax"',
    )


def handed_on(layers, kind, x, data_format):
    """Calls a layer with another's states."""
    options = {"padding": "same", "data_format": data_format}
    y, *states = kind(3, 2, return_sequences=True, return_state=True, **options)(x)
    return kind(3, 3, return_sequences=True, **options)(y, initial_state=states)


def frames(k, x):
    """Predicts each next frame of a video: Shi et al. 2015, as keras.io has it."""
    layers = k.layers
    inputs = k.Input(tuple(x.shape[1:]))
    y = inputs
    for size in (5, 3, 1):
        y = layers.ConvLSTM2D(4, size, padding="same", return_sequences=True, activation="relu")(y)
        y = layers.BatchNormalization()(y)
    y = layers.Conv3D(1, 3, activation="sigmoid", padding="same")(y)
    return k.Model(inputs, y, name="frames")(x)
