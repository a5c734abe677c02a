"""Pooling over sizes, strides, paddings and ties."""

import itertools

from keras import layers

from .case import case


def pooling():
    for kind, size, stride, padding, integers in itertools.product(
        [layers.MaxPooling2D, layers.AveragePooling2D],
        [1, 2, 3],
        [1, 2, 3],
        ["same", "valid"],
        [False, True],
    ):
        if integers and kind is layers.AveragePooling2D:
            continue
        yield case(
            lambda kind=kind, size=size, stride=stride, padding=padding: kind(
                size, stride, padding
            ),
            (2, 7, 8, 3),
            integers=integers,
            name=f"{kind.__name__} {size} stride {stride} {padding}{' ties' if integers else ''}",
        )
    yield case(lambda: layers.MaxPooling2D((2, 3)), (1, 7, 8, 3), name="max rectangular")
    yield case(
        lambda: layers.AveragePooling2D((2, 3), padding="same"),
        (1, 7, 8, 3),
        name="average rectangular",
    )
    yield case(
        lambda: layers.AveragePooling2D(2, data_format="channels_first"),
        (1, 3, 6, 8),
        name="average channels first",
    )
    for kind, keepdims in itertools.product(
        [layers.GlobalAveragePooling2D, layers.GlobalMaxPooling2D], [False, True]
    ):
        yield case(
            lambda kind=kind, keepdims=keepdims: kind(keepdims=keepdims),
            (2, 4, 5, 3),
            name=f"{kind.__name__} keepdims {keepdims}",
        )
    yield case(
        lambda: layers.GlobalMaxPooling2D(), (2, 4, 5, 3), integers=True, name="global max ties"
    )
    yield case(
        lambda: layers.GlobalAveragePooling2D(data_format="channels_first"),
        (2, 3, 4, 5),
        name="global average channels first",
    )
