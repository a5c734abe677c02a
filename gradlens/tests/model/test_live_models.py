from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradlens import GradLensError, show
from gradlens._model.cache import fingerprint
from gradlens._model.find import find_model
from gradlens._model.inputs import as_model_takes
from gradlens.errors import ArgumentError

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@pytest.fixture(params=["keras", "tf_keras"])
def keras(request: pytest.FixtureRequest) -> Any:
    """Keras 3 and Keras 2."""
    module = pytest.importorskip(request.param)
    module.utils.set_random_seed(3)
    return module


def build(keras: Any, name: str = "small net", seed: int = 3) -> Any:
    keras.backend.clear_session()  # so that layers get the same names again
    keras.utils.set_random_seed(seed)
    layers = keras.layers
    inputs = layers.Input((8, 8, 3))
    hidden = layers.BatchNormalization()(layers.Conv2D(4, 3, name="conv")(inputs))
    outputs = layers.Dense(2, activation="softmax")(layers.Flatten()(hidden))
    return keras.Model(inputs, outputs, name=name.replace(" ", "_"))


def cached(folder: Path) -> list[Path]:
    return sorted((folder / "gradlens-cache").glob("[!.]*"))


def load(keras: Any, path: Path) -> Any:
    return keras.models.load_model(path, compile=False)


def test_live_model_is_written_beside_the_notebook(
    keras: Any, folder: Path, photo: np.ndarray
) -> None:
    model = build(keras)
    payload = show(model, photo).payload
    (file,) = cached(folder)
    named = payload["model"]
    assert (named["path"], named["name"]) == (f"gradlens-cache/{file.name}", "small_net")
    assert named["fingerprint"]["size"] == file.stat().st_size
    assert file.suffix == (".keras" if keras.__name__ == "keras" else ".h5")
    assert file.name.startswith("small_net-")
    picture = np.linspace(0, 1, 192, dtype="float32").reshape(1, 8, 8, 3)
    again = load(keras, file)(picture)
    assert np.array_equal(np.asarray(again), np.asarray(model(picture)))
    assert (folder / "gradlens-cache" / ".gitignore").read_text().endswith("*\n")


def test_model_saved_as_a_folder_is_the_same_model(folder: Path) -> None:
    keras_3 = pytest.importorskip("keras")
    model = build(keras_3)
    keras_3.saving.save_model(model, folder / "net", zipped=False)
    packed = folder / find_model("net").path
    picture = np.linspace(0, 1, 192, dtype="float32").reshape(1, 8, 8, 3)
    again = load(keras_3, packed)(picture)
    assert np.array_equal(np.asarray(again), np.asarray(model(picture)))


