"""Small models in which each reader's trap is set.

Every builder takes the Keras module: Keras 3 or tf_keras (Keras 2).
"""


def plain(k):
    """Ordinary layers of a Functional CNN, odd sizes."""
    L = k.layers
    x = inputs = k.Input((23, 17, 3), name="image")
    x = L.Conv2D(8, 3, activation="relu", padding="same", name="conv_a")(x)
    x = L.BatchNormalization(name="bn_a")(x)
    x = L.MaxPooling2D(3, strides=2, padding="same", name="pool_a")(x)
    left = L.SeparableConv2D(6, (3, 2), strides=1, padding="same", activation="swish", name="sep")(
        x
    )
    right = L.DepthwiseConv2D(3, depth_multiplier=2, padding="same", use_bias=False, name="dw")(x)
    right = L.Conv2D(6, 1, use_bias=False, name="project")(right)
    right = L.BatchNormalization(scale=False, center=False, name="bn_bare")(right)
    x = L.Add(name="sum")([left, right])
    x = L.LeakyReLU(0.2, name="leaky")(x)
    x = L.Concatenate(name="joined")([x, left])
    x = L.PReLU(shared_axes=[1, 2], name="prelu")(x)
    x = L.ELU(0.7, name="elu")(x)
    x = L.ReLU(max_value=6, name="relu6")(x)
    x = L.Conv2D(12, 3, groups=3, dilation_rate=2, activation="gelu", name="grouped")(x)
    x = L.LayerNormalization(name="ln")(x)
    x = L.AveragePooling2D(2, name="pool_b")(x)
    x = L.SpatialDropout2D(0.1, name="drop")(x)
    x = L.GlobalAveragePooling2D(name="gap")(x)
    x = L.Dense(7, activation="tanh", name="hidden")(x)
    return k.Model(inputs, L.Dense(5, activation="softmax", name="classes")(x), name="plain")


def sequential(k):
    L = k.layers
    return k.Sequential(
        [
            k.Input((28, 28, 1)),
            L.Conv2D(4, (5, 3), strides=(2, 1), activation="relu"),
            L.MaxPooling2D(),
            L.Conv2D(6, 3, activation="relu", kernel_initializer="he_normal"),
            L.Flatten(),
            L.Dropout(0.5),
            L.Dense(1, activation="sigmoid"),
        ],
        name="with_input",
    )


def deferred(k):
    """No input layer: the shape is known only once the model was built."""
    L = k.layers
    model = k.Sequential(
        [L.Conv2D(4, 3, activation="relu"), L.GlobalMaxPooling2D(), L.Dense(3)], name="deferred"
    )
    model.build((None, 12, 10, 3))
    return model


def nested(k):
    """A backbone in a Sequential in a Functional model; partly frozen.

    So legacy files list its weights out of order.
    """
    L = k.layers
    x = inputs = k.Input((16, 16, 3), name="backbone_input")
    x = L.Conv2D(4, 3, padding="same", name="conv")(x)
    x = L.BatchNormalization(name="bn")(x)
    x = L.Activation("relu", name="act")(x)
    x = L.Conv2D(5, 3, name="conv_2")(x)
    backbone = k.Model(inputs, L.BatchNormalization(name="bn_2")(x), name="backbone")
    backbone.get_layer("conv").trainable = False
    tower = k.Sequential(
        [
            k.Input((16, 16, 3)),
            L.Rescaling(1 / 127.5, offset=-1, name="rescale"),
            backbone,
            L.MaxPooling2D(name="pool"),
        ],
        name="tower",
    )
    outer = k.Input((16, 16, 3), name="photo")
    x = tower(outer)
    x = L.Conv2D(3, 1, name="conv")(x)
    x = L.GlobalAveragePooling2D(keepdims=True, name="gap")(x)
    return k.Model(outer, L.Flatten(name="flat")(x), name="nested")


def backbone_first(k):
    """A Sequential whose first layer is a model, as in transfer learning."""
    L = k.layers
    inputs = k.Input((16, 16, 3), name="backbone_input")
    x = L.Conv2D(4, 3, name="conv")(inputs)
    backbone = k.Model(inputs, L.BatchNormalization(name="bn")(x), name="backbone")
    return k.Sequential(
        [
            backbone,
            L.GlobalAveragePooling2D(name="gap"),
            L.Dense(2, activation="softmax", name="head"),
        ],
        name="transfer",
    )


