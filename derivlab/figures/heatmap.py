"""A matrix as coloured squares: which output depends on which input, and how much."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from derivlab.figures.numbers import text
from derivlab.figures.packed import pack
from derivlab.figures.palette import Palette
from derivlab.figures.plane import Figure, Floats, Trace, plane, scale_of

MOST_NUMBERS = 12
"""Up to so many rows the numbers stand in the squares."""
MOST_BESIDE, MOST_BELOW = 8, 13
"""Labels that find room side by side on a phone, and one below the other."""


def matrix_figure(
    matrix: Floats,
    colors: Palette,
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    x: str = "inputs",
    y: str = "outputs",
    height: int = 380,
) -> Figure:
    """Rows of the matrix from top to bottom; ``rows`` and ``columns`` are the labels, blue is negative,
    orange positive.
    """
    finite = np.abs(matrix[np.isfinite(matrix)])
    reach = float(finite.max(initial=0.0)) or 1.0
    shown = np.where(matrix == 0, np.nan, matrix)
    trace: Trace = {
        "type": "heatmap",
        "z": pack(shown),
        "zmin": -reach,
        "zmax": reach,
        "colorscale": scale_of(colors.diverging),
        "xgap": 1 if max(matrix.shape) <= 40 else 0,
        "ygap": 1 if max(matrix.shape) <= 40 else 0,
        "colorbar": {
            "thickness": 10,
            "outlinewidth": 0,
            "tickfont": {"size": 11, "color": colors.muted},
            "nticks": 5,
        },
        "hovertemplate": "%{y} by %{x}: %{z:.5~g}<extra></extra>",
        "hoverongaps": False,
    }
    few = max(matrix.shape) <= MOST_NUMBERS
    if few:
        trace |= {
            "text": [[text(float(n), digits=3) for n in row] for row in matrix],
            "texttemplate": "%{text}",
            "textfont": {"size": 12},
        }
    figure = plane([trace], colors, x=x, y=y, height=height, legend=False)
    for axis, labels, most in (("xaxis", columns, MOST_BESIDE), ("yaxis", rows, MOST_BELOW)):
        every = -(-len(labels) // most) or 1
        figure["layout"][axis] |= {
            "tickmode": "array",
            "tickvals": list(range(0, len(labels), every)),
            "ticktext": list(labels[::every]),
            "showgrid": False,
            "zeroline": False,
        }
    figure["layout"]["yaxis"]["autorange"] = "reversed"
    figure["layout"]["plot_bgcolor"] = colors.panel
    if few:
        # A zero has no colour, so that what is not there is seen not to be there; its number stays.
        figure["layout"]["annotations"] = [
            {"x": j, "y": i, "text": "0", "showarrow": False, "font": {"size": 12, "color": colors.muted}}
            for i, j in np.argwhere(matrix == 0).tolist()
        ]
    return figure
