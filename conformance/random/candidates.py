"""What an argument of a layer or an operator may be, by its name: values away from the defaults."""

import inspect

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
    "use_bias center scale scaled": (False, True),
    "use_scale return_sequences go_backwards bias": (True, False),
    "stateful unroll mask_zero cache ": (True,),
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
    "dtype": ("float32", "float16", "mixed_float16", "float64"),
    "num_classes": (4,),
    "approximate": (False, True),
    "beta b": (0.5, 2.0),
    "exclusive reverse": (True,),
    "value_range": ([0.0, 1.0], [-1.0, 1.0]),
    "q": (0.25, 0.5),
    "ddof": (1,),
}  # fmt: skip

BY_NAME = {name: values for names, values in _BY_NAME.items() for name in names.split()}


def layer_of(*classes):
    """Layers that an argument may be, as a recipe says them."""
    table = {
        "Dense": {"units": 3},
        "Conv2D": {"filters": 2, "kernel_size": 2},
        "Conv1D": {"filters": 2, "kernel_size": 2},
        "LSTM": {"units": 3},
        "GRU": {"units": 3},
        "SimpleRNN": {"units": 3},
        "LSTMCell": {"units": 3},
        "GRUCell": {"units": 3},
        "SimpleRNNCell": {"units": 3},
        "Flatten": {},
        "MaxPooling2D": {},
        "GlobalAveragePooling2D": {},
        "LayerNormalization": {},
    }
    return tuple({"$layer": name, "args": table[name]} for name in classes)


#: Arguments of which a class wants its own values.
BY_CLASS = {
    ("Bidirectional", "layer"): layer_of("LSTM", "GRU", "SimpleRNN"),
    ("TimeDistributed", "layer"): layer_of(
        "Dense", "Conv2D", "Conv1D", "Flatten", "MaxPooling2D", "GlobalAveragePooling2D",
        "LayerNormalization",
    ),
    ("SpectralNormalization", "layer"): layer_of("Dense", "Conv2D"),
    ("RNN", "cell"): layer_of("LSTMCell", "GRUCell", "SimpleRNNCell"),
    ("StackedRNNCells", "cells"): ([],),
    ("Activation", "activation"): ACTIVATIONS,
    ("Dropout", "rate"): (0.3,),
    ("RepeatVector", "n"): (2, 3),
    ("Normalization", "mean"): (0.5, [0.1, -0.2, 0.0, 0.3]),
    ("Normalization", "variance"): (2.0, [0.5, 1.0, 2.0, 0.1]),
    ("Softmax", "axis"): (-1, 1, [1, 2], 2),
    ("BatchNormalization", "scale"): (False,),
    ("LayerNormalization", "scale"): (False,),
    ("GroupNormalization", "scale"): (False,),
    ("RandomContrast", "factor"): (0.3,),
}  # fmt: skip

#: Arguments that change no number at inference, or nothing that a file says.
UNTRIED = {
    "self", "name", "seed", "kwargs", "args", "trainable", "sparse", "autocast", "input_shape",
    "batch_input_shape", "batch_size", "weights", "input_length", "use_cudnn",
    "zero_output_for_mask",
}  # fmt: skip


def arguments(target):
    """The names of a callable's arguments: those without a default, and the others."""
    try:
        parameters = inspect.signature(target).parameters.values()
    except (TypeError, ValueError):
        return [], []
    plain = [
        p
        for p in parameters
        if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) and p.name not in UNTRIED
    ]
    required = [p.name for p in plain if p.default is p.empty]
    return required, [p.name for p in plain if p.default is not p.empty]


def candidates(owner, argument):
    """Values that an argument of a class or function may have; none if its name is not known."""
    found = BY_CLASS.get((owner, argument), BY_NAME.get(argument))
    if found is None and argument.endswith(("_initializer", "_regularizer", "_constraint")):
        return ()
    return found or ()