def frozen(k):
    """Transfer learning: a backbone frozen whole, a layer frozen alone, a new head."""
    L = k.layers
    inputs = k.Input((16, 16, 3), name="backbone_input")
    x = L.Conv2D(4, 3, name="conv")(inputs)
    x = L.BatchNormalization(name="bn")(x)
    x = k.Sequential([L.Conv2D(3, 1, name="inner_conv"), L.ReLU(name="inner_relu")], name="inner")(
        x
    )
    backbone = k.Model(inputs, x, name="frozen_backbone")
    backbone.trainable = False
    photo = k.Input((16, 16, 3), name="photo")
    x = L.Conv2D(5, 3, trainable=False, name="alone")(backbone(photo))
    x = L.GlobalAveragePooling2D(name="gap")(x)
    return k.Model(photo, L.Dense(2, activation="softmax", name="head")(x), name="frozen")


def siamese(k):
    """A model called twice, a layer called twice, two inputs, two outputs."""
    L = k.layers
    inputs = k.Input((12, 12, 3), name="side")
    x = L.Conv2D(4, 3, padding="same", activation="relu", name="conv")(inputs)
    twin = k.Model(inputs, L.MaxPooling2D(name="pool")(x), name="twin")
    a, b = k.Input((12, 12, 3), name="left"), k.Input((12, 12, 3), name="right")
    u, v = twin(a), twin(b)
    shared = L.Conv2D(4, 3, padding="same", name="shared")
    u, v = shared(shared(u)), shared(v)
    both = L.Average(name="both")([u, v])
    first = L.Dense(3, name="first")(L.GlobalAveragePooling2D(name="gap")(both))
    second = L.Dense(1, activation="sigmoid", name="second")(
        L.Flatten(name="flat")(L.Subtract(name="gap_of")([u, v]))
    )
    return k.Model([a, b], [first, second], name="siamese")


def inference_call(k):
    """A base called with training=False, which the file remembers."""
    L = k.layers
    base_in = k.Input((10, 10, 3), name="base_in")
    base = k.Model(
        base_in, L.BatchNormalization(name="bn")(L.Conv2D(3, 3, name="conv")(base_in)), name="base"
    )
    inputs = k.Input((10, 10, 3), name="image")
    x = base(inputs, training=False)
    x = L.Dropout(0.3, name="drop")(x, training=False)
    return k.Model(inputs, L.Dense(2, name="out")(L.Flatten(name="flat")(x)), name="inference_call")


def moves(k):
    """Layers that only move or resize values."""
    L = k.layers
    inputs = k.Input((13, 11, 6), name="image")
    x = L.ZeroPadding2D(((1, 2), (3, 0)), name="pad")(inputs)
    x = L.Cropping2D((1, 2), name="crop")(x)
    x = L.UpSampling2D((2, 3), interpolation="bilinear", name="up")(x)
    x = L.Conv2DTranspose(4, 3, strides=2, padding="same", name="transposed_same")(x)
    x = L.Conv2DTranspose(4, (2, 4), strides=(3, 2), name="transposed_valid")(x)
    x = L.Conv2DTranspose(
        4, 3, strides=2, padding="same", output_padding=1, name="transposed_extra"
    )(x)
    x = L.Conv2DTranspose(4, 3, strides=1, dilation_rate=2, name="transposed_dilated")(x)
    x = L.Resizing(9, 7, name="resize")(x)
    x = L.CenterCrop(8, 6, name="centre")(x)
    x = L.Permute((2, 1, 3), name="swap")(x)
    x = L.Reshape((12, -1, 4), name="fold")(x)
    x = L.AveragePooling2D((3, 2), strides=(2, 3), padding="same", name="pool")(x)
    x = L.GaussianNoise(0.1, name="noise")(x)
    x = L.RandomFlip(name="flip")(x)
    x = L.GlobalMaxPooling2D(name="gmp")(x)
    x = L.RepeatVector(3, name="repeat")(x)
    return k.Model(inputs, L.Softmax(name="soft")(x), name="moves")


def one_dimensional(k):
    L = k.layers
    inputs = k.Input((31, 2), name="signal")
    x = L.Conv1D(4, 5, strides=2, activation="relu", name="conv")(inputs)
    x = L.Conv1D(4, 3, padding="causal", dilation_rate=2, name="causal")(x)
    x = L.SeparableConv1D(6, 3, padding="same", name="sep")(x)
    x = L.MaxPooling1D(2, name="pool")(x)
    x = L.ZeroPadding1D((1, 2), name="pad")(x)
    x = L.Cropping1D(1, name="crop")(x)
    x = L.UpSampling1D(2, name="up")(x)
    x = L.Conv1DTranspose(3, 3, strides=2, name="transposed")(x)
    x = L.AveragePooling1D(3, padding="same", name="avg")(x)
    x = L.GlobalAveragePooling1D(name="gap")(x)
    return k.Model(inputs, L.Dense(2, name="out")(x), name="one_dimensional")


