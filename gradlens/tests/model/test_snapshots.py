"""Models stored while another trains, by Keras 3, by Keras 2, and without either."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradlens import GradLensError, Snapshots, show

PICTURES = np.random.default_rng(0).random((12, 8, 8, 3)).astype("float32")
CLASSES = np.arange(12) % 3


@pytest.fixture(params=["keras", "tf_keras"])
def keras(request: pytest.FixtureRequest) -> Any:
    pytest.importorskip("tensorflow")
    return pytest.importorskip(request.param)


def _model(keras: Any) -> Any:
    keras.utils.set_random_seed(3)
    inputs = keras.Input((8, 8, 3))
    x = keras.layers.Conv2D(4, 3, activation="relu", name="conv")(inputs)
    x = keras.layers.GlobalAveragePooling2D()(x)
    model = keras.Model(inputs, keras.layers.Dense(3, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


def _train(model: Any, *callbacks: Any, epochs: int = 3, **arguments: Any) -> Any:
    arguments = {"verbose": 0, **arguments}
    return model.fit(PICTURES, CLASSES, 4, epochs, callbacks=list(callbacks), **arguments)


class FakeModel:
    """A model of neither Keras, for what needs no training."""

    name = "fake"

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem
        self.optimizer = None

    def save(self, path: str) -> None:
        if self.problem:
            raise self.problem
        Path(path).write_bytes(b"a model")


def _fake_training(snapshots: Snapshots, model: Any, epochs: range, verbose: int = 1) -> None:
    snapshots.set_params({"verbose": verbose})
    snapshots.set_model(model)
    snapshots.on_train_begin()
    for epoch in epochs:
        snapshots.on_epoch_begin(epoch)
        snapshots.on_epoch_end(epoch, {"loss": 1.0})
    snapshots.on_train_end()


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".json")


def test_each_file_is_the_model_after_its_epoch(folder: Path, keras: Any) -> None:
    seen = []
    model = _model(keras)
    watch = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: seen.append(model.predict(PICTURES, verbose=0))
    )
    _train(model, Snapshots("snaps"), watch)
    ending = ".keras" if keras.__name__ == "keras" else ".h5"
    assert _names(folder / "snaps") == [f"epoch-{n:04d}{ending}" for n in (1, 2, 3)]
    for epoch, scores in enumerate(seen, 1):
        stored = keras.models.load_model(folder / "snaps" / f"epoch-{epoch:04d}{ending}")
        np.testing.assert_allclose(stored.predict(PICTURES, verbose=0), scores, rtol=1e-6)
    assert np.abs(seen[0] - seen[2]).max() > 1e-4


def test_training_is_what_it_is_without(folder: Path, keras: Any) -> None:
    plain, stored = _model(keras), _model(keras)
    expected = _train(plain).history["loss"]
    assert _train(stored, Snapshots("snaps")).history["loss"] == expected
    for one, other in zip(plain.get_weights(), stored.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    # The optimizer is still there, and goes on.
    assert stored.optimizer is not None
    _train(plain)
    _train(stored)
    for one, other in zip(plain.get_weights(), stored.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_subclassed_model_is_a_warning_once(folder: Path, keras: Any) -> None:
    class Own(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.flat = keras.layers.Flatten()
            self.dense = keras.layers.Dense(3, activation="softmax")

        def call(self, x: Any) -> Any:
            return self.dense(self.flat(x))

    model = Own()
    model.compile("adam", "sparse_categorical_crossentropy")
    snapshots = Snapshots("snaps")
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        history = _train(model, snapshots)
    said = [str(one.message) for one in found if "GradLens" in str(one.message)]
    assert len(said) == 1
    assert "exist only as Python code" in said[0]
    assert len(history.history["loss"]) == 3
    with pytest.raises(GradLensError, match=r"There is no snapshot in .* yet"):
        snapshots.show(PICTURES[:1])


def test_every_nth_epoch_and_the_last(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _fake_training(Snapshots("snaps", every=2), FakeModel(), range(5))
    assert _names(folder / "snaps") == [f"epoch-{n:04d}.keras" for n in (2, 4, 5)]
    said = capsys.readouterr().out
    assert "3 models (epochs 2 to 5, 0.0 MB)" in said
    _fake_training(Snapshots("quiet"), FakeModel(), range(1), verbose=0)
    assert capsys.readouterr().out == ""


def test_epochs_of_an_earlier_training_are_not_shown(folder: Path) -> None:
    _fake_training(Snapshots("snaps"), FakeModel(), range(5))
    _fake_training(Snapshots("snaps"), FakeModel(), range(3))
    assert len(_names(folder / "snaps")) == 5
    assert [one["epoch"] for one in show("snaps").payload["models"]] == [1, 2, 3]
    # With initial_epoch it goes on.
    _fake_training(Snapshots("snaps"), FakeModel(), range(3, 5))
    assert [one["epoch"] for one in show("snaps").payload["models"]] == [1, 2, 3, 4, 5]


def test_a_failure_is_a_warning_and_the_training_goes_on(folder: Path) -> None:
    snapshots = Snapshots("snaps")
    with pytest.warns(UserWarning, match="disk is full") as found:
        _fake_training(snapshots, FakeModel(OSError("the disk is full")), range(3))
    assert len(found) == 1
    assert not list((folder / "snaps").iterdir())


def test_shows_the_last_epoch_first(folder: Path) -> None:
    snapshots = Snapshots("snaps", images=np.zeros((8, 8, 3), np.uint8), preprocess="tf")
    _fake_training(snapshots, FakeModel(), range(3))
    payload = snapshots.show().payload
    assert payload["model"]["path"] == "snaps/epoch-0003.keras"
    assert payload["model"]["name"] == "snaps, epoch 3"
    assert payload["view"] == {"model": 2}
    assert payload["preprocess"] == "tf"
    assert [(one["path"], one["epoch"]) for one in payload["models"]] == [
        (f"snaps/epoch-000{n}.keras", n) for n in (1, 2, 3)
    ]
    assert all(one["fingerprint"]["size"] == 7 for one in payload["models"])
    assert payload["model"]["fingerprint"] == payload["models"][2]["fingerprint"]
    early = show(Path("snaps"), model_index=0).payload
    assert early["model"]["path"] == "snaps/epoch-0001.keras"
    assert "model" not in early["view"] or early["view"]["model"] == 0


def test_takes_a_list_of_models(folder: Path) -> None:
    for place in ("a", "b"):
        (folder / place).mkdir()
        (folder / place / "m.keras").write_bytes(place.encode())
    payload = show(["a/m.keras", "model.h5", "b/m.keras"]).payload
    assert [one["name"] for one in payload["models"]] == ["a/m.keras", "model.h5", "b/m.keras"]
    assert payload["model"]["name"] == "a/m.keras"
    assert "view" not in payload
    assert show("model.h5").payload.keys() == show(["model.h5"]).payload.keys()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: show([]), "no model in the list"),
        (lambda: show(["model.h5", "gone.keras"]), "gone.keras"),
        (lambda: show(["model.h5"] * 501), "500 models at most"),
        (lambda: show(["model.h5"] * 2, weights="w.h5"), "weights= goes with one"),
        (lambda: show(["model.h5"] * 2, model_index=2), "model_index=2 is none of the models"),
        (lambda: show("model.h5", model_index=1), "model_index is for several models"),
        (lambda: Snapshots("model.h5"), "is a file"),
        (lambda: Snapshots("snaps", every=0), "every=0"),
        (lambda: Snapshots(3), "give the path of a folder"),  # type: ignore[arg-type]
        (lambda: Snapshots("snaps").show(), "no snapshot"),
    ],
)
def test_says_what_is_wrong(folder: Path, call: Any, said: str) -> None:
    with pytest.raises(GradLensError, match=said):
        call()


def test_the_list_cannot_lead_out_of_the_folder(folder: Path) -> None:
    _fake_training(Snapshots("snaps"), FakeModel(), range(2))
    files = ["../model.h5", "/etc/passwd", "epoch-0002.keras", "epoch-0009.keras", 3]
    (folder / "snaps" / "snapshots.json").write_text(json.dumps({"files": files[:4]}))
    (folder / "snaps" / "epoch-0001.keras").unlink()
    assert show("snaps").payload["model"]["path"] == "snaps/epoch-0002.keras"
    # Damaged, it counts for nothing.
    (folder / "snaps" / "snapshots.json").write_text(json.dumps({"files": files}))
    assert show("snaps").payload["model"]["path"] == "snaps/epoch-0002.keras"
