"""A descent as it goes: frames for the map and for the surface, and the heights step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivlab.figures.marks import Path
from derivlab.figures.packed import pack
from derivlab.figures.palette import Palette
from derivlab.figures.plane import Figure, Trace, line, plane

MOST_FRAMES = 40
"""More steps than this are shown several at a time."""
MILLISECONDS = 70


def animate(figure: Figure, paths: Sequence[Path], colors: Palette, *, in_space: bool) -> Figure:
    """The figure with frames in which the walks that it shows grow step by step, and buttons to play them.

    A walk that is over stays. The walks are found in the figure by their uids.
    """
    places = {trace.get("uid"): place for place, trace in enumerate(figure["data"])}
    longest = max((len(path.x) for path in paths), default=0)
    if longest < 2:
        return figure
    stops = np.unique(np.linspace(1, longest, min(longest, MOST_FRAMES)).astype(int)).tolist()
    frames = []
    for stop in stops:
        traces: list[int] = []
        data: list[Trace] = []
        for path in paths:
            rows = _rows(stops, stop, len(path.x))
            part: Trace = {"x": pack(path.x[rows]), "y": pack(path.y[rows])}
            if in_space:
                part |= {"z": pack(path.z[rows])}
            traces.append(places[f"path-{path.name}"])
            data.append(part)
        frames.append({"name": str(stop - 1), "data": data, "traces": traces})
    moving = {
        "mode": "immediate",
        "fromcurrent": False,
        "frame": {"duration": MILLISECONDS, "redraw": True},
        "transition": {"duration": 0},
    }
    button = {
        "type": "buttons",
        "direction": "left",
        "x": 0.0,
        "y": 1.0,
        "xanchor": "left",
        "yanchor": "top",
        "pad": {"l": 6, "t": 6},
        "bgcolor": colors.background,
        "bordercolor": colors.axis,
        "font": {"size": 13, "color": colors.text},
        "showactive": False,
        "buttons": [{"label": "▶ Play", "method": "animate", "args": [None, moving]}],
    }
    return {**figure, "frames": frames, "layout": {**figure["layout"], "updatemenus": [button]}}


def _rows(stops: Sequence[int], stop: int, count: int) -> NDArray[np.int64]:
    """The steps of a walk that a frame shows: those of the frames so far; the last frame shows all."""
    if stop == stops[-1]:
        return np.arange(count)
    reached = min(stop, count)
    return np.array([0, *(each - 1 for each in stops if each < reached), reached - 1], dtype=np.int64)


def heights_figure(
    paths: Sequence[Path], colors: Palette, *, name: str = "f", height: int = 300, lowest: float | None = None
) -> Figure:
    """f at each step of each walk; with ``lowest``, the height above it on a scale of powers of ten."""
    data = []
    for path in paths:
        steps = np.arange(len(path.z), dtype=np.float64)
        above = path.z if lowest is None else np.maximum(path.z - lowest, 1e-16)
        trace = line(steps, above, path.style, 2.25, name=path.name, uid=f"heights-{path.name}")
        data.append(trace)
    figure = plane(
        data,
        colors,
        x="step",
        y=name if lowest is None else f"{name} above its lowest",
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
