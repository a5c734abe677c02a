"""Activations of all kinds, as functions, layers and arguments."""

from probe import probe


def activation_probes(k):
    """Yields probes of either Keras."""
    layers, activations = k.layers, k.activations
    for axis in (1, -1, [1, 2], [2, 3], [1, 2, 3]):
        yield probe(f"Softmax along {axis}", lambda x, a=axis: layers.Softmax(axis=a)(x))
    yield probe("activations.softmax", lambda x: activations.softmax(x, axis=1))
    yield probe("activations.elu", lambda x: activations.elu(x, 0.4))
    yield probe("activations.relu", lambda x: activations.relu(x))
    for name in ("selu", "softplus", "softsign", "gelu", "tanh", "sigmoid", "exponential"):
        yield probe(f"activations.{name}", lambda x, n=name: getattr(activations, n)(x))
    given = {
        "ELU": lambda: layers.ELU(0.5),
        "ReLU": lambda: layers.ReLU(2.0),
        "ReLU with all": lambda: layers.ReLU(2.0, 0.1, 0.5),
        "LeakyReLU": lambda: layers.LeakyReLU(0.2),
        "Softmax": lambda: layers.Softmax(),
        "Softmax of rows": lambda: layers.Softmax(axis=1),
    }
    for name, make in given.items():
        yield probe(f"Conv2D with {name}", lambda x, m=make: layers.Conv2D(3, 2, activation=m())(x))
        yield probe(f"Dense with {name}", lambda x, m=make: layers.Dense(3, activation=m())(x))
        yield probe(f"Activation of {name}", lambda x, m=make: layers.Activation(m())(x))
    for name in ("softmax", "log_softmax", "elu", "relu", "hard_sigmoid", "swish"):
        yield probe(
            f"Conv1D {name}",
            lambda x, n=name: layers.Conv1D(3, 2, activation=n)(x),
            (7, 4),
        )
        yield probe(
            f"channels first {name}",
            lambda x, n=name: layers.Conv2D(3, 2, data_format="channels_first", activation=n)(x),
            (4, 6, 5),
        )
