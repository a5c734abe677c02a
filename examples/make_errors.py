"""Makes the broken model files of errors.ipynb, in data/bad/.

    python examples/make_errors.py [--force]

Needs Keras, and models/tank.keras from make_demo.py; does nothing when all of
it is there and the code has not changed.
"""

from __future__ import annotations

import logging
import os
import sys

from stamp import DATA, MODELS, Stamp

BAD = DATA / "bad"

STAMP = Stamp(
    "errors",
    # tank.keras comes from make_demo.py: another network, another truncated file.
    ["make_errors.py", "make_demo.py", "scenery.py", "vehicles.py"],
    [
        BAD / name
        for name in ("text.h5", "truncated.keras", "truncated.h5", "lambda.keras", "custom.keras")
    ],
)


def write_broken_files() -> None:
    """A text that calls itself a model, and two models whose download stopped half-way."""
    (BAD / "text.h5").write_text("This is not a model. It is a text file that was renamed.\n" * 40)
    for name in ("tank.keras", "tank.h5"):
        whole = (MODELS / name).read_bytes()
        (BAD / name.replace("tank", "truncated")).write_bytes(whole[: len(whole) * 6 // 10])


def write_unsupported_models() -> None:
    """Two sound models with a layer in the middle that only Python can run."""
    import keras
    from keras import layers

    @keras.saving.register_keras_serializable("demo")
    class Sharpen(keras.layers.Layer):
        """A layer of somebody's own."""

        def call(self, inputs):
            return inputs * 1.5 - keras.ops.mean(inputs, axis=-1, keepdims=True) * 0.5

    for name, odd in (
        ("lambda", layers.Lambda(lambda t: t * t, name="square")),
        ("custom", Sharpen(name="sharpen")),
    ):
        keras.utils.set_random_seed(7)
        model = keras.Sequential(
            [
                keras.Input((128, 128, 3), name="picture"),
                layers.Rescaling(1 / 255, name="rescaling"),
                layers.Conv2D(8, 3, padding="same", activation="relu", name="conv1"),
                layers.MaxPooling2D(4, name="pool1"),
                odd,
                layers.Conv2D(8, 3, padding="same", activation="relu", name="conv2"),
                layers.GlobalAveragePooling2D(name="average"),
                layers.Dense(2, activation="softmax", name="classes"),
            ],
            name=name,
        )
        model.save(BAD / f"{name}.keras")


def main() -> int:
    """Make what is missing; return the exit status."""
    if STAMP.is_fresh() and "--force" not in sys.argv[1:]:
        print("The broken files are up to date.")
        return 0
    if not (MODELS / "tank.keras").is_file():
        print("models/tank.keras is not there: run make_demo.py first.", file=sys.stderr)
        return 1
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.getLogger("absl").setLevel(logging.ERROR)
    BAD.mkdir(parents=True, exist_ok=True)
    write_broken_files()
    write_unsupported_models()
    STAMP.write()
    print("The broken files are made.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
