"""Masks at operators, merges, states, layers of each step and pictures of each step."""

from probe import probe

TEXT = (6,)
FRAMES = (4, 4, 4, 2)


def masked(k):
    """Yields probes of one Keras."""
    layers = k.layers
    yield from operators(k)
    yield from merges(layers)
    yield from states(layers)
    yield from each_step(k)
    yield from frames(layers)
    yield from changed_in_training(k)


def words(layers, is_masked=True, size=5):
    """The layer with which a mask begins."""
    return layers.Embedding(9, size, mask_zero=is_masked)


def ends(layers):
    """Layers that read the mask, by name."""
    return {"GlobalAveragePooling1D": layers.GlobalAveragePooling1D, "LSTM": lambda: layers.LSTM(4)}


def operators(k):
    """Yields operators, of which those alone keep a mask that give back what they take."""
    import tensorflow as tf

    layers = k.layers
    tensors = k.ops if hasattr(k, "ops") else tf
    join = tensors.concatenate if hasattr(k, "ops") else tf.concat
    made = {
        "relu": tensors.relu if hasattr(k, "ops") else tf.nn.relu,
        "product": lambda x: x * 2.0,
        "sum": lambda x: x + x,
        "square": lambda x: x * x,
        "cast": lambda x: tensors.cast(x, "float32"),
        "tensor": tensors.convert_to_tensor,
        "concatenation": lambda x: join([x, x], axis=-1),
        "steps": lambda x: join([x, x], axis=1),
        "maximum": lambda x: tensors.maximum(x, x * 0.5),
    }
    for name, function in made.items():
        for end, layer in ends(layers).items():
            yield probe(
                f"a mask at the operator {name} to {end}",
                lambda t, f=function, e=layer: e()(f(words(layers)(t))),
                TEXT,
                integer=True,
            )


def merges(layers):
    """Yields merging layers whose values the masks change, and joined steps."""
    for name in ("Maximum", "Minimum", "Multiply", "Average", "Subtract"):
        for which in ((True, False), (False, True), (True, True)):

            def both(t, u, w=which):
                return [words(layers, is_in)(x) for x, is_in in zip((t, u), w, strict=True)]

            for end in (layers.Flatten, lambda: layers.LSTM(4)):
                yield probe(
                    f"{name} of masks {which}",
                    lambda t, u, n=name, e=end, b=both: e()(getattr(layers, n)()(b(t, u))),
                    TEXT,
                    TEXT,
                    integer=True,
                )
    yield probe(
        "Maximum of three, one masked twice",
        lambda t, u: (lambda a, b: layers.LSTM(4)(layers.Maximum()([a, b, a])))(
            words(layers)(t), words(layers)(u)
        ),
        TEXT,
        TEXT,
        integer=True,
    )
    yield probe(
        "Concatenate of steps, masked",
        lambda t, u: layers.LSTM(4)(
            layers.Concatenate(axis=1)([words(layers)(t), words(layers)(u)])
        ),
        TEXT,
        TEXT,
        integer=True,
    )
    yield probe(
        "Concatenate of the same steps, masked",
        lambda t: (lambda x: layers.LSTM(4)(layers.Concatenate(axis=1)([x, x])))(words(layers)(t)),
        TEXT,
        integer=True,
    )
    if hasattr(layers, "ReversibleEmbedding"):
        yield probe(
            "Concatenate of steps, of which some are masked",
            lambda t, u: layers.LSTM(4)(
                layers.Concatenate(axis=1)([words(layers, False)(t), words(layers)(u)])
            ),
            TEXT,
            TEXT,
            integer=True,
        )


def states(layers):
    """Yields recurrent layers that are called with states, behind a mask."""

    def translated(t, u, layer=layers.LSTM, behind=layers.Flatten):
        _, *last = layer(4, return_state=True)(words(layers)(t))
        steps = layer(4, return_sequences=True)(words(layers)(u), initial_state=last)
        return behind()(steps)

    for end in (layers.Flatten, lambda: layers.GRU(3), layers.GlobalAveragePooling1D):
        for layer in (layers.LSTM, layers.GRU):
            yield probe(
                "states and a mask",
                lambda t, u, n=layer, e=end: translated(t, u, n, e),
                TEXT,
                TEXT,
                integer=True,
            )

    def both_ways(t, u):
        wrapped = layers.Bidirectional(layers.GRU(3, return_sequences=True, return_state=True))
        _, *last = wrapped(words(layers)(t))
        again = layers.Bidirectional(layers.GRU(3, return_sequences=True))
        return layers.GlobalAveragePooling1D()(again(words(layers)(u), initial_state=last))

    yield probe("states both ways and a mask", both_ways, TEXT, TEXT, integer=True)


