"""Writes conformance/data/readers/: small models in every dialect, with what Keras says of them.

Run it with TensorFlow, Keras 3 and tf_keras installed:
    python conformance/readers/generate.py
For each model a file `<name>.<writer>.<keras|h5>` and beside it, `.json` appended:
    {name, version, parameters, nonTrainable, inputs, outputs: [shape], models: [name],
     layers: [{id, class, nested, shapes, parents, weights: {role: {shape, values}}}]}
`zoo/<name>.<writer>.json` holds {config, layers: {id: shape}, parameters} of an architecture.
Nothing is done when the data is already there and this folder has not changed.
"""

import hashlib
import json
import logging
import math
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

HERE = Path(__file__).parent
OUT = HERE.parent / "data" / "readers"
STAMP = OUT / "stamp.txt"

ZOO_3 = [
    "MobileNetV2",
    "MobileNetV3Small",
    "DenseNet121",
    "EfficientNetB0",
    "EfficientNetV2B0",
    "ResNet50V2",
    "ResNet50",
    "InceptionV3",
    "InceptionResNetV2",
    "NASNetMobile",
    "ConvNeXtTiny",
    "Xception",
    "VGG16",
]
ZOO_2 = ["DenseNet121", "EfficientNetB0", "MobileNetV2", "ConvNeXtTiny"]


