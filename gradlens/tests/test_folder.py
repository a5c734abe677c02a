from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradlens import GradLensError, show
from gradlens._images.folder import MOST_PICTURES, folder_of


@pytest.fixture
def test_set(folder: Path, photo: np.ndarray) -> Path:
    """`set/` with the sub-folders cat (2 pictures, one deeper) and dog (1), and hidden things."""
    for name in ("dog/b.png", "cat/z.jpg", "cat/more/a.PNG", "cat/.hidden.png", ".trash/x.png"):
        path = folder / "set" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(photo).save(path)
    (folder / "set" / "dog" / "notes.txt").write_text("no picture")
    return folder / "set"


def _of(payload: dict, key: str) -> list:
    return [image.get(key) for image in payload["images"]]


def test_takes_sub_folders_as_keras_does(test_set: Path) -> None:
    payload = show("model.h5", "set").payload
    assert _of(payload, "name") == ["cat/more/a.PNG", "cat/z.jpg", "dog/b.png"]
    assert _of(payload, "path") == ["set/cat/more/a.PNG", "set/cat/z.jpg", "set/dog/b.png"]
    assert _of(payload, "truth") == [0, 0, 1]
    assert payload["labels"] == ["cat", "dog"]
    assert payload["labelsOf"] == "folders"


def test_takes_the_pictures_that_keras_takes(test_set: Path) -> None:
    keras = pytest.importorskip("keras")
    pytest.importorskip("tensorflow")
    # Keras passes over nothing hidden within a class.
    (test_set / "cat" / ".hidden.png").unlink()
    dataset = keras.utils.image_dataset_from_directory("set", shuffle=False, batch_size=1)
    found = folder_of("set")
    assert found is not None
    assert dataset.class_names == found.classes
    labels = [int(label[0]) for _, label in dataset]
    theirs = dict(zip(map(Path, dataset.file_paths), labels, strict=True))
    assert theirs == dict(zip(map(Path, found.paths), found.truth, strict=True))


def test_labels_name_the_classes(test_set: Path) -> None:
    payload = show("model.h5", "set", labels=["fish", "dog", "cat"]).payload
    assert _of(payload, "truth") == [2, 2, 1]
    assert payload["labels"] == ["fish", "dog", "cat"]
    assert "labelsOf" not in payload


def test_targets_go_by_the_names_of_sub_folders(test_set: Path) -> None:
    assert show("model.h5", "set", target="dog").payload["view"]["target"] == 1


def test_y_goes_before_sub_folders(test_set: Path) -> None:
    payload = show("model.h5", "set", y=[5, None, 7]).payload
    assert _of(payload, "truth") == [5, None, 7]
    assert "labels" not in payload


def test_without_sub_folders_nothing_is_known(test_set: Path) -> None:
    (test_set / "dog" / "empty").mkdir()
    payload = show("model.h5", "set/dog").payload
    assert _of(payload, "name") == ["b.png"]
    assert _of(payload, "truth") == [None]
    assert "labels" not in payload


def test_says_what_is_left_out(test_set: Path, photo: np.ndarray) -> None:
    Image.fromarray(photo).save(test_set / "beside.png")
    with pytest.warns(UserWarning, match=r"so the 1 picture beside them \(beside\.png\) is left"):
        assert len(show("model.h5", "set").payload["images"]) == 3


def test_takes_some_of_very_many(folder: Path, photo: np.ndarray) -> None:
    (folder / "many").mkdir()
    Image.fromarray(photo[:2, :2]).save(folder / "many" / "0000.png")
    content = (folder / "many" / "0000.png").read_bytes()
    for index in range(1, 2 * MOST_PICTURES):
        (folder / "many" / f"{index:04}.png").write_bytes(content)
    with pytest.warns(UserWarning, match=r"has 1,000 pictures, and a view shows 500 of a folder"):
        found = folder_of("many")
    assert found is not None
    assert found.names == [f"{index:04}.png" for index in range(0, 2 * MOST_PICTURES, 2)]


@pytest.mark.parametrize(
    ("image", "arguments", "sentence"),
    [
        (
            "set",
            {"labels": ["cat", "fish"]},
            'The sub-folder "dog" of "set" is none of labels (cat, fish): name the sub-folders as '
            "labels has them, or give y=….",
        ),
        (
            "set",
            {"labels": "imagenet"},
            '"set" has sub-folders, whose classes in labels="imagenet" are not known here: give '
            "y=… with an index for each picture, or None for each.",
        ),
        (
            "set/cat",
            {},
            '"set/cat" has 1 sub-folder (more): give labels=… with the names of all classes, '
            "those of the sub-folders among them, or y=….",
        ),
        (
            ["set"],
            {},
            '"set" is a folder: give it alone, not in a list, or the pictures in it, such as '
            'sorted(glob.glob("set/*.png")).',
        ),
        (
            "empty",
            {},
            'There is no picture in the folder "empty" or its sub-folders: '
            "give one with .bmp, .gif, .jpeg, .jpg, .png files.",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:.*beside them")
def test_refuses(test_set: Path, image: object, arguments: dict, sentence: str) -> None:
    (test_set.parent / "empty").mkdir()
    with pytest.raises(GradLensError) as refused:
        show("model.h5", image, **arguments)
    assert str(refused.value) == sentence


def test_refuses_what_a_live_model_cannot_have(test_set: Path) -> None:
    found = folder_of("set")
    assert found is not None
    with pytest.raises(GradLensError, match=r"has 2 sub-folders \(cat, dog\), but the model has 3"):
        found.truths(None, 3)
    assert found.truths(None, 2) == [0, 0, 1]


def test_masks(folder: Path, photo: np.ndarray) -> None:
    mask = np.zeros((2, 3))
    mask[0, 1:] = 1
    encoded = {"shape": [2, 3], "runs": [1, 2, 3]}
    payload = show("model.h5", [photo] * 3, mask=mask).payload
    assert payload["mask"] == encoded
    assert _of(payload, "mask") == [None] * 3
    for several in ([mask, None, mask != 0], [mask.tolist(), None, mask[..., None]]):
        payload = show("model.h5", [photo] * 3, mask=several).payload
        assert _of(payload, "mask") == [encoded, None, encoded]
        assert "mask" not in payload
    payload = show("model.h5", [photo] * 3, mask=np.stack([mask] * 3)).payload
    assert _of(payload, "mask") == [encoded] * 3
    assert show("model.h5", photo, mask=mask.tolist()).payload["mask"] == encoded


@pytest.mark.parametrize(
    ("mask", "sentence"),
    [
        ([np.ones((2, 2))], "mask holds 1 mask, but there are 2 images: give one for each"),
        (np.ones(4), r"mask has the shape \(4,\): give a mask \(rows, columns\), of the size of"),
        ([np.ones((2, 2)), np.full((2, 2), np.nan)], r"mask\[1\] has values that are not a number"),
        (["a.png", "b.png"], r'There is no picture "a\.png" in'),
    ],
)
def test_refuses_masks(folder: Path, photo: np.ndarray, mask: object, sentence: str) -> None:
    with pytest.raises(GradLensError, match="^" + sentence):
        show("model.h5", [photo] * 2, mask=mask)
