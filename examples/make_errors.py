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
    """The demo's network with a layer in the middle that only Python can run."""
    import keras
    from keras import layers

    @keras.saving.register_keras_serializable("demo")
    class Sharpen(keras.layers.Layer):
        """A layer of somebody's own."""

        def call(self, inputs):
            return inputs * 1.5 - keras.ops.mean(inputs, axis=-1, keepdims=True) * 0.5

    sound = keras.models.load_model(MODELS / "tank.keras")
    cut = [layer.name for layer in sound.layers].index("conv3")

    def split(whole):
        return whole[:cut], whole[cut:]

    for name, odd in (
        ("lambda", layers.Lambda(lambda t: t * t, name="square")),
        ("custom", Sharpen(name="sharpen")),
    ):
        before, after = split(keras.models.clone_model(sound).layers)
        picture = keras.Input(sound.input_shape[1:], name="picture")
        model = keras.Sequential([picture, *before, odd, *after], name=name)
        model.set_weights(sound.get_weights())
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
