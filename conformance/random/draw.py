"""Draw a recipe at random, step by step: what Keras does not take is drawn again."""

import inspect
import random

import candidates
import recipe as recipes
import written

#: Classes that people use much; half of the layers are of these.
COMMON = (
    "Conv2D", "DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose", "Conv1D", "Dense",
    "BatchNormalization", "LayerNormalization", "MaxPooling2D", "AveragePooling2D", "ReLU",
    "Activation", "LeakyReLU", "PReLU", "UpSampling2D", "ZeroPadding2D", "Cropping2D", "Dropout",
    "GlobalAveragePooling2D", "Reshape", "Permute", "Add", "Multiply", "Concatenate", "Flatten",
    "LSTM", "GRU", "Bidirectional", "MultiHeadAttention", "Resizing", "Conv3D", "TimeDistributed",
    "Softmax", "GroupNormalization", "Dot", "Attention", "Subtract", "Maximum",
)  # fmt: skip
#: Half of the layers of a volume or a video are of these.
OF_VOLUMES = (
    "Conv3D", "Conv3DTranspose", "MaxPooling3D", "AveragePooling3D", "UpSampling3D",
    "ZeroPadding3D", "Cropping3D", "GlobalAveragePooling3D", "GlobalMaxPooling3D", "ConvLSTM2D",
    "TimeDistributed", "BatchNormalization", "LayerNormalization", "SpatialDropout3D", "Add",
    "Multiply", "Concatenate", "PReLU", "Bidirectional", "GroupNormalization",
)  # fmt: skip
#: Classes that are no layer of a model of numbers, or no layer at all.
LEFT_OUT = {
    **dict.fromkeys(
        ("InputSpec", "Layer", "Wrapper", "AbstractRNNCell"), "what other classes are made from"
    ),
    **dict.fromkeys(
        ("LSTMCell", "GRUCell", "SimpleRNNCell", "StackedRNNCells"), "tried as the cell of RNN"
    ),
    **dict.fromkeys(
        ("Lambda", "FlaxLayer", "JaxLayer", "TFSMLayer", "TorchModuleWrapper"),
        "holds what is not in the file, or is code",
    ),
    **dict.fromkeys(
        (
            "DenseFeatures", "StringLookup", "TextVectorization",
        ),
        "turns words into whole numbers, in front of a model",
    ),
    "InputLayer": "is in every model",
    "Equalization": "gives back the very tensor that it takes, of which Keras makes no model",
    "MaxNumBoundingBoxes": "works on labels",
}  # fmt: skip
#: Of these, what a saved model may have: GradLens refuses it by its class.
REFUSED = {
    "DenseFeatures", "Lambda", "StringLookup", "TextVectorization",
}  # fmt: skip
#: Keras takes these for values of any rank, and fails when it runs them.
OF_PICTURES = (
    "Random",
    "RandAug",
    "MixUp",
    "CutMix",
    "AugMix",
    "Contrast",
    "AutoContrast",
    "Equal",
)
MERGING = {
    "Add", "Multiply", "Concatenate", "Subtract", "Maximum", "Minimum", "Average", "Dot",
    "Attention", "AdditiveAttention", "MultiHeadAttention", "GroupQueryAttention",
}  # fmt: skip
SHAPES = (
    (8, 8, 4),
    (6, 9, 3),
    (7, 5, 2),
    (8, 4),
    (6, 6),
    (5,),
    (8,),
    (4, 6, 6, 2),
    (10, 1),
    (6, 7),
    (3, 7, 6, 2),
    (5, 4, 5, 3),
    (3, 6, 6, 1),
    (2, 3, 4, 4, 2),
)
ODD_NAMES = (
    "größe",
    "名前",
    "a b",
    "x.y",
    "0",
    "CON",
    "head ",
    "s1@1",
    "a:0",
    "%d",
    "_x",
    "é" * 40,
)

