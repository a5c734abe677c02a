"""Layers that merge, move or resize values, and those that act only in training."""

import itertools

from keras import layers

from .case import case


def merging():
    for kind in [layers.Add, layers.Multiply, layers.Average, layers.Maximum, layers.Minimum]:
        yield case(
            lambda kind=kind: kind(),
            (2, 3, 4, 5),
            (2, 3, 4, 5),
            (2, 3, 4, 5),
            name=f"{kind.__name__} of three",
        )
        yield case(
            lambda kind=kind: kind(), (2, 3, 4, 5), (2, 1, 1, 5), name=f"{kind.__name__} broadcast"
        )
    # Inputs of lower rank get their missing axes behind the batch, here as long as an image.
    for kind in [layers.Add, layers.Multiply, layers.Average, layers.Maximum, layers.Minimum]:
        yield case(
            lambda kind=kind: kind(), (4, 3, 4, 5), (4, 5), name=f"{kind.__name__} of unequal rank"
        )
    yield case(lambda: layers.Multiply(), (3, 5), (3, 3, 5), name="multiply a vector by a sequence")
    yield case(
        lambda: layers.Maximum(), (2, 3, 4, 5), (2, 3, 4, 5), integers=True, name="maximum ties"
    )
    yield case(
        lambda: layers.Minimum(), (2, 3, 4, 5), (2, 3, 4, 5), integers=True, name="minimum ties"
    )
    yield case(lambda: layers.Subtract(), (2, 3, 4, 5), (2, 3, 4, 5), name="subtract")
    for axis in [1, -1]:
        yield case(
            lambda axis=axis: layers.Concatenate(axis=axis),
            (2, 3, 4, 5),
            (2, 3, 4, 5),
            name=f"concatenate {axis}",
        )
    yield case(
        lambda: layers.Concatenate(),
        (2, 3, 4, 5),
        (2, 3, 4, 2),
        (2, 3, 4, 1),
        name="concatenate three",
    )


def arranging():
    yield case(lambda: layers.Flatten(), (2, 3, 4, 5), name="flatten")
    yield case(lambda: layers.Reshape((6, -1)), (2, 3, 4, 5), name="reshape")
    yield case(lambda: layers.Permute((3, 1, 2)), (2, 3, 4, 5), name="permute")
    yield case(lambda: layers.ZeroPadding2D(((1, 2), (0, 3))), (2, 3, 4, 5), name="pad")
    yield case(lambda: layers.ZeroPadding2D(2), (2, 3, 4, 5), name="pad 2")
    yield case(lambda: layers.Cropping2D(((1, 0), (2, 1))), (2, 5, 6, 3), name="crop")
    yield case(lambda: layers.UpSampling2D((2, 3)), (2, 3, 4, 5), name="up nearest")
    yield case(
        lambda: layers.UpSampling2D(2, interpolation="bilinear"), (2, 3, 4, 5), name="up bilinear"
    )
    for interpolation, size in itertools.product(
        ["bilinear", "nearest", "bicubic"], [(9, 4), (3, 11), (6, 7)]
    ):
        yield case(
            lambda interpolation=interpolation, size=size: layers.Resizing(
                *size, interpolation=interpolation
            ),
            (2, 6, 7, 3),
            name=f"resize {interpolation} {size}",
        )
    yield case(lambda: layers.CenterCrop(3, 4), (2, 6, 7, 3), name="centre crop")
    yield case(lambda: layers.Dropout(0.5), (2, 6), name="dropout")
    yield case(lambda: layers.SpatialDropout2D(0.5), (2, 3, 4, 2), name="spatial dropout")
    yield case(lambda: layers.GaussianNoise(0.5), (2, 3, 4, 2), name="gaussian noise")


def augmenting():
    """Layers that change a picture only while a model is trained."""
    for name, values in {
        "RandomErasing": (),
        "RandomShear": (0.2, 0.2),
        "RandomHue": (0.5,),
        "RandomSaturation": (0.5,),
        "RandomSharpness": (0.5,),
        "RandomGrayscale": (),
        "RandomColorJitter": (),
        "RandomColorDegeneration": (0.5,),
        "RandomInvert": (),
        "RandomGaussianBlur": (),
        "RandomPerspective": (),
        "RandomElasticTransform": (),
        "RandomPosterization": (4,),
        "RandAugment": (),
        "AugMix": (),
        "MixUp": (),
        "CutMix": (),
    }.items():
        yield case(
            lambda name=name, values=values: getattr(layers, name)(*values),
            (2, 6, 5, 3),
            name=name,
        )