def stamp() -> str:
    digest = hashlib.sha256()
    for path in sorted(HERE.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def role_of(weight) -> str:
    return weight.name.split(":")[0].split("/")[-1]


def weights_of(layer) -> dict:
    import numpy as np

    values = {}
    for weight in layer.weights:
        array = np.asarray(weight.numpy() if hasattr(weight, "numpy") else weight)
        if "seed" in weight.name or "generator" in role_of(weight):
            continue
        role = role_of(weight)
        if type(layer).__name__ == "MultiHeadAttention":
            # Its layers have a kernel and a bias each.
            part = getattr(weight, "path", weight.name).split("/")[-2]
            role = f"{part.removeprefix('attention_')}_{role}"
        values[role] = {
            "shape": list(array.shape),
            "values": array.astype("float64").ravel().tolist(),
        }
    return values


def shape_of(tensor) -> list:
    return [None if size is None else int(size) for size in tensor.shape]


def operation_of(node):
    return getattr(node, "operation", None) or node.layer


def layers_of(model, prefix="", values=True):
    """Every layer and operator of `model`, nested ones too, with its calls' shapes."""
    inside = (
        {id(node) for nodes in model._nodes_by_depth.values() for node in nodes}
        if getattr(model, "_nodes_by_depth", None)
        else None
    )
    operations = getattr(model, "operations", None) or model.layers
    for layer in operations:
        if hasattr(layer, "layers"):
            yield from layers_of(layer, f"{prefix}{layer.name}/", values)
            continue
        nodes = [node for node in layer._inbound_nodes if inside is None or id(node) in inside]
        yield {
            "id": prefix + layer.name,
            "class": type(layer).__name__,
            "nested": prefix != "",
            "shapes": [
                shape_of(node.outputs if hasattr(node.outputs, "shape") else node.outputs[0])
                for node in nodes
            ],
            "parents": [
                [operation_of(parent).name for parent in node.parent_nodes] for node in nodes
            ],
            "weights": weights_of(layer) if values and hasattr(layer, "weights") else {},
        }


def non_trainable(model) -> int:
    """Values that training leaves alone, without the states of random numbers."""
    return sum(
        int(math.prod(weight.shape))
        for weight in model.non_trainable_weights
        if "seed" not in weight.name and "generator" not in weight.name
    )


def randomise(model, seed):
    """Values of which no two weights have the same."""
    import numpy as np

    rng = np.random.default_rng(seed)
    for weight in model.weights:
        if "seed" in weight.name or "generator" in weight.name or "count" in weight.name:
            continue
        weight.assign(rng.uniform(0.1, 1.0, weight.shape).astype("float32"))


def write(model, writer, version, extensions=("keras", "h5")):
    for extension in extensions:
        path = OUT / f"{model.name}.{writer}.{extension}"
        model.save(path)
        described = {
            "name": model.name,
            "version": version,
            "parameters": int(model.count_params()),
            "nonTrainable": non_trainable(model),
            "inputs": [shape_of(tensor) for tensor in model.inputs],
            "outputs": [shape_of(tensor) for tensor in model.outputs],
            "models": [layer.name for layer in model.layers if hasattr(layer, "layers")],
            "layers": list(layers_of(model)),
        }
        path.with_name(path.name + ".json").write_text(json.dumps(described))


def write_zoo(keras, name, writer):
    model = getattr(keras.applications, name)(weights=None)
    inner = lambda layer: layer["nested"] and layer["class"] == "InputLayer"  # noqa: E731
    shapes = {
        layer["id"]: layer["shapes"][0]
        for layer in layers_of(model, values=False)
        if not inner(layer)
    }
    text = json.dumps(
        {
            "config": json.loads(model.to_json()),
            "layers": shapes,
            "parameters": int(model.count_params()),
        }
    )
    (OUT / "zoo" / f"{name}.{writer}.json").write_text(text)
    keras.backend.clear_session()


def write_broken(keras):
    """Models that cannot run whole, and files that are no models."""
    import h5py
    import numpy as np

    layers = keras.layers
    inputs = keras.Input((8, 8, 3), name="image")
    x = layers.Conv2D(2, 3, name="conv")(inputs)
    x = layers.Lambda(lambda t: t * 2, output_shape=(6, 6, 2), name="double")(x)
    model = keras.Model(inputs, layers.Conv2D(2, 3, name="after")(x), name="with_lambda")
    model.save(OUT / "with_lambda.keras")
    model.save(OUT / "with_lambda.h5")
    model.save_weights(OUT / "only.weights.h5")

    class Mine(layers.Layer):
        def call(self, x):
            return x

    inputs = keras.Input((8, 8, 3), name="image")
    x = Mine(name="mine")(layers.Conv2D(2, 3, activation=lambda t: t, name="conv")(inputs))
    keras.Model(inputs, layers.Flatten(name="flat")(x), name="custom").save(OUT / "custom.keras")

    class Subclassed(keras.Model):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.dense = layers.Dense(2)

        def call(self, x):
            return self.dense(x)

    subclassed = Subclassed()
    subclassed(np.zeros((1, 3), "float32"))
    subclassed.save(OUT / "subclassed.keras")
    image = keras.Input((8, 8, 3), name="image")
    ops = keras.ops
    keras.Model(
        image,
        [
            ops.log_softmax(image, axis=1),
            ops.elu(image, alpha=0.4),
            ops.cast(image, "int32"),
            ops.softmax(image, axis=(1, 2)),
            ops.cast(image, "float16"),
            image * ops.stop_gradient(image),
            ops.elu(image),
            ops.mean(image, axis=0),
            ops.sum(image),
            ops.power(image, image),
            ops.max(image, axis=-1),
            ops.layer_normalization(image, np.ones(3), rms_scaling=True),
            ops.squareplus(image),
            image[None, :],
            image[..., None, ::2],
        ],
        name="options",
    ).save(OUT / "options.keras")
    with h5py.File(OUT / "not_keras.h5", "w") as file:
        file["temperatures"] = np.arange(10)
    with h5py.File(OUT / "big_endian.h5", "w") as file:
        # Every type of number, in both orders of bytes.
        for kind in ("f2", "f4", "f8", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"):
            values = np.arange(0 if kind[0] == "u" else -3, 3) * (0.25 if kind[0] == "f" else 37)
            for order in "<>":
                file[order + kind] = values.astype(order + kind)
        file["half"] = np.array([0.0, -0.0, 1.5, 6.1e-5, 5.96e-8, 65504, np.inf, np.nan], "float16")
        file["packed"] = np.linspace(0, 1, 5000, dtype="float64")
        file.create_dataset(
            "gzip",
            data=np.arange(4096, dtype="int16").reshape(64, 64),
            compression="gzip",
            chunks=(16, 64),
        )


def write_tfjs(model, quantise):
    """A TensorFlow.js layers model by its format's rules: all weights in one group, two shards.

    ``quantise`` takes a float32 array and gives the stored one and what the manifest says of it.
    """
    import numpy as np

    folder = OUT / "tfjs" / f"{model.name}.{quantise.__name__}"
    folder.mkdir(parents=True, exist_ok=True)
    entries, parts = [], []
    for weight in model.weights:
        values, extra = quantise(np.asarray(weight.numpy(), "float32"))
        name = weight.name.split(":")[0]
        entries.append({"name": name, "shape": list(values.shape), "dtype": "float32", **extra})
        parts.append(values.tobytes())
    data = b"".join(parts)
    # Shards are cut at a number of bytes, in the middle of weights.
    cut = len(data) // 2 + 1
    paths = ["group1-shard1of2.bin", "group1-shard2of2.bin"]
    (folder / paths[0]).write_bytes(data[:cut])
    (folder / paths[1]).write_bytes(data[cut:])
    topology = {
        "keras_version": "2.15.0",
        "backend": "tensorflow",
        "model_config": json.loads(model.to_json()),
    }
    manifest = [{"paths": paths, "weights": entries}]
    record = {"format": "layers-model", "modelTopology": topology, "weightsManifest": manifest}
    (folder / "model.json").write_text(json.dumps(record))


def plain(values):
    return values, {}


def uint8(values):
    """tfjs' affine quantisation: value = stored * scale + min."""
    import numpy as np

    low, high = float(values.min()), float(values.max())
    scale = (high - low) / 255 or 1.0
    stored = np.round((values - low) / scale).astype("uint8")
    return stored, {
        "quantization": {"dtype": "uint8", "min": low, "scale": scale, "original_dtype": "float32"}
    }


def float16(values):
    return values.astype("float16"), {
        "quantization": {"dtype": "float16", "original_dtype": "float32"}
    }


def write_keras2_weights(keras):
    inputs = keras.Input((8, 8, 3), name="image")
    model = keras.Model(inputs, keras.layers.Conv2D(2, 3, name="conv")(inputs))
    model.save_weights(OUT / "only.keras2.h5")


def main():
    if STAMP.exists() and STAMP.read_text() == stamp():
        return
    (OUT / "zoo").mkdir(parents=True, exist_ok=True)
    import absl.logging
    import keras
    import tf_keras

    absl.logging.set_verbosity(absl.logging.ERROR)
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    sys.path.insert(0, str(HERE))
    import arguments
    import models

    for module, writer, builders in (
        (keras, "keras3", models.COMMON + models.KERAS3),
        (tf_keras, "keras2", models.COMMON + models.KERAS2),
    ):
        for seed, build in enumerate(builders):
            module.backend.clear_session()
            model = build(module)
            if build is not models.augmented:
                randomise(model, seed)
            # Keras 2 cannot save the `...` of an index in its own new format.
            write(
                model,
                writer,
                module.__version__,
                ("h5",) if writer == "keras2" and build is models.preprocessed else ("keras", "h5"),
            )
            if writer == "keras2" and build in (models.plain, models.backbone_first):
                for quantise in (plain, uint8, float16):
                    write_tfjs(model, quantise)
    configs = {"keras3": arguments.arguments(keras), "keras2": arguments.arguments(tf_keras)}
    described = {**configs, "unusual": arguments.UNUSUAL}
    (OUT / "arguments.json").write_text(json.dumps(described, default=str))
    write_broken(keras)
    write_keras2_weights(tf_keras)
    for name in ZOO_3:
        write_zoo(keras, name, "keras3")
    for name in ZOO_2:
        write_zoo(tf_keras, name, "keras2")
    STAMP.write_text(stamp())


if __name__ == "__main__":
    main()
