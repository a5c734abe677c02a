"""What a live model says about its inputs decides what an image argument is."""

import numpy as np
import pytest

from gradlens._live_inputs import as_model_takes
from gradlens.errors import ArgumentError


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
    assert as_model_takes("model.keras", pictures) is pictures
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