def test_unchanged_model_is_not_written_again(
    keras: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = build(keras)
    first = find_model(model)
    monkeypatch.setattr(type(model), "save", lambda *a, **k: pytest.fail("written again"))
    assert find_model(model) == first
    assert len(cached(folder)) == 1


def change_a_weight(model: Any) -> None:
    kernel = model.get_layer("conv").kernel
    values = np.array(kernel)
    values[0, 0, 0, 0] = np.nextafter(values[0, 0, 0, 0], np.float32(9))
    kernel.assign(values)


def change_a_statistic(model: Any) -> None:
    model.layers[2].moving_mean.assign([0, 0, 0, 1e-6])


def change_the_configuration(model: Any) -> None:
    model.layers[2].epsilon = 0.002


@pytest.mark.parametrize("change", [change_a_weight, change_a_statistic, change_the_configuration])
def test_changed_model_is_another_file(
    keras: Any, folder: Path, change: Callable[[Any], None]
) -> None:
    model = build(keras)
    before = find_model(model).path
    change(model)
    assert find_model(model).path != before
    assert len(cached(folder)) == 2


def test_same_model_built_twice_is_the_same_file(keras: Any) -> None:
    assert fingerprint(build(keras)) == fingerprint(build(keras))
    assert fingerprint(build(keras)) != fingerprint(build(keras, seed=4))


def test_optimizer_is_left_out_of_the_file_and_of_the_hash(keras: Any, folder: Path) -> None:
    h5py = pytest.importorskip("h5py")
    import io
    import zipfile

    model = build(keras)
    bare = fingerprint(model)
    model.compile("adam", "sparse_categorical_crossentropy")
    optimizer = model.optimizer
    pictures = np.zeros((4, 8, 8, 3), "float32")
    model.fit(pictures, np.array([0, 1, 0, 1]), verbose=0)
    assert fingerprint(model) != bare
    find_model(model)
    (file,) = cached(folder)
    if file.suffix == ".keras":
        with zipfile.ZipFile(file) as archive:
            weights = h5py.File(io.BytesIO(archive.read("model.weights.h5")))
    else:
        weights = h5py.File(file)
    names: list[str] = []
    weights.visit(names.append)
    assert names
    assert not [name for name in names if "optimizer" in name or "adam" in name]
    # And the model in the notebook trains on.
    assert model.optimizer is optimizer
    steps = int(np.asarray(optimizer.iterations))
    model.fit(pictures, np.array([0, 1, 0, 1]), verbose=0)
    assert int(np.asarray(optimizer.iterations)) == steps + 1


def test_optimizer_comes_back_when_saving_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keras = pytest.importorskip("keras")
    model = build(keras)
    model.compile("adam", "mse")
    optimizer = model.optimizer

    def refuse(*_args: Any, **_options: Any) -> None:
        raise OSError("no space left on device\nmore")

    monkeypatch.setattr(type(model), "save", refuse)
    with pytest.raises(
        GradLensError, match=r'"small_net" could not be written .*no space left'
    ) as e:
        find_model(model)
    assert "\n" not in str(e.value)
    assert model.optimizer is optimizer
    assert cached(folder) == []


def test_model_without_weights(keras: Any) -> None:
    model = keras.Sequential([keras.layers.Dense(2)], name="unbuilt")
    with pytest.raises(GradLensError, match='"unbuilt" has no weights yet'):
        find_model(model)


def test_name_is_made_safe_for_a_file(folder: Path) -> None:
    keras = pytest.importorskip("keras")
    inputs = keras.layers.Input((4,))
    model = keras.Model(inputs, keras.layers.Dense(1)(inputs), name=".. a: b")
    found = find_model(model)
    assert found.name == ".. a: b"
    assert cached(folder)[0].name.startswith("a-b-")


def test_tensorflow_tensors_are_read(folder: Path, photo: np.ndarray) -> None:
    tf = pytest.importorskip("tensorflow")
    from ..reading import bits, picture
    from ..test_images import float_bits

    assert np.array_equal(picture(show("model.h5", tf.constant(photo)).payload), photo)
    tensor = tf.constant(photo[None] / 255 * 2 - 1, tf.float32)
    payload = show("model.h5", tensor).payload
    assert np.array_equal(picture(payload), photo)
    assert bits(payload["images"][0]["tensor"]) == float_bits(tensor.numpy())
    half = show("model.h5", tf.constant([[0.5, 0.25]], tf.bfloat16)).payload
    assert half["images"][0]["tensor"]["shape"] == [1, 2, 1]


def test_picture_as_keras_reads_it(folder: Path, photo: np.ndarray) -> None:
    keras = pytest.importorskip("keras")
    from PIL import Image

    from ..reading import picture

    Image.fromarray(photo).save("photo.jpg", quality=90)
    loaded = keras.utils.img_to_array(keras.utils.load_img("photo.jpg"))
    assert np.array_equal(picture(show("model.h5", "photo.jpg").payload), loaded)
    payload = show("model.h5", loaded[None]).payload
    assert np.array_equal(picture(payload), loaded)
    assert "tensor" not in payload["images"][0]


@pytest.mark.parametrize("mode", ["tf", "torch", "caffe"])
def test_tensors_of_keras_preprocessing_are_shown_as_the_picture(
    folder: Path, photo: np.ndarray, mode: str
) -> None:
    keras = pytest.importorskip("keras")
    from ..reading import picture

    made = keras.applications.imagenet_utils.preprocess_input(
        photo.astype("float32"), data_format="channels_last", mode=mode
    )
    assert np.array_equal(picture(show("model.h5", made, preprocess=mode).payload), photo)


def test_hash_of_a_large_model_is_quick() -> None:
    pytest.importorskip("keras")

    class Large:
        """DenseNet169's size: 14 million weights in 600 arrays."""

        def __init__(self) -> None:
            self.weights = [np.zeros((3, 3, 96, 27), "float32") for _ in range(600)]

        def get_config(self) -> dict[str, Any]:
            return {}

        def get_weights(self) -> list[np.ndarray]:
            return self.weights

    model = Large()
    began = time.process_time()
    fingerprint(model)
    # 0.1 s of processor time here; a hash over Python objects would take minutes.
    assert time.process_time() - began < 5


class Tensor:
    def __init__(self, name, *shape):
        self.name = name
        self.shape = (None, *shape)


class Live:
    def __init__(self, *inputs):
        self.inputs = list(inputs)


TWO = Live(Tensor("left", 8, 8, 3), Tensor("right", 8, 8, 3))
PICTURE = np.zeros((8, 8, 3), "uint8")


def test_a_list_is_one_sample_of_a_model_with_so_many_inputs():
    given = as_model_takes(TWO, [PICTURE, "b.png"])
    assert list(given) == ["left", "right"]
    assert given["left"] is PICTURE
    assert given["right"] == "b.png"


def test_arrays_with_an_axis_of_samples_are_so_many():
    left, right = (np.full((3, 8, 8, 3), fill) for fill in (1, 2))
    given = as_model_takes(TWO, (left, right))
    assert [sorted(one) for one in given] == [["left", "right"]] * 3
    assert given[2]["right"].shape == (8, 8, 3)
    assert given[2]["right"][0, 0, 0] == 2


def test_names_of_keras_2_are_those_of_its_layers():
    model = Live(Tensor("left:0", 4), Tensor("right:0", 4))
    model.input_names = ["left", "right"]
    assert list(as_model_takes(model, [[1, 2, 3, 4], [1, 2, 3, 4]])) == ["left", "right"]


def test_a_list_of_other_things_is_refused():
    with pytest.raises(ArgumentError, match="a list of 3, but the model has 2 inputs"):
        as_model_takes(TWO, [PICTURE] * 3)
    with pytest.raises(ArgumentError, match="different numbers of samples, 2 and 3"):
        as_model_takes(TWO, [np.zeros((2, 8, 8, 3)), np.zeros((3, 8, 8, 3))])


def test_dictionaries_and_all_that_needs_no_help_stay():
    samples = [{"left": PICTURE, "right": PICTURE}]
    assert as_model_takes(TWO, samples) is samples
    pictures = [PICTURE, PICTURE]
    assert as_model_takes(Live(Tensor("image", 8, 8, 3)), pictures) is pictures
    assert as_model_takes("nowhere.keras", pictures) is pictures
    assert as_model_takes(object(), pictures) is pictures


def test_a_model_that_was_not_called_yet_says_nothing():
    class Unbuilt:
        @property
        def inputs(self):
            raise ValueError("not built")

    pictures = [PICTURE, PICTURE]
    assert as_model_takes(Unbuilt(), pictures) is pictures


def test_a_volume_in_the_models_own_shape_is_one_volume():
    model = Live(Tensor("video", 6, 16, 16, 3))
    assert as_model_takes(model, np.zeros((6, 16, 16, 3))).shape == (1, 6, 16, 16, 3)
    free = Live(Tensor("video", None, 16, 16, 3))
    assert as_model_takes(free, np.zeros((9, 16, 16, 3))).shape == (1, 9, 16, 16, 3)


def test_other_arrays_of_a_model_of_volumes_stay():
    model = Live(Tensor("video", 6, 16, 16, 3))
    for shape in [(2, 6, 16, 16, 3), (5, 16, 16, 3), (6, 16, 16)]:
        array = np.zeros(shape)
        assert as_model_takes(model, array) is array
