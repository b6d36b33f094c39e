"""Points at which a curve is broken or bent too finely for a picture to show: suspects and breaks of f′, one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from derivlab.curves.curve import Break, Curve, Evaluate, Floats
from derivlab.curves.differentiability import inspect_callable
from derivlab.curves.suspects import Suspects

KINDS = ("pole", "jump", "hole", "edge", "oscillation")
LOOKED_AT = 64
"""So many doubtful points are inspected one by one."""


def confirmed(evaluate: Evaluate, curve: Curve, suspects: Suspects) -> tuple[Curve, Floats]:
    """The curve with the breaks at suspects that the picture is too coarse to show, and the suspects without a break."""
    places = suspects.places[:LOOKED_AT]
    at = np.array([one.at for one in curve.breaks])
    room = 1e-9 * (curve.x[1] - curve.x[0])
    if len(at) and len(places):
        places = places[np.abs(places[:, None] - at[None, :]).min(axis=1) > room]
    found: list[Break] = []
    sharp: list[float] = []
    for place in places.tolist():
        seen = inspect_callable(evaluate, place)
        if seen.kind in KINDS:
            found.append(Break(place, seen.kind, seen.left, seen.right, seen.value))  # type: ignore[arg-type]
        else:
            sharp.append(place)
    if found:
        breaks = tuple(sorted((*curve.breaks, *found), key=lambda one: one.at))
        curve = replace(curve, breaks=breaks)
    return curve, np.array(sharp)


def sharp_points(
    evaluate: Evaluate, curve: Curve, slope: Curve, turns: Floats, suspects: Floats
) -> tuple[list[float], list[float], list[float]]:
    """Corners, cusps and vertical tangents: places where f′ is broken and f is not."""
    broken = np.array([one.at for one in curve.breaks])
    room = 1e-9 * (curve.x[1] - curve.x[0])
    places = [one.at for one in slope.breaks if one.kind in {"jump", "pole", "hole", "oscillation"}]
    places = [*suspects, *(at for at in places if not np.any(np.abs(suspects - at) <= room))]
    kinds: dict[str, list[float]] = {"corner": [], "cusp": [], "vertical tangent": []}
    for at in places[:LOOKED_AT]:
        if len(broken) and np.abs(broken - at).min() <= room:
            continue
        near = turns[np.abs(turns - at) <= room]
        exact = float(near[0]) if len(near) else at
        kind = inspect_callable(evaluate, exact).kind
        if kind in kinds:
            kinds[kind].append(exact)
    return kinds["corner"], kinds["cusp"], kinds["vertical tangent"]
