"""Write models whose outputs are one number, or four classes, and what Keras says of a picture.

Usage: python heads.py FOLDER. Writes unit.keras (a sigmoid unit), value.keras
(a linear one), four.keras, heads.npy (the picture) and heads.json.
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np
from keras import layers

HEADS = {"unit": (1, "sigmoid"), "value": (1, None), "four": (4, "softmax")}


def main():
    """Writes the models, the picture and Keras' outputs into the folder given."""
    folder = Path(sys.argv[1])
    picture = np.random.default_rng(1).integers(0, 256, (24, 24, 3), dtype="uint8")
    np.save(folder / "heads.npy", picture)
    outputs = {}
    for name, (units, activation) in HEADS.items():
        keras.utils.set_random_seed(4)
        inputs = keras.Input((24, 24, 3), name="image")
        x = layers.Conv2D(8, 3, strides=2, activation="relu", name="conv")(inputs)
        x = layers.GlobalAveragePooling2D()(x)
        model = keras.Model(inputs, layers.Dense(units, activation=activation, name="head")(x))
        if name == "unit":
            # A probability well below a half: the complement scores higher.
            model.get_layer("head").bias.assign([-2.0])
        model.save(folder / f"{name}.keras")
        outputs[name] = model(picture[None] / np.float32(255)).numpy()[0].tolist()
    (folder / "heads.json").write_text(json.dumps(outputs))


if __name__ == "__main__":
    main()
