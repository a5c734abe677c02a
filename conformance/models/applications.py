"""All 40 architectures of ``keras.applications``, with their top and without, at 96 x 96.

96 is the least that every one of them takes. Seeded weights (weights.py), 50 classes.
"""

import numpy as np

SIZE = 96
CLASSES = 50
# fmt: off
#: Small ones first.
NAMES = [
    "MobileNetV3Small", "MobileNet", "MobileNetV2", "MobileNetV3Large", "NASNetMobile",
    "EfficientNetB0", "EfficientNetB1", "EfficientNetV2B0", "EfficientNetV2B1", "DenseNet121",
    "EfficientNetB2", "EfficientNetV2B2", "EfficientNetB3", "DenseNet169", "EfficientNetV2B3",
    "EfficientNetB4", "DenseNet201", "EfficientNetV2S", "Xception", "InceptionV3", "ResNet50",
    "ResNet50V2", "ConvNeXtTiny", "EfficientNetB5", "EfficientNetB6", "ResNet101", "ResNet101V2",
    "ConvNeXtSmall", "EfficientNetV2M", "InceptionResNetV2", "ResNet152", "ResNet152V2",
    "EfficientNetB7", "VGG16", "VGG19", "NASNetLarge", "ConvNeXtBase", "EfficientNetV2L",
    "ConvNeXtLarge", "ConvNeXtXLarge",
]
# fmt: on
#: Layers at which gradients and maps are compared, from the first to the last.
LAYERS = 6


def cases(case):
    """A case for each architecture with its top, then for each without; both files of one model."""
    for top in (True, False):
        for name in NAMES:
            yield case(
                f"{name}-{'top' if top else 'notop'}",
                _builder(name, top),
                ("keras3.keras+h5",),
                batch=1,
                layers=LAYERS,
                subset=False,
                scores=("logit",),
                application=True,
            )


def _builder(name, top):
    options = {"classes": CLASSES} if top else {}
    return lambda k: getattr(k.applications, name)(
        weights=None, include_top=top, input_shape=(SIZE, SIZE, 3), **options
    )


def pictures(in_bytes):
    """Crops of two photographs (16, 96, 96, 3), in 0..255 or in -1..1.

    So many because the last cells of some networks are 1 x 1: fewer would not tell a channel's
    variance.
    """
    from PIL import Image
    from sklearn.datasets import load_sample_image

    crops = []
    for name in ("china.jpg", "flower.jpg"):
        photograph = Image.fromarray(load_sample_image(name))
        for i in range(8):
            left, top, size = 120 * (i % 2) + 10 * i, 20 * (i // 2), 420 - 90 * (i // 2)
            box = (left, top, left + size, min(photograph.height, top + size))
            crops.append(np.asarray(photograph.crop(box).resize((SIZE, SIZE))).astype("float32"))
    stacked = np.stack(crops)
    return stacked if in_bytes else stacked / 255 * 2 - 1
