"""The kinds of very many breaks: each judged from distances that its neighbours leave free."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from derivlab.curves.breaks import JUDGED, kind_between
from derivlab.curves.curve import Break, Curve, Evaluate, Flags, Floats
from derivlab.curves.limits import see_side
from derivlab.curves.screen import Screen
from derivlab.curves.suspects import Suspects

MOST = 1500
"""More breaks than this are left as they were named at sight."""
PLATEAU = (1e-2, 1e-3, 1e-4, 1e-6)
"""Where it is looked whether f is infinite on a stretch beside a pole, as shares of the window."""
ROW = 0.02
"""Suspects closer than this share of the window may be a row of them."""
SAME = 1e-12
"""Relative distance at which two breaks are one."""
ROUNDS = 48
"""Halvings on the way to a break."""
SHARES = 0.1 * 2.0 ** -np.arange(0.0, 16.5, 1.5)
"""Distances from which a break is judged, as shares of the way to the next one."""


def rejudged(evaluate: Evaluate, curve: Curve) -> Curve:
    """The curve with its breaks closed in on, and their kinds worked out, where they were too many for the sampling."""
    count = len(curve.breaks)
    if not JUDGED < count <= MOST:
        return curve
    low, high = curve.x
    screen = Screen(low, high, *curve.y, *curve.pixels)
    at, torn = _closed_in(evaluate, np.array([one.at for one in curve.breaks]), low, high)
    steps = np.minimum(_free(at, low, high), (high - low) / 64) * SHARES[:, None]
    seen = evaluate(np.concatenate([at - steps, at + steps]).ravel())[0].reshape(2, len(SHARES), count)
    sides = zip(curve.breaks, at.tolist(), seen[0].T, seen[1].T, strict=True)
    breaks = [_judged(replace(one, at=place), before, after, screen) for one, place, before, after in sides]
    sudden = _sudden(evaluate, breaks, torn, screen)
    kept: list[Break] = []
    for one in sudden:
        if one is not None and not (kept and one.at - kept[-1].at <= SAME * abs(one.at)):
            kept.append(one)
    return replace(curve, breaks=tuple(kept))


def _sudden(evaluate: Evaluate, breaks: list[Break], torn: Flags, screen: Screen) -> list[Break | None]:
    """The breaks; where f is torn at a place, what looks wild from afar is a jump, or nothing at all."""
    at = np.array([one.at for one in breaks])
    close = 16 * np.spacing(np.abs(at))
    before, after = evaluate(np.concatenate([at - close, at + close]))[0].reshape(2, -1)
    found: list[Break | None] = []
    for one, is_torn, left, right in zip(breaks, torn.tolist(), before.tolist(), after.tolist(), strict=True):
        if one.kind in {"oscillation", "hole"} and is_torn:
            is_jump = abs(right - left) * screen.scale > 0.2
            found.append(replace(one, kind="jump", left=left, right=right) if is_jump else None)
        else:
            found.append(one)
    return found


def without_plateaus(evaluate: Evaluate, curve: Curve) -> Curve:
    """The curve without poles where f is a division by zero on a whole stretch, as 1/floor(x) is on [0, 1): edges."""
    breaks: list[Break] = []
    for one in curve.breaks:
        sides = [one.left, one.right]
        if one.kind == "pole":
            steps = np.array(PLATEAU) * (curve.x[1] - curve.x[0])
            for index, way in enumerate((-steps, steps)):
                if np.isinf(evaluate(one.at + way)[0]).all():
                    sides[index] = None
        if sides != [None, None]:
            kind = "edge" if None in sides and one.kind == "pole" else one.kind
            breaks.append(replace(one, kind=kind, left=sides[0], right=sides[1]))
    return replace(curve, breaks=tuple(breaks))


def amid(evaluate: Evaluate, suspects: Suspects, span: float) -> Suspects:
    """The suspects beside which f has a value, on one side at least."""
    if not len(suspects):
        return suspects
    steps = np.concatenate([np.array(PLATEAU), -np.array(PLATEAU)])[:, None] * span
    beside = evaluate((suspects.places + steps).ravel())[0].reshape(len(steps), -1)
    near = [PLATEAU.index(1e-3), PLATEAU.index(1e-3) + len(PLATEAU)]
    kept = np.isfinite(beside[near]).any(axis=0) | np.isfinite(beside[[-1, len(PLATEAU) - 1]]).any(axis=0)
    # a part that is zero on a stretch makes a row of suspects; one that stands alone is worth a look
    gaps = np.diff(np.concatenate([[-np.inf], suspects.places, [np.inf]]))
    kept |= np.minimum(gaps[:-1], gaps[1:]) > ROW * span
    return replace(suspects, places=suspects.places[kept])


def _free(at: Floats, low: float, high: float) -> Floats:
    """How far it is from each place to the next one, or to an end of the window."""
    gaps = np.diff(np.concatenate([[low], at, [high]]))
    free: Floats = np.maximum(np.minimum(gaps[:-1], gaps[1:]), 64 * np.spacing(np.abs(at)))
    return free


def _closed_in(evaluate: Evaluate, at: Floats, low: float, high: float) -> tuple[Floats, Flags]:
    """Each break between two levels, or between +∞ and -∞, to the last digit: the half where f is torn, again and again.

    Beside the places, whether there are such levels.
    """
    reach = 0.25 * _free(at, low, high)
    left, right = at - reach, at + reach
    before, after = (evaluate(side)[0] for side in (left, right))
    torn = np.isfinite(before) & np.isfinite(after) & (before != after)
    with np.errstate(all="ignore"):
        for _ in range(ROUNDS):
            middle = 0.5 * (left + right)
            there = evaluate(middle)[0]
            is_left = np.abs(there - before) <= np.abs(there - after)
            left, right = np.where(is_left, middle, left), np.where(is_left, right, middle)
    found = 0.5 * (left + right)
    moved = torn & (np.abs(found - at) > 1e-9 * np.abs(at))
    return np.where(moved, found, at), torn


def _judged(one: Break, before: Floats, after: Floats, screen: Screen) -> Break:
    left, right = (see_side(values, 0.5 / screen.scale) for values in (before, after))
    kind = kind_between(left, right, screen)
    if kind is None or (kind in {"oscillation", "hole"} and one.kind == "jump"):
        return one
    return replace(one, kind=kind, left=left.limit, right=right.limit)
