"""A folder of pictures for sets.spec.ts, masks of the sky, and what Keras and numpy say of the maps.

The pictures are those on which examples/make_demo.py checks itself that Grad-CAM lies on the sky.

Usage: python sets.py FOLDER
"""

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "examples"))

import keras
import tensorflow as tf
from keras_grad_cam import grad_cam
from scenery import SIZE, draw_scene

PICTURES = 24
LAYER = "conv4"

folder = Path(sys.argv[1])
scenes = {}
for tank in (False, True):
    inner = folder / "weather" / ("tank" if tank else "no tank")
    inner.mkdir(parents=True, exist_ok=True)
    for grey in (False, True):
        for i in range(PICTURES):
            name = f"{inner.name}/{'grey' if grey else 'blue'}_{i:02}.png"
            scenes[name] = draw_scene(50_000 + i, tank=tank, overcast=grey)
            Image.fromarray(scenes[name].picture).save(folder / "weather" / name)

names = sorted(scenes)
pictures = np.stack([scenes[name].picture for name in names]).astype(np.float32)
sky = np.stack([scenes[name].sky for name in names])
np.save(folder / "weather.npy", sky)

model = keras.models.load_model(folder / "models" / "tank.keras")
maps, logits, _ = grad_cam(model, pictures, LAYER)
laid = tf.image.resize(maps[..., None], (SIZE, SIZE)).numpy()[..., 0].astype(np.float64)
shares = (laid * sky).sum((1, 2)) / laid.sum((1, 2))
weighed = laid / maps.max(axis=(1, 2), keepdims=True)
grey = np.array(["grey" in name for name in names])
tank = np.array([name.startswith("tank/") for name in names])
predicted = logits.argmax(axis=1)
np.save(folder / "means.npy", np.stack([weighed[grey].mean(0), weighed[~grey].mean(0)]))
np.save(folder / "plain.npy", laid[grey].mean(0)[None])
(folder / "sets.json").write_text(
    json.dumps(
        {
            "names": names,
            "shares": shares.tolist(),
            "areas": sky.mean((1, 2)).tolist(),
            "counts": [
                [int(((predicted == column) & (tank == bool(row))).sum()) for column in (0, 1)]
                for row in (0, 1)
            ],
            "shown": np.flatnonzero((predicted == 1) & tank).tolist(),
        }
    )
)
