"""Models with a branch for each activation."""

COMMON_ACTIVATIONS = [
    "linear",
    "relu",
    "relu6",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "swish",
    "sigmoid",
    "hard_sigmoid",
    "hard_silu",
    "softplus",
    "softsign",
    "tanh",
    "exponential",
    "mish",
    "softmax",
]


RARE_ACTIVATIONS = [
    "log_softmax",
    "celu",
    "hard_tanh",
    "hard_shrink",
    "soft_shrink",
    "squareplus",
    "sparse_plus",
    "sparse_sigmoid",
    "log_sigmoid",
    "tanh_shrink",
]


def rare_activations(k):
    """Activations that only Keras 3 has."""
    layers = k.layers
    picture = k.Input((12, 11, 3))
    names = [name for name in RARE_ACTIVATIONS if hasattr(k.activations, name)]
    branches = [
        layers.Conv2D(6, 3, strides=2, activation=name, name=f"conv_{name}")(picture)
        for name in names
    ]
    x = layers.Concatenate()(
        [layers.GlobalAveragePooling2D()(layers.Conv2D(4, 3)(branch)) for branch in branches]
    )
    return k.Model(picture, layers.Dense(4, activation="softmax")(x), name="rare_activations")


def activations(k):
    """A branch an activation, as the argument of a layer and as a layer."""
    layers = k.layers
    picture = k.Input((12, 11, 3))
    names = [name for name in COMMON_ACTIVATIONS if hasattr(k.activations, name)]
    branches = [
        layers.Conv2D(6, 3, strides=2, activation=name, name=f"conv_{name}")(picture)
        for name in names
    ]
    body = layers.Conv2D(6, 3, strides=2, name="body")(picture)
    branches += [layers.Activation(name, name=f"layer_{name}")(body) for name in names]
    # Keras 3 says negative_slope where Keras 2 said alpha; both take it first.
    branches += [
        layers.LeakyReLU(0.17)(body),
        layers.ELU(0.4)(body),
        layers.PReLU()(body),
        layers.ReLU(negative_slope=0.1, threshold=0.2, max_value=1.5)(body),
        layers.Softmax()(body),
        layers.Softmax(axis=1, name="softmax_rows")(body),
        layers.LayerNormalization(name="norm_channels")(body),
        layers.LayerNormalization(axis=[1, 2], center=False, name="norm_space")(body),
    ]
    x = layers.Concatenate()(
        [layers.GlobalAveragePooling2D()(layers.Conv2D(4, 3)(branch)) for branch in branches]
    )
    return k.Model(picture, layers.Dense(4, activation="softmax")(x), name="activations")
