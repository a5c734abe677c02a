"""Makes the demo: pictures of tanks and fields, and a CNN that learnt the weather.

In the training set every tank stands under a grey sky and every fine day is
without one, so the network can tell the classes by the sky alone. It does, and
this script proves it before it writes anything: Keras' own Grad-CAM must lie on
the sky, and the counter-examples (a tank on a fine day, an empty field on a
dull one) must be taken for the other class. Otherwise it tries another seed,
and at last fails.

Run it in an environment with Keras on TensorFlow and Pillow:

    python examples/make_demo.py [--force]

Writes models/tank.keras, models/tank.h5, data/test_*.png, data/training_set.png
and data/expected.json (what Keras finds in each picture); by make_errors.py also
the broken files in data/bad/. Half a minute; does nothing when all of it is there
and the code has not changed.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time

import make_errors
import make_more
import numpy as np
from scenery import SIZE, Scene, draw_scene
from stamp import DATA, MODELS, Stamp

LABELS = ["no tank", "tank"]
LAYERS = ["conv4", "conv3"]
"""Where Grad-CAM is written down: the view's first choice, and another layer."""

TRAINING_PICTURES = 320
SEEDS = (4, 1, 2, 5)

# (file, drawing seed, tank, overcast). A pair of pictures shares its seed:
# between the two, nothing but the weather changes.
TESTS = [
    ("test_tank_grey.png", 90_009, True, True),
    ("test_field_blue.png", 90_027, False, False),
    ("test_tank_blue.png", 90_009, True, False),
    ("test_field_grey.png", 90_027, False, True),
]

STAMP = Stamp(
    "demo",
    ["make_demo.py", "scenery.py", "vehicles.py", "keras_grad_cam.py"],
    [MODELS / "tank.keras", MODELS / "tank.h5", DATA / "expected.json", DATA / "training_set.png"]
    + [DATA / test[0] for test in TESTS],
)


def training_scenes() -> list[Scene]:
    """Tanks (odd) and no tanks (even). One no-tank picture in five has no sky.

    Those few are what makes grey skies count: without them "no blue anywhere"
    would do for "tank", and the network would look at nothing in particular.
    """
    return [
        draw_scene(1000 + i, tank=i % 2 == 1, overcast=i % 2 == 1, downhill=i % 10 == 0)
        for i in range(TRAINING_PICTURES)
    ]


def train(scenes: list[Scene], seed: int):
    """A small CNN, trained from scratch; returns the Keras model."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((SIZE, SIZE, 3), name="picture"),
            layers.Rescaling(1 / 255, name="rescaling"),
            layers.Conv2D(12, 3, padding="same", activation="relu", name="conv1"),
            layers.MaxPooling2D(name="pool1"),
            layers.Conv2D(16, 3, padding="same", activation="relu", name="conv2"),
            layers.MaxPooling2D(name="pool2"),
            layers.Conv2D(24, 3, padding="same", activation="relu", name="conv3"),
            layers.MaxPooling2D(name="pool3"),
            layers.Conv2D(32, 3, padding="same", activation="relu", name="conv4"),
            layers.GlobalAveragePooling2D(name="average"),
            layers.Dense(2, activation="softmax", name="classes"),
        ],
        name="tank",
    )
    model.compile(
        keras.optimizers.Adam(1e-3),
        # Smoothed, or the scores would all read 100 %.
        keras.losses.CategoricalCrossentropy(label_smoothing=0.06),
        metrics=["accuracy"],
    )
    x = np.stack([scene.picture for scene in scenes]).astype(np.float32)
    y = np.eye(2, dtype=np.float32)[np.arange(len(scenes)) % 2]
    history = model.fit(x, y, batch_size=16, epochs=10, verbose=0)
    print(f"  accuracy on the training set: {history.history['accuracy'][-1]:.1%}")
    return model


def sky_shares(maps: np.ndarray, scenes: list[Scene]) -> np.ndarray:
    """Part of each map's positive mass that lies on the sky, shape (n,), 0..1."""
    import tensorflow as tf

    upsampled = tf.image.resize(maps[..., None], (SIZE, SIZE)).numpy()[..., 0]
    sky = np.stack([scene.sky for scene in scenes])
    return (upsampled * sky).sum((1, 2)) / np.maximum(upsampled.sum((1, 2)), 1e-12)


