"""A classifier and 200 pictures for gallery.spec.ts, with what Keras says of them.

Usage: python gallery.py FOLDER
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np
from PIL import Image

PICTURES = 200
SIZE = 128
NAMES = ["red", "green", "blue", "gray"]

folder = Path(sys.argv[1])
(folder / "shapes").mkdir(exist_ok=True)
keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)

layers = keras.layers
inputs = layers.Input((64, 64, 3))
hidden = layers.Conv2D(8, 5, strides=2, activation="relu", name="edges")(inputs)
hidden = layers.Conv2D(16, 3, strides=2, activation="relu", name="parts")(hidden)
outputs = layers.Dense(len(NAMES), activation="softmax")(layers.GlobalAveragePooling2D()(hidden))
model = keras.Model(inputs, outputs, name="gallery")

base = np.array([[200, 60, 60], [60, 190, 70], [60, 80, 200], [130, 130, 130]], float)
kinds = rng.integers(0, len(NAMES), PICTURES)
across = np.linspace(0, 1, SIZE)
pictures = np.stack(
    [
        np.clip(
            base[kind]
            + 50 * np.sin(across * (4 + 3 * kind) + index)[None, :, None]
            + 40 * np.cos(across * (2 + index % 5))[:, None, None]
            + rng.normal(0, 12, (SIZE, SIZE, 3)),
            0,
            255,
        )
        for index, kind in enumerate(kinds)
    ]
).astype(np.uint8)
for index, picture in enumerate(pictures):
    Image.fromarray(picture).save(folder / "shapes" / f"{index:03}.png")

resized = np.asarray(keras.ops.image.resize(pictures.astype("float32"), (64, 64))) / 255
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(resized, kinds, epochs=4, batch_size=20, verbose=0)
model.save(folder / "gallery.keras")
said = np.asarray(model.predict(resized, verbose=0))
# Some are said to be of another class than they are.
truth = kinds.copy()
truth[::9] = (truth[::9] + 1) % len(NAMES)
(folder / "gallery.json").write_text(
    json.dumps(
        {
            "names": NAMES,
            "truth": truth.tolist(),
            "predicted": said.argmax(axis=1).tolist(),
            "scores": said.max(axis=1).tolist(),
        }
    )
)
