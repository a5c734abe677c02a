"""Write one small model with the Keras of this environment, in every form it knows.

    python write.py MODULE FOLDER

MODULE is what Keras is imported as: keras, tensorflow.keras or tf_keras. Runs with
Python 3.6 and later, by itself: an environment has Keras and its backend, no more.
"""

import base64
import importlib
import inspect
import json
import os
import platform
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

SHAPE = (12, 10, 3)
CLASSES = 5


def build(keras, is_plain=False):
    """Return a model of what Keras' versions store in different ways, as far as this one has it.

    A plain one has no layers in layers: some versions cannot write such as `.h5`.
    """
    layers = keras.layers
    picture = layers.Input(shape=SHAPE, name="picture")
    x = layers.Conv2D(4, 3, strides=2, padding="same", use_bias=False, name="conv")(picture)
    x = layers.BatchNormalization(epsilon=1e-2, name="norm")(x)
    x = layers.ReLU(**taken(layers.ReLU, max_value=1.5, negative_slope=0.125, threshold=0.25))(x)
    x = layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2, name="depthwise")(x)
    x = layers.LeakyReLU(0.25, name="leaky")(x)
    x = layers.SeparableConv2D(4, 3, padding="same", name="separable")(x)
    x = operators(keras, x)
    if is_plain:
        return compiled(keras, picture, layers.GlobalAveragePooling2D(name="pool")(x))

    inner = layers.Input(shape=(6, 5, 4))
    y = layers.Conv2D(4, 1, activation="elu", name="inner_conv")(inner)
    y = layers.BatchNormalization(scale=False, name="inner_norm")(y)
    block = keras.models.Model(inner, layers.Add(name="inner_add")([inner, y]), name="block")
    x = block(x)
    # Keras 3.2 forgets in its files which call of a model it is that a layer reads.
    if not keras.__version__.startswith("3.2."):
        x = block(x)

    row = keras.models.Sequential(name="row")
    row.add(layers.Conv2D(3, 3, activation="relu", input_shape=(6, 5, 4)))
    row.add(layers.MaxPooling2D(2, padding="same"))
    row.add(layers.BatchNormalization())

    tokens = layers.Reshape((30, 4), name="tokens")(x)
    if hasattr(layers, "MultiHeadAttention"):
        tokens = layers.MultiHeadAttention(2, 3, name="attention")(tokens, tokens)
    if hasattr(layers, "LayerNormalization"):
        tokens = layers.LayerNormalization(name="layer_norm")(tokens)
    tokens = layers.TimeDistributed(layers.Dense(2, activation="tanh"), name="each")(tokens)
    tokens = layers.Bidirectional(layers.GRU(2), name="both")(tokens)

    pooled = layers.GlobalAveragePooling2D(name="pool")
    features = layers.Concatenate(name="features")(
        [pooled(x), layers.GlobalMaxPooling2D()(row(x)), tokens]
    )
    return compiled(keras, picture, layers.Dropout(0.5)(features))


def compiled(keras, picture, features):
    """Return the model that tells classes by the features."""
    scores = keras.layers.Dense(CLASSES, activation="softmax", name="scores")(features)
    model = keras.models.Model(picture, scores, name="small")
    model.compile("sgd", "categorical_crossentropy")
    return model


def taken(layer, **arguments):
    """Return those of the arguments that this version's layer has."""
    known = inspect.signature(layer.__init__).parameters
    return {name: value for name, value in arguments.items() if name in known}


def operators(keras, x):
    """Return `x` gated by its own means, by operators where a model's graph may have them."""
    major, minor = (int(part) for part in keras.__version__.split(".")[:2])
    if major == 3:
        means = keras.ops.mean(x * 0.5 + 1, axis=[1, 2], keepdims=True)
        return x * keras.ops.sigmoid(means - 0.75)
    import tensorflow as tf

    if (keras.__name__ == "keras" and minor < 4) or tf.__version__.startswith("1.13."):
        return keras.layers.Multiply(name="gated")([x, x])
    means = tf.reduce_mean(x * 0.5 + 1, [1, 2], keepdims=True)
    return x * tf.sigmoid(means - 0.75)


