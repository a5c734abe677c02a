"""The models that conformance runs: one line each in :data:`CASES`.

A builder takes a Keras module, ``keras`` (3) or ``tf_keras`` (2), and gives a
model with its own initial weights; :func:`randomise` then moves whatever Keras
starts at 0 or 1, so that a swapped or forgotten variable shows.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples"))
import applications
import reference_case
from activation_models import activations, rare_activations
from operator_models import attention_maps, operators, padded

#: Every way in which people's files were written: the writer, and the file's ending.
FORMATS = ("keras3.keras", "keras3.h5", "keras2.h5")


@dataclass(frozen=True)
class Case:
    """One model of the table."""

    name: str
    build: Callable
    formats: tuple = FORMATS
    #: Number of samples in the input.
    batch: int = 2
    #: Layers to compare: ids as Keras 3 spells them, None for all, a number for so many of them.
    layers: tuple | int | None = None
    #: Part of what ``npm test`` runs.
    subset: bool = True
    #: Scores explained.
    scores: tuple = ("logit", "probability")
    #: One of ``keras.applications``.
    application: bool = False


def sequential(k):
    layers = k.layers
    return k.Sequential(
        [
            k.Input((33, 29, 3)) if hasattr(k, "ops") else layers.InputLayer((33, 29, 3)),
            layers.Conv2D(8, 3, padding="same", activation="relu"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(2),
            layers.SeparableConv2D(12, 3, padding="same", activation="relu", depth_multiplier=2),
            layers.AveragePooling2D(3, strides=2, padding="same"),
            layers.DepthwiseConv2D(3, padding="same", use_bias=False),
            layers.LeakyReLU(0.1),
            layers.Conv2D(16, (3, 5), strides=2, padding="same"),
            layers.ELU(0.7),
            layers.SpatialDropout2D(0.2),
            layers.Flatten(),
            layers.Dropout(0.3),
            layers.Dense(20, activation="tanh"),
            layers.Dense(5, activation="softmax"),
        ],
        name="sequential",
    )


def functional(k):
    """Skip connections, squeeze and excitation, every merge, dilation, groups."""
    layers = k.layers
    picture = k.Input((35, 31, 3), name="picture")
    x = layers.ZeroPadding2D(((3, 2), (2, 3)))(picture)
    x = layers.Conv2D(16, 7, strides=2, use_bias=False)(x)
    x = layers.BatchNormalization(epsilon=1e-5, scale=False)(x)
    x = stem = layers.ReLU(max_value=6)(x)
    dilated = layers.Conv2D(16, 3, padding="same", dilation_rate=2)(x)
    depthwise = layers.DepthwiseConv2D(3, padding="same", dilation_rate=(2, 2))(x)
    grouped = layers.Conv2D(16, 3, padding="same", groups=4)(x)
    x = layers.Add()([dilated, depthwise, grouped])
    x = layers.PReLU(shared_axes=[1, 2])(x)
    gate = layers.GlobalAveragePooling2D(keepdims=True)(x)
    gate = layers.Conv2D(16, 1, activation="sigmoid")(gate)
    x = layers.Multiply()([x, gate])
    x = layers.Concatenate()([x, stem])
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    strided = layers.DepthwiseConv2D(3, strides=2, padding="same", depth_multiplier=2)(x)
    left = layers.Conv2D(12, 1, activation="relu")(strided)
    right = layers.Conv2D(12, 1, activation="selu")(strided)
    x = layers.Concatenate()(
        [
            layers.Maximum()([left, right]),
            layers.Minimum()([left, right]),
            layers.Average()([left, right]),
            layers.Subtract()([left, right]),
        ]
    )
    up = layers.Conv2DTranspose(10, 3, strides=2, padding="same")(x)
    nearest = layers.UpSampling2D(2)(x)
    bilinear = layers.UpSampling2D(2, interpolation="bilinear")(x)
    x = layers.Concatenate()([up, nearest, bilinear])
    x = layers.Cropping2D(((1, 0), (0, 1)))(x)
    x = layers.AveragePooling2D((3, 2), strides=(2, 3), padding="same")(x)
    x = layers.SeparableConv2D(24, 3, strides=2, activation="elu")(x)
    top = layers.Concatenate()([layers.GlobalAveragePooling2D()(x), layers.GlobalMaxPooling2D()(x)])
    x = layers.Dense(7)(top)
    return k.Model(picture, layers.Activation("softmax")(x), name="functional")


def pools(k):
    """Pooling at sizes that do not divide, in both paddings."""
    layers = k.layers
    picture = k.Input((23, 17, 3))
    branches = []
    for padding in ("same", "valid"):
        for size, stride in ((2, 2), (3, 1), ((3, 2), (2, 3)), (5, 3)):
            for pool in (layers.MaxPooling2D, layers.AveragePooling2D):
                x = layers.Conv2D(4, 3, activation="relu", padding=padding)(picture)
                x = pool(size, strides=stride, padding=padding)(x)
                branches.append(
                    layers.GlobalAveragePooling2D()(layers.Conv2D(4, 2, activation="tanh")(x))
                )
    x = layers.Concatenate()(branches)
    return k.Model(picture, layers.Dense(4, activation="softmax")(x), name="pools")


def transposed(k):
    """Conv2DTranspose in every stride and padding."""
    layers = k.layers
    picture = k.Input((9, 8, 3))
    settings = (
        {"strides": 2, "padding": "valid"},
        {"strides": 2, "padding": "same"},
        {"strides": 3, "padding": "same"},
        {"strides": (1, 2), "padding": "valid"},
        {"strides": 1, "padding": "same"},
    )
    branches = [
        layers.GlobalMaxPooling2D()(
            layers.Conv2DTranspose(5, (3, 2), activation="tanh", **setting)(picture)
        )
        for setting in settings
    ]
    x = layers.Concatenate()(branches)
    return k.Model(picture, layers.Dense(4, activation="softmax")(x), name="transposed")


def binary(k):
    """One sigmoid unit, as cats-and-dogs tutorials have it, with augmentation in the model."""
    layers = k.layers
    return k.Sequential(
        [
            k.Input((40, 40, 3)) if hasattr(k, "ops") else layers.InputLayer((40, 40, 3)),
            layers.RandomFlip("horizontal"),
            layers.RandomRotation(0.1),
            layers.Rescaling(0.5, offset=0.1),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.GaussianNoise(0.1),
            layers.Flatten(),
            layers.Dense(16, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ],
        name="binary",
    )


def nested(k):
    """Transfer learning: a functional body inside a functional model inside a Sequential."""
    layers = k.layers
    picture = k.Input((32, 32, 3))
    x = layers.Conv2D(12, 3, strides=2, name="conv")(picture)
    x = layers.BatchNormalization(name="norm")(x)
    block = k.Model(picture, layers.ReLU(name="relu")(x), name="block")
    outer = k.Input((32, 32, 3))
    x = block(outer)
    x = layers.Add(name="skip")([x, layers.Conv2D(12, 1, name="mix")(x)])
    body = k.Model(outer, x, name="body")
    return k.Sequential(
        [
            k.Input((32, 32, 3)) if hasattr(k, "ops") else layers.InputLayer((32, 32, 3)),
            body,
            layers.Conv2D(9, 3, activation="relu", name="last"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(6, activation="softmax"),
        ],
        name="nested",
    )


def shared(k):
    """Two inputs through the same layers: weights shared, nodes `conv` and `conv@1`."""
    layers = k.layers
    first, second = k.Input((20, 20, 3), name="first"), k.Input((20, 20, 3), name="second")
    conv, norm = (
        layers.Conv2D(10, 3, activation="relu", name="conv"),
        layers.BatchNormalization(name="norm"),
    )
    left, right = norm(conv(first)), norm(conv(second))
    x = layers.Concatenate(name="both")([left, right])
    x = layers.Conv2D(8, 3, activation="relu", name="last")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return k.Model([first, second], layers.Dense(5, activation="softmax")(x), name="shared")


def reshaping(k):
    """Layers that move numbers about: Reshape, Permute, Flatten, Resizing, CenterCrop."""
    layers = k.layers
    picture = k.Input((19, 22, 3))
    x = layers.Resizing(24, 21)(picture)
    x = layers.CenterCrop(20, 16)(x)
    x = layers.Conv2D(8, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Permute((2, 1, 3))(x)
    x = layers.Reshape((10, 8, 8))(x)
    x = layers.Conv2D(8, 3, activation="relu")(x)
    x = layers.Flatten()(x)
    return k.Model(picture, layers.Dense(5, activation="softmax")(x), name="reshaping")


def transformer(k):
    """A small vision transformer: patches as tokens, two blocks, the mean of all tokens."""
    layers = k.layers
    picture = k.Input((40, 32, 3))
    x = layers.Conv2D(12, 8, strides=8, name="patches")(picture)
    x = layers.Reshape((20, 12), name="tokens")(x)
    for i in range(2):
        y = layers.LayerNormalization(epsilon=1e-6, name=f"norm_{i}")(x)
        y = layers.MultiHeadAttention(3, 5, name=f"attention_{i}")(y, y)
        x = layers.Add(name=f"sum_{i}")([x, y])
        y = layers.LayerNormalization(epsilon=1e-6, name=f"mlp_norm_{i}")(x)
        y = layers.Dense(24, activation="gelu", name=f"mlp_{i}a")(y)
        x = layers.Add(name=f"mlp_sum_{i}")([x, layers.Dense(12, name=f"mlp_{i}b")(y)])
    x = layers.GlobalAveragePooling1D(name="mean")(layers.LayerNormalization(name="norm")(x))
    x = layers.Dense(5, activation="softmax", name="classes")(x)
    return k.Model(picture, x, name="transformer")


def stem(k):
    """A wide first convolution on a large picture: the largest im2col matrix is below it."""
    layers = k.layers
    picture = k.Input((128, 128, 3))
    x = layers.ZeroPadding2D(3)(picture)
    x = layers.Conv2D(64, 7, strides=2, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return k.Model(picture, layers.Dense(4, activation="softmax")(x), name="stem")


def densenet_reference(k):
    return (
        reference_case.build_reference_model()
        if hasattr(k, "ops")
        else reference_case.build_reference_model_keras2()
    )


CASES = (
    Case(
        "reference",
        densenet_reference,
        ("keras3.h5", "keras2.h5"),
        batch=1,
        layers=reference_case.LAYERS,
    ),
    Case("sequential", sequential),
    Case("functional", functional),
    Case("pools", pools),
    Case("transposed", transposed),
    Case("activations", activations),
    Case("rare_activations", rare_activations, FORMATS[:1]),
    Case("stem", stem, FORMATS[:1], batch=1),
    Case("binary", binary),
    Case("nested", nested),
    Case("shared", shared),
    Case("operators", operators),
    # Keras 3 writes operators into .h5 too, but cannot read them back.
    Case("attention_maps", attention_maps, (FORMATS[0], FORMATS[2])),
    Case("padded", padded),
    Case("reshaping", reshaping),
    Case("transformer", transformer),
    *applications.cases(Case),
)


def randomise(model, seed=0):
    """Move biases, slopes and normalisation variables off the 0 and 1 that they start at."""
    random = np.random.default_rng(seed)
    for layer in reference_case.walk(model):
        if hasattr(layer, "layers"):
            continue
        for variable in layer.weights:
            kind = variable.name.split("/")[-1].split(":")[0]
            if kind in ("bias", "alpha", "beta", "gamma") or type(layer).__name__ == "LayerScale":
                variable.assign(np.array(variable) + random.normal(0, 0.2, variable.shape))
