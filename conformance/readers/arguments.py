"""The arguments of every layer class that Keras 3 and Keras 2 write, with their defaults."""

# What a class must be given to be made at all.
REQUIRED = {
    "Activation": ("relu",),
    "AlphaDropout": (0.5,),
    "AveragePooling1D": (2,),
    "AveragePooling2D": (2,),
    "AveragePooling3D": (2,),
    "CenterCrop": (2, 2),
    "Conv1D": (2, 3),
    "Conv1DTranspose": (2, 3),
    "Conv2D": (2, 3),
    "Conv2DTranspose": (2, 3),
    "Conv3D": (2, 3),
    "Conv3DTranspose": (2, 3),
    "ConvLSTM1D": (2, 3),
    "ConvLSTM2D": (2, 3),
    "ConvLSTM3D": (2, 3),
    "Dense": (2,),
    "DepthwiseConv1D": (3,),
    "DepthwiseConv2D": (3,),
    "Embedding": (3, 2),
    "MultiHeadAttention": (2, 3),
    "Permute": ((2, 1),),
    "RepeatVector": (2,),
    "Rescaling": (2.0,),
    "Reshape": ((2,),),
    "Resizing": (2, 2),
    "SeparableConv1D": (2, 3),
    "SeparableConv2D": (2, 3),
}

# A value away from the default that the engine must honour, or refuse by name.
UNUSUAL = {
    "Conv2DTranspose": {"groups": 2},
    "Conv3DTranspose": {"groups": 2},
    "ConvLSTM2D": {"stateful": True},
    "Dense": {"quantization_config": {"mode": "int8"}},
    "LayerNormalization": {"rms_scaling": True},
    "MultiHeadAttention": {"sliding_window": 3},
    "RMSNormalization": {"axis": 1},
    "Resizing": {"fill_mode": "reflect"},
}


def plain(value):
    """A value as JSON keeps it."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    # Keras 2 keeps some numbers as arrays, and writes them as numbers.
    return value.tolist() if hasattr(value, "tolist") else value


def arguments(module):
    """The configs of all layer classes, as written with nothing but what must be given."""
    configs = {}
    for name in dir(module.layers):
        made = getattr(module.layers, name)
        if not isinstance(made, type):
            continue
        try:
            configs[name] = plain(made(*REQUIRED.get(name, ())).get_config())
        except (TypeError, ValueError):
            continue
    return configs
