"""Draw and build random models for conformance/random.mjs: a request and an answer a line, as JSON.

{"do": "draw", "seed": 1, "writer": "keras3",
 "kind": "masks"}                                    -> {"recipe": ...}
{"do": "build", "recipe": ..., "file": "/tmp/1"}     -> {"file": ..., "batches": [...]}
                                                        or {"invalid": why}, {"ill": why}
    {"do": "names", "writer": "keras3"}                  -> {"names": [...], "version": "3.15.1"}
    {"do": "probes", "writer": "keras3", "name": "Add"}  -> {"recipes": [...], "untried": {...}}
"""

import contextlib
import gc
import json
import os
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
# Off by itself on processors without AVX-512; TensorFlow's own kernels know no channels-first.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

import kinds
import probes
import recipe as recipes

#: Types of floats with fewer digits.
HALVES = ("float16", "bfloat16", "mixed_float16", "mixed_bfloat16")


def answer(request):
    """Answers a request."""
    if request["do"] == "draw":
        return {"recipe": kinds.drawn(request["seed"], request["writer"], request.get("kind"))}
    if request["do"] == "names":
        library = recipes.LIBRARIES[request["writer"]]
        return {"names": probes.names(request["writer"]), "version": library.__version__}
    if request["do"] == "probes":
        return probes.probes(request["writer"], request["name"])
    recipe = request["recipe"]
    argument = recipe.get("probe", {}).get("argument")
    file = f"{request['file']}.{recipe['format']}"
    try:
        built = build(recipe)
        model = built.model
        if argument == "dtype" or has_dtype(recipe):
            # Half floats are what the product does not compute with: it says what single ones give.
            model.save(file)
            built = build(in_single(recipe))
            built.model.set_weights([weight.astype("float32") for weight in model.get_weights()])
        said = judge(built, argument)
        if "batches" in said and built.model is model:
            model.save(file)
    except Exception as error:
        return {"invalid": probes.reason(error)}
    return {"file": file, **said}


def judge(built, argument):
    """Runs Keras on a probe; on other values where halves give no output."""
    # One argument of a layer that runs in both batches by default.
    batches = (2,) if argument else (1, 3)
    said = recipes.reference(built, batches)
    first = built.recipe["steps"][0]
    for values in ("normal", *recipes.WITHIN):
        if "ill" not in said or argument is None or first.get("values") == "ids":
            break
        first["values"] = values
        said = recipes.reference(built, batches)
    return said


def build(recipe):
    """The model of a recipe."""
    built = recipes.Built(recipe)
    for step in recipe["steps"]:
        built.add(step)
    built.finish()
    return built


def has_dtype(recipe):
    """Tells whether a layer has a type of which the product computes with single floats."""
    return in_single(recipe) != recipe


def in_single(recipe):
    """A recipe without such types of its layers: of a probe, without any."""
    types = None if "probe" in recipe else HALVES

    def plain(step):
        if "steps" in step:
            return {**step, "steps": [plain(inner) for inner in step["steps"]]}
        args = step.get("args", {})
        if "dtype" not in args or (types and args["dtype"] not in types):
            return step
        return {**step, "args": {key: args[key] for key in args if key != "dtype"}}

    return plain(recipe)


def main():
    """Answers until the input ends."""
    import absl.logging

    absl.logging.set_verbosity(absl.logging.ERROR)
    warnings.simplefilter("ignore")
    # Keras collects garbage before each model: not through what TensorFlow itself is made of.
    gc.freeze()
    out = sys.stdout
    for line in sys.stdin:
        # What Keras prints is not an answer.
        with contextlib.redirect_stdout(sys.stderr):
            said = answer(json.loads(line))
        out.write(json.dumps(said) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
