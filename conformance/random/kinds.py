"""Draw recipes of the kinds that a drawer of any layer seldom makes: masks, and types of values."""

import random

import draw

#: Layers of steps, behind a mask: those that pass it on, end it, read it or merge it.
OF_STEPS = (
    "Dense", "LayerNormalization", "BatchNormalization", "UnitNormalization", "RMSNormalization",
    "GroupNormalization", "Conv1D", "SeparableConv1D", "DepthwiseConv1D", "Conv1DTranspose",
    "Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "AlphaDropout", "Activation",
    "ReLU", "LeakyReLU", "ELU", "PReLU", "Softmax", "ThresholdedReLU", "Masking", "LSTM", "LSTM",
    "GRU", "SimpleRNN", "RNN", "Bidirectional", "Bidirectional", "TimeDistributed",
    "TimeDistributed", "MultiHeadAttention", "GroupQueryAttention", "Attention",
    "AdditiveAttention", "Reshape", "Permute", "RepeatVector", "MaxPooling1D", "AveragePooling1D",
    "GlobalAveragePooling1D", "GlobalAveragePooling1D", "GlobalMaxPooling1D", "UpSampling1D",
    "ZeroPadding1D", "Cropping1D", "EinsumDense", "Rescaling", "Normalization", "Identity",
    "ActivityRegularization", "SpectralNormalization", "ConvLSTM1D", "ConvLSTM2D",
    "LocallyConnected1D", "RandomBrightness", "RandomContrast", "Flatten", "LayerScale",
)  # fmt: skip
MERGES = (
    "Add", "Multiply", "Concatenate", "Dot", "Average", "Maximum", "Minimum", "Subtract",
)  # fmt: skip
#: Layers that return steps if they are told to.
RETURNING = ("LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM1D", "ConvLSTM2D")
#: Layers whose call takes one mask of steps.
TAKES_MASK = (*RETURNING, "Bidirectional", "TimeDistributed", "GlobalAveragePooling1D", "Softmax")
#: Conditions that make a mask of a value of steps, with keras.ops' names and TensorFlow's.
CONDITIONS = (
    ("ops.any(x > 0.5, axis=-1)", "tf.reduce_any(x > 0.5, axis=-1)"),
    ("x[..., 0] > -0.5", "x[..., 0] > -0.5"),
    ("ops.logical_not(x[..., 0] < 0)", "tf.logical_not(x[..., 0] < 0)"),
)
#: Operators that keep the number of steps, most of which lose the mask.
KEEPING = (
    ("x * 2.0", "x * 2.0"),
    ("ops.cast(x, 'float32')", "tf.cast(x, 'float32')"),
    ("ops.relu(x)", "tf.nn.relu(x)"),
    ("ops.identity(x.shape[-1])[None] + x[..., :1]", "tf.identity(x)"),
    ("ops.concatenate([x, x], axis=1)", "tf.concat([x, x], axis=1)"),
    ("ops.reshape(x, (-1, *x.shape[1:]))", "tf.reshape(x, (-1, *x.shape[1:]))"),
    ("ops.stop_gradient(x)", "tf.stop_gradient(x)"),
    ("ops.expand_dims(x, 2)", "tf.expand_dims(x, 2)"),
    ("x[:, ::-1]", "x[:, ::-1]"),
    ("x + 0.5", "x + 0.5"),
)
SHAPES = ((6, 4), (5, 5), (4, 3), (4, 3, 2), (3, 4, 4, 2))
#: Types that a layer or an input may have.
TYPES = (
    "int32", "uint8", "bool", "int64", "float64", "float16", "bfloat16", "mixed_float16",
    "mixed_bfloat16",
)  # fmt: skip
#: Layers that compute with whole numbers or truths, or give back what they take.
OF_TYPES = (
    "Add", "Subtract", "Multiply", "Maximum", "Minimum", "Average", "Concatenate", "Dot", "Flatten",
    "Reshape", "Permute", "RepeatVector", "Rescaling", "ReLU", "Activation", "MaxPooling2D",
    "MaxPooling1D", "AveragePooling2D", "GlobalMaxPooling2D", "GlobalAveragePooling2D",
    "GlobalMaxPooling1D", "UpSampling2D", "UpSampling1D", "ZeroPadding2D", "Cropping2D",
    "ZeroPadding1D", "Identity", "Dropout", "CategoryEncoding", "Discretization", "CenterCrop",
    "Resizing", "Masking", "Softmax", "LeakyReLU", "Normalization", "IntegerLookup", "Hashing",
    "UnitNormalization", "TimeDistributed",
)  # fmt: skip
#: Operators between values of several types.
MIXING = (
    ("x + 1", "x + 1"),
    ("x * 2", "x * 2"),
    ("x / 2", "x / 2"),
    ("x // 2", "x // 2"),
    ("x % 3", "x % 3"),
    ("-x", "-x"),
    ("x > 0", "x > 0"),
    ("ops.cast(x, 'int32')", "tf.cast(x, tf.int32)"),
    ("ops.cast(x, 'uint8')", "tf.cast(x, tf.uint8)"),
    ("ops.cast(x, 'bool')", "tf.cast(x, tf.bool)"),
    ("ops.cast(x, 'float32')", "tf.cast(x, tf.float32)"),
    ("ops.cast(x, 'float64')", "tf.cast(x, tf.float64)"),
    ("ops.argmax(x, axis=-1)", "tf.argmax(x, axis=-1)"),
    ("ops.sum(x, axis=-1)", "tf.reduce_sum(x, axis=-1)"),
    ("ops.mean(x, axis=1)", "tf.reduce_mean(x, axis=1)"),
    ("ops.square(x)", "tf.square(x)"),
    ("ops.one_hot(x, 5)", "tf.one_hot(x, 5)"),
    ("ops.floor(x)", "tf.floor(x)"),
    ("ops.round(x * 0.7)", "tf.round(x)"),
    ("ops.logical_not(x)", "tf.logical_not(x)"),
    ("ops.where(x > 1, x, 0)", "tf.where(x > 1, x, tf.zeros_like(x))"),
)
BOTH = (
    ("x + y", "x + y"),
    ("x * y", "x * y"),
    ("x - y", "x - y"),
    ("x > y", "x > y"),
    ("ops.maximum(x, y)", "tf.maximum(x, y)"),
    ("ops.where(x > 0, x, y)", "tf.where(x > 0, x, y)"),
    ("ops.equal(x, y)", "tf.equal(x, y)"),
)


