"""Values to try for the arguments of layers and operators, by name: away from the defaults."""

import inspect


class Code(str):
    """A value that is an expression of ``x``, of which operators alone have some."""

    __repr__ = str.__str__


ACTIVATIONS = (
    "relu", "tanh", "sigmoid", "elu", "selu", "gelu", "softplus", "swish", "hard_sigmoid",
    "exponential", "softsign", "softmax", "relu6", "leaky_relu", "mish", "log_softmax",
)  # fmt: skip

#: Several names share one list where they mean the same.
_BY_NAME = {
    "activation recurrent_activation": ACTIVATIONS,
    "filters units": (2, 4, 5),
    "kernel_size": (1, 2, 3, [2, 3], [3, 2, 2]),
    "pool_size window_size window_shape": (2, 3, [2, 3], [2, 1, 2]),
    "strides": (1, 2, [2, 2], [2, 1], [2, 1, 2]),
    "dilation_rate": (2, [2, 2], [1, 2]),
    "padding": ("same", "valid", "causal", 1, [1, 2], [[1, 0], [0, 2]], [[1, 0], [0, 2], [1, 1]]),
    "cropping": (1, [1, 2], [[1, 0], [0, 1]], [[1, 0], [0, 1], [1, 1]]),
    "output_padding": (0, 1, [1, 0]),
    "size": (2, [2, 3], 3, [2, 1, 2]),
    "data_format": ("channels_first", "channels_last"),
    "interpolation": ("bilinear", "nearest", "bicubic", "lanczos3", "area"),
    "use_bias center scale scaled tie_weights": (False, True),
    "use_scale return_sequences go_backwards bias": (True, False),
    "stateful unroll mask_zero return_state time_major renorm use_gate sparse": (True,),
    "unit_forget_bias all_ops periodic trainable endpoint flash_attention": (False,),
    "robust_masking softmax_robust_masking expand_dims power_to_db use_cudnn": (True, False),
    "zero_output_for_mask": (True,),
    "keepdims keep_dims share_axes": (True, False),
    "reset_after crop_to_aspect_ratio pad_to_aspect_ratio antialias synchronized": (True, False),
    "axis": (-1, 1, 2, [1, 2], -2),
    "axes": (-1, 1, [1, 1], [2, 1], [1, 2]),
    "axis1 source": (1, -1),
    "axis2 destination": (2, -2),
    "groups": (2, 1, -1),
    "depth_multiplier": (2, 1),
    "epsilon": (0.01, 0.1),
    "momentum rate": (0.5,),
    "alpha negative_slope": (0.2, 0.3, 1.5),
    "theta": (0.3,),
    "max_value x_max": (1.0, 6.0),
    "threshold": (0.1,),
    "min_value x_min lower default_value": (-0.5,),
    "rate stddev factor noise_shape": (0.3,),
    "height width": (3, 5, 8),
    "height_factor width_factor": (0.2,),
    "target_shape newshape": ([-1], [-1, 2], [2, -1], [4, -1, 1]),
    "dims": ([2, 1], [2, 3, 1], [3, 1, 2]),
    "scale value": (0.5, [0.5, 2.0, 1.0, -1.0], 2.0),
    "offset mean": (0.5, [0.1, -0.2, 0.0, 0.3], -1.0),
    "variance": (2.0, [0.5, 1.0, 2.0, 0.1]),
    "invert normalize scaled_gradient": (True,),
    "order": (2,),
    "ord": (1, 2),
    "shared_axes": ([1], [1, 2]),
    "input_dim num_tokens vocabulary_size": (7,),
    "output_dim key_dim head_dim": (3, 4),
    "value_dim": (2,),
    "output_shape": (5, [5], [None, 5]),
    "output_size": (2, [2, 3], [2, 3, 2]),
    "sliding_window lora_rank num_chains chain_depth num_ops power_iterations": (2,),
    "l1 l2": (0.1,),
    "dropout recurrent_dropout": (0.3,),
    "seed": (3,),
    "input_length": (6,),
    "renorm_clipping": ({"rmax": 2.0},),
    "renorm_momentum lora_alpha mag_exp min_power ref_power": (0.5,),
    "num_bins": (3,),
    "bins": (8,),
    "clip_limit logit_soft_cap attn_logits_soft_cap max_val": (2.0,),
    "tile_grid_size": ([2, 2],),
    "brightness_factor contrast_factor saturation_factor hue_factor": (0.3,),
    "x_factor y_factor addition_factor threshold_factor": (0.3,),
    "fill_mode": ("reflect", "nearest", "wrap", "constant"),
    "fill_value constant_values initial nan posinf neginf default dx": (0.5,),
    "sigma": ([0.5, 1.0], 0.5),
    "reverse_dtype": ("float16",),
    "frame_length fft_length sequence_length": (8, 16),
    "frame_step sequence_stride": (4,),
    "window": ("hamming", None),
    "scaling": ("spectrum",),
    "sampling_rate": (1000,),
    "num_mel_bins": (4,),
    "min_freq": (10.0,),
    "max_freq": (400.0,),
    "top_db": (40.0,),
    "num_heads num_query_heads": (2,),
    "num_key_value_heads": (1, 2),
    "attention_axes": ([1], [1, 2]),
    "equation": ("abc,cd->abd", "ab,bc->ac", "...x,xy->...y"),
    "bias_axes": ("d", "c", "y"),
    "n k": (2, 1),
    "mask_value": (0.0,),
    "merge_mode": ("sum", "mul", "ave", "concat", None),
    "output_mode": ("multi_hot", "one_hot", "count"),
    "bin_boundaries": ([-0.5, 0.0, 1.0],),
    "score_mode": ("concat", "dot"),
    "implementation": (1, 2),
    "block_size": (2,),
    "block_shape": (2,),
    "shift": (1, -2),
    "repeats num_or_size_splits": (2, 3),
    "reps": ([1, 2], 2, [1, 1, 2]),
    "indices": ([0, 1], [1, 0, -1], 1),
    "indices_or_sections": (2,),
    "pad_width": ([[0, 0], [1, 1]], [[0, 0], [1, 0], [0, 2]], [[0, 0], [1, 0], [2, 1], [0, 0]]),
    "mode": ("reflect", "symmetric", "constant"),
    "shape": ([-1, 2], [2, -1]),
    "dtype": ("mixed_float16", "float64", "float16", "float32"),
    "num_classes": (4,),
    "approximate": (False, True),
    "beta b": (0.5, 2.0),
    "exclusive reverse": (True,),
    "value_range": ([0.0, 1.0], [-1.0, 1.0]),
    "q": (0.25, 0.5),
    "ddof kth axisa axisb axisc minlength decimals": (1,),
    "from_logits equal_nan upper is_causal increasing assume_unique": (True,),
    "sorted": (False,),
    "rtol atol": (0.1,),
    "method": ("lower", "higher", "midpoint", "nearest", "bilinear"),
    "num N M dilation stride": (2, 3),
    "start": (1,),
    "stop target_height target_width": (4, 8),
    "top_cropping left_cropping bottom_cropping right_cropping": (1, 2),
    "top_padding left_padding bottom_padding right_padding": (1, 2),
    "filter_size": (3,),
    "filter_sigma": (1.0,),
    "k1 k2": (0.1,),
    "pattern": ("b h w c -> b (h w) c", "b t c -> b c t", "b (h k) w c -> b h (k w) c"),
    "start_indices": (2, 1),
    "condition": (Code("x > 0"),),
    "condlist": (Code("[x > 0, x < -1]"),),
    "choicelist": (Code("[x, -x]"),),
    "index": (0,),
    "test_elements": (Code("np.array([0.5, 1.0], 'float32')"),),
    "gamma": (Code("np.linspace(0.5, 1.5, x.shape[-1], dtype='float32')"),),
    "kernel": tuple(
        Code(f"np.linspace(-1, 1, {9 if rank == 2 else 3} * x.shape[-1] * 2, dtype='float32')"
             f".reshape({'3, ' * rank}x.shape[-1], 2)")
        for rank in (2, 1)
    ),
    "depthwise_kernel": (
        Code("np.linspace(-1, 1, 9 * x.shape[-1], dtype='float32').reshape(3, 3, x.shape[-1], 1)"),
        Code("np.linspace(-1, 1, 3 * x.shape[-1], dtype='float32').reshape(3, x.shape[-1], 1)"),
    ),
    "pointwise_kernel": (
        Code("np.linspace(-1, 1, 2 * x.shape[-1], dtype='float32').reshape(1, 1, x.shape[-1], 2)"),
        Code("np.linspace(-1, 1, 2 * x.shape[-1], dtype='float32').reshape(1, x.shape[-1], 2)"),
    ),
    "activity_regularizer": ("l2",),
}  # fmt: skip

