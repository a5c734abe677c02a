"""The reference case: DenseNet169 + GlobalAveragePooling2D + Dense(1024) + Dense(200).

No trained weights are needed: they are seeded random numbers, with
BatchNormalization calibrated on pictures so that signals neither vanish nor
explode through 169 layers and class scores differ from picture to picture.
"""

import numpy as np

SIZE = 224
CLASSES = 200
#: Where one looks, by the names that Keras 3 gives (Keras 2 says ``conv1/relu``).
LAYERS = ("conv1_relu", "pool2_conv", "pool3_conv", "pool4_conv", "conv5_block32_concat")


def build_reference_model(seed=0):
    """Build the reference model with Keras 3 and seeded random weights.

    Takes (n, 224, 224, 3) float32 in -1..1, gives (n, 200) probabilities.
    """
    import keras

    keras.utils.set_random_seed(seed)
    model = _architecture(keras)
    calibrate(model, _calibration_pictures(seed), seed)
    return model


def build_reference_model_keras2(seed=0):
    """The same model, weight for weight, built with Keras 2 (``tf_keras``)."""
    import tf_keras

    twin = _architecture(tf_keras)
    for ours, theirs in zip(build_reference_model(seed).layers, twin.layers, strict=True):
        if ours.name.startswith("conv") and ours.name != theirs.name.replace("/", "_"):
            raise ValueError(f"Keras 3 has layer {ours.name} where Keras 2 has {theirs.name}.")
        theirs.set_weights(ours.get_weights())
    return twin


def reference_picture(name="china.jpg"):
    """scikit-learn's ``china.jpg`` or ``flower.jpg``, as uint8 (224, 224, 3)."""
    from PIL import Image
    from sklearn.datasets import load_sample_image

    picture = Image.fromarray(load_sample_image(name))
    return np.asarray(picture.resize((SIZE, SIZE), Image.Resampling.BILINEAR))


def reference_input(name="china.jpg"):
    """The photograph as the model takes it: ``img/255*2-1``, float32 (1, 224, 224, 3)."""
    picture = reference_picture(name).astype("float32")
    return (picture / 255 * 2 - 1)[np.newaxis]


def calibrate(model, pictures, seed=0, spread=0.1):
    """Give every BatchNormalization statistics that fit its inputs, then jitter them.

    One pass in training mode with momentum 0 stores the batch's own mean and
    variance. Gamma, beta and the statistics are then drawn around these, so
    that no layer is the identity and a reader that mixes up the four
    variables is found out. ``pictures`` is (n, h, w, c), or a list of such for
    a model with several inputs.
    """
    random = np.random.default_rng(seed)
    norms = [layer for layer in walk(model) if type(layer).__name__ == "BatchNormalization"]
    momenta = [layer.momentum for layer in norms]
    for layer in norms:
        layer.momentum = 0.0
        for variable in (layer.gamma, layer.beta):
            if variable is not None:
                centre = 1.0 if variable is layer.gamma else 0.0
                variable.assign(random.normal(centre, spread, variable.shape).astype("float32"))
    model(pictures, training=True)
    for layer, momentum in zip(norms, momenta, strict=True):
        layer.momentum = momentum
        mean, variance = np.array(layer.moving_mean), np.array(layer.moving_variance)
        layer.moving_mean.assign(mean + spread * np.sqrt(variance) * random.normal(size=mean.shape))
        layer.moving_variance.assign(
            variance * random.uniform(1 - spread, 1 + spread, variance.shape) + 1e-4
        )


def walk(model):
    """Every layer of a model, those of nested models included."""
    for layer in model.layers:
        yield layer
        if hasattr(layer, "layers"):
            yield from walk(layer)


def _architecture(keras):
    layers = keras.layers
    base = keras.applications.DenseNet169(
        include_top=False, weights=None, input_shape=(SIZE, SIZE, 3)
    )
    x = layers.GlobalAveragePooling2D(name="avg_pool")(base.output)
    x = layers.Dense(1024, activation="relu", name="fc1")(x)
    # Wider than Glorot: an untrained head would give every class 1/200.
    wide = keras.initializers.RandomNormal(stddev=0.5, seed=1)
    x = layers.Dense(CLASSES, activation="softmax", kernel_initializer=wide, name="predictions")(x)
    return keras.Model(base.input, x, name="reference")


def _calibration_pictures(seed, count=8):
    """Smooth coloured noise in -1..1 at several scales, a stand-in for photographs."""
    random = np.random.default_rng(seed)
    pictures = np.zeros((count, SIZE, SIZE, 3), "float32")
    for cells in (2, 7, 28, 112):
        coarse = random.normal(size=(count, cells, cells, 3)) / np.sqrt(cells) * 1.5
        block = SIZE // cells
        pictures += coarse.repeat(block, axis=1).repeat(block, axis=2).astype("float32")
    return np.clip(pictures, -1, 1)
