"""Draw and build random models for conformance/random.mjs: a request and an answer a line, as JSON.

{"do": "draw", "seed": 1, "writer": "keras3"}        -> {"recipe": ...}
{"do": "build", "recipe": ..., "file": "/tmp/1"}     -> {"file": ..., "batches": [...]}
                                                        or {"invalid": why}, {"ill": why}
    {"do": "names", "writer": "keras3"}                  -> {"names": [...]}
    {"do": "probes", "writer": "keras3", "name": "Add"}  -> {"recipes": [...]}
"""

import contextlib
import json
import os
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
# Off by itself on processors without AVX-512; TensorFlow's own kernels know no channels-first.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

import draw
import probes
import recipe as recipes


def answer(request):
    """What to say to a request."""
    if request["do"] == "draw":
        return {"recipe": draw.Drawer(request["seed"], request["writer"]).draw()}
    if request["do"] == "names":
        return {"names": probes.names(request["writer"])}
    if request["do"] == "probes":
        return {"recipes": probes.probes(request["writer"], request["name"])}
    recipe = request["recipe"]
    built = recipes.Built(recipe)
    try:
        for step in recipe["steps"]:
            built.add(step)
        model = built.finish()
        said = recipes.reference(built)
        file = f"{request['file']}.{recipe['format']}"
        if "batches" in said:
            model.save(file)
    except Exception as error:
        return {"invalid": f"{type(error).__name__}: {str(error)[:300]}"}
    return {"file": file, **said}


def main():
    """Answers until the input ends."""
    import absl.logging

    absl.logging.set_verbosity(absl.logging.ERROR)
    warnings.simplefilter("ignore")
    out = sys.stdout
    for line in sys.stdin:
        # What Keras prints is not an answer.
        with contextlib.redirect_stdout(sys.stderr):
            said = answer(json.loads(line))
        out.write(json.dumps(said) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
