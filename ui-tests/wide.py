"""Write a model of many weights (67 MB) that runs in milliseconds.

Usage: python wide.py FILE.keras
"""

import sys

import keras

keras.utils.set_random_seed(7)
model = keras.Sequential(
    [
        keras.Input((32, 32, 3)),
        keras.layers.Conv2D(16, 3, activation="relu", name="conv"),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(4096, activation="relu"),
        keras.layers.Dense(4096, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.save(sys.argv[1])
