"""`gradlens.show`: a model and what it looks at."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ._arguments import options
from ._arguments.labels import check_number, names_of_a_set, read_labels
from ._arguments.look import known, takes
from ._arguments.look import look as read_look
from ._arguments.masks import masks
from ._arguments.pixels import output_as as output_reading
from ._arguments.story import read_story
from ._arguments.truth import classes_of, truths
from ._arguments.vocabulary import Look, MapLook
from ._images.folder import folder_of
from ._model.find import find_model
from ._model.fingerprint import Fingerprints
from ._model.kernel_file import offer
from ._model.live_outputs import check_target, refuse_subclassed
from ._model.series import series_of
from ._output.payload import VERSION
from ._output.problem import problem_in_notebook
from ._output.size import check_output
from ._output.view import View, new_id
from ._shared.files import notebook_folder
from ._shared.packages import says_what_it_needs
from .errors import ArgumentError

if TYPE_CHECKING:
    from typing_extensions import Unpack


@problem_in_notebook
@says_what_it_needs
@takes(MapLook, Look)
def show(
    model: Any,
    image: Any = None,
    *,
    y: Any = None,
    mask: Any = None,
    layer: str | None = None,
    method: str | None = None,
    target: int | str | dict[str, Any] | None = None,
    preprocess: Any = None,
    labels: Any = None,
    weights: Any = None,
    layers: dict[str, Any] | None = None,
    interpolation: str = "bilinear",
    score: str = "logit",
    output: str | None = None,
    output_as: str | dict[str, int] | None = None,
    convention: str | None = None,
    name: str | None = None,
    story: Any = None,
    **look: Unpack[Look],
) -> View:
    """Show what a model looks at, live, in the cell's output.

    The model runs in the browser, which fetches the file from Jupyter: it must
    lie under the folder that Jupyter serves, best beside the notebook.

    Args:
        model: Path of a Keras file (`.keras`, also unpacked as a folder, or `.h5`),
            relative to the working folder or absolute; or a live Keras model; or, where
            layers and weights are in files of their own, the path of the architecture
            (`model.json`, by `model.to_json()`) or of the weights beside it
            (`model.weights.h5`). All but single files are written to `gradlens-cache/`
            beside the notebook, and reused while they do not change. Or several: a list of these,
            a folder that `gradlens.Snapshots` filled, or that object. The view then shows one at
            a time, with a slider, a curve of the scores and the difference of two.
        image: What the model looks at, or a list of them, or a folder. Of files the notebook
            keeps paths and small copies; the view reads the files when it is live.
            Default: none, and the view shows the model and asks for a picture, by a drop,
            a file or the camera:

            - a picture: a path, PIL image, or array of 0..255, (h, w), (h, w, 1),
              (h, w, 3) or (h, w, 4); whole numbers, of any type (what
              `keras.utils.img_to_array` gives too). It is resized and
              preprocessed in the browser. As in
              `keras.utils.load_img`, transparent pixels count with the colours that are
              stored, and an EXIF orientation is not applied: use
              `PIL.ImageOps.exif_transpose` for that. Only paths of PNG and JPEG files need
              neither numpy nor Pillow.
            - a folder of pictures, sorted by name. Its sub-folders are the true classes, as in
              `keras.utils.image_dataset_from_directory`: class 0 is the first of them in
              sorted order, or, with `labels`, each is the class of its name. `y` is taken in
              their place. Of more than 500 pictures, 500 are shown.
            - a tensor of other floats, already preprocessed, (h, w, c) or
              (n, h, w, c): given to the model bit for bit (float64 is cast to
              float32), and shown as the natural picture.
            - arrays of numpy, torch or TensorFlow; torch tensors may have their
              channels first. (n, h, w, c) and gray (n, h, w) are n images.
            - volumes or videos (n, slices, h, w, c), n of them: seen slice by slice, or
              frame by frame, and else as pictures and tensors are. One volume in the
              shape that a live model takes, (slices, h, w, c), is one.
            - a vector (n,) or a signal (steps, channels) for a model that takes such;
              several of them as a list.
            - for a model with several inputs, one sample as a dictionary of the above
              by the inputs' names; the first picture in it is the one that is shown. Also a
              list, one thing for each input, as `model.predict` takes it.
        y: What the images are: a class index or name for each (`None` for one that is not
            known), or rows as `keras.utils.to_categorical` gives. The view marks what the
            model takes for another class; not where several sigmoids end it: such classes do not
            exclude each other, so an image is not right or wrong by its highest score.
        mask: The part of the pictures in which the view measures how much of each map lies:
            an array (rows, columns), not 0 inside, laid over each picture whatever its size;
            or one for each image, `None` for none. Also the path of a picture of it, not
            black inside (of a palette: not index 0), or of a folder in which the mask of
            `a.jpg` is `a.png`.
        layer: Name of the layer to begin with; default: the last convolution-like.
        method: At the layer: `"grad-cam"`, `"grad-cam++"`, `"hires-cam"`, `"layer-cam"`,
            `"xgrad-cam"`, `"eigen-cam"` or `"score-cam"`. Of the input, whatever the layer:
            `"saliency"`, `"input-x-gradient"`, `"guided-backprop"`,
            `"integrated-gradients"`, `"smooth-grad"` or `"occlusion"`. Of both:
            `"guided-grad-cam"`. Default: Grad-CAM; but
            where the model's head reads positions, as `Flatten` before `Dense` does, HiResCAM,
            because Grad-CAM averages over them. A method that is given is never replaced.
        target: What to explain; default: the highest-scoring class.

            - a class, by index or by a name of `labels` (with one name also `"not …"`);
            - `{"class": a, "minus": b}`: what tells class a from class b;
            - `{"class": a, "negative": True}`: what speaks against class a
              (`None` for the highest-scoring one);
            - `{"class": a, "pixels": set}`, of an output that is a picture, as in
              segmentation: the sum of the class's scores over a set of its pixels,
              `"all"`, `"predicted"` (those where class a is predicted),
              `(top, left, bottom, right)`, or a mask: an array (rows, columns), not 0
              inside, of the size of the output or of the model's input;
            - `{"cell": (row, column), "anchor": a, "class": c}`, of a detector's grid
              that `output_as` describes: a class's score, without a class the anchor's
              confidence; or `{"cell": …, "channel": k}`, any number of the cell;
            - `{"layer": name, "channel": k, "area": (top, left, bottom, right)}`: the
              sum of a layer's channel (`None`: of all) over an area of its cells;
              one cell is one neuron, no `area` the whole map.
        preprocess: How a picture x of 0..255 becomes the model's input:
            `"tf"` x / 127.5 - 1, `"torch"` (x / 255 - ImageNet mean) / ImageNet std,
            `"caffe"` BGR minus the ImageNet means, `"scale"` x / 255, `None` x;
            `{"mean": m, "std": s}` or `(m, s)`: (x / 255 - m) / s. With a tensor, it
            says how that was made, for showing it.
        labels: Class names: a list, `{index: name}`, the path of a JSON or text
            file, or `"imagenet"` for ImageNet's 1,000. For a single sigmoid unit: one
            name, the unit's, or two, those of class 0 and class 1.
        weights: Path of the architecture's weights, by `model.save_weights()`: `.weights.h5`,
            `.h5` of Keras 2, or the index `.weights.json` of shards; default: the file
            beside the architecture that has its name.
        layers: What stands in for layers that exist only as Python code, and for
            Lambdas, by their class or name: `"identity"` for what changes nothing
            when the model predicts, or `{"class": name, …}`, a class of Keras with
            its arguments: `{"FixedDropout": "identity", "InstanceNorm": {"class":
            "GroupNormalization", "groups": -1}}`.
        interpolation: How a picture is resized to the model's input:
            `"bilinear"` as `tf.image.resize`, or `"nearest"` as
            `keras.utils.load_img`.
        score: What is explained: `"logit"`, before the final softmax, or
            `"probability"`, after it.
        output: Name of the output whose classes are explained, where the model has
            several; default: the first.
        output_as: What an output (rows, columns, channels) is: `"segmentation"`,
            `"features"`, or a detector's grid, `{"anchors": a, "classes": c}`, each
            anchor with a box of 4 numbers, its confidence, and c scores; default:
            a segmentation if it ends with a softmax or a sigmoid, else features.
        convention: A library whose Grad-CAM maps to reproduce: `"tf-keras-vis"`,
            `"pytorch-grad-cam"`, `"captum"` or `"keras-io"`; default: the paper's map, raw.
        name: For the view's header; default: the model's name.
        story: Steps to tell with the view: the path of a file that a view's “Save story”
            wrote, or what such a file holds. Steps that are recorded in the view go before it.
        **look: See below.

    Returns:
        A view; a notebook displays it when it is the cell's last value. In a
        notebook, a file that is not there, or cannot be read, gives a `Problem` instead, which
        displays as one sentence, so that the cells after it still run.

    Raises:
        GradLensError: one sentence that says what to do: an argument that is not
            known, tensors of more than 8 MiB in all, an output of more than
            20 MB; outside a notebook also a file that is not there (`MissingFileError`, a
            FileNotFoundError) or cannot be read (`UnreadableFileError`).
    """
    known(Look, "show", look)
    steps = options.preprocess(preprocess)
    declared = options.stand_ins(layers)
    reading = output_reading(output_as)
    is_set = names_of_a_set(labels)
    names = None if is_set else read_labels(labels)
    told = read_story(story)
    series = series_of(model, name, weights)
    first_model = 0
    if series is not None:
        last = len(series.files) - 1
        first_model = read_look(models=last + 1, model_index=look.get("model_index")).get(
            "model", 0 if series.epochs is None else last
        )
        for one in series.given:
            refuse_subclassed(one)
        model = series.given[first_model]
    elif look.get("model_index") not in (None, 0):
        raise ArgumentError("model_index is for several models: give a list, or a folder of them.")
    folder = folder_of(image)
    classes: Sequence[int | None] | None = None
    if folder is not None and folder.classes and y is None:
        classes = folder.truths(labels if is_set else names, classes_of(model))
    # Named by the folder: whether the model of a file has as many, only the browser knows.
    are_folders = classes is not None and names is None
    if folder is not None and are_folders:
        names = folder.classes
    view = options.model_view(
        layer=layer,
        method=method,
        target=options.explained(target, names, reading),
        score=score,
        output=output,
        output_as=reading,
        convention=convention,
        look=read_look(**look),
    )
    resizing = options.interpolation(interpolation)

    check_number(names, model)
    refuse_subclassed(model)
    if reading is None:
        check_target(model, view.get("target"), output)
    files = [find_model(model, name, weights)] if series is None else series.files
    file = files[first_model]
    places = [os.path.join(notebook_folder(), one.path) for one in files]
    place = places[first_model]
    fingerprints = Fingerprints(places)
    for one in files:
        offer(one.path)
    if first_model:
        view["model"] = first_model

    # numpy and Pillow only now: the import of the package stays quick.
    from ._images.given import given_images

    if folder is not None:
        # Samples, however many inputs the model has.
        images = given_images(None, folder.paths, steps)
    else:
        of = place if isinstance(model, (str, os.PathLike)) else model
        images = given_images(of, image, steps)
    count = len(images.names)
    if classes is None:
        classes = truths(y, count, names, model)
    inside = masks(mask, images.names if folder is None else folder.names)
    if count:
        first = view.get("image", 0)
        read_look(
            images=count,
            slices=images.slices[first if first < count else 0],
            image_index=look.get("image_index"),
            slice_index=look.get("slice_index"),
        )
    payload: dict[str, Any] = {
        "version": VERSION,
        "kind": "model",
        "id": new_id(),
        "model": file._asdict(),
        "images": images.entries(),
        "preprocess": steps,
        "interpolation": resizing,
    }
    if series is not None and len(files) > 1:
        payload["models"] = series.entries()
    for i, entry in enumerate(payload["images"]):
        known_of = {
            "name": None if folder is None else folder.names[i],
            "truth": classes[i],
            "mask": inside.each[i],
        }
        entry.update({key: value for key, value in known_of.items() if value is not None})
    if inside.of_all is not None:
        payload["mask"] = inside.of_all
    if names is not None:
        payload["labels"] = names
    if are_folders:
        payload["labelsOf"] = "folders"
    if is_set:
        payload["labelSet"] = labels
    if declared:
        payload["layers"] = declared
    if told is not None:
        payload["story"] = told
    if view:
        payload["view"] = view
    if not count:
        return View(payload, None, f"GradLens: {file.name}, without a picture", fingerprints)
    on = payload["images"][0]["name"] if count == 1 else f"{count} images"
    check_output(payload)
    for entry in payload["images"]:
        if "original" in entry:
            offer(entry["path"])
    return View(payload, images.png(), f"GradLens: {file.name} on {on}", fingerprints)
