"""The small network that explanation methods are compared on.

src/explain/testing/network.ts is its twin. Weights and input follow a formula,
so that neither side needs a file.
"""

import numpy as np

INPUT = (2, 16, 20, 3)
"""Samples, height, width, channels."""

TARGET = 2
"""The class explained."""

KERNELS = {
    "conv1": (3, 3, 3, 6),
    "features": (3, 3, 6, 10),
    "last": (3, 3, 10, 8),
    "dense": (8, 4),
}


def wave(shape, phase, scale=1.0):
    """Numbers in -scale..scale without a short period, the same in JavaScript."""
    i = np.arange(np.prod(shape), dtype="float64")
    return (scale * np.sin(0.37 * i * i + 1.3 * i + phase)).astype("float32").reshape(shape)


def weights():
    """Return kernel and bias by layer, in Keras' layout."""
    return {
        name: (
            wave(shape, 1 + index, 1.5 / np.sqrt(np.prod(shape[:-1]))),
            wave(shape[-1:], 11 + index, 0.1),
        )
        for index, (name, shape) in enumerate(KERNELS.items())
    }


def picture():
    """Return the input, (samples, height, width, channels)."""
    samples, height, width, channels = INPUT
    y, x = np.mgrid[0:height, 0:width]
    smooth = [np.sin(0.3 * y + 0.2 * x * (1 + c) + s) for s in range(samples) for c in range(3)]
    smooth = np.stack(smooth).reshape(samples, channels, height, width).transpose(0, 2, 3, 1)
    return (smooth + wave(INPUT, 0.5, 0.3)).astype("float32")


def gaussian(count, seed):
    """Standard normal numbers by Mulberry32 and Box-Muller, as src/explain/noise.ts makes them."""
    numbers = np.empty(2 * count)
    state = seed
    for i in range(2 * count):
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((state ^ (state >> 15)) * (1 | state)) & 0xFFFFFFFF
        t = ((t + ((t ^ (t >> 7)) * (61 | t) & 0xFFFFFFFF)) & 0xFFFFFFFF) ^ t
        numbers[i] = (t ^ (t >> 14)) / 2**32
    return np.sqrt(-2 * np.log(1 - numbers[::2])) * np.cos(2 * np.pi * numbers[1::2])
