"""Makes what the lessons in the package run on: small models and pictures, all from seeds.

Writes gradlens/lessons/files/, which is in the repository: who installs or builds the
package needs no Keras. Run it in an environment with Keras on TensorFlow and Pillow,
where the demo is made (make_demo.py), and commit what changes:

    python examples/make_lessons.py [--check]

`--check` writes nothing: it makes everything again, and fails unless it comes to the
same. gradlens/tests/lessons/test_files.py does that.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from stamp import DATA, HERE, MODELS

FILES = HERE.parent / "gradlens" / "lessons" / "files"

PICTURES = ["test_tank_grey", "test_tank_blue", "test_field_grey", "test_field_blue"]
"""Of the demo; the lessons call them without `test_`."""

SHAPES = ["circle", "square", "triangle"]
SHAPE_SIZE = 40
EPOCHS = 8
DATE = "2026-01-01@00:00:00"
"""In all models, so that the same one is the same file."""
EACH = 3
"""Test pictures of each shape."""
SHAPES_SEED, TEST_SEED, MORE_SEED, RANDOM_SEED = 3, 7, 8, 1
"""SHAPES_SEED was looked for: it gets all nine right, at last, with dead channels."""


def write_model(model, path: Path) -> None:
    """Write a Keras model without its optimizer, packed: a quarter of what `save` writes."""
    import keras

    plain = keras.models.clone_model(model)
    plain.set_weights(model.get_weights())
    with tempfile.TemporaryDirectory() as folder:
        saved = os.path.join(folder, "model.keras")
        plain.save(saved)
        path.parent.mkdir(parents=True, exist_ok=True)
        with (
            zipfile.ZipFile(saved) as source,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
        ):
            for name in source.namelist():
                content = source.read(name)
                if name == "metadata.json":
                    content = json.dumps({**json.loads(content), "date_saved": DATE}).encode()
                # Of the date that zip files begin with.
                target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def edges():
    """A model of one convolution whose kernels people chose: left edges, top edges, blur.

    Takes (12, 12, 1) of 0..1; its kernels, 3 x 3 without a border, give (10, 10, 3).
    """
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((12, 12, 1), name="picture"),
            layers.Conv2D(3, 3, name="kernels"),
            layers.ReLU(name="relu"),
            layers.GlobalMaxPooling2D(name="strongest"),
        ],
        name="edges",
    )
    left = np.array([[-1, 0, 1]] * 3, np.float32)
    kernels = np.stack([left, left.T, np.full((3, 3), 1 / 9, np.float32)], axis=-1)
    model.set_weights([kernels[:, :, None, :], np.zeros(3, np.float32)])
    return model


def house() -> Image.Image:
    """A house of three grays, 12 x 12: every pixel can be read as a number."""
    pixels = np.full((12, 12), 51, np.uint8)
    for row in range(2, 5):
        pixels[row, 7 - row : 5 + row] = 255
    pixels[5:10, 3:9] = 153
    pixels[7:10, 5:7] = 51
    pixels[10:] = 102
    return Image.fromarray(pixels)


def shape_picture(rng: np.random.Generator, kind: int) -> np.ndarray:
    """Draw a light shape on dark ground, with grain: uint8 (40, 40)."""
    scale = 4
    side = SHAPE_SIZE * scale
    image = Image.new("L", (side, side), int(rng.integers(20, 60)))
    draw = ImageDraw.Draw(image)
    radius = side * rng.uniform(0.16, 0.3)
    x, y = rng.uniform(radius, side - radius, 2)
    light = int(rng.integers(140, 230))
    turn = rng.uniform(0, 2 * np.pi)
    if kind == 0:
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], light)
    else:
        corners = 4 if kind == 1 else 3
        angles = turn + 2 * np.pi * np.arange(corners) / corners
        draw.polygon([(x + radius * np.cos(a), y + radius * np.sin(a)) for a in angles], light)
    small = np.asarray(image.resize((SHAPE_SIZE, SHAPE_SIZE), Image.Resampling.BOX), np.float32)
    grain = rng.normal(0, 6, small.shape)
    return np.clip(np.round(small + grain), 0, 255).astype(np.uint8)


def shape_pictures(seed: int, each: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw `each` pictures of each shape: uint8 (n, 40, 40, 1), and their classes (n,)."""
    rng = np.random.default_rng(seed)
    classes = np.tile(np.arange(len(SHAPES)), each)
    return np.stack([shape_picture(rng, kind) for kind in classes])[..., None], classes


def train_shapes(seed: int, keep: Callable[[int, object], None]):
    """Train on circles, squares and triangles, too fast on purpose: some units die of it.

    keep: is given the number of each epoch, from 1, and the model as it is then.
    """
    import keras
    from keras import layers

    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((SHAPE_SIZE, SHAPE_SIZE, 1), name="picture"),
            layers.Rescaling(1 / 255, name="rescaling"),
            layers.Conv2D(8, 5, padding="same", activation="relu", name="conv1"),
            layers.MaxPooling2D(name="pool1"),
            layers.Conv2D(12, 3, padding="same", activation="relu", name="conv2"),
            layers.MaxPooling2D(name="pool2"),
            layers.Conv2D(16, 3, padding="same", activation="relu", name="conv3"),
            layers.Dropout(0.3, name="dropout"),
            layers.GlobalMaxPooling2D(name="strongest"),
            layers.Dense(len(SHAPES), activation="softmax", name="classes"),
        ],
        name="shapes",
    )
    model.compile(keras.optimizers.Adam(0.008), "sparse_categorical_crossentropy")
    x, y = shape_pictures(1, 200)
    for epoch in range(1, EPOCHS + 1):
        model.fit(x.astype(np.float32), y, batch_size=16, epochs=1, verbose=0)
        keep(epoch, model)
    return model