def each_step(k):
    """Yields layers and models that are called on each of masked steps."""
    layers = k.layers

    def model(*inner, shape=(5,)):
        return k.Sequential([k.Input(shape), *inner])

    made = {
        "LayerNormalization": layers.LayerNormalization,
        "a model": lambda: model(layers.Dense(4, "relu"), layers.Dropout(0.2), layers.Dense(5)),
        "a model that normalises": lambda: model(
            layers.LayerNormalization(), layers.Dense(3), layers.BatchNormalization()
        ),
    }
    for name, layer in made.items():
        for end, reader in ends(layers).items():
            yield probe(
                f"TimeDistributed of {name} behind a mask to {end}",
                lambda t, n=layer, e=reader: e()(layers.TimeDistributed(n())(words(layers)(t))),
                TEXT,
                integer=True,
            )

    def called(t, u):
        steps = layers.TimeDistributed(layers.LayerNormalization())(
            words(layers, False)(t), mask=u > 0.5
        )
        return layers.LSTM(4)(steps)

    yield probe("TimeDistributed with a mask", called, TEXT, TEXT, integer=True)
    yield probe(
        "TimeDistributed of a layer by step, with a mask",
        lambda t, u: layers.LSTM(4)(
            layers.TimeDistributed(layers.Dense(3))(words(layers, False)(t), mask=u > 0.5)
        ),
        TEXT,
        TEXT,
        integer=True,
    )
    for read in ({}, {"return_sequences": True}):
        inner = [words(layers), layers.LSTM(4, **read), *([layers.Flatten()] if read else [])]
        yield probe(
            f"sentences of masked words, {read}",
            lambda t, i=tuple(inner): layers.GRU(3)(
                layers.TimeDistributed(model(*i, shape=TEXT))(t)
            ),
            (3, *TEXT),
            integer=True,
        )
    if not hasattr(layers, "ReversibleEmbedding"):
        yield probe(
            "frames of masked pixels, each made a vector",
            lambda x: layers.LSTM(4)(
                layers.TimeDistributed(
                    model(layers.Conv2D(2, 2), layers.Flatten(), shape=FRAMES[1:])
                )(layers.Masking(0.5)(x))
            ),
            FRAMES,
        )


def frames(layers):
    """Yields ConvLSTM behind masks of steps and of pixels."""
    for options in (
        {},
        {"return_sequences": True},
        {"go_backwards": True, "return_sequences": True},
    ):
        yield probe(
            f"ConvLSTM2D and a mask of steps {options}",
            lambda x, o=options: layers.Flatten()(
                layers.ConvLSTM2D(2, 2, **o)(x, mask=x[:, :, 0, 0, 0] > -0.6)
            ),
            FRAMES,
        )
        yield probe(
            f"ConvLSTM2D and a mask of pixels {options}",
            lambda x, o=options: layers.Flatten()(
                layers.ConvLSTM2D(2, 2, padding="same", **o)(layers.Masking(0.5)(x))
            ),
            FRAMES,
        )
    yield probe(
        "ConvLSTM1D and a mask of steps",
        lambda x: layers.Flatten()(
            layers.ConvLSTM1D(2, 2, return_sequences=True)(x, mask=x[:, :, 0, 0] > -0.6)
        ),
        (4, 5, 2),
    )
    yield probe(
        "ConvLSTM3D and a mask of steps",
        lambda x: layers.Flatten()(layers.ConvLSTM3D(2, 2)(x, mask=x[:, :, 0, 0, 0, 0] > -0.6)),
        (3, 3, 3, 3, 2),
    )
    yield probe(
        "ConvLSTM2D both ways and a mask",
        lambda x: layers.Flatten()(
            layers.Bidirectional(layers.ConvLSTM2D(2, 2, return_sequences=True))(
                x, mask=x[:, :, 0, 0, 0] > -0.6
            )
        ),
        FRAMES,
    )


def changed_in_training(k):
    """Yields layers of pictures on masked steps, which change these in training alone."""
    layers = k.layers
    for name, option in (("RandomContrast", 0.2), ("RandomFlip", "horizontal")):
        yield probe(
            f"a mask through {name}",
            lambda t, n=name, o=option: layers.LSTM(4)(getattr(layers, n)(o)(words(layers)(t))),
            TEXT,
            integer=True,
        )

    class FixedDropout(layers.Dropout):
        """A class of one's own."""

    yield probe(
        "a mask through a class of one's own",
        lambda t: layers.LSTM(4)(FixedDropout(0.2)(words(layers)(t))),
        TEXT,
        integer=True,
        layers={"FixedDropout": "identity"},
        # Files of Keras 3 say what mask a layer reads.
        refused=None if hasattr(layers, "ReversibleEmbedding") else "leaves out the steps",
    )
    if not hasattr(layers, "ReversibleEmbedding"):
        yield probe(
            "GroupNormalization behind a mask",
            lambda t: layers.Flatten()(layers.GroupNormalization(2)(words(layers, size=2)(t))),
            (2,),
            integer=True,
            refused="leaves out the steps",
        )
