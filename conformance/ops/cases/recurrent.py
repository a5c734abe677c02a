"""Recurrent layers over their arguments: directions, outputs, states, masks, activations."""

import itertools

import numpy as np
from keras import layers

from .case import case

CLASSES = {"SimpleRNN": layers.SimpleRNN, "LSTM": layers.LSTM, "GRU": layers.GRU}

#: Padding on the right, on the left, in the middle, nothing and everything left out.
MASKS = {
    "right": [[1, 1, 1, 0, 0], [1, 1, 1, 1, 0]],
    "left": [[0, 0, 1, 1, 1], [0, 1, 1, 1, 1]],
    "middle": [[1, 0, 0, 1, 1], [1, 1, 0, 1, 0]],
    "none": [[1, 1, 1, 1, 1], [1, 1, 1, 1, 1]],
    "all": [[0, 0, 0, 0, 0], [1, 0, 1, 0, 1]],
}


class Called(layers.Layer):
    """A recurrent layer, called with a mask or states; ``gives`` picks an output."""

    def __init__(self, inner, masked=False, gives=None):
        super().__init__()
        self.inner, self.masked, self.gives = inner, masked, gives

    def get_config(self):
        return {}

    def call(self, inputs):
        x, *rest = inputs if isinstance(inputs, (list, tuple)) else [inputs]
        mask = rest.pop(0) > 0.5 if self.masked else None
        outputs = self.inner(x, mask=mask, initial_state=rest or None)
        return outputs if self.gives is None else outputs[self.gives + 1]


def called(inner, *shapes, masked=False, gives=None, mask=None, **options):
    layer = inner()
    attributes = layer.get_config() | {"masked": masked}
    if gives is not None:
        attributes["gives"] = gives
    return case(
        lambda: Called(inner(), masked, gives),
        *shapes,
        config={"op": type(layer).__name__, "attributes": scalars(attributes)},
        fixed={1: mask} if masked else {},
        **options,
    )


def recurrent():
    kinds = [(name, {}) for name in CLASSES] + [("GRU", {"reset_after": False})]
    for (name, extra), batch, steps in itertools.product(kinds, [1, 3], [1, 2, 7]):
        for flags in itertools.product([False, True], [False, True]):
            options = {"return_sequences": flags[0], "go_backwards": flags[1], **extra}
            yield case(
                lambda name=name, options=options: CLASSES[name](3, **options),
                (batch, steps, 4),
                name=f"{name} {options} of {batch} x {steps}",
            )
    for name, extra in kinds:
        yield case(
            lambda name=name, extra=extra: CLASSES[name](5, use_bias=False, unroll=True, **extra),
            (2, 4, 3),
            name=f"{name} {extra} without bias, unrolled",
        )
        activations = {"activation": "relu"}
        if name != "SimpleRNN":
            activations["recurrent_activation"] = "hard_sigmoid"
        yield case(
            lambda name=name, extra=extra | activations: CLASSES[name](
                4, return_sequences=True, **extra
            ),
            (2, 5, 3),
            name=f"{name} {extra} with other activations",
        )
        if name != "SimpleRNN":
            yield case(
                lambda name=name, extra=extra: CLASSES[name](
                    4, activation="gelu", recurrent_activation="silu", **extra
                ),
                (2, 3, 3),
                name=f"{name} {extra} with activations whose slopes read the input",
            )
        states = 2 if name == "LSTM" else 1
        for gives in (None, *range(states)):
            yield called(
                lambda name=name, extra=extra, gives=gives: CLASSES[name](
                    3, return_state=gives is not None, **extra
                ),
                (2, 4, 5),
                *[(2, 3)] * states,
                gives=gives,
                name=f"{name} {extra} from given states, gives {gives}",
            )
        for (where, mask), sequences, backwards, zero in itertools.product(
            MASKS.items(), [False, True], [False, True], [False, True]
        ):
            yield called(
                lambda name=name, extra=extra, s=sequences, b=backwards, z=zero: CLASSES[name](
                    3, return_sequences=s, go_backwards=b, zero_output_for_mask=z, **extra
                ),
                (2, 5, 4),
                (2, 5),
                masked=True,
                mask=np.array(mask),
                name=f"{name} {extra} masked {where}, {sequences} {backwards} {zero}",
            )
        for gives in (None, *range(states)):
            yield called(
                lambda name=name, extra=extra, gives=gives: CLASSES[name](
                    3, return_state=gives is not None, return_sequences=True, **extra
                ),
                (2, 5, 4),
                (2, 5),
                *[(2, 3)] * states,
                masked=True,
                mask=np.array(MASKS["left"]),
                gives=gives,
                name=f"{name} {extra} masked from given states, gives {gives}",
            )


def scalars(config):
    return {
        key: value
        for key, value in config.items()
        if isinstance(value, (str, int, float, bool, type(None)))
    }