#: Expressions of one value and of two, with keras.ops' names first and TensorFlow's second.
ONE = (
    ("ops.mean(x, axis=-1, keepdims=True)", "tf.reduce_mean(x, axis=-1, keepdims=True)"),
    ("ops.max(x, axis=1)", "tf.reduce_max(x, axis=1)"),
    ("ops.sum(x, axis=(1, 2))", "tf.reduce_sum(x, axis=[1, 2])"),
    ("ops.sigmoid(x)", "tf.sigmoid(x)"),
    ("x * ops.sigmoid(ops.mean(x, axis=1, keepdims=True))", "x * tf.nn.sigmoid(x)"),
    ("ops.exp(-ops.square(x))", "tf.exp(-tf.square(x))"),
    ("x[:, ::2]", "x[:, ::2]"),
    ("x[:, 1:]", "x[..., 1:]"),
    ("x[:, -1]", "x[:, -1]"),
    ("x[:, ::-1]", "x[:, ::-1]"),
    ("x[..., None]", "x[..., tf.newaxis]"),
    ("x[:, None]", "tf.expand_dims(x, 1)"),
    ("1.0 - x", "1.0 - x"),
    ("x / 3.0 + 0.5", "x / 3.0 + 0.5"),
    ("x ** 2", "x ** 2"),
    ("2.0 / (1.5 + ops.abs(x))", "2.0 / (1.5 + tf.abs(x))"),
    ("ops.where(x > 0, x, 0.1 * x)", "tf.where(x > 0, x, 0.1 * x)"),
    ("ops.transpose(x, (0, 2, 1))", "tf.transpose(x, [0, 2, 1])"),
    ("ops.transpose(x, (0, 3, 1, 2))", "tf.transpose(x, [0, 3, 1, 2])"),
    ("ops.swapaxes(x, 1, -1)", "tf.reverse(x, axis=[1])"),
    ("ops.concatenate([x, -x], axis=-1)", "tf.concat([x, -x], axis=-1)"),
    ("ops.concatenate([x, x * 2], axis=1)", "tf.concat([x, x * 2], axis=1)"),
    ("ops.stack([x, x * x], axis=-1)", "tf.stack([x, x * x], axis=-1)"),
    ("ops.split(x, 2, axis=-1)[1]", "tf.split(x, 2, axis=-1)[1]"),
    ("ops.softmax(x, axis=1)", "tf.nn.softmax(x, axis=1)"),
    ("ops.normalize(x, axis=-1)", "tf.math.l2_normalize(x, axis=-1)"),
    ("ops.matmul(x, np.linspace(-1, 1, 4 * x.shape[-1], dtype='float32').reshape(-1, 4))",
     "tf.matmul(x, np.linspace(-1, 1, 4 * x.shape[-1], dtype='float32').reshape(-1, 4))"),
    ("x * np.linspace(-1, 1, x.shape[-1], dtype='float32')",
     "x * np.linspace(-1, 1, x.shape[-1], dtype='float32')"),
    ("ops.einsum('bic,bjc->bij', x, x)", "tf.matmul(x, x, transpose_b=True)"),
    ("ops.pad(x, ((0, 0), (1, 2), (0, 1), (0, 0)))", "tf.pad(x, [[0, 0], [1, 2], [0, 1], [0, 0]])"),
    ("ops.reshape(x, (-1, x.shape[1] * x.shape[2]))",
    "tf.reshape(x, [-1, x.shape[1] * x.shape[2]])"),
    ("ops.repeat(x, 2, axis=1)", "tf.repeat(x, 2, axis=1)"),
    ("ops.roll(x, 1, axis=1)", "tf.roll(x, 1, axis=1)"),
    ("ops.clip(x, -0.5, 0.5)", "tf.clip_by_value(x, -0.5, 0.5)"),
    ("ops.logsumexp(x, axis=-1, keepdims=True)", "tf.reduce_logsumexp(x, axis=-1, keepdims=True)"),
    ("x - ops.stop_gradient(ops.mean(x, axis=1, keepdims=True))", "x - tf.stop_gradient(x)"),
    ("ops.image.resize(x, (5, 6))", "tf.image.resize(x, (5, 6))"),
    ("ops.max_pool(x, 2)", "tf.nn.max_pool2d(x, 2, 2, 'VALID')"),
    ("ops.mean(x, axis=(2, 3))", "tf.reduce_mean(x, axis=[2, 3])"),
    ("ops.transpose(x, (0, 4, 1, 3, 2))", "tf.transpose(x, [0, 2, 1, 3, 4])"),
    ("ops.average_pool(x, (1, 2, 2), padding='same')",
     "tf.nn.avg_pool3d(x, (1, 2, 2), (1, 2, 2), 'SAME')"),
    ("ops.reshape(x, (-1, x.shape[1], x.shape[2] * x.shape[3] * x.shape[4]))",
     "tf.reshape(x, [-1, x.shape[1], x.shape[2] * x.shape[3] * x.shape[4]])"),
    ("x[:, :, 1:, ::2]", "x[:, :, 1:, ::2]"),
    ("ops.depth_to_space(x, 2)", "tf.nn.depth_to_space(x, 2)"),
    ("ops.var(x, axis=(1, 2), keepdims=True)", "tf.math.reduce_variance(x, axis=1)"),
)  # fmt: skip
TWO = (
    ("x + y", "x + y"),
    ("x * y", "x * y"),
    ("x - y", "x - y"),
    ("ops.maximum(x, y)", "tf.maximum(x, y)"),
    ("ops.where(x > y, x, y)", "tf.where(x > y, x, y)"),
    ("x * ops.cast(y > 0, 'float32')", "x * tf.cast(y > 0, 'float32')"),
    ("ops.matmul(x, ops.swapaxes(y, -1, -2))", "tf.matmul(x, y, transpose_b=True)"),
    ("ops.concatenate([x, y], axis=-1)", "tf.concat([x, y], axis=-1)"),
    ("x / (1.0 + ops.square(y))", "x / (1.0 + tf.square(y))"),
    ("ops.stack([x, y], axis=1)", "tf.stack([x, y], axis=1)"),
)


