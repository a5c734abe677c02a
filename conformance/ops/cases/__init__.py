"""The grid of layers whose numbers are compared: shapes, strides, paddings, odd sizes, ties.

A case's values are drawn by its place in its group: add new ones at the end.
"""

from .activation import activations
from .arrange import arranging, augmenting, merging
from .case import named
from .convolution import convolutions, one_dimensional
from .normalization import attending, normalising
from .operators import operators, padding
from .pooling import pooling
from .recurrent import recurrent
from .wide import wide

GROUPS = {
    "convolution": named(list(convolutions())),
    "one-dimensional": named(list(one_dimensional())),
    "pooling": named(list(pooling())),
    "activation": named(list(activations())),
    "merge": named(list(merging())),
    "arrange": named(list(arranging())),
    "normalization": named(list(normalising())),
    "attention": named(list(attending())),
    "padding": named(list(padding())),
    "operators": named(list(operators())),
    "augmentation": named(list(augmenting())),
    "recurrent": named(list(recurrent())),
    "wide": named(list(wide())),
}
