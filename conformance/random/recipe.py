"""Build a model from a recipe, and say what Keras makes of it.

A recipe is JSON: ``writer`` (keras3 or keras2), ``format``, ``seed``, ``softmax`` (of the head),
``outputs`` (values that are outputs besides the head) and ``steps``, each of which gives a value:

    {"kind": "input", "shape": [6, 8, 4], "values": "normal"}
    {"kind": "layer", "class": "Conv2D", "args": {"filters": 4}, "of": [0]}
    {"kind": "op", "code": "ops.mean(x, axis=1)", "of": [1]}         x, y, z are the values
    {"kind": "nested", "form": "functional", "steps": [...], "of": [1]}
    {"kind": "shared", "step": 1, "of": [2]}                         calls that step's layer again

``name``, ``frozen`` and ``call``, arguments of the call, may stand in each: ``{"$value": 1}`` there
is the value of a step, ``{"$array": [[true, false]]}`` an array. ``{"$model": [...]}`` among the
arguments of a layer is a Sequential. An input may have a ``dtype``.
Flatten and Dense(3) follow the last value.
"""

import base64

import keras
import numpy as np
import tensorflow as tf
import tf_keras

LIBRARIES = {"keras3": keras, "keras2": tf_keras}
#: More numbers than this in a value make a model slow.
MOST_VALUES = 6000
#: Relative size of the changes by which Keras' own error is estimated.
TINY = 2.0**-22
#: An array that such changes move by more is not compared.
UNSTEADY = 1e-5
#: Inputs for functions that are not of all numbers.
WITHIN = {"unit": (0.05, 0.95), "above": (1.1, 3.0)}


class Invalid(Exception):
    """A recipe that Keras cannot build."""


class Built:
    """A model with the values of its steps."""

    def __init__(self, recipe):
        self.recipe = recipe
        self.library = LIBRARIES[recipe["writer"]]
        self.library.backend.clear_session()
        self.library.utils.set_random_seed(recipe["seed"])
        self.values, self.layers, self.inputs = [], [], []

    def add(self, step, index=None):
        """Adds a step; raises what Keras raises."""
        index = len(self.values) if index is None else index
        layer, value = make(self.library, step, f"s{index}", self.values, self.layers)
        if step["kind"] == "input":
            self.inputs.append(value)
        self.values.append(value)
        self.layers.append(layer)
        return value

    def finish(self):
        """Puts the head on; the model."""
        layers = self.library.layers
        last = self.values[-1]
        if last.dtype not in ("float32", tf.float32):
            raise Invalid(f"the last value is {last.dtype}")
        if len(last.shape) != 2:
            last = layers.Flatten(name="flat")(last)
        self.features = last
        activation = "softmax" if self.recipe.get("softmax") else None
        head = layers.Dense(3, activation=activation, name="head")
        outputs = [head(last), *(self.values[i] for i in self.recipe.get("outputs", []))]
        self.model = self.library.Model(
            self.read_inputs(), outputs if len(outputs) > 1 else outputs[0]
        )
        self.head = head
        settle(self.model, np.random.default_rng(self.recipe["seed"]))
        return self.model

    def ancestors(self):
        """The steps on which an output depends: the others are not in the file."""
        wanted = {len(self.values) - 1, *self.recipe.get("outputs", [])}
        for index in range(len(self.values) - 1, -1, -1):
            if index in wanted:
                wanted.update(reads(self.recipe["steps"][index]))
        return wanted

    def read_inputs(self):
        """The inputs on which an output depends."""
        found = self.ancestors()
        steps = self.recipe["steps"]
        return [self.values[i] for i in sorted(found) if steps[i]["kind"] == "input"]

    def taps(self):
        """Values to compare, by the id under which the product knows them."""
        found, calls = {}, {}
        names = {one.name for one in getattr(self.model, "operations", self.model.layers)}
        for i in sorted(self.ancestors()):
            step, value = self.recipe["steps"][i], self.values[i]
            history = value._keras_history
            # Not compared, but a layer that changes nothing may give back this very value.
            found[f"~{i}"] = value
            owner = getattr(history, "operation", None) or getattr(history, "layer", None)
            if step["kind"] not in ("layer", "op", "shared") or owner.name not in names:
                continue
            if isinstance(owner, self.library.Model) or history.tensor_index:
                continue
            # Calls that are not in the file are not counted.
            index = calls.get(owner.name, 0)
            calls[owner.name] = index + 1
            del found[f"~{i}"]
            found[f"{owner.name}@{index}" if index else owner.name] = value
        return found


def reads(step):
    """The indices of the values that a step takes, in its call's arguments too."""
    found = list(step.get("of", []))
    for value in step.get("call", {}).values():
        parts = value if isinstance(value, list) else [value]
        found += [part["$value"] for part in parts if isinstance(part, dict) and "$value" in part]
    return found


def called(value, values):
    """An argument of a call: a plain value, a step's value, an array or a list of them."""
    if isinstance(value, list):
        return [called(one, values) for one in value]
    if isinstance(value, dict):
        return values[value["$value"]] if "$value" in value else np.array(value["$array"])
    return value