def dead(model, layer: str, pictures: np.ndarray) -> list[int]:
    """Return the channels of a layer that are 0 everywhere, on all pictures."""
    import keras

    part = keras.Model(model.inputs, model.get_layer(layer).output)
    seen = part.predict(pictures.astype(np.float32), verbose=0).max((0, 1, 2))
    return [int(i) for i in np.flatnonzero(seen == 0)]


def make(folder: Path) -> None:
    """Write models and pictures into a folder."""
    import keras

    pictures, models = folder / "pictures", folder / "models"
    pictures.mkdir(parents=True, exist_ok=True)
    for name in PICTURES:
        # Without what Pillow would add: the same pixels are the same file.
        Image.open(DATA / f"{name}.png").save(pictures / f"{name[5:]}.png", optimize=True)
    Image.open(DATA / "training_set.png").save(pictures / "training.jpg", quality=85)
    house().save(pictures / "house.png")
    drawn, classes = shape_pictures(TEST_SEED, EACH)
    for i, (pixels, kind) in enumerate(zip(drawn, classes, strict=True)):
        shape = SHAPES[kind]
        (folder / "shapes" / shape).mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels[..., 0]).save(
            folder / "shapes" / shape / f"{shape}-{i // 3 + 1}.png"
        )

    tank = keras.models.load_model(MODELS / "tank.keras")
    write_model(tank, models / "tank.keras")
    keras.utils.set_random_seed(RANDOM_SEED)
    random = keras.models.clone_model(tank)
    write_model(random, models / "random.keras")
    for model, name in ((random, "map_a"), (tank, "map_b")):
        map_of(model, pictures / "tank_grey.png").save(pictures / f"{name}.jpg", quality=85)
    write_model(edges(), models / "edges.keras")
    train_shapes(
        SHAPES_SEED,
        lambda epoch, model: write_model(model, folder / "training" / f"epoch-{epoch:04d}.keras"),
    )


def map_of(model, path: Path) -> Image.Image:
    """Draw the Grad-CAM of the highest-scoring class at conv4 over a picture."""
    from keras_grad_cam import grad_cam
    from matplotlib import colormaps

    size = (256, 256)
    picture = Image.open(path)
    cam = grad_cam(model, np.asarray(picture, np.float32)[None], "conv4")[0][0]
    smooth = Image.fromarray(cam / cam.max()).resize(size, Image.Resampling.BILINEAR)
    colours = colormaps["viridis"](np.asarray(smooth))[..., :3] * 255
    return Image.fromarray(
        (0.4 * np.asarray(picture.resize(size)) + 0.6 * colours).astype(np.uint8)
    )


def differences(made: Path, kept: Path) -> list[str]:
    """Return what is not the same in two folders: one sentence each.

    Pictures may differ by two levels of 255, as versions of Pillow draw; models that were
    trained again must have the same layers, and be right as often. Those that were not
    trained are the same bit for bit.
    """
    import keras

    x, y = shape_pictures(MORE_SEED, 60)
    found = []
    for path in sorted(path for path in made.rglob("*.*") if path.is_file()):
        name, other = path.relative_to(made).as_posix(), kept / path.relative_to(made)
        if not other.is_file():
            found.append(f"{name} is not there.")
        elif path.suffix in (".png", ".jpg"):
            a, b = (np.asarray(Image.open(each), np.int16) for each in (path, other))
            if a.shape != b.shape or np.abs(a - b).max() > (2 if path.suffix == ".png" else 16):
                found.append(f"{name} is another picture.")
        else:
            a, b = (keras.models.load_model(each) for each in (path, other))
            if a.to_json() != b.to_json():
                found.append(f"{name} has other layers.")
            elif name.startswith("training/"):
                if path.stem == f"epoch-{EPOCHS:04d}":
                    right = [_right(model, x, y) for model in (a, b)]
                    if min(right) < 0.9:
                        found.append(f"{name} is right in {right} of new pictures, not in 0.9.")
                    if not (dead(a, "conv2", x) and dead(b, "conv2", x)):
                        found.append(f"{name} has no dead channel in conv2.")
            elif name != "models/tank.keras" and not all(
                np.array_equal(v, w) for v, w in zip(a.get_weights(), b.get_weights(), strict=True)
            ):
                found.append(f"{name} has other weights.")
    return found


def _right(model, x: np.ndarray, y: np.ndarray) -> float:
    return float(np.mean(model.predict(x.astype(np.float32), verbose=0).argmax(1) == y))


def main() -> int:
    """Make the files, or with `--check` compare; return the exit status."""
    if "--check" not in sys.argv[1:]:
        make(FILES)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        found = differences(Path(folder), FILES)
    print("\n".join(found) or "The lessons' files are what this makes.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
