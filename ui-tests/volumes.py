"""Write a model of volumes and one of videos, and Keras' Grad-CAM of them.

Usage: python volumes.py FOLDER. Writes scan.keras (Conv3D), clip.keras (a network for
frames in TimeDistributed), scan.npy, clip.npy, volumes.json, and volumes.npz with the
maps, the layers' outputs and the gradients there.
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras import layers

SCAN = (12, 20, 24, 1)
CLIP = (6, 16, 16, 3)


def main():
    """Writes the models and their values into the folder given."""
    folder = Path(sys.argv[1])
    z, y, x = np.meshgrid(*(np.arange(size) for size in SCAN[:3]), indexing="ij")
    ball = ((z - 8) / 2) ** 2 + ((y - 12) / 4) ** 2 + ((x - 8) / 5) ** 2
    scan = np.exp(-ball).astype("float32")[..., None]
    clip = np.random.default_rng(2).integers(0, 256, CLIP, dtype="uint8")
    np.save(folder / "scan.npy", scan)
    np.save(folder / "clip.npy", clip)
    keras.utils.set_random_seed(5)
    records, arrays = {}, {}
    for name, build, batch in [
        ("scan", of_volumes, scan[None]),
        ("clip", of_videos, clip[None] / np.float32(127.5) - 1),
    ]:
        model, taps = build()
        model.save(folder / f"{name}.keras")
        records[name], found = grad_cam(model, taps, batch)
        arrays.update({f"{name}_{kind}": values for kind, values in found.items()})
    np.savez(folder / "volumes.npz", **arrays)
    (folder / "volumes.json").write_text(json.dumps(records))


def of_volumes():
    """Builds a CNN of three axes, and what gives its last maps and its scores."""
    inputs = keras.Input(SCAN, name="scan")
    x = layers.Conv3D(6, 3, padding="same", activation="relu", name="small")(inputs)
    x = layers.MaxPooling3D(2, name="pool")(x)
    maps = layers.Conv3D(8, 3, padding="same", activation="relu", name="parts")(x)
    x = layers.GlobalAveragePooling3D(name="gap")(maps)
    scores = layers.Dense(2, name="scores")(x)
    model = keras.Model(inputs, layers.Softmax(name="head")(scores))
    return model, keras.Model(inputs, [maps, scores])


def of_videos():
    """Builds a network for frames and a recurrent layer over them."""
    inputs = keras.Input(CLIP[1:])
    maps = layers.Conv2D(5, 3, activation="relu", name="edges")(inputs)
    frame = keras.Model(inputs, layers.GlobalMaxPooling2D(name="gap")(maps), name="frame")
    clip = keras.Input(CLIP, name="clip")
    vectors = layers.TimeDistributed(frame, name="frames")(clip)
    time, head = layers.GRU(4, name="time"), layers.Dense(3, name="scores")
    scores = head(time(vectors))
    model = keras.Model(clip, layers.Softmax(name="head")(scores))
    # The same layers on the frames as samples: what is inside TimeDistributed has no tap.
    each = keras.Model(inputs, [maps, frame.output])

    def taps(batch):
        found, inner = each(tf.reshape(batch, (-1, *CLIP[1:])))
        return found, head(time(tf.reshape(inner, (1, CLIP[0], -1))))

    return model, taps


def grad_cam(model, taps, batch):
    """Selvaraju et al. 2017 over all places of a volume, of the highest class's logit."""
    probabilities = model(batch).numpy()[0]
    target = int(probabilities.argmax())
    with tf.GradientTape() as tape:
        maps, scores = taps(tf.constant(batch))
        score = scores[0, target]
    slopes = tape.gradient(score, maps).numpy()
    maps = maps.numpy().reshape(-1, *maps.shape[-3:])
    slopes = slopes.reshape(maps.shape)
    weights = slopes.reshape(-1, slopes.shape[-1]).mean(0)
    cam = np.maximum(maps @ weights, 0)
    peak = [int(i) for i in np.unravel_index(cam.argmax(), cam.shape)]
    record = {
        "target": target,
        "probability": float(probabilities[target]),
        "shape": list(cam.shape),
        "peak": peak,
        "max": float(cam.max()),
    }
    arrays = {"map": cam, "activations": maps, "gradients": slopes, "scores": probabilities}
    return record, arrays


if __name__ == "__main__":
    main()