BY_NAME = {name: values for names, values in _BY_NAME.items() for name in names.split()}


def layer_of(*classes):
    """Layers that an argument may be, as a recipe says them."""
    table = {
        "Dense": {"units": 3},
        "Conv2D": {"filters": 2, "kernel_size": 2},
        "Conv1D": {"filters": 2, "kernel_size": 2},
        "Conv3D": {"filters": 2, "kernel_size": 2},
        "Conv2DTranspose": {"filters": 2, "kernel_size": 2, "strides": 2},
        "DepthwiseConv2D": {"kernel_size": 2, "padding": "same"},
        "ConvLSTM1D": {"filters": 2, "kernel_size": 2},
        "ConvLSTM2D": {"filters": 2, "kernel_size": 2},
        "BatchNormalization": {},
        "UpSampling2D": {},
        "Dropout": {"rate": 0.3},
        "Reshape": {"target_shape": [-1]},
        "ReLU": {"max_value": 1.0},
        "LSTM": {"units": 3},
        "GRU": {"units": 3},
        "SimpleRNN": {"units": 3},
        "LSTMCell": {"units": 3},
        "GRUCell": {"units": 3},
        "SimpleRNNCell": {"units": 3},
        "Flatten": {},
        "Softmax": {},
        "GlobalAveragePooling1D": {},
        "MaxPooling2D": {},
        "GlobalAveragePooling2D": {},
        "LayerNormalization": {},
    }
    return tuple({"$layer": name, "args": table[name]} for name in classes)


