"""Points at which a curve is broken or bent too finely for a picture to show: suspects and breaks of f′, one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from derivlab.curves.breaks import JUDGED
from derivlab.curves.curve import Break, Curve, Floats
from derivlab.curves.differentiability import PointReport
from derivlab.curves.suspects import Suspects

Inspect: TypeAlias = Callable[[float], PointReport]
"""What a point is like."""
KINDS = ("pole", "jump", "hole", "edge", "oscillation")
LOOKED_AT = 64
"""So many doubtful points are inspected one by one."""
TWICE = 16
"""So many breaks where f has no value are inspected too: beside a zero of 1 + cos(x) the picture's numbers are noise."""
NEAR_CORNER = 1e-8
"""A turning point this close to a corner, as a share of the window, is at the corner."""
NOISY = 2e-6
"""So close to a corner the bend of a formula such as arcsin near 1 is rounding noise."""
CROWDED = 0.01
"""Breaks that crowd within this share of the window may do so without end."""


def confirmed(inspect: Inspect, curve: Curve, suspects: Suspects) -> tuple[Curve, Floats]:
    """The curve with its breaks at suspects as they are seen there, also those that the picture is too coarse to show.

    The suspects without a break are returned beside it.
    """
    places = suspects.places[:LOOKED_AT]
    known = {one.at: one for one in curve.breaks}
    at = np.array(sorted(known))
    room = 1e-9 * (curve.x[1] - curve.x[0])
    sharp: list[float] = []
    unsure = set(np.intersect1d(places, suspects.undefined)[:TWICE].tolist())
    for place in places.tolist():
        near = at[np.abs(at - place) <= room] if len(at) else at
        is_noisy = any(known[one].kind == "oscillation" for one in near.tolist())
        if len(near) and not (place in unsure or is_noisy or _is_crowded(at, place, curve.x[1] - curve.x[0])):
            continue
        seen = inspect(place)
        if seen.kind in KINDS:
            for one in near.tolist():
                del known[one]
            at = np.setdiff1d(at, near)
            known[place] = Break(place, seen.kind, seen.left, seen.right, seen.value)  # type: ignore[arg-type]
        else:
            for one in near.tolist():
                del known[one]
            at = np.setdiff1d(at, near)
            sharp.append(place)
    breaks = tuple(sorted(known.values(), key=lambda one: one.at))
    return replace(curve, breaks=breaks), np.array(sharp)


def _is_crowded(at: Floats, place: float, span: float) -> bool:
    """Whether the breaks crowd towards a place as if they did so without end."""
    apart = np.sort(np.abs(at - place))
    return len(at) > JUDGED and bool(apart[JUDGED] <= CROWDED * span and apart[2] <= CROWDED**2 * span)


def sharp_points(
    inspect: Inspect, curve: Curve, slope: Curve, turns: Floats, suspects: Floats
) -> tuple[list[float], list[float], list[float]]:
    """Corners, cusps and vertical tangents: places where f′ is broken and f is not."""
    broken = np.array([one.at for one in curve.breaks])
    room = 1e-9 * (curve.x[1] - curve.x[0])
    places = [one.at for one in slope.breaks if one.kind in {"jump", "pole", "hole", "oscillation"}]
    places = [*suspects, *(at for at in places if not np.any(np.abs(suspects - at) <= room))]
    kinds: dict[str, list[float]] = {"corner": [], "cusp": [], "vertical tangent": []}
    for index, at in enumerate(places[:LOOKED_AT]):
        if len(broken) and np.abs(broken - at).min() <= room:
            continue
        near = turns[np.abs(turns - at) <= room]
        exact = float(near[0]) if len(near) and index >= len(suspects) else at
        kind = inspect(exact).kind
        if kind in kinds:
            kinds[kind].append(exact)
    return kinds["corner"], kinds["cusp"], kinds["vertical tangent"]


def at_corners(turns: Floats, bent: Floats, span: float) -> Floats:
    """Turning points (k,), those that are all but at a corner or cusp moved there."""
    if not len(bent) or not len(turns):
        return turns
    apart = np.abs(turns[:, None] - bent[None, :])
    return np.where(apart.min(axis=1) <= NEAR_CORNER * span, bent[apart.argmin(axis=1)], turns)


def away_from(bends: Floats, bent: Floats, span: float) -> Floats:
    """Changes of bend (k,) that are not a corner's rounding noise."""
    if not len(bent) or not len(bends):
        return bends
    kept: Floats = bends[np.abs(bends[:, None] - bent[None, :]).min(axis=1) > NOISY * span]
    return kept
