"""Operators on pictures: convolutions, pooling, resizing, cropping, patches, blocks, colours."""

import numpy as np
import tensorflow as tf
from probe import probe

WEIGHTS = np.random.default_rng(0).uniform(-1, 1, (3, 3, 4, 2)).astype("float32")
EACH = np.random.default_rng(1).uniform(-1, 1, (3, 3, 4, 1)).astype("float32")
SIGNAL = np.random.default_rng(2).uniform(-1, 1, (3, 4, 5)).astype("float32")
COLOURS = (6, 8, 3)
SEQUENCE = (7, 4)


def windows(k):
    """Yields probes of one Keras module, or of the TensorFlow that is beneath it."""
    return keras_windows(k.ops) if hasattr(k, "ops") else tensorflow_windows()


def keras_windows(ops):
    """Yields probes of keras.ops."""
    for name in ("max_pool", "average_pool"):
        pool = getattr(ops, name)
        yield probe(f"{name} 2", lambda x, p=pool: p(x, 2))
        yield probe(f"{name} (3, 2)", lambda x, p=pool: p(x, (3, 2), strides=(2, 1)))
        yield probe(f"{name} same", lambda x, p=pool: p(x, 3, strides=2, padding="same"))
        yield probe(f"{name} of signals", lambda x, p=pool: p(x, 2, padding="same"), SEQUENCE)
        yield probe(f"adaptive_{name}", lambda x, n=name: getattr(ops, f"adaptive_{n}")(x, (3, 4)))
        yield probe(
            f"adaptive_{name} uneven", lambda x, n=name: getattr(ops, f"adaptive_{n}")(x, (4, 3))
        )
    yield probe("conv", lambda x: ops.conv(x, WEIGHTS))
    yield probe("conv same", lambda x: ops.conv(x, WEIGHTS, strides=(2, 1), padding="same"))
    yield probe("conv dilated", lambda x: ops.conv(x, WEIGHTS, dilation_rate=2))
    yield probe("conv of signals", lambda x: ops.conv(x, SIGNAL), SEQUENCE)
    yield probe("depthwise_conv", lambda x: ops.depthwise_conv(x, EACH, padding="same"))
    yield probe("depthwise_conv strided", lambda x: ops.depthwise_conv(x, EACH, strides=2))
    yield probe(
        "separable_conv",
        lambda x: ops.separable_conv(x, EACH, WEIGHTS[:1, :1], padding="same"),
    )
    yield probe("depth_to_space", lambda x: ops.nn.depth_to_space(x, 2))
    yield probe("space_to_depth", lambda x: ops.nn.space_to_depth(x, 2))
    image = ops.image
    for way in ("nearest", "bilinear", "bicubic", "lanczos3"):
        yield probe(f"resize {way}", lambda x, w=way: image.resize(x, (4, 11), interpolation=w))
    yield probe("resize antialias", lambda x: image.resize(x, (4, 5), antialias=True))
    yield probe("resize crop", lambda x: image.resize(x, (4, 4), crop_to_aspect_ratio=True))
    yield probe("rgb_to_grayscale", lambda x: image.rgb_to_grayscale(x), COLOURS)
    yield probe("crop_images", lambda x: image.crop_images(x, 1, 2, 0, 1))
    yield probe(
        "crop_images to a size",
        lambda x: image.crop_images(
            x, top_cropping=1, left_cropping=2, target_height=3, target_width=4
        ),
    )
    yield probe("pad_images", lambda x: image.pad_images(x, 1, 2, 0, 1))
    yield probe(
        "pad_images to a size",
        lambda x: image.pad_images(
            x, bottom_padding=1, right_padding=2, target_height=9, target_width=12
        ),
    )
    yield probe("extract_patches", lambda x: image.extract_patches(x, 2))
    yield probe(
        "extract_patches apart",
        lambda x: image.extract_patches(x, (3, 2), strides=(2, 1), padding="same"),
    )


def tensorflow_windows():
    """Yields probes of TensorFlow's functions, as Keras 2 writes them."""
    nn, image = tf.nn, tf.image
    for name in ("max_pool2d", "avg_pool2d"):
        pool = getattr(nn, name)
        yield probe(f"{name} 2", lambda x, p=pool: p(x, 2, 2, "VALID"))
        yield probe(f"{name} same", lambda x, p=pool: p(x, [3, 2], [2, 1], padding="SAME"))
    yield probe("max_pool", lambda x: nn.max_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], "VALID"))
    yield probe("avg_pool", lambda x: nn.avg_pool(x, 3, 1, "SAME"))
    yield probe("conv2d", lambda x: nn.conv2d(x, WEIGHTS, strides=1, padding="SAME"))
    yield probe("conv2d strided", lambda x: nn.conv2d(x, WEIGHTS, [1, 2, 2, 1], "VALID"))
    yield probe("depthwise_conv2d", lambda x: nn.depthwise_conv2d(x, EACH, [1, 1, 1, 1], "SAME"))
    yield probe("depth_to_space", lambda x: nn.depth_to_space(x, 2))
    yield probe("space_to_depth", lambda x: nn.space_to_depth(x, 2))
    for way in ("nearest", "bilinear", "bicubic", "lanczos3"):
        yield probe(
            f"resize {way}",
            lambda x, w=way: image.resize(x, [4, 11], method=w),
        )
    yield probe("resize antialias", lambda x: image.resize(x, [4, 5], antialias=True))
    yield probe("rgb_to_grayscale", lambda x: image.rgb_to_grayscale(x), COLOURS)
    yield probe("central_crop", lambda x: image.central_crop(x, 0.5))
    yield probe("crop_to_bounding_box", lambda x: image.crop_to_bounding_box(x, 1, 2, 3, 4))
    yield probe("pad_to_bounding_box", lambda x: image.pad_to_bounding_box(x, 1, 2, 9, 12))
    yield probe("flip_left_right", lambda x: image.flip_left_right(x))
    yield probe("flip_up_down", lambda x: image.flip_up_down(x))
    yield probe("image.transpose", lambda x: image.transpose(x))
    for turns in (1, 2, 3):
        yield probe(f"image.rot90 {turns}", lambda x, n=turns: image.rot90(x, n))
    yield probe("grayscale_to_rgb", lambda x: image.grayscale_to_rgb(x), (6, 8, 1))
    yield probe("per_image_standardization", lambda x: image.per_image_standardization(x))
    yield probe("adjust_brightness", lambda x: image.adjust_brightness(x, 0.25))
    yield probe(
        "extract_patches",
        lambda x: image.extract_patches(x, [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID"),
    )
