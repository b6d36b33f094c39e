"""Descents: the heights step by step, and walks cut where they run away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from derivlab.figures.marks import Path
from derivlab.figures.palette import Palette
from derivlab.figures.plane import Figure, line, plane


def heights_figure(
    paths: Sequence[Path], colors: Palette, *, name: str = "f", height: int = 300, lowest: float | None = None
) -> Figure:
    """f at each step of each walk; with ``lowest``, the height above it on a scale of powers of ten."""
    data = []
    for path in paths:
        steps = np.arange(len(path.z), dtype=np.float64)
        above = path.z if lowest is None else np.maximum(path.z - lowest, 1e-16)
        trace = line(steps, above, path.style, 2.25, name=path.name, meta=f"heights-{path.name}")
        data.append(trace)
    figure = plane(
        data,
        colors,
        x="step",
        y=name if lowest is None else f"{name} − lowest",
        height=height,
        legend=True,
    )
    if lowest is not None:
        figure["layout"]["yaxis"]["type"] = "log"
    figure["layout"]["legend"] |= {"x": 0.99, "xanchor": "right"}
    return figure


def clip_far(path: Path, reach: float) -> Path:
    """The walk up to its first place farther than ``reach``, that place drawn on the edge: a divergence is
    seen to leave.
    """
    away = np.maximum(np.abs(path.x), np.abs(path.y))
    beyond = np.flatnonzero(~(away <= reach))
    if not len(beyond):
        return path
    stop = int(beyond[0])
    kept: dict[str, Any] = {axis: getattr(path, axis)[: stop + 1].copy() for axis in "xyz"}
    for axis in "xy":
        kept[axis] = np.clip(np.nan_to_num(kept[axis], nan=reach, posinf=reach, neginf=-reach), -reach, reach)
    kept["z"] = np.where(np.isfinite(kept["z"]), kept["z"], np.nan)
    return Path(path.name, path.style, **kept)
