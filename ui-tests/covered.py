"""What Keras says of a picture with a rectangle made black: `covered.py MODEL PICTURE OUT BOXES`.

BOXES is a JSON list of (top, left, bottom, right) in pixels; OUT gets the probabilities for each.
"""

import json
import pathlib
import sys

import keras
import numpy as np
from PIL import Image

model_file, picture, out, boxes = sys.argv[1:]
given = np.asarray(Image.open(picture).convert("RGB")).astype(np.float32)


def covered(top, left, bottom, right):
    """Return the picture with a rectangle of it black."""
    made = given.copy()
    made[top:bottom, left:right] = 0
    return made


batch = np.stack([covered(*box) for box in json.loads(boxes)])
found = keras.models.load_model(model_file).predict(batch, verbose=0)
pathlib.Path(out).write_text(json.dumps(found.tolist()))