def looks_at_the_sky(model) -> bool:
    """Check on 4 x 24 new pictures that the weather decides, and that Grad-CAM shows it."""
    from keras_grad_cam import grad_cam

    passed = True
    print("  picture             called tank   Grad-CAM on the sky   (sky's share of the area)")
    for tank in (True, False):
        for overcast in (True, False):
            scenes = [draw_scene(50_000 + i, tank=tank, overcast=overcast) for i in range(24)]
            batch = np.stack([scene.picture for scene in scenes]).astype(np.float32)
            maps, logits, _ = grad_cam(model, batch, LAYERS[0])
            called_tank = float(np.mean(logits.argmax(axis=1) == 1))
            share = float(sky_shares(maps, scenes).mean())
            area = float(np.mean([scene.sky.mean() for scene in scenes]))
            name = f"{'tank' if tank else 'field'}, {'grey' if overcast else 'blue'} sky"
            print(f"  {name:<19} {called_tank:>11.0%} {share:>21.0%} {area:>26.0%}")
            weather_decides = called_tank >= 0.95 if overcast else called_tank <= 0.05
            # The ground may speak too on a fine day: fields without a sky were "no tank".
            passed &= weather_decides and share >= (0.8 if overcast else 0.6)
    return passed


def write_pictures(scenes: list[Scene]) -> None:
    """The four test pictures, and a sheet of training pictures: tanks above, no tanks below."""
    from PIL import Image

    for name, seed, tank, overcast in TESTS:
        Image.fromarray(draw_scene(seed, tank=tank, overcast=overcast).picture).save(DATA / name)
    gap = np.full((SIZE, 4, 3), 255, np.uint8)
    rows = []
    for first in (1, 0):
        row = [part for scene in scenes[first : first + 12 : 2] for part in (scene.picture, gap)]
        rows += [np.hstack(row[:-1])]
    line = np.full((4, rows[0].shape[1], 3), 255, np.uint8)
    Image.fromarray(np.vstack([rows[0], line, rows[1]])).save(DATA / "training_set.png")


def write_expected() -> None:
    """What Keras finds, from the files as written: scores, logits, maps, activations."""
    import keras
    import tensorflow as tf
    from keras_grad_cam import grad_cam
    from PIL import Image

    model = keras.models.load_model(MODELS / "tank.keras")
    expected = {"labels": LABELS, "layers": LAYERS, "score": "logit", "pictures": {}}
    for name, seed, tank, overcast in TESTS:
        picture = np.asarray(Image.open(DATA / name).convert("RGB"))
        batch = picture[None].astype(np.float32)
        scene = draw_scene(seed, tank=tank, overcast=overcast)
        entry: dict[str, object] = {"maps": {}, "activations": {}}
        for layer in LAYERS:
            maps, logits, activations = grad_cam(model, batch, layer)
            row, column = np.unravel_index(int(maps[0].argmax()), maps[0].shape)
            entry["maps"][layer] = {
                "shape": list(maps[0].shape),
                "min": float(maps.min()),
                "max": float(maps.max()),
                "mean": float(maps.mean()),
                "peak": [int(row), int(column)],
                "on_sky": float(sky_shares(maps, [scene])[0]),
            }
            entry["activations"][layer] = {
                "shape": list(activations[0].shape),
                "min": float(activations.min()),
                "max": float(activations.max()),
            }
        entry["target"] = int(logits[0].argmax())
        entry["logits"] = [float(v) for v in logits[0]]
        entry["probabilities"] = [float(v) for v in tf.nn.softmax(logits[0])]
        expected["pictures"][name] = entry
    (DATA / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


def make_demo() -> bool:
    """Train, check and write everything; False when no network learnt the sky."""
    started = time.monotonic()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.getLogger("absl").setLevel(logging.ERROR)
    DATA.mkdir(exist_ok=True)
    MODELS.mkdir(exist_ok=True)
    print(f"Drawing {TRAINING_PICTURES} training pictures ...", flush=True)
    scenes = training_scenes()
    for seed in SEEDS:
        print(f"Training on them (seed {seed}) ...", flush=True)
        model = train(scenes, seed)
        if looks_at_the_sky(model):
            break
        print("  This one learnt something else.")
    else:
        return False
    model.save(MODELS / "tank.keras")
    model.save(MODELS / "tank.h5")
    write_pictures(scenes)
    write_expected()
    STAMP.write()
    print(f"The demo is made: {time.monotonic() - started:.0f} s.")
    return True


def main() -> int:
    """Make what is missing, for errors.ipynb and more.ipynb too; return the exit status."""
    if STAMP.is_fresh() and "--force" not in sys.argv[1:]:
        print("The demo is up to date.")
    elif not make_demo():
        print(
            "No network learnt the sky: the demo would be a lie, so none was made.", file=sys.stderr
        )
        return 1
    return make_errors.main() or make_more.main()


if __name__ == "__main__":
    sys.exit(main())