def any_size(k):
    """Fully convolutional: rows and columns are known only at run time."""
    L = k.layers
    inputs = k.Input((None, None, 3), name="image")
    x = L.Conv2D(4, 3, strides=2, padding="same", name="conv")(inputs)
    x = L.Conv2D(4, 3, name="conv_valid")(x)
    x = L.Conv2DTranspose(2, 3, strides=2, name="up")(x)
    return k.Model(inputs, L.GlobalAveragePooling2D(name="gap")(x), name="any_size")


def named_outputs(k):
    L = k.layers
    inputs = k.Input((8, 8, 1), name="image")
    x = L.Conv2D(2, 3, name="conv")(inputs)
    heads = {
        "zebra": L.Dense(2, name="dense_z")(L.Flatten(name="flat")(x)),
        "ape": L.GlobalMaxPooling2D(name="gmp")(x),
    }
    return k.Model({"image": inputs}, heads, name="named_outputs")


def long_names(k):
    """Layer names of over 64 kB in all, which HDF5 attributes hold only in pieces."""
    L = k.layers
    layers = [L.Activation("relu", name=f"activation_{i}_" + "x" * 220) for i in range(330)]
    return k.Sequential(
        [k.Input((4, 4, 2)), *layers, L.Conv2D(2, 2, name="last")], name="long_names"
    )


def beyond_ascii(k):
    """Names that an .h5 file keeps as texts of variable length."""
    L = k.layers
    return k.Sequential(
        [
            k.Input((6, 5, 2), name="bild"),
            L.Conv2D(3, 2, name="größe"),
            L.BatchNormalization(name="日本"),
            L.Flatten(name="flat"),
            L.Dense(2, name="é"),
        ],
        name="beyond_ascii",
    )


def augmented(k):
    L = k.layers
    inputs = k.Input((8, 8, 3), name="image")
    x = L.RandomRotation(0.1, name="turn")(inputs)
    normalise = L.Normalization(name="normalise")
    import numpy as np

    normalise.adapt(np.random.default_rng(1).normal(3, 2, (64, 8, 8, 3)).astype("float32"))
    x = normalise(x)
    x = L.Normalization(mean=[0.5, 0.4, 0.3], variance=[0.2, 0.3, 0.4], name="fixed")(x)
    return k.Model(inputs, L.Conv2D(2, 3, name="conv")(x), name="augmented")


def preprocessed(k):
    """keras.applications' preprocessing inside the model: RGB to BGR, means taken off."""
    L = k.layers
    inputs = k.Input((8, 8, 3), name="image")
    x = L.Conv2D(2, 3, name="conv")(k.applications.resnet50.preprocess_input(inputs))
    y = k.applications.densenet.preprocess_input(
        k.applications.mobilenet_v2.preprocess_input(inputs)
    )
    return k.Model(
        inputs,
        L.Concatenate(name="both")([x, L.Conv2D(2, 3, name="conv_2")(y)]),
        name="preprocessed",
    )


COMMON = [
    plain,
    sequential,
    deferred,
    nested,
    backbone_first,
    frozen,
    siamese,
    inference_call,
    moves,
    one_dimensional,
    any_size,
    named_outputs,
    long_names,
    augmented,
    preprocessed,
]


def operators_3(k):
    """Operators with scalars on either side and keras.ops functions."""
    L, ops = k.layers, k.ops
    inputs = k.Input((9, 9, 3), name="image")
    x = 1 - inputs * 2
    y = ops.relu(L.Conv2D(3, 3, padding="same", name="conv")(x))
    x = ops.add(x, y) / 4.0
    x = ops.maximum(x, 0.25) - ops.minimum(y, 1)
    x = L.Add(name="layer_add")([x, y, -x])
    x = ops.concatenate([x, y], axis=-1)
    x = ops.leaky_relu(ops.square(x), negative_slope=0.1)
    x = ops.reshape(ops.transpose(x, (0, 2, 1, 3)), (-1, 9, 9, 6))
    return k.Model(inputs, ops.softmax(ops.mean(x, axis=(1, 2))), name="operators")


