"""Reference numbers for pictures as input: PIL's and Keras' resizing, gray and preprocessing.

Writes conformance/data/ops/preprocess.json.
"""

import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras.applications.imagenet_utils import preprocess_input
from PIL import Image
from tensors import OUT, encode

SIZES = [(9, 21), (40, 33), (13, 17), (1, 1), (224, 224)]


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    picture = np.random.default_rng(7).integers(0, 256, (13, 17, 3), dtype=np.uint8)
    image = Image.fromarray(picture)
    resized = []
    for height, width in SIZES:
        bilinear = tf.image.resize(picture.astype("float32"), (height, width)).numpy()
        nearest = keras.utils.img_to_array(image.resize((width, height), Image.Resampling.NEAREST))
        resized.append(
            {"size": [height, width], "bilinear": encode(bilinear), "nearest": encode(nearest)}
        )
    gray = np.asarray(image.convert("L"), dtype="float32")[..., None]
    modes = {
        mode: encode(preprocess_input(picture.astype("float32").copy(), mode=mode))
        for mode in ["tf", "torch", "caffe"]
    }
    modes["scale"] = encode(picture.astype("float32") / np.float32(255))
    record = {"picture": encode(picture), "gray": encode(gray), "resized": resized, "modes": modes}
    (OUT / "preprocess.json").write_text(json.dumps(record))
    print(f"preprocess: {len(resized)} sizes, {len(modes)} modes")


if __name__ == "__main__":
    main()