def layer_classes(library):
    """The names of all layer classes that a model may have."""
    return [name for name in all_classes(library) if name not in LEFT_OUT]


def all_classes(library):
    """The names of all classes of keras.layers, each once."""
    found = {}
    for name in dir(library.layers):
        value = getattr(library.layers, name)
        if inspect.isclass(value) and (value not in found or name == value.__name__):
            found[value] = name
    return sorted(found.values())


def operators(library):
    """The names of all functions of keras.ops and of its namespaces."""
    if library is not recipes.keras:
        return []
    ops = library.ops
    found = [name for name in dir(ops) if inspect.isfunction(getattr(ops, name))]
    for space in ("image", "nn", "linalg"):
        inner = getattr(ops, space)
        found += [
            f"{space}.{name}"
            for name in dir(inner)
            if inspect.isfunction(getattr(inner, name)) and not hasattr(ops, name)
        ]
    return found


def draw_args(random_, name, target, share=0.25):
    """Required arguments, and some of the others."""
    required, others = candidates.arguments(target)
    args = {}
    required = [*required, *candidates.NEEDED.get(name, ())]
    for argument in [*required, *(a for a in others if random_.random() < share)]:
        values = candidates.candidates(name, argument)
        if values and not (argument == "dtype" and random_.random() < 0.9):
            args[argument] = random_.choice(values)
    return args


