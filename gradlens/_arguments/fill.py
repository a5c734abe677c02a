"""What may stand in place of a covered part of a picture."""

from __future__ import annotations

from typing import Literal

Fill = Literal["black", "mean", "grey", "blur", "noise", "surroundings"]