def transformer(k):
    """A small vision transformer: patches as tokens, two blocks, the mean of all tokens."""
    L = k.layers
    inputs = k.Input((32, 24, 3), name="image")
    x = L.Conv2D(8, 8, strides=8, name="patches")(inputs)
    x = L.Reshape((12, 8), name="tokens")(x)
    for i in range(2):
        y = L.LayerNormalization(epsilon=1e-6, name=f"norm_{i}")(x)
        x = L.Add(name=f"sum_{i}")([x, L.MultiHeadAttention(2, 4, name=f"attention_{i}")(y, y)])
        y = L.LayerNormalization(epsilon=1e-6, name=f"mlp_norm_{i}")(x)
        y = L.Dense(16, activation="gelu", name=f"mlp_{i}a")(y)
        x = L.Add(name=f"mlp_sum_{i}")([x, L.Dense(8, name=f"mlp_{i}b")(y)])
    x = L.LayerNormalization(name="norm")(x)
    x = L.GlobalAveragePooling1D(name="mean")(x)
    return k.Model(inputs, L.Dense(3, name="classes")(x), name="transformer")


def class_token(k):
    """A class token that attends, positions as a constant, and the token picked by indexing."""
    import numpy as np

    L, ops = k.layers, k.ops
    inputs = k.Input((16, 16, 3), name="image")
    x = L.Reshape((16, 8), name="tokens")(L.Conv2D(8, 4, strides=4, name="patches")(inputs))
    mean = L.Dense(8, name="make_token")(ops.mean(x, axis=1))
    token = L.Reshape((1, 8), name="class_token")(mean)
    x = L.Concatenate(axis=1, name="with_token")([token, x])
    x = x + np.linspace(-1, 1, 17 * 8, dtype="float32").reshape(17, 8)
    inner = k.Input((17, 8), name="inner")
    y = L.LayerNormalization(name="norm")(inner)
    y = L.MultiHeadAttention(2, 3, name="attention")(y, value=y)
    block = k.Model(inner, inner + y, name="block")
    x = L.GroupNormalization(4, name="groups")(block(x))
    return k.Model(inputs, L.Dense(3, name="classes")(x[:, 0]), name="class_token")


def operators_2(k):
    import tensorflow as tf

    L = k.layers
    inputs = k.Input((9, 9, 3), name="image")
    x = 1 - inputs * 2
    y = tf.nn.relu(L.Conv2D(3, 3, padding="same", name="conv")(x))
    x = tf.add(x, y) / 4.0
    x = tf.maximum(x, 0.25) - tf.minimum(y, 1)
    x = L.Add(name="layer_add")([x, y, -x])
    x = tf.concat([x, y], axis=-1)
    x = tf.nn.leaky_relu(tf.square(x), alpha=0.1)
    x = tf.reshape(tf.transpose(x, (0, 2, 1, 3)), (-1, 9, 9, 6))
    return k.Model(inputs, tf.nn.softmax(tf.reduce_mean(x, axis=[1, 2])), name="operators")


def slashes(k):
    """Names of Keras 2's own applications."""
    L = k.layers
    inputs = k.Input((10, 10, 3), name="image")
    x = L.Conv2D(3, 3, name="conv1/conv")(inputs)
    x = L.BatchNormalization(name="conv1/bn")(x)
    x = L.Activation("relu", name="conv1/relu")(x)
    base = k.Model(inputs, L.Conv2D(2, 3, name="block/conv1/conv")(x), name="base/net")
    outer = k.Input((10, 10, 3), name="outer")
    return k.Model(outer, L.Conv2D(2, 1, name="conv1/conv")(base(outer)), name="slashes")


def dtypes(k):
    L = k.layers
    inputs = k.Input((8, 8, 3), name="image")
    x = L.Conv2D(2, 3, dtype="bfloat16", name="bfloat16")(inputs)
    x = L.Conv2D(2, 3, dtype="float16", name="float16")(x)
    x = L.Conv2D(2, 3, dtype="mixed_float16", name="mixed")(x)
    return k.Model(inputs, L.Dense(2, dtype="float64", name="float64")(x), name="dtypes")


def layer_as_activation(k):
    L = k.layers
    inputs = k.Input((8, 8, 3), name="image")
    x = L.Conv2D(2, 3, activation=L.LeakyReLU(negative_slope=0.15), name="leaky")(inputs)
    x = L.Conv2D(2, 3, activation=L.ReLU(max_value=6), name="relu6")(x)
    return k.Model(
        inputs,
        L.Dense(2, activation=k.activations.hard_silu, name="hard")(x),
        name="layer_as_activation",
    )


KERAS3 = [beyond_ascii, operators_3, dtypes, layer_as_activation, transformer, class_token]
KERAS2 = [operators_2, slashes, transformer]