class Drawer:
    """One recipe in the making."""

    #: Whether values of other types than single floats may be among the steps'.
    is_any = False

    def __init__(self, seed, writer):
        self.random = random.Random(f"{seed} {writer}")
        self.recipe = {
            "writer": writer,
            "format": self.random.choice(
                ("keras", "h5") if writer == "keras3" else ("h5", "h5", "keras")
            ),
            "seed": seed,
            "softmax": self.random.random() < 0.5,
            "outputs": [],
            "steps": [],
        }
        self.built = recipes.Built(self.recipe)
        self.classes = layer_classes(self.built.library)
        self.common = [name for name in COMMON if name in self.classes]
        self.second = writer == "keras2"

    def draw(self):
        """The whole recipe, of up to nine steps."""
        choose = self.random
        shape = list(choose.choice(SHAPES))
        for _ in range(choose.choice((1, 1, 1, 1, 2))):
            values = choose.choice(("normal", "normal", "halves", "zeros"))
            other = shape if choose.random() < 0.7 else list(choose.choice(SHAPES))
            self.take({"kind": "input", "shape": other, "values": values})
        if choose.random() < 0.06:
            self.take({"kind": "input", "shape": [6], "values": "ids"})
            self.attempt(self.draw_layer([len(self.recipe["steps"]) - 1], ["Embedding"]))
        wanted = len(self.recipe["steps"]) + choose.randint(1, 7)
        for _ in range(120):
            if len(self.recipe["steps"]) >= wanted:
                break
            self.attempt(self.draw_step())
        steps = self.recipe["steps"]
        floats = [i for i, step in enumerate(steps[:-1]) if step["kind"] == "layer"]
        if floats and choose.random() < 0.2:
            self.recipe["outputs"] = [choose.choice(floats)]
        return self.recipe

    def attempt(self, step):
        """Takes a step if Keras does."""
        try:
            value = self.built.add(step)
        except Exception:
            return
        if not self.is_any and str(value.dtype) not in ("float32", "<dtype: 'float32'>"):
            self.built.values.pop()
            self.built.layers.pop()
            return
        self.recipe["steps"].append(step)

    def take(self, step):
        """Takes a step that must work."""
        self.built.add(step)
        self.recipe["steps"].append(step)

    def some_value(self):
        """An index: most often the latest."""
        count = len(self.built.values)
        return count - 1 if self.random.random() < 0.75 else self.random.randrange(count)

    def draw_step(self):
        """A step on values that are there."""
        choose = self.random
        kind = choose.choices(
            ("layer", "op", "generic", "nested", "shared"), (0.6, 0.24, 0.05, 0.07, 0.04)
        )[0]
        of = [self.some_value()]
        if kind == "layer":
            step = self.draw_layer(of)
        elif kind == "shared":
            layers = [
                i for i, s in enumerate(self.recipe["steps"]) if s["kind"] in ("layer", "nested")
            ]
            if not layers:
                return self.draw_layer(of)
            index = choose.choice(layers)
            count = len(self.recipe["steps"][index]["of"])
            step = {"kind": "shared", "step": index, "of": [*of, self.some_value()][:count]}
        elif kind == "nested":
            step = self.draw_nested(of)
        elif kind == "generic":
            step = self.draw_operator(of)
        elif len(self.built.values) > 1 and choose.random() < 0.35:
            of.append(choose.randrange(len(self.built.values)))
            step = {"kind": "op", "code": choose.choice(TWO)[self.second], "of": of}
        else:
            step = {"kind": "op", "code": choose.choice(ONE)[self.second], "of": of}
        if kind in ("layer", "nested"):
            if choose.random() < 0.05:
                step["name"] = choose.choice(ODD_NAMES) + str(len(self.recipe["steps"]))
            if choose.random() < 0.1:
                step["frozen"] = True
        return step

    def draw_layer(self, of, classes=None):
        """A layer with some arguments."""
        choose = self.random
        common = OF_VOLUMES if len(self.built.values[of[0]].shape) == 5 else self.common
        name = choose.choice(classes or choose.choice((common, self.classes)))
        target = getattr(self.built.library.layers, name)
        if name.startswith(OF_PICTURES) and len(self.built.values[of[0]].shape) != 4:
            return self.draw_layer(of, self.common)
        if name in MERGING:
            same = [
                i
                for i, value in enumerate(self.built.values)
                if i != of[0] and value.shape[1:] == self.built.values[of[0]].shape[1:]
            ]
            pool = same if same and choose.random() < 0.7 else range(len(self.built.values))
            of = [of[0], choose.choice(list(pool))]
            if choose.random() < 0.1 and name in ("Add", "Concatenate", "Maximum", "Average"):
                of.append(of[1])
        return {"kind": "layer", "class": name, "args": draw_args(choose, name, target), "of": of}

    def draw_nested(self, of):
        """A nested model of one to three layers."""
        choose = self.random
        form = choose.choice(("functional", "sequential"))
        single = [name for name in self.common if name not in MERGING]
        steps = []
        for i in range(choose.randint(1, 3)):
            step = self.draw_layer([i], single)
            if form == "functional" and choose.random() < 0.25:
                step = {"kind": "op", "code": choose.choice(ONE)[self.second], "of": [i]}
            steps.append(step)
        step = {"kind": "nested", "form": form, "steps": steps, "of": of}
        if form == "sequential" and choose.random() < 0.3:
            step["deferred"] = True
        return step

    def draw_operator(self, of):
        """Any function of keras.ops with arguments by their names."""
        names = operators(self.built.library)
        if not names:
            return self.draw_layer(of)
        name = self.random.choice(names)
        target = recipes.keras.ops
        for part in name.split("."):
            target = getattr(target, part)
        args = draw_args(self.random, name, target, 0.3)
        return {"kind": "op", "code": operator_code(name, target, args), "of": of}


def operator_code(name, target, args):
    """An expression that calls an operator with x, and more of it where it has other tensors."""
    if name in written.WRITTEN:
        return written.WRITTEN[name]
    required, _ = candidates.arguments(target)
    args = dict(args)
    given = ["x"]
    for argument in required[1:]:
        if argument not in args:
            given.append("x * 0.5")
    if required and required[0] in ("xs", "arrays"):
        given = ["[x, x * 0.5]"]
    args.pop(required[0] if required else "", None)
    return (
        f"ops.{name}({', '.join([*given, *(f'{key}={value!r}' for key, value in args.items())])})"
    )