def make(library, step, name, values, layers):
    """One step: its layer, if it has one, and its value."""
    kind = step["kind"]
    name = step.get("name", name)
    given = [values[i] for i in step.get("of", [])]
    one = given[0] if len(given) == 1 else given
    if kind == "input":
        dtype = step.get("dtype", "int32" if step.get("values") == "ids" else None)
        return None, library.Input(tuple(step["shape"]), name=name, dtype=dtype)
    if kind == "op":
        names = dict(zip("xyz", given, strict=False))
        scope = {"ops": keras.ops, "tf": tf, "np": np, **names}
        return None, check(eval(step["code"], scope))
    if kind == "shared":
        layer = layers[step["step"]]
    elif kind == "nested":
        layer = nested(library, step, name, given)
    else:
        layer = getattr(library.layers, step["class"])(**unpack(library, step["args"]), name=name)
        if step["class"] in ("MultiHeadAttention", "GroupQueryAttention"):
            one = None
    if step.get("frozen"):
        layer.trainable = False
    call = {key: called(value, values) for key, value in step.get("call", {}).items()}
    if one is None or type(layer).__name__ in ("MultiHeadAttention", "GroupQueryAttention"):
        query, *rest = given
        return layer, check(layer(query, rest[0] if rest else query, **call))
    return layer, check(layer(one, **call))


def check(value):
    """The value, if it is one tensor of moderate size of floats with samples in front."""
    if isinstance(value, (list, tuple)):
        value = value[0]
    shape = tuple(value.shape)
    if not shape or shape[0] is not None or len(shape) < 2 or None in shape[1:]:
        raise Invalid(f"the shape {shape}")
    if np.prod(shape[1:]) > MOST_VALUES or 0 in shape:
        raise Invalid(f"the size of {shape}")
    if getattr(value, "sparse", False):
        raise Invalid("a sparse tensor")
    if not hasattr(value, "_keras_history"):
        raise Invalid("not of a model")
    return value


def unpack(library, args):
    """Arguments with layers in them, or lists of layers."""

    def made(value):
        if isinstance(value, dict) and "$layer" in value:
            return getattr(library.layers, value["$layer"])(**unpack(library, value["args"]))
        if isinstance(value, dict) and "$model" in value:
            return library.Sequential([made(one) for one in value["$model"]])
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return [made(one) for one in value]
        return value

    return {key: made(value) for key, value in args.items()}


def nested(library, step, name, given):
    """A model that is a layer."""
    if step["form"] == "sequential":
        layers = [
            getattr(library.layers, inner["class"])(**unpack(library, inner["args"]), name=f"n{i}")
            for i, inner in enumerate(step["steps"])
        ]
        if step.get("deferred"):
            return library.Sequential(layers, name=name)
        first = library.Input(tuple(given[0].shape[1:]))
        return library.Sequential([first, *layers], name=name)
    inputs = [library.Input(tuple(value.shape[1:])) for value in given]
    values, layers = list(inputs), [None] * len(inputs)
    for i, inner in enumerate(step["steps"]):
        layer, value = make(library, inner, f"n{i}", values, layers)
        values.append(value)
        layers.append(layer)
    return library.Model(inputs, values[-1], name=name)


def settle(model, rng):
    """Draws the weights that Keras begins as zeros and ones."""
    for weight in model.weights:
        name = (getattr(weight, "path", None) or weight.name).split("/")[-1]
        shape = tuple(weight.shape)
        if "float" not in str(weight.dtype):
            continue
        if "variance" in name:
            weight.assign(rng.uniform(0.5, 1.5, shape).astype("float32"))
        elif "gamma" in name or "scale" in name:
            weight.assign((1 + rng.normal(0, 0.3, shape)).astype("float32"))
        elif any(part in name for part in ("bias", "beta", "mean", "alpha")):
            weight.assign(rng.normal(0, 0.3, shape).astype("float32"))
    for layer in model._flatten_layers():
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()


def draw_inputs(built, count):
    """Values for every input, with zeros and ties where the recipe says so."""
    found, read = [], built.ancestors()
    for position, step in enumerate(built.recipe["steps"]):
        if step["kind"] != "input" or position not in read:
            continue
        rng = np.random.default_rng((built.recipe["seed"], position))
        shape = (count, *step["shape"])
        values = step.get("values", "normal")
        if values == "ids":
            found.append(rng.integers(0, 7, shape).astype("float32"))
        elif values == "wholes":
            low = 0 if step["dtype"] in ("bool", "uint8") else -3
            high = 2 if step["dtype"] == "bool" else 5
            found.append(rng.integers(low, high, shape).astype("float32"))
        elif values == "padded":
            ends = rng.integers(1, shape[1] + 1, (count, 1))
            kept = (np.arange(shape[1]) < ends).reshape(count, -1, *[1] * (len(shape) - 2))
            found.append((rng.integers(-4, 5, shape) / 2 * kept).astype("float32"))
        elif values == "halves":
            found.append((rng.integers(-4, 5, shape) / 2).astype("float32"))
        elif values in WITHIN:
            found.append(rng.uniform(*WITHIN[values], shape).astype("float32"))
        elif values == "zeros":
            found.append(np.maximum(rng.normal(0, 1, shape), 0).astype("float32"))
        else:
            found.append(rng.normal(0, 1, shape).astype("float32"))
    return found


