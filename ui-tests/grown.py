"""What Keras says of pictures that grew: `grown.py MODEL VALUES LAYER CHANNEL OUT`.

VALUES (.npy) are pictures as the model takes them; OUT gets the mean of the layer's channel before its
activation for each of them, and the layer's kernel of that channel, (rows, columns, input channels).
"""

import json
import pathlib
import sys

import keras
import numpy as np

model_file, values, name, channel, out = sys.argv[1:]
model = keras.models.load_model(model_file)
layer = model.get_layer(name)
layer.activation = keras.activations.linear
tap = keras.Model(model.inputs, layer.output)
pictures = np.load(values)
found = np.asarray(tap(pictures))[..., int(channel)]
pathlib.Path(out).write_text(
    json.dumps(
        {
            "means": found.mean((1, 2)).tolist(),
            "range": [float(pictures.min()), float(pictures.max())],
            "shape": list(pictures.shape),
            "kernel": np.asarray(layer.kernel)[..., int(channel)].tolist(),
        }
    )
)