def truth(value):
    """Tells whether a value is of truths."""
    return "bool" in str(value.dtype)


class MaskDrawer(draw.Drawer):
    """Masks that run through several layers, meet in others, and are named in calls."""

    is_any = True

    def draw(self):
        """The whole recipe, of up to nine steps behind one or two beginnings of masks."""
        for _ in range(self.random.choice((1, 1, 2))):
            self.begin()
        wanted = len(self.recipe["steps"]) + self.random.randint(1, 6)
        for _ in range(80):
            if len(self.recipe["steps"]) >= wanted:
                break
            self.attempt(self.draw_step())
        self.end()
        return self.recipe

    def begin(self):
        """An input, and the Embedding or Masking behind it."""
        choose = self.random
        here = len(self.recipe["steps"])
        if choose.random() < 0.65:
            self.take({"kind": "input", "shape": [6], "values": "ids"})
            args = {"input_dim": 7, "output_dim": 4, "mask_zero": choose.random() < 0.8}
            self.take({"kind": "layer", "class": "Embedding", "args": args, "of": [here]})
        else:
            shape = list(choose.choice(SHAPES))
            self.take({"kind": "input", "shape": shape, "values": "padded"})
            if choose.random() < 0.8:
                args = {"mask_value": 0.0}
                self.take({"kind": "layer", "class": "Masking", "args": args, "of": [here]})

    def end(self):
        """The last value is of floats, and most often one that reads the mask behind others."""
        latest = len(self.built.values) - 1
        if self.random.random() < 0.6:
            name = self.random.choice(("LSTM", "GlobalAveragePooling1D", "GRU"))
            args = {"units": 3} if name != "GlobalAveragePooling1D" else {}
            of = [self.some_float()]
            self.attempt({"kind": "layer", "class": name, "args": args, "of": of})
        elif truth(self.built.values[latest]):
            self.attempt(self.draw_layer([self.some_float()], ["Dense"]))
        if truth(self.built.values[-1]):
            self.take(
                {"kind": "op", "code": self.cast("float32"), "of": [-1 + len(self.built.values)]}
            )

    def cast(self, to):
        """An operator that changes the type."""
        return f"tf.cast(x, '{to}')" if self.second else f"ops.cast(x, '{to}')"

    def some_float(self):
        """An index of a value of floats: most often the latest."""
        found = [i for i, value in enumerate(self.built.values) if "float" in str(value.dtype)]
        return found[-1] if self.random.random() < 0.75 else self.random.choice(found)

    def draw_step(self):
        """A step on a value, behind a mask or not."""
        choose = self.random
        kind = choose.choices(
            ("layer", "merge", "op", "condition", "nested", "shared"),
            (0.52, 0.16, 0.1, 0.08, 0.09, 0.05),
        )[0]
        of = [self.some_float()]
        if kind == "condition":
            return {"kind": "op", "code": choose.choice(CONDITIONS)[self.second], "of": of}
        if kind == "op":
            return {"kind": "op", "code": choose.choice(KEEPING)[self.second], "of": of}
        if kind == "merge":
            return self.draw_layer(of, MERGES)
        if kind == "nested":
            return self.draw_nested(of)
        layers = [i for i, s in enumerate(self.recipe["steps"]) if s["kind"] in ("layer", "nested")]
        if kind == "shared" and layers:
            index = choose.choice(layers)
            count = len(self.recipe["steps"][index]["of"])
            of = [*of, self.some_float(), self.some_float()][:count]
            return {"kind": "shared", "step": index, "of": of}
        return self.draw_layer(of, OF_STEPS)

    def draw_layer(self, of, classes=None):
        """A layer with some arguments; of steps mostly, with a mask in its call now and then."""
        classes = [name for name in classes or OF_STEPS if name in self.classes]
        step = super().draw_layer(of, classes)
        choose, name, args = self.random, step["class"], step["args"]
        if name in RETURNING and choose.random() < 0.6:
            args["return_sequences"] = True
        if name == "Bidirectional" and choose.random() < 0.6 and "layer" in args:
            inner = args["layer"]
            args["layer"] = {**inner, "args": {**inner["args"], "return_sequences": True}}
            args.pop("backward_layer", None)
        if name == "Concatenate" and choose.random() < 0.6:
            args["axis"] = -1
        masks = [i for i, value in enumerate(self.built.values) if truth(value)]
        call = {}
        if name in TAKES_MASK and masks and choose.random() < 0.5:
            call["mask"] = {"$value": choose.choice(masks)}
        elif name in TAKES_MASK and choose.random() < 0.05:
            steps = self.built.values[of[0]].shape[1]
            call["mask"] = {"$array": [[bool(i != 1) for i in range(steps)]]}
        elif name in ("Attention", "AdditiveAttention") and masks and choose.random() < 0.3:
            call["mask"] = [{"$value": choose.choice(masks)}, {"$value": choose.choice(masks)}]
        elif name in ("MultiHeadAttention", "GroupQueryAttention") and choose.random() < 0.3:
            if masks:
                key = choose.choice(("query_mask", "value_mask", "key_mask"))
                call[key] = {"$value": choose.choice(masks)}
            else:
                call["use_causal_mask"] = True
        elif choose.random() < 0.08:
            call["training"] = choose.random() < 0.5
        return {**step, "call": call} if call else step

    def draw_nested(self, of):
        """A nested model of one to three layers of steps, which the mask enters."""
        step = super().draw_nested(of)
        for inner in step["steps"]:
            inner.pop("call", None)
        return step


