"""Write a model with the structure of NASNetLarge, 1,041 layers, but few channels.

Usage: python nasnet.py FILE.keras
"""

import sys

import keras
from keras.src.applications.nasnet import NASNet

keras.utils.set_random_seed(7)
model = NASNet(
    input_shape=(64, 64, 3),
    penultimate_filters=96,
    num_blocks=6,
    stem_block_filters=8,
    skip_reduction=True,
    filter_multiplier=2,
    include_top=True,
    weights=None,
    classes=10,
    default_size=331,
)
model.save(sys.argv[1])
print(len(model.layers), "layers")
