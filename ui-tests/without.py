"""What Keras says of a picture without channels: `without.py MODEL PICTURE LAYER OUT`.

OUT gets, for each channel of the layer alone and then for all of them on, the class probabilities,
the logits, and which channels are 0 everywhere on these pictures (PICTURE may name several, by commas).
"""

import json
import pathlib
import sys

import keras
import numpy as np
from PIL import Image

model_file, pictures, name, out = sys.argv[1:]
model = keras.models.load_model(model_file)
given = np.stack(
    [np.asarray(Image.open(one).convert("RGB")).astype(np.float32) for one in pictures.split(",")]
)
at = [layer.name for layer in model.layers].index(name)
kept = given
for layer in model.layers[: at + 1]:
    kept = layer(kept)
kept = np.asarray(kept)


def scores(values):
    """Return probabilities and logits of the first picture."""
    for layer in model.layers[at + 1 : -1]:
        values = layer(values)
    kernel, bias = model.layers[-1].get_weights()
    logits = np.asarray(values) @ kernel + bias
    return np.asarray(keras.ops.softmax(logits)).tolist()[0], logits.tolist()[0]


channels = kept.shape[-1]
off = [np.where(np.arange(channels) == channel, 0, kept[:1]) for channel in range(channels)]
found = [scores(values) for values in [*off, kept[:1]]]
pathlib.Path(out).write_text(
    json.dumps(
        {
            "probabilities": [one for one, _ in found],
            "logits": [one for _, one in found],
            "dead": np.flatnonzero(~kept.any((0, 1, 2))).tolist(),
        }
    )
)
