from __future__ import annotations

import numpy as np


class Torch:
    """As much of a torch tensor as GradLens may rely on."""

    def __init__(self, array: np.ndarray, bfloat16: bool = False) -> None:
        self.array = array
        self.bfloat16 = bfloat16

    def detach(self) -> Torch:
        return self

    def cpu(self) -> Torch:
        return self

    def float(self) -> Torch:
        return Torch(self.array.astype(np.float32))

    def numpy(self) -> np.ndarray:
        if self.bfloat16:
            raise TypeError("Got unsupported ScalarType BFloat16")
        return self.array
