"""Public architectures, rebuilt small from their papers, one or a few blocks of each."""

import tensorflow as tf
from probe import probe

PICTURE = (32, 32, 3)


class Functions:
    """Functions by one name in keras.ops and TensorFlow."""

    def __init__(self, k):
        ops = getattr(k, "ops", None)
        self.mean = ops.mean if ops else tf.reduce_mean
        self.max = ops.max if ops else tf.reduce_max
        self.abs = ops.abs if ops else tf.abs
        self.sum = ops.sum if ops else tf.reduce_sum
        self.reshape = ops.reshape if ops else tf.reshape
        self.transpose = ops.transpose if ops else tf.transpose
        self.concatenate = ops.concatenate if ops else tf.concat
        self.roll = ops.roll if ops else tf.roll
        self.sigmoid = ops.sigmoid if ops else tf.sigmoid
        self.tanh = ops.tanh if ops else tf.tanh
        self.matmul = ops.matmul if ops else tf.matmul
        self.softplus = ops.softplus if ops else tf.math.softplus
        self.depth_to_space = ops.nn.depth_to_space if ops else tf.nn.depth_to_space


def architectures(k):
    """Yields probes of one Keras module."""
    layers, f = k.layers, Functions(k)

    def conv(x, filters, size=3, strides=1, activation="relu"):
        x = layers.Conv2D(filters, size, strides, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization()(x)
        return layers.Activation(activation)(x)

    def squeeze_and_excite(x):  # Hu et al. 2018
        channels = x.shape[-1]
        s = layers.GlobalAveragePooling2D()(x)
        s = layers.Dense(channels // 4, activation="relu")(s)
        s = layers.Dense(channels, activation="sigmoid")(s)
        return layers.Multiply()([x, layers.Reshape((1, 1, channels))(s)])

    def cbam(x):  # Woo et al. 2018
        shared = [layers.Dense(4, activation="relu"), layers.Dense(x.shape[-1])]
        both = [
            shared[1](shared[0](pool(keepdims=True)(x)))
            for pool in (layers.GlobalAveragePooling2D, layers.GlobalMaxPooling2D)
        ]
        x = x * f.sigmoid(both[0] + both[1])
        maps = f.concatenate(
            [f.mean(x, axis=-1, keepdims=True), f.max(x, axis=-1, keepdims=True)], axis=-1
        )
        return x * layers.Conv2D(1, 7, padding="same", activation="sigmoid")(maps)

    def siamese(a, b):  # Koch et al. 2015
        inputs = k.Input(PICTURE)
        x = layers.MaxPooling2D()(conv(conv(inputs, 8), 8))
        tower = k.Model(inputs, layers.Dense(6)(layers.Flatten()(x)), name="tower")
        return layers.Dense(1, activation="sigmoid")(f.abs(tower(a) - tower(b)))

    def unet(x):  # Ronneberger et al. 2015
        first = conv(x, 6)
        second = conv(layers.MaxPooling2D()(first), 8)
        x = conv(layers.MaxPooling2D()(second), 12)
        for skip in (second, first):
            x = layers.Conv2DTranspose(skip.shape[-1], 2, strides=2)(x)
            x = conv(layers.Concatenate()([skip, x]), skip.shape[-1])
        return layers.Conv2D(3, 1, activation="softmax")(x)

    def crnn(x):  # Shi et al. 2015
        x = layers.MaxPooling2D((2, 2))(conv(x, 6))
        x = layers.MaxPooling2D((4, 1))(conv(x, 8))
        x = layers.Permute((2, 1, 3))(x)
        x = layers.TimeDistributed(layers.Flatten())(x)
        x = layers.Bidirectional(layers.LSTM(5, return_sequences=True))(x)
        return layers.TimeDistributed(layers.Dense(4, activation="softmax"))(x)

    def pointnet(x):  # Qi et al. 2017: points through shared layers, turned by a learnt matrix
        t = layers.GlobalMaxPooling1D()(layers.Conv1D(8, 1, activation="relu")(x))
        turned = f.matmul(x, layers.Reshape((3, 3))(layers.Dense(9)(t)))
        x = layers.Conv1D(8, 1, activation="relu")(turned)
        x = layers.BatchNormalization()(layers.Conv1D(12, 1)(x))
        return layers.Dense(4, activation="softmax")(layers.GlobalMaxPooling1D()(x))

    def mobile_vit(x):  # Mehta and Rastegari 2022: pixels of patches attend across patches
        x = conv(conv(x, 8, strides=2, activation="swish"), 8, strides=2, activation="swish")
        y = layers.Conv2D(6, 1)(x)
        y = layers.Reshape((4, 2, 4, 2, 6))(y)
        y = layers.Permute((2, 4, 1, 3, 5))(y)
        y = layers.Reshape((4, 16, 6))(y)
        z = layers.LayerNormalization()(y)
        y = y + layers.MultiHeadAttention(2, 3, attention_axes=2)(z, z)
        z = layers.Dense(12, activation="swish")(layers.LayerNormalization()(y))
        y = y + layers.Dense(6)(z)
        y = layers.Reshape((2, 2, 4, 4, 6))(y)
        y = layers.Permute((3, 1, 4, 2, 5))(y)
        y = layers.Conv2D(8, 1)(layers.Reshape((8, 8, 6))(y))
        return conv(layers.Concatenate()([x, y]), 8, activation="swish")

    def swin(x):  # Liu et al. 2021: windows that are moved, each attending to itself
        x = layers.Conv2D(6, 4, strides=4)(x)
        z = f.roll(layers.LayerNormalization()(x), (-2, -2), (1, 2))
        z = f.reshape(z, (-1, 2, 4, 2, 4, 6))
        z = f.reshape(f.transpose(z, (0, 1, 3, 2, 4, 5)), (-1, 4, 16, 6))
        z = layers.MultiHeadAttention(2, 3, attention_axes=2)(z, z)
        z = f.transpose(f.reshape(z, (-1, 2, 2, 4, 4, 6)), (0, 1, 3, 2, 4, 5))
        x = x + f.roll(f.reshape(z, (-1, 8, 8, 6)), (2, 2), (1, 2))
        z = layers.Dense(12, activation="gelu")(layers.LayerNormalization()(x))
        return layers.GlobalAveragePooling2D()(x + layers.Dense(6)(z))

    def darknet(x, filters, leaky=0.1):  # Redmon and Farhadi 2018
        def block(y, count, size, strides=1):
            y = layers.ZeroPadding2D(((1, 0), (1, 0)))(y) if strides > 1 else y
            padding = "valid" if strides > 1 else "same"
            y = layers.Conv2D(count, size, strides, padding=padding, use_bias=False)(y)
            return layers.LeakyReLU(leaky)(layers.BatchNormalization()(y))

        x = block(x, filters, 3, 2)
        x = layers.Add()([x, block(block(x, filters // 2, 1), filters, 3)])
        deep = block(x, 2 * filters, 3, 2)
        up = layers.UpSampling2D(2)(block(deep, filters, 1))
        x = block(layers.Concatenate()([up, x]), filters, 1)
        return layers.Reshape((16, 16, 3, 7))(layers.Conv2D(21, 1)(x))

    def pix2pix(x):  # Isola et al. 2017
        skips = []
        for filters in (6, 8, 8):
            x = layers.Conv2D(filters, 4, 2, "same", use_bias=False)(x)
            x = layers.LeakyReLU(0.2)(layers.BatchNormalization()(x))
            skips.append(x)
        for skip in skips[-2::-1]:
            x = layers.Conv2DTranspose(skip.shape[-1], 4, 2, "same", use_bias=False)(x)
            x = layers.ReLU()(layers.Dropout(0.5)(layers.BatchNormalization()(x)))
            x = layers.Concatenate()([x, skip])
        return layers.Conv2DTranspose(3, 4, 2, "same", activation="tanh")(x)

    def frames(x):
        inner = k.Input((16, 16, 3))
        y = layers.GlobalAveragePooling2D()(conv(conv(inner, 6), 8, strides=2))
        x = layers.TimeDistributed(k.Model(inner, y, name="frame"))(x)
        return layers.Dense(3, activation="softmax")(layers.LSTM(6)(x))

    def subpixel(x):  # Shi et al. 2016
        x = layers.Conv2D(6, 5, padding="same", activation="tanh")(x)
        return f.depth_to_space(layers.Conv2D(12, 3, padding="same")(x), 2)

    def mish(x):  # Misra 2019, by hand as in YOLOv4
        x = layers.Conv2D(6, 3, padding="same")(x)
        return x * f.tanh(f.softplus(x))

    def simple_attention(x):  # Yang et al. 2021, SimAM: an energy of each neuron, without weights
        x = conv(x, 6)
        square = (x - f.mean(x, axis=(1, 2), keepdims=True)) ** 2
        total = f.sum(square, axis=(1, 2), keepdims=True)
        return x * f.sigmoid(square / (4 * (total / (32 * 32 - 1) + 1e-4)) + 0.5)

    def shuffled(x):  # Zhang et al. 2018, ShuffleNet
        x = layers.Conv2D(8, 1, groups=2, use_bias=False)(layers.Conv2D(8, 3, 2)(x))
        x = layers.Reshape((15, 15, 2, 4))(x)
        x = layers.Reshape((15, 15, 8))(layers.Permute((1, 2, 4, 3))(x))
        return layers.DepthwiseConv2D(3, use_bias=False)(x)

    for name, build in {
        "SE block": lambda x: squeeze_and_excite(conv(x, 8)),
        "CBAM": lambda x: cbam(conv(x, 8)),
        "U-Net": unet,
        "MobileViT block": mobile_vit,
        "Swin block": swin,
        "YOLOv3 body": lambda x: darknet(x, 8),
        "pix2pix generator": pix2pix,
        "ESPCN": subpixel,
        "mish by hand": mish,
        "SimAM": simple_attention,
        "ShuffleNet unit": shuffled,
    }.items():
        yield probe(name, build, PICTURE)
    yield probe("siamese", siamese, PICTURE, PICTURE)
    yield probe("CRNN", crnn, (8, 24, 1))
    yield probe("PointNet", pointnet, (20, 3))
    yield probe("frames, LSTM", frames, (4, 16, 16, 3))