#: Arguments of which a class wants its own values.
BY_CLASS = {
    ("Bidirectional", "layer"): layer_of("LSTM", "GRU", "SimpleRNN", "ConvLSTM2D", "ConvLSTM1D"),
    ("TimeDistributed", "layer"): (
        *layer_of(
            "Dense", "Conv2D", "Conv1D", "Flatten", "MaxPooling2D", "GlobalAveragePooling2D",
            "LayerNormalization", "BatchNormalization", "Conv3D", "DepthwiseConv2D", "LSTM",
            "Reshape", "UpSampling2D", "Dropout", "Conv2DTranspose", "ReLU", "Softmax", "GRU",
            "GlobalAveragePooling1D",
        ),
        {"$model": list(layer_of("Dense", "LayerNormalization"))},
        {"$model": list(layer_of("Dropout", "ReLU"))},
        {"$model": list(layer_of("LSTM"))},
        {"$model": list(layer_of("Flatten", "Dense"))},
    ),
    ("SpectralNormalization", "layer"): layer_of("Dense", "Conv2D", "Conv1D", "Conv3D"),
    ("RNN", "cell"): (
        *layer_of("LSTMCell", "GRUCell", "SimpleRNNCell"),
        [*layer_of("LSTMCell", "GRUCell")],
    ),
    ("Discretization", "output_mode"): ("one_hot", "multi_hot", "count"),
    ("Bidirectional", "backward_layer"): tuple(
        {"$layer": name, "args": {"units": 3, "go_backwards": True}}
        for name in ("LSTM", "GRU", "SimpleRNN")
    ),
    ("Activation", "activation"): ACTIVATIONS,
    ("adaptive_average_pool", "output_size"): ((2, 3), (2,), 2),
    ("adaptive_max_pool", "output_size"): ((2, 3), (2,), 2),
    ("Dropout", "rate"): (0.3,),
    ("RepeatVector", "n"): (2, 3),
    ("Normalization", "mean"): (0.5, [0.1, -0.2, 0.0, 0.3]),
    ("Normalization", "variance"): (2.0, [0.5, 1.0, 2.0, 0.1]),
    ("Softmax", "axis"): (-1, 1, [1, 2], 2),
    ("BatchNormalization", "scale"): (False,),
    ("LayerNormalization", "scale"): (False,),
    ("GroupNormalization", "scale"): (False,),
    ("RandomContrast", "factor"): (0.3,),
    ("IntegerLookup", "vocabulary"): ([1, 2, 5, 3],),
    ("IntegerLookup", "output_mode"): ("one_hot", "multi_hot", "count"),
    ("IntegerLookup", "mask_token"): (0,),
    ("IntegerLookup", "oov_token"): (6,),
    ("IntegerLookup", "invert"): (True,),
    ("IntegerLookup", "max_tokens"): (9,),
    ("IntegerLookup", "num_oov_indices"): (2,),
    ("IntegerLookup", "pad_to_max_tokens"): (True,),
    ("IntegerLookup", "oov_method"): ("farmhash",),
    ("IntegerLookup", "salt"): (133,),
    ("IntegerLookup", "idf_weights"): ([0.5, 1.5, 0.25, 2.0],),
    ("Hashing", "salt"): (133, [133, 137]),
    ("Hashing", "mask_value"): (0,),
    ("Hashing", "output_mode"): ("one_hot", "multi_hot", "count"),
    ("HashedCrossing", "output_mode"): ("one_hot",),
    ("RandomPosterization", "factor"): (5,),
    ("Pipeline", "layers"): (
        [{"$layer": "Rescaling", "args": {"scale": 2.0}}, {"$layer": "ReLU", "args": {}}],
    ),
}  # fmt: skip

