"""Models that call operators on tensors: arithmetic, padding, attention by hand."""


def operators(k):
    """Arithmetic on tensors, scalars on either side."""
    layers = k.layers
    picture = k.Input((18, 18, 3))
    x = layers.Conv2D(8, 3, name="first")(picture * 2 + 1)
    y = layers.Conv2D(8, 3, name="second")(1 - picture)
    x = x * y + x / 3 - y
    x = layers.Conv2D(8, 3, activation="relu", name="last")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return k.Model(picture, layers.Dense(5, activation="softmax")(x), name="operators")


def padded(k):
    """keras.ops.pad, or tf.pad, in all modes; constants of 0 are a ZeroPadding2D."""
    layers = k.layers
    if hasattr(k, "ops"):
        pad = k.ops.pad
    else:
        import tensorflow as tf

        pad = tf.pad
    picture = k.Input((15, 14, 3))
    x = pad(picture, [[0, 0], [3, 2], [1, 4], [0, 0]], mode="reflect")
    x = layers.Conv2D(8, 3, strides=2, name="first")(x)
    x = pad(x, [[0, 0], [2, 9], [3, 1], [0, 0]], mode="symmetric")
    x = layers.Conv2D(8, 3, activation="relu", name="second")(x)
    x = pad(x, [[0, 0], [1, 0], [0, 1], [0, 0]], constant_values=0)
    x = pad(x, [[0, 0], [1, 1], [2, 0], [0, 1]], constant_values=0.5)
    x = layers.Conv2D(8, 3, activation="relu", name="last")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return k.Model(picture, layers.Dense(5, activation="softmax")(x), name="padded")


def attention_maps(k):
    """Squeeze-and-excitation and CBAM as people write them: reductions, powers, moved axes."""
    layers = k.layers
    picture = k.Input((18, 16, 3))
    x = layers.Conv2D(6, 3, padding="same", activation="relu", name="first")(picture)
    if hasattr(k, "ops"):
        ops = k.ops
        squeezed = ops.mean(x, axis=[1, 2], keepdims=True)
        x = x * ops.sigmoid(layers.Conv2D(6, 1, name="excite")(squeezed))
        channels = [f(x, axis=-1, keepdims=True) for f in (ops.mean, ops.max, ops.min)]
        joined = ops.concatenate(channels, axis=-1)
        x = x * layers.Conv2D(1, 3, padding="same", activation="sigmoid", name="where")(joined)
        x = ops.clip(ops.sqrt(ops.abs(x) + 0.1), 0.33, 2.0) + ops.var(x, axis=-1, keepdims=True)
        x = layers.Conv2D(8, 3, activation="relu", name="last")(x)
        x = ops.swapaxes(ops.moveaxis(x, -1, 1), 2, -1)
        x = ops.squeeze(ops.expand_dims(ops.sum(x, axis=2), 1), 1)
    else:
        import tensorflow as tf

        squeezed = tf.reduce_mean(x, [1, 2], True)
        x = x * tf.nn.sigmoid(layers.Conv2D(6, 1, name="excite")(squeezed))
        reduced = (tf.reduce_mean, tf.reduce_max, tf.reduce_min)
        joined = tf.concat([f(x, -1, keepdims=True) for f in reduced], axis=-1)
        x = x * layers.Conv2D(1, 3, padding="same", activation="sigmoid", name="where")(joined)
        x = tf.clip_by_value(tf.sqrt(tf.abs(x) + 0.1), 0.33, 2.0)
        x = x + tf.math.reduce_variance(x, axis=-1, keepdims=True)
        x = layers.Conv2D(8, 3, activation="relu", name="last")(x)
        x = tf.squeeze(tf.expand_dims(tf.reduce_sum(x, axis=2), 1), [1])
    x = x[:, ::2, -2:0:-1][:, 1:, None]
    x = k.ops.flip(x, axis=(1, -1)) if hasattr(k, "ops") else tf.reverse(x, [1, 3])
    x = layers.Flatten()((x * 0.1) ** 2)
    return k.Model(picture, layers.Dense(5, activation="softmax")(x), name="attention_maps")
