"""Writes Plotly figures of tensors as outputs of a notebook's cells, one JSON list a kind.

    python plotly_figures.py tensors.npz figures.json

tensors.npz holds `map0`, `channels0` (height, width, channels), `map1` and so on. The kinds:
`map`, the map alone; `all`, the map and, beside it, a grid of all channels.
"""

from __future__ import annotations

import json
import sys

import numpy as np
from plotly.graph_objects import Figure, Heatmap
from plotly.subplots import make_subplots

ACROSS = 6


def heatmap(values: np.ndarray) -> Heatmap:
    """Return the trace of one map."""
    return Heatmap(z=values, colorscale="Viridis", showscale=False)


def of_map(values: np.ndarray) -> Figure:
    """Return the figure of a map alone."""
    figure = Figure(heatmap(values))
    figure.update_yaxes(autorange="reversed")
    return figure


def of_all(values: np.ndarray, channels: np.ndarray) -> Figure:
    """Return the figure of a map and all channels of its layer."""
    count = channels.shape[-1]
    rows = -(-count // ACROSS)
    first = [{"rowspan": rows, "colspan": ACROSS}, *[None] * (ACROSS - 1), *[{}] * ACROSS]
    rest = [[*[None] * ACROSS, *[{}] * ACROSS] for _ in range(rows - 1)]
    figure = make_subplots(rows=rows, cols=2 * ACROSS, specs=[first, *rest])
    figure.add_trace(heatmap(values), row=1, col=1)
    for k in range(count):
        row, column = k // ACROSS + 1, k % ACROSS + ACROSS + 1
        figure.add_trace(heatmap(channels[..., k]), row=row, col=column)
    figure.update_yaxes(autorange="reversed", showticklabels=False)
    figure.update_xaxes(showticklabels=False)
    return figure


def main() -> None:
    """Write the figures."""
    tensors = np.load(sys.argv[1])
    numbers = range(sum(name.startswith("map") for name in tensors))
    figures = {
        "map": [of_map(tensors[f"map{i}"]) for i in numbers],
        "all": [of_all(tensors[f"map{i}"], tensors[f"channels{i}"]) for i in numbers],
    }
    outputs = {
        kind: [json.loads(figure.update_layout(height=460).to_json()) for figure in made]
        for kind, made in figures.items()
    }
    with open(sys.argv[2], "w") as out:
        json.dump(outputs, out)


main()
