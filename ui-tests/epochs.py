"""A training whose epochs are stored, for epochs.spec.ts, and what Keras says of each epoch itself.

The numbers come from the model while it trains, and not from what the callback stored.

Usage: python epochs.py FOLDER
"""

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "examples")]

import keras
from keras import layers
from scenery import draw_scene

import gradlens

EPOCHS = 5

folder = Path(sys.argv[1])
keras.utils.set_random_seed(5)
tanks = np.arange(64) % 2
scenes = [
    draw_scene(70_000 + i, tank=bool(tank), overcast=bool(tank)) for i, tank in enumerate(tanks)
]
pictures = np.stack([scene.picture for scene in scenes]).astype(np.float32)
Image.fromarray(scenes[1].picture).save(folder / "trained.png")

model = keras.Sequential(
    [
        keras.Input(pictures.shape[1:]),
        layers.Rescaling(1 / 255),
        layers.Conv2D(8, 3, strides=2, activation="relu", name="conv1"),
        layers.Conv2D(16, 3, strides=2, activation="relu", name="conv2"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(3, activation="softmax", name="classes"),
    ]
)
model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
features = keras.Model(model.inputs, [model.get_layer("conv2").output, model.outputs[0]])
scores, activations, kernels = [], [], []


class Watch(keras.callbacks.Callback):
    """Asks the model that trains."""

    def on_epoch_end(self, epoch, logs=None):
        """Keep what it says of one picture."""
        maps, said = features.predict(pictures[1:2], verbose=0)
        scores.append(said[0].tolist())
        activations.append(maps[0])
        kernels.append(model.get_layer("classes").get_weights()[0])


snapshots = gradlens.Snapshots(folder / "training")
model.fit(pictures, tanks, 16, EPOCHS, verbose=0, callbacks=[snapshots, Watch()])

# Before a global average and one Dense layer, the gradient of a class's score is its row of the
# kernel over the number of cells, wherever it is taken: Grad-CAM in closed form.
last = int(np.argmax(scores[-1]))
cams = [
    np.maximum((maps @ kernel[:, last]) / (maps.shape[0] * maps.shape[1]), 0)
    for maps, kernel in zip(activations, kernels, strict=True)
]
np.save(folder / "cams.npy", np.stack(cams).astype(np.float32))

# Another network, with another layer and other classes.
other = keras.Sequential(
    [
        keras.Input(pictures.shape[1:]),
        layers.Conv2D(4, 3, strides=4, activation="relu", name="first"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(2, activation="softmax"),
    ]
)
other.save(folder / "other.keras")
(folder / "epochs.json").write_text(
    json.dumps({"scores": scores, "class": last, "size": list(cams[0].shape)})
)