def raw_operators(keras):
    """Return a model of operators side by side, each as TensorFlow 2.0 to 2.3 store it."""
    import tensorflow as tf

    x = keras.layers.Input(shape=(4, 6, 4), name="x")
    half = tf.abs(x) + 0.5
    across = tf.reduce_mean(x, [1, 2], keepdims=True)
    made = [half, -x, tf.exp(x), tf.math.expm1(x), tf.math.log(half), tf.math.log1p(half)]
    made += [tf.sqrt(half), tf.math.rsqrt(half), tf.square(x), tf.math.reciprocal(half), tf.sign(x)]
    made += [tf.floor(x), tf.math.ceil(x), tf.round(x), tf.math.rint(x), tf.math.erf(x)]
    made += [tf.sin(x), tf.cos(x), tf.tan(x), tf.asin(x / 4), tf.acos(x / 4), tf.atan(x)]
    made += [tf.sinh(x), tf.cosh(x), tf.tanh(x), tf.sigmoid(x)]
    made += [tf.nn.relu(x), tf.nn.relu6(x * 4), tf.nn.elu(x), tf.nn.selu(x), tf.nn.softplus(x)]
    made += [tf.nn.softsign(x), tf.nn.softmax(x), tf.nn.log_softmax(x), tf.nn.leaky_relu(x, 0.3)]
    made += [tf.identity(x), tf.stop_gradient(x), tf.zeros_like(x)]
    made += [x + across, 1 - x, x * across, x / half, tf.maximum(x, 0.25), tf.minimum(x, across)]
    made += [half**x, half**2, tf.math.squared_difference(x, across), x // 0.75, x % 0.75]
    made += [tf.math.divide_no_nan(x, tf.nn.relu(x)), tf.math.atan2(x, half)]
    made += [tf.nn.bias_add(x, [0.5, -1.0, 0.25, 2.0]), x - [1.0, 2.0, 3.0, 4.0]]
    made += [tf.cast(x > across, "float32"), tf.cast(x >= 0.25, "float32")]
    made += [tf.cast(x < across, "float32"), tf.cast(x <= 0.25, "float32")]
    made += [tf.cast(tf.equal(x, 0.25), "float32"), tf.cast(tf.not_equal(x, 0.25), "float32")]
    both, either = tf.logical_and(x > 0, x < across), tf.logical_or(x > 1, x < across)
    made += [tf.cast(both, "float32"), tf.cast(either, "float32")]
    made += [tf.cast(tf.logical_not(either), "float32"), tf.where(x > across, x, across - x)]
    made += [tf.add_n([x, half, x])]
    made += [x + tf.reduce_sum(x, -1, keepdims=True), x + tf.reduce_max(x, [1], keepdims=True)]
    made += [x + tf.reduce_min(x, [2], keepdims=True), x + tf.reduce_prod(x, 3, keepdims=True)]
    made += [x + tf.reduce_mean(x, 3)[:, :, :, tf.newaxis]]
    some = [tf.reduce_any(x > 1, 3, keepdims=True), tf.reduce_all(x > -1, 3, keepdims=True)]
    made += [x + tf.cast(one, "float32") for one in some]
    made += [
        tf.matmul(x, x, transpose_b=True)[..., :4],
        tf.matmul(tf.matmul(x, half, True), x, 0, 1)[:, :, :1, :4] + x,
    ]
    made += [tf.concat([x[..., :1], x[..., 1:]], -1), tf.stack([x, half], 1)[:, 1]]
    made += [tf.reshape(x, [-1, 4, 6, 4]), tf.reshape(tf.transpose(x, [0, 3, 2, 1]), [-1, 4, 6, 4])]
    made += [tf.squeeze(tf.expand_dims(x, 2), [2]), tf.tile(x[..., :2], [1, 1, 1, 2])]
    made += [tf.reverse(x, [1, 2]), tf.pad(x, [[0, 0], [1, 0], [0, 1], [0, 0]])[:, :-1, 1:]]
    made += [tf.pad(x, [[0, 0], [1, 0], [0, 0], [0, 0]], constant_values=2.0)[:, :4]]
    made += [tf.clip_by_value(x, -0.5, 0.75), tf.cast(tf.cast(x * 4, "int32"), "float32")]
    made += [x[:, ::-1], x[:, 1:2] + x[:, :, 2:3], x + x[:, 2, :, :][:, tf.newaxis]]
    made += [tf.image.resize(x, [8, 12])[:, 2:6, 3:9]]
    made += [tf.image.resize(x, [8, 12], "nearest")[:, 2:6, 3:9]]
    mixed = tf.matmul(tf.reduce_mean(x, [1, 2]), [[1.0, 2.0, 0.5, -1.0]] * 4)
    made += [x + mixed[:, tf.newaxis, tf.newaxis]]
    made += [
        tf.nn.space_to_depth(x, 2)[:, :1, :1, :4] + x,
        tf.nn.depth_to_space(x, 2)[:, :4, :6] + x,
    ]
    made += more_operators(tf, keras, x, half)
    return keras.models.Model(x, tf.concat(made, -1), name="raw")


def more_operators(tf, keras, x, half):
    """Return further operators of x (4, 6, 4), and of it without zeros."""
    some = tf.nn.relu(x)
    made = [tf.math.asinh(x), tf.math.acosh(half + 1), tf.math.atanh(x / 8), tf.math.erfc(x)]
    made += [tf.math.xlogy(some, half), tf.math.multiply_no_nan(x, some)]
    made += [x + tf.cast(tf.math.is_nan(x / some), "float32")]
    made += [x + tf.math.reduce_euclidean_norm(half, -1, keepdims=True)]
    made += [tf.math.cumsum(x, 1, exclusive=True), tf.math.cumprod(half, 2, reverse=True)]
    made += [tf.math.top_k(x, 4)[0], tf.one_hot(tf.argmax(x, -1), 4), tf.one_hot(tf.argmin(x, -1), 4)]
    made += [tf.einsum("bhwc,bhwd->bhwd", x, half), tf.compat.v1.where(x > 0.25, x, half)]
    made += [*tf.split(x, 2, -1)[::-1], *tf.split(x, [1, 3], -1)]
    made += [tf.stack(tf.unstack(x, axis=3)[::-1], 3), tf.roll(x, [1, -2], [1, 3])]
    made += [tf.gather(x, [3, 0, 1, 1], axis=3), x + tf.gather(x, 2, axis=1)[:, tf.newaxis]]
    made += [tf.slice(x, [0, 0, 0, 1], [-1, 4, 6, 2])]
    made += [tf.pad(x, [[0, 0], [2, 0], [0, 1], [0, 0]], mode)[:, :4, 1:] for mode in MIRRORED]
    made += [tf.image.resize(x, [8, 12], "bicubic")[:, 2:6, 3:9]]
    made += [tf.nn.max_pool2d(x, 2, 1, "SAME"), tf.nn.avg_pool2d(x, 3, 1, "SAME")]
    kernel = np.linspace(-1, 1, 72).reshape(3, 3, 4, 2).astype("float32")
    made += [tf.nn.conv2d(x, kernel, 1, "SAME"), tf.nn.conv2d(x, kernel, 1, "SAME", dilations=2)]
    made += [tf.nn.depthwise_conv2d(x, kernel, [1, 1, 1, 1], "SAME")]
    made += [tf.image.extract_patches(x, [1, 2, 2, 1], [1] * 4, [1] * 4, "SAME")]
    made += [tf.nn.lrn(x, 1, alpha=0.5)]
    made += [tf.reshape(tf.reshape(x, [tf.shape(x)[0], 24, tf.shape(x)[3]]), [-1, 4, 6, 4])]
    made += [keras.backend.resize_images(x, 2, 2, "channels_last")[:, 2:6, 3:9]]
    return made


MIRRORED = ("REFLECT", "SYMMETRIC")


def draw(model):
    """Give every weight sixty-fourths from -0.5 to 0.5, which pack well; variances 0.5 to 1.5."""
    random = np.random.RandomState(11)
    model.set_weights(
        [
            (random.randint(-32, 33, value.shape) / 64.0).astype(value.dtype)
            for value in model.get_weights()
        ]
    )
    for layer in inside(model):
        if type(layer).__name__.startswith("BatchNormalization"):
            *others, variance = layer.get_weights()
            layer.set_weights([*others, variance + 1])


def inside(model):
    """Return all layers, those of models in the model too."""
    return [
        one
        for layer in model.layers
        for one in (inside(layer) if hasattr(layer, "layers") else [layer])
    ]


def encode(array):
    """Return a tensor as conformance/ops/tensors.py writes it."""
    array = np.ascontiguousarray(array, dtype="<f4")
    return {
        "shape": list(array.shape),
        "data": base64.b64encode(array.tobytes()).decode(),
    }


def main(module, folder):
    """Write the model's files, its numbers, and what wrote them."""
    keras = importlib.import_module(module)

    def to(name):
        return os.path.join(folder, name)

    version = tuple(int(part) for part in keras.__version__.split(".")[:2])
    model = build(keras)
    draw(model)
    note(to("model"), model)
    try:
        model.save(to("model.h5"))
    except ValueError as error:
        # Of Keras 3.0 to 3.2: weights of one name in a layer, where layers are in it.
        print("No model.h5:", error)
        os.remove(to("model.h5"))
        plain = build(keras, is_plain=True)
        draw(plain)
        plain.save(to("plain.h5"))
        note(to("plain"), plain)
    if module == "tensorflow.keras" and sys.modules["tensorflow"].__version__.startswith("2.3."):
        raw = raw_operators(keras)
        raw.save(to("raw.h5"))
        note(to("raw"), raw)
    if version >= (2, 12):
        model.save(to("model.keras"))
    with open(to("model.json"), "w") as file:
        file.write(model.to_json())
    if version < (3, 0):
        model.save_weights(to("legacy.h5"))
    if version >= (2, 12):
        model.save_weights(to("model.weights.h5"))
    if version >= (3, 0) and "max_shard_size" in inspect.signature(model.save_weights).parameters:
        model.save_weights(to("shards.weights.json"), max_shard_size=1.5 / 1024**2)
    with open(to("writer.json"), "w") as file:
        json.dump(
            {
                "keras": keras.__version__,
                "backend": backend_of(keras),
                "python": platform.python_version(),
                "h5py": importlib.import_module("h5py").__version__,
            },
            file,
        )


def note(stem, model):
    """Write what a model makes of two pictures."""
    shape = tuple(int(size) for size in model.inputs[0].shape[1:])
    pictures = np.random.RandomState(3).randint(-64, 65, (2, *shape)) / 64.0
    output = model.predict(pictures.astype("float32"), verbose=0)
    with open(stem + ".numbers.json", "w") as file:
        json.dump({"input": encode(pictures), "output": encode(output)}, file)


def backend_of(keras):
    """Return the backend's name and version."""
    name = keras.backend.backend() if hasattr(keras.backend, "backend") else "tensorflow"
    return f"{name} {importlib.import_module(name).__version__}"


if __name__ == "__main__":
    main(*sys.argv[1:])
