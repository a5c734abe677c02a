"""Layers that came after the table of layers, whose numbers depend on their place in it."""

from probe import probe

SEQUENCE = (7, 4)


def further(k):
    """Yields probes of one Keras."""
    layers = k.layers
    if hasattr(layers, "RMSNormalization"):
        yield from keras3(layers)
    if hasattr(layers, "LocallyConnected2D"):
        yield from locally_connected(layers)


def keras3(layers):
    """Yields layers that only Keras 3 has."""
    for axis in ([-2, -1], [1, 2, 3], [3]):
        yield probe(
            f"RMSNormalization {axis}", lambda x, a=axis: layers.RMSNormalization(axis=a)(x)
        )
    yield probe(
        "RMSNormalization of an axis that is not the last",
        lambda x: layers.RMSNormalization(axis=2)(x),
        (6, 4, 4),
        refused="axis = [2]",
    )
    for mode in ("log", "magnitude", "psd", "real", "imag", "angle", "stft"):
        yield probe(
            f"STFTSpectrogram {mode}",
            lambda x, m=mode: layers.STFTSpectrogram(m, frame_length=6)(x),
            (20, 2),
            # The angle of what is zero but for rounding is chance, in every library.
            refused='mode = "angle"' if mode == "angle" else None,
        )
    for options in (
        {"expand_dims": True, "frame_step": 2, "fft_length": 16},
        {"padding": "same", "frame_step": 3},
        {"data_format": "channels_first"},
        {"data_format": "channels_first", "expand_dims": True},
    ):
        channels_first = "data_format" in options
        yield probe(
            f"STFTSpectrogram {options}",
            lambda x, o=options: layers.STFTSpectrogram(
                mode="magnitude", **{"frame_length": 6, **o}
            )(x),
            (2, 20) if channels_first else (20, 2),
        )


def locally_connected(layers):
    """Yields Keras 2's convolutions with a kernel for each place."""
    for name, size, shape in (
        ("LocallyConnected2D", (3, 2), (6, 8, 4)),
        ("LocallyConnected1D", 3, SEQUENCE),
    ):
        make = getattr(layers, name)
        for options in (
            {},
            {"strides": 2, "activation": "tanh"},
            {"use_bias": False},
        ):
            yield probe(
                f"{name} {options}", lambda x, m=make, s=size, o=options: m(5, s, **o)(x), shape
            )
        for refused, options in (
            ("implementation = 2", {"implementation": 2}),
            ("padding = ", {"implementation": 3, "padding": "same"}),
        ):
            yield probe(
                f"{name} {options}",
                lambda x, m=make, s=size, o=options: m(5, s, **o)(x),
                shape,
                refused=refused,
            )
        yield probe(
            f"{name} channels_first",
            lambda x, m=make, s=size: m(5, s, data_format="channels_first")(x),
            shape,
            refused="data_format",
        )
