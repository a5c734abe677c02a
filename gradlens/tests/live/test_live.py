"""Views back in Python, with pages that threads of the test play."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradlens import View, heatmap, perturb, show
from gradlens._live import ask, front_ends
from gradlens.errors import ArgumentError, NoFrontEndError, ViewError, ViewTimeoutError

from .pages import MAP, PLANES, Page, answering


def test_the_state_is_what_the_cell_said_then_what_the_page_says(
    made: View, targets: dict[str, Any]
) -> None:
    assert made.state == {"layer": "conv2"}
    page = Page(targets, [made.id, "another kernel's"])
    assert page.heard == [{"type": "known", "views": [made.id]}]
    state = {
        "layer": "conv1",
        "viewport": {"x": 0.5, "y": 0.25, "zoom": 2},
        "region": {"kind": "rectangle", "x0": 0, "y0": 0.1, "x1": 1, "y1": 0.9},
        "range": [0, 2],
        "probe": None,
        "target": {
            "class": 1,
            "pixels": {"shape": [2, 2], "runs": [1, 2, 1]},
        },
    }
    page.says(type="state", view=made.id, state=state, revision=0)
    assert made.layer == "conv1"
    assert made.viewport == (0.5, 0.25, 2)
    assert made.state["region"] == (0, 0.1, 1, 0.9)
    assert made.state["range"] == (0, 2)
    assert made.probe is None
    assert made.target["pixels"].tolist() == [[False, True], [True, False]]


def test_nulls_of_a_kernel_in_the_browser(
    made: View, targets: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    js_null = object()
    monkeypatch.setitem(sys.modules, "pyodide.ffi", SimpleNamespace(jsnull=js_null))
    page = Page(targets, [made.id])
    state = {"layer": "conv1", "region": js_null, "target": {"class": js_null, "minus": 1}}
    page.says(type="state", view=made.id, state=state, revision=0)
    assert made.state == {"layer": "conv1", "region": None, "target": {"class": None, "minus": 1}}
    made.layer = None
    assert page.told("set")[0]["state"] == {"layer": js_null}
    monkeypatch.setattr(sys, "platform", "emscripten")
    with pytest.raises(NoFrontEndError, match="kernel in the browser hears nothing"):
        made.result()


def test_setting_moves_all_pages_and_what_is_displayed_next(
    made: View, targets: dict[str, Any]
) -> None:
    pages = [Page(targets, [made.id], name) for name in ("first", "second")]
    made.layer = "conv3"
    made.set(target="tank", opacity=0.5, channel=None, score="logit")
    for page in pages:
        assert [said["state"] for said in page.told("set")] == [
            {"layer": "conv3"},
            {"opacity": 0.5, "target": 1, "score": "logit", "channel": None},
        ]
    assert made.layer == "conv3"
    assert made.payload["view"] == {
        "layer": "conv3",
        "opacity": 0.5,
        "target": 1,
        "score": "logit",
    }


def test_a_page_that_has_not_heard_the_last_word_yet_does_not_undo_it(
    made: View, targets: dict[str, Any]
) -> None:
    page = Page(targets, [made.id])
    made.layer = "conv3"
    revision = page.told("set")[0]["revision"]
    page.says(type="state", view=made.id, state={"layer": "conv2"}, revision=revision - 1)
    assert made.layer == "conv3"
    page.says(type="state", view=made.id, state={"layer": "conv4"}, revision=revision)
    assert made.layer == "conv4"


def test_a_page_that_comes_late_hears_what_was_set_before_once(
    made: View, targets: dict[str, Any]
) -> None:
    made.layer = "conv3"
    page = Page(targets, [made.id])
    [said] = page.told("set")
    assert said["state"] == {"layer": "conv3"}
    page.says(type="state", view=made.id, state={"layer": "conv3"}, revision=said["revision"])
    assert Page(targets, [made.id], "later").told("set") == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"method": "gradcam+++"}, "method='gradcam+++' is not known"),
        ({"opacity": 2}, "opacity=2 must be a number between 0 and 1"),
        ({"opacity": None}, "opacity=None says nothing"),
        ({"target": 7}, "target=7 does not exist"),
        ({"image_index": 1}, "image_index=1 is none of the images"),
        ({"layer": 3}, "layer=3 is not a name"),
    ],
)
def test_what_show_refuses_is_refused(
    made: View, targets: dict[str, Any], change: dict[str, Any], message: str
) -> None:
    page = Page(targets, [made.id])
    with pytest.raises(ArgumentError, match=message.replace("+", r"\+")):
        made.set(**change)
    assert page.told("set") == []
    assert made.state == {"layer": "conv2"}


def test_names_that_there_are_not_are_refused(made: View, targets: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="Did you mean 'opacity'"):
        made.set(opacty=1)
    with pytest.raises(TypeError, match="layer"):
        heatmap(MAP).set(layer="conv1")
    with pytest.raises(ArgumentError, match="convention='captum' is about Grad-CAM"):
        made.set(method="saliency", convention="captum")


NAMES = {
    "model": "model.h5",
    "layers": ["conv1", "conv2", "body/deep", "bn/relu", "head"],
    "outputs": {"head": 2, "map": None},
    "channels": 8,
    "slices": 1,
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"layer": "conv3"}, "layer='conv3' is none of the layers of model.h5. Did you mean 'co"),
        ({"layer": "x"}, r"layers of model\.h5\. Names are those of model\.summary\(\)\."),
        ({"output": "heat"}, "output='heat' is none of the outputs of model.h5. Did you mean 'he"),
        ({"output": "x"}, "outputs of model.h5. It has 'head', 'map'"),
        ({"target": {"layer": "conv9", "channel": 1}}, "target='conv9' is none of the layers"),
        ({"target": {"layer": "conv1", "channel": 8}}, "target=8 is none of the channels"),
        ({"target": {"class": 1, "minus": 2}}, "target=2 is none of the classes: give 0 to 1"),
        ({"channel": 8}, "channel=8 is none of the channels of the layer: give 0 to 7"),
        ({"pinned": [0, 9]}, "pinned=9 is none of the channels"),
        ({"slice_index": 1}, "slice_index=1 is none of the slices: give 0 to 0"),
    ],
)
def test_what_the_model_has_not_is_refused_once_the_page_has_opened_it(
    unnamed: View, targets: dict[str, Any], change: dict[str, Any], message: str
) -> None:
    page = Page(targets, [unnamed.id])
    page.says(type="state", view=unnamed.id, state={"layer": "conv1"}, revision=0, names=NAMES)
    with pytest.raises(ArgumentError, match=message):
        unnamed.set(opacity=0.5, **change)
    assert page.told("set") == []
    assert unnamed.state == {"layer": "conv1"}


@pytest.mark.parametrize(
    "change",
    [
        {"layer": "deep"},
        {"layer": "bn_relu"},
        {"layer": None},
        {"layer": "conv2", "channel": 20},
        {"output": "map", "target": 20},
        {"output": None, "target": {"class": None, "negative": True}},
        {"channel": 7, "pinned": [], "slice_index": 0},
    ],
)
def test_what_the_model_has_is_set(
    unnamed: View, targets: dict[str, Any], change: dict[str, Any]
) -> None:
    page = Page(targets, [unnamed.id])
    page.says(type="state", view=unnamed.id, state={"layer": "conv1"}, revision=0, names=NAMES)
    unnamed.set(**change)
    assert len(page.told("set")) == 1


@pytest.mark.parametrize("part", [5, 1 << 22])
def test_a_result_is_what_the_page_has(made: View, targets: dict[str, Any], part: int) -> None:
    page = Page(targets, [made.id])
    page.answers = answering(part=part)
    result = made.result(gradients=True)
    assert page.told("ask")[0]["wanted"] == ["gradients"]
    assert result.map is not None and result.activations is not None
    np.testing.assert_array_equal(result.map, MAP)
    np.testing.assert_array_equal(result.activations, np.moveaxis(PLANES, 0, -1))
    assert (result.layer, result.class_name, result.input_size) == ("conv1", "tank", (32, 24))
    assert result.gradients is None
    assert repr(result).splitlines() == [
        "GradLens result",
        "  model        model.h5",
        "  picture      image 1",
        "  layer        conv1",
        "  method       grad-cam",
        "  explains     class 1 (tank), logit 2.5",
        "  input        32 x 24",
        "  map          float32, 2 x 3, 0 to 5",
        "  activations  float32, 2 x 3 x 4, 0 to 23",
    ]
    # Nobody works at it any more.
    assert len(page.told("done")) == 1


def test_the_output_of_a_view_comes_part_by_part(made: View, targets: dict[str, Any]) -> None:
    output = {"payload": made.payload, "metadata": {"gradlens": {"results": "ä" * 100}}}
    content = json.dumps(output, ensure_ascii=False).encode()
    page = Page(targets, [made.id])

    def answer(page: Page, said: dict[str, Any]) -> None:
        if said["type"] == "ask":
            assert said["wanted"] == "output"
            page.says(type="output", ask=said["ask"], size=len(content))
        if said["type"] == "next":
            part = content[said["offset"] : said["offset"] + 50]
            name = {"ask": said["ask"], "tensor": 0, "offset": said["offset"]}
            page.says([part], type="part", **name)

    page.answers = answer
    assert made.as_found()[::2] == (output["payload"], output["metadata"])


def test_the_experiments_of_a_view_are_numbers(made: View, targets: dict[str, Any]) -> None:
    said = {
        "name": "the sky",
        "image": 1,
        "imageName": "tank.png",
        "model": "snaps, epoch 2",
        "output": "head",
        "classIndex": 1,
        "className": "tank",
        "perturbation": {
            "cover": {"shape": [2, 3], "runs": [1, 2, 3]},
            "fill": "grey",
            "shift": [1, -2],
        },
        "before": [0.25, 0.75],
        "after": [0.5, None],
    }
    plain = {**said, "name": "bright", "perturbation": {"brightness": 0.5, "fill": "grey"}}
    content = json.dumps([said, plain]).encode()

    def answers(page: Page, asked: dict[str, Any]) -> None:
        if asked["type"] == "ask":
            assert asked["wanted"] == "experiments"
            page.says(type="output", ask=asked["ask"], size=len(content))
        if asked["type"] == "next":
            name = {"ask": asked["ask"], "tensor": 0, "offset": asked["offset"]}
            page.says([content[asked["offset"] :]], type="part", **name)

    page = Page(targets, [made.id])
    page.answers = answers
    made._repr_mimebundle_()
    sky, bright = made.experiments
    assert (sky.name, sky.image, sky.image_index, sky.class_name) == (
        "the sky",
        "tank.png",
        1,
        "tank",
    )
    assert sky.model == "snaps, epoch 2"
    assert sky.before.tolist() == [0.25, 0.75]
    assert sky.after[0] == 0.5
    assert np.isnan(sky.after[1])
    assert sky.mask is not None
    assert sky.mask.dtype == bool
    assert sky.mask.tolist() == [[False, True, True], [False, False, False]]
    assert sky.settings == {"fill": "grey", "shift": (1, -2)}
    assert repr(bright) == "<Experiment 'bright' on tank.png, tank 0.75 to nan>"
    assert bright.mask is None
    assert bright.settings == {"brightness": 0.5}
    picture = np.zeros((2, 3, 3), "uint8")
    # What it says is what perturb takes.
    made_again = perturb(picture, cover=sky.mask, **sky.settings)
    assert made_again.shape == (2, 3, 3)


def test_the_page_used_last_answers(made: View, targets: dict[str, Any]) -> None:
    pages = [Page(targets, [made.id], name) for name in ("first", "second")]
    for page in pages:
        page.answers = answering()
    made.wait()
    pages[0].says(type="used", view=made.id)
    made.result()
    pages[0].closes()
    made.result()
    assert [len(page.told("ask")) for page in pages] == [1, 2]


def test_a_page_that_opens_its_comm_again_takes_its_own_place(
    made: View, targets: dict[str, Any]
) -> None:
    before = Page(targets, [made.id])
    after = Page(targets, [made.id])
    made.layer = "conv3"
    assert before.told("set") == []
    assert len(after.told("set")) == 1


def test_a_page_that_was_closed_without_a_word_is_passed_over(
    made: View, targets: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "PING", 0.05)
    monkeypatch.setattr(ask, "SILENCE", 0.2)
    other, silent = (Page(targets, [made.id], name) for name in ("other", "silent"))
    other.answers = answering()
    made.wait()
    assert silent.told("ping")
    other.answers = lambda page, said: None
    with pytest.raises(NoFrontEndError, match="has not answered"):
        made.wait()


def test_a_page_at_work_is_waited_for(
    made: View, targets: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "PING", 0.05)
    monkeypatch.setattr(ask, "SILENCE", 1)
    page = Page(targets, [made.id])

    def answer(page: Page, said: dict[str, Any]) -> None:
        if said["type"] == "ping":
            works = len(page.told("ping")) < 30
            page.says(ask=said["ask"], **({"type": "working"} if works else NO_RESULT))

    page.answers = answer
    made.wait()
    page.answers = lambda page, said: page.says(type="working", ask=said.get("ask"))
    with pytest.raises(ViewTimeoutError, match=r"not ready after 0\.1 seconds"):
        made.wait(timeout=0.1)


NO_RESULT = {"type": "answer", "result": None}


def test_a_view_that_has_no_result_says_why(made: View, targets: dict[str, Any]) -> None:
    page = Page(targets, [made.id])
    page.answers = lambda page, said: (
        page.says(type="failed", ask=said["ask"], reason="There is no layer “x”.")
        if said["type"] == "ask"
        else None
    )
    with pytest.raises(ViewError, match="There is no layer “x”"):
        made.result()


def test_without_a_front_end_an_error_says_what_to_do(
    folder: Path, photo: np.ndarray, targets: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    view = show("model.h5", photo)
    assert isinstance(view, View)
    with pytest.raises(NoFrontEndError, match="not displayed yet"):
        view.wait()
    view._repr_mimebundle_()
    with pytest.raises(NoFrontEndError, match="nbconvert"):
        view.result()
    # One that is heard only on the thread that waits.
    page = Page(targets, [])
    page.handle_msg({"content": {"data": {"type": "views", "views": [view.id]}}, "buffers": []})
    front_ends._pages["page"].thread = threading.current_thread()
    with pytest.raises(NoFrontEndError, match="only between cells"):
        view.result()
    monkeypatch.setattr(ask, "kernel", lambda: SimpleNamespace())
    with pytest.raises(NoFrontEndError, match="ipykernel>=7"):
        view.result()
    monkeypatch.setattr(ask, "kernel", lambda: None)
    with pytest.raises(NoFrontEndError, match="without a Jupyter kernel"):
        view.result()


def test_nbconvert_gets_an_error_and_goes_on(folder: Path) -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    v4 = nbformat.v4
    cells = [
        "import gradlens, numpy as np\nfrom gradlens._live import ask\nask.APPEARS = 0.1",
        "v = gradlens.heatmap(np.ones((2, 2)))\nv",
        "try:\n    v.result()\nexcept gradlens.errors.NoFrontEndError as error:\n    print(error)",
    ]
    notebook = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    assert "nbconvert and papermill have no browser" in notebook.cells[2].outputs[0].text