#: Arguments that a class does not do without, whatever its default.
NEEDED = {
    "CategoryEncoding": ("num_tokens",),
    "Discretization": ("bin_boundaries",),
    "IntegerLookup": ("vocabulary",),
}

#: Arguments that say nothing alone.
COMPANIONS = {
    ("Normalization", "mean"): {"variance": 2.0},
    ("Normalization", "variance"): {"mean": 0.5},
    ("BatchNormalization", "renorm_clipping"): {"renorm": True},
    ("BatchNormalization", "renorm_momentum"): {"renorm": True},
    ("ConvLSTM1D", "recurrent_dropout"): {"dropout": 0.2},
    ("ReversibleEmbedding", "reverse_dtype"): {"tie_weights": False},
    ("Resizing", "fill_mode"): {"pad_to_aspect_ratio": True},
    ("Resizing", "fill_value"): {"pad_to_aspect_ratio": True},
    ("ReLU", "threshold"): {"negative_slope": 0.2},
    ("IntegerLookup", "pad_to_max_tokens"): {"max_tokens": 9, "output_mode": "count"},
    ("IntegerLookup", "oov_token"): {"invert": True},
    ("IntegerLookup", "oov_method"): {"num_oov_indices": 3},
    ("IntegerLookup", "salt"): {"num_oov_indices": 3, "oov_method": "farmhash"},
    ("IntegerLookup", "idf_weights"): {"output_mode": "tf_idf"},
    ("IntegerLookup", "sparse"): {"output_mode": "count"},
    **{
        (name, "lora_alpha"): {"lora_rank": 2} for name in ("Dense", "EinsumDense", "Embedding")
    },
}  # fmt: skip

#: Arguments of the class of all layers, which each takes besides its own.
OF_ALL = ("trainable", "dtype", "activity_regularizer")

#: Arguments that nothing tries, and why.
UNTRIED = {
    "autocast": "no file keeps it",
    "name": "names are tried by random architectures",
    "weights": "arrays, which a file keeps as any weights",
    "quantization_config": "an object that Keras writes for quantised layers alone",
    "gptq_unpacked_column_size": "of quantised layers alone",
    "vocabulary_dtype": "Keras takes int64 alone",
}

#: Arguments of a layer's call, by their names.
OF_CALLS = {
    "training": (True,),
    "use_causal_mask": (True,),
    "return_attention_scores": (True,),
}

_BY_ENDING = {
    "_initializer": ("he_uniform",),
    "_regularizer": ("l2",),
    "_constraint": ("non_neg",),
}


def signature(target):
    """The parameters of a callable; none where Python cannot tell."""
    try:
        return [p for p in inspect.signature(target).parameters.values() if p.name != "self"]
    except (TypeError, ValueError):
        return []


def arguments(target):
    """The names of a callable's arguments: those without a default, and the others."""
    parameters = signature(target)
    plain = [
        p
        for p in parameters
        if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) and p.name not in UNTRIED
    ]
    required = [p.name for p in plain if p.default is p.empty]
    others = [p.name for p in plain if p.default is not p.empty]
    if inspect.isclass(target) and any(p.kind is p.VAR_KEYWORD for p in parameters):
        others += [name for name in OF_ALL if name not in others]
    return required, others


def defaults(target):
    """Reads the default arguments of a callable."""
    return {p.name: p.default for p in signature(target) if p.default is not p.empty}


def call_arguments(target):
    """The arguments of a layer's call that a file keeps."""
    if not inspect.isclass(target):
        return []
    return [p.name for p in signature(target.call) if p.name in OF_CALLS]


def candidates(owner, argument):
    """Values that an argument of a class or function may have; none if its name is not known."""
    owner = owner.removeprefix("ops.")
    ending = f"_{argument.rpartition('_')[2]}"
    return BY_CLASS.get((owner, argument)) or BY_NAME.get(argument) or _BY_ENDING.get(ending, ())
