"""Activations, smooth and at their kinks."""

from keras import layers

from .case import case


def activations():
    for name in [
        "linear",
        "relu",
        "relu6",
        "elu",
        "selu",
        "celu",
        "exponential",
        "sigmoid",
        "tanh",
        "softplus",
        "softsign",
        "log_sigmoid",
        "hard_sigmoid",
        "hard_silu",
        "hard_tanh",
        "silu",
        "mish",
        "gelu",
        "leaky_relu",
        "softmax",
        "log_softmax",
        "tanh_shrink",
        "hard_shrink",
        "soft_shrink",
        "squareplus",
        "sparse_plus",
        "sparse_sigmoid",
    ]:
        yield case(
            lambda name=name: layers.Activation(name),
            (2, 3, 5, 4),
            spread=3.0,
            name=f"activation {name}",
        )
        yield case(
            lambda name=name: layers.Activation(name),
            (3, 7),
            spread=3.0,
            name=f"activation {name} vector",
        )
    # At their kinks, which whole numbers hit.
    kinked = ["relu6", "hard_sigmoid", "hard_silu", "hard_tanh", "sparse_plus", "sparse_sigmoid"]
    for name in kinked:
        yield case(
            lambda name=name: layers.Activation(name),
            (4, 3, 5, 4),
            integers=True,
            low=-3,
            high=7,
            name=f"activation {name} at whole numbers",
        )
    for options in [
        (2.0, 0.1, 1.0),
        (2.0, 0.0, 0.0),
        (6.0, 0.1, 0.0),
        (None, 0.1, 1.0),
        (None, 0.1, 0.0),
    ]:
        yield case(
            lambda options=options: layers.ReLU(*options),
            (4, 3, 5, 4),
            integers=True,
            low=-3,
            high=7,
            name=f"relu {options} at whole numbers",
        )
    yield case(lambda: layers.ReLU(), (2, 3, 5, 4), integers=True, name="relu at 0")
    yield case(lambda: layers.ReLU(6.0), (2, 3, 5, 4), spread=5.0, name="relu6")
    yield case(lambda: layers.ReLU(2.0, 0.1, 0.5), (2, 3, 5, 4), spread=2.0, name="relu general")
    yield case(lambda: layers.LeakyReLU(0.2), (2, 3, 5, 4), name="leaky relu")
    yield case(lambda: layers.LeakyReLU(), (2, 3, 5, 4), name="leaky relu default")
    yield case(lambda: layers.PReLU(), (2, 3, 5, 4), name="prelu")
    yield case(lambda: layers.PReLU(shared_axes=[1, 2]), (2, 3, 5, 4), name="prelu shared")
    yield case(lambda: layers.ELU(0.7), (2, 3, 5, 4), name="elu 0.7")
    yield case(lambda: layers.Softmax(axis=1), (2, 5, 3), name="softmax axis 1")