def reference(built, batches=(1, 3), target=1):
    """Runs Keras: for each batch size the inputs, outputs, activations and gradients."""
    taps = built.taps()
    outputs = built.model.outputs
    whole = built.library.Model(built.model.inputs, [*outputs, built.features, *taps.values()])
    drawn = draw_inputs(built, max(batches))
    found = []
    for batch in batches:
        inputs = [value[:batch] for value in drawn]
        first = run(built, whole, inputs, len(outputs), list(taps), target)
        noise = estimate(built, whole, inputs, len(outputs), list(taps), target, first)
        if not all(np.isfinite(value).all() for value in first["outputs"]):
            return {"ill": "not finite"}
        if max(noise["outputs"]) > UNSTEADY:
            again = run(built, whole, inputs, len(outputs), list(taps), target)
            same = [apart(a, b) for a, b in zip(again["outputs"], first["outputs"], strict=True)]
            if max(same) <= UNSTEADY:
                return {"ill": "unsteady"}
            # Nothing to compare with, but something to refuse.
            given = encode_inputs(built, inputs)
            none = {"inputs": given, "outputs": [], "activations": {}, "gradients": {}}
            return {"batches": [none], "random": True}
        steady = {
            kind: {
                key: encode(value)
                for key, value in first[kind].items()
                if noise[kind][key] <= UNSTEADY and np.isfinite(value).all()
            }
            for kind in ("activations", "gradients")
        }
        found.append(
            {
                "inputs": encode_inputs(built, inputs),
                "outputs": [encode(value) for value in first["outputs"]],
                **steady,
            }
        )
    return {"batches": found}


def encode_inputs(built, inputs):
    """The values of the model's inputs, by name."""
    return {
        tensor.name.split(":")[0]: encode(value)
        for tensor, value in zip(built.model.inputs, inputs, strict=True)
    }


def run(built, whole, inputs, count, names, target):
    """One pass with a tape."""
    tensors = [
        tf.constant(value, tensor.dtype)
        for value, tensor in zip(inputs, built.model.inputs, strict=True)
    ]
    with tf.GradientTape() as tape:
        for tensor in tensors:
            if tensor.dtype.is_floating:
                tape.watch(tensor)
        given = whole(tensors if len(tensors) > 1 else tensors[0], training=False)
        outputs, features, values = given[:count], given[count], given[count + 1 :]
        logits = features @ built.head.kernel + built.head.bias
        score = tf.reduce_sum(logits[:, target])
    # A layer that gives back its very input has no value of its own.
    identities = [id(value) for value in [*tensors, *values]]
    own = {
        name: value
        for name, value in zip(names, values, strict=True)
        if value.dtype == tf.float32 and identities.count(id(value)) == 1 and name[0] != "~"
    }
    gradients = tape.gradient(score, own)
    return {
        "outputs": [value.numpy().astype("float32") for value in outputs],
        "activations": {name: value.numpy() for name, value in own.items()},
        "gradients": {
            name: tf.convert_to_tensor(value).numpy()
            for name, value in gradients.items()
            if value is not None
        },
    }


def estimate(built, whole, inputs, count, names, target, first):
    """Measures the shift of each array by tiny changes of inputs and weights, over its maximum."""
    rng = np.random.default_rng(7)
    kept = [weight.numpy() for weight in built.model.weights]
    worst = {"outputs": [0.0] * len(first["outputs"]), "activations": {}, "gradients": {}}

    def moved(value):
        if value.dtype != np.float32:
            return value
        return (value * (1 + TINY * rng.standard_normal(value.shape))).astype("float32")

    for _ in range(2):
        for weight, value in zip(built.model.weights, kept, strict=True):
            weight.assign(moved(value))
        other = run(
            built,
            whole,
            [
                moved(value) if "float" in str(tensor.dtype) else value
                for value, tensor in zip(inputs, built.model.inputs, strict=True)
            ],
            count,
            names,
            target,
        )
        for i, value in enumerate(first["outputs"]):
            worst["outputs"][i] = max(worst["outputs"][i], apart(other["outputs"][i], value))
        for kind in ("activations", "gradients"):
            for key, value in first[kind].items():
                worst[kind][key] = max(
                    worst[kind].get(key, 0.0), apart(other[kind].get(key), value)
                )
    for weight, value in zip(built.model.weights, kept, strict=True):
        weight.assign(value)
    return worst


def apart(a, b):
    """Largest difference over the largest value."""
    if a is None or not np.isfinite(b).all() or not np.isfinite(a).all():
        return float("inf")
    return float(np.abs(a - b).max() / max(np.abs(b).max(), 1e-30)) if b.size else 0.0


def encode(array):
    """An array as JSON."""
    array = np.ascontiguousarray(array, dtype="<f4")
    return {"shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}