class TypeDrawer(draw.Drawer):
    """Values of whole numbers, truths, doubles and halves, and layers of such types."""

    is_any = True

    def draw(self):
        """The whole recipe, of up to seven steps."""
        choose = self.random
        shape = list(choose.choice(((6,), (4, 3), (6, 6, 2), (3, 4, 4, 2))))
        for _ in range(choose.choice((1, 2))):
            dtype = choose.choice(
                ("int32", "int32", "uint8", "bool", "float32", "float64", "int64")
            )
            self.take({"kind": "input", "shape": shape, "values": "wholes", "dtype": dtype})
        wanted = len(self.recipe["steps"]) + choose.randint(1, 5)
        for _ in range(80):
            if len(self.recipe["steps"]) >= wanted:
                break
            self.attempt(self.draw_step())
        if "float32" not in str(self.built.values[-1].dtype):
            code = "tf.cast(x, 'float32')" if self.second else "ops.cast(x, 'float32')"
            self.take({"kind": "op", "code": code, "of": [len(self.built.values) - 1]})
        return self.recipe

    def draw_step(self):
        """A layer of a type of its own, or an operator."""
        choose = self.random
        of = [self.some_value()]
        if choose.random() < 0.25:
            code = choose.choice(MIXING)[self.second]
            if choose.random() < 0.4 and len(self.built.values) > 1:
                code = choose.choice(BOTH)[self.second]
                of.append(choose.randrange(len(self.built.values)))
            return {"kind": "op", "code": code, "of": of}
        if choose.random() < 0.08:
            return self.draw_nested(of)
        names = [name for name in OF_TYPES if name in self.classes]
        return self.draw_layer(of, choose.choice((names, names, self.common)))

    def draw_layer(self, of, classes=None):
        """A layer, often of a type."""
        step = super().draw_layer(of, classes)
        step["args"].pop("dtype", None)
        if self.random.random() < 0.5:
            step["args"]["dtype"] = self.random.choice(TYPES)
        return step


#: How often each kind is drawn where none is asked for.
KINDS = {"layers": (draw.Drawer, 0.5), "masks": (MaskDrawer, 0.3), "types": (TypeDrawer, 0.2)}


def drawn(seed, writer, kind=None):
    """The recipe of a seed."""
    if kind is None:
        chooser = random.Random(f"kind {seed}")
        kind = chooser.choices(list(KINDS), [share for _, share in KINDS.values()])[0]
    return KINDS[kind][0](seed, writer).draw()
