"""The kinds of very many breaks: each judged from distances that its neighbours leave free."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from derivlab.curves.breaks import JUDGED, kind_between, shortest_decimal
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
REACH = (0.06, 0.12, 0.25, 0.5)
"""How far from where a break was seen it is looked for, in shares of the way to its neighbours."""
CALM = 1e-6
"""Values no farther apart than this share of what f rises close by are one."""
CLOSER = (1.0, 2.0**-8, 2.0**-16)
"""How much closer it is looked again where a break was seen among others that were not."""
STEEP = 3.0
"""A rise so many times larger than its slopes promise is a leap."""
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
    at, torn = _closed_in(evaluate, np.array([one.at for one in curve.breaks]))
    reach = np.minimum(_free(at, low, high), (high - low) / 64)
    breaks = [replace(one, at=place) for one, place in zip(curve.breaks, at.tolist(), strict=True)]
    wild = np.arange(count)
    rise = np.zeros(count)
    for share in CLOSER:
        before, after = _beside(evaluate, at[wild], share * reach[wild])
        rise[wild] = np.abs([before[-1] - before[0], after[-1] - after[0]]).max(axis=0)
        seen = [
            _judged(breaks[k], left, right, screen)
            for k, left, right in zip(wild.tolist(), before.T, after.T, strict=True)
        ]
        for k, one in zip(wild.tolist(), seen, strict=True):
            breaks[k] = one or breaks[k]
        wild = wild[[k for k, one in enumerate(seen) if one is None]]
    found = _sudden(
        evaluate, breaks, torn, 16 * np.spacing(np.abs(at)) + 2.0 ** (2 - ROUNDS) * reach, rise, screen
    )
    return replace(curve, breaks=tuple(found))


def _sudden(
    evaluate: Evaluate, breaks: list[Break], torn: Flags, close: Floats, rise: Floats, screen: Screen
) -> list[Break]:
    """The breaks, each once, without those at which f hardly changes from one side to the other.

    `close` is how exactly each is known, `rise` by how much f changes beside it. Where f is torn, what looks wild from
    afar is a jump, or a pole, or nothing at all.
    """
    at = np.array([one.at for one in breaks])
    around = np.stack([at - close, at, at + close, at - 4 * close, at + 4 * close])
    before, here, after, *wider = evaluate(around.ravel())[0].reshape(5, -1)
    with np.errstate(all="ignore"):
        is_none = np.maximum(np.abs(here - before), np.abs(here - after)) <= CALM * rise
        is_none |= torn & (np.abs(after - before) * screen.scale <= 0.2)
        grows = (np.abs(before) > 2 * np.abs(wider[0])) & (np.abs(after) > 2 * np.abs(wider[1]))
    ends = np.where(grows, np.copysign(np.inf, [before, after]), [before, after])
    kept: list[Break] = []
    for k in np.argsort(at, kind="stable").tolist():
        one = breaks[k]
        if one.kind in {"oscillation", "hole"} and torn[k]:
            one = replace(
                one, kind="pole" if grows[k] else "jump", left=float(ends[0, k]), right=float(ends[1, k])
            )
        if not is_none[k] and not (kept and one.at - kept[-1].at <= 2 * close[k]):
            kept.append(one)
    return kept


def _beside(evaluate: Evaluate, at: Floats, reach: Floats) -> tuple[Floats, Floats]:
    """f at shrinking distances (n, k) on the left and on the right of places (k,)."""
    steps = reach * SHARES[:, None]
    seen = evaluate(np.concatenate([at - steps, at + steps]).ravel())[0].reshape(2, len(SHARES), len(at))
    return seen[0], seen[1]


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


def _closed_in(evaluate: Evaluate, at: Floats) -> tuple[Floats, Flags]:
    """Each break to the last digit: the half where f is torn, or in which it turns back from far out, again and again.

    Looked at is the neighbourhood of each place, at first a narrow one. Beside the places, whether f is torn there.
    """
    free = _free(at, -np.inf, np.inf)
    found, torn, seen = at.copy(), np.zeros(len(at), dtype=bool), np.zeros(len(at), dtype=bool)
    with np.errstate(all="ignore"):
        for share in REACH:
            still = np.flatnonzero(~seen)
            if not len(still):
                break
            left, right = at[still] - share * free[still], at[still] + share * free[still]
            before, after = evaluate(left)[:2], evaluate(right)[:2]
            rise, steep = after[0] - before[0], np.fmax(np.abs(before[1]), np.abs(after[1]))
            whole = np.isfinite(rise) & (rise != 0)
            against = (before[1] * rise < 0) & (after[1] * rise < 0)
            leaps = whole & (against | (np.abs(rise) > STEEP * steep * (right - left)))
            turns = (before[0] * after[0] > 0) & (before[0] * before[1] > 0) & (after[0] * after[1] < 0)
            known = np.flatnonzero(leaps | turns)
            place = _halved(
                evaluate, left[known], right[known], before[0, known], after[0, known], leaps[known]
            )
            found[still[known]] = place
            torn[still[known]], seen[still[known]] = leaps[known], True
    moved = seen & (np.abs(found - at) > 1e-9 * np.abs(at))
    return np.where(moved, found, at), torn


def _halved(
    evaluate: Evaluate, left: Floats, right: Floats, before: Floats, after: Floats, leaps: Flags
) -> Floats:
    """The place in each bracket at which f leaps from one level to the other or, if it does not leap, turns back."""
    for _ in range(ROUNDS):
        middle = 0.5 * (left + right)
        there, slope = evaluate(middle)[:2]
        is_left = np.where(leaps, np.abs(there - before) <= np.abs(there - after), there * slope > 0)
        left, right = np.where(is_left, middle, left), np.where(is_left, right, middle)
    return shortest_decimal(left, right)


def _judged(one: Break, before: Floats, after: Floats, screen: Screen) -> Break | None:
    """The break as it is seen from these distances; None where what is wild from there may be calm from closer by."""
    left, right = (see_side(values, 0.5 / screen.scale) for values in (before, after))
    kind = kind_between(left, right, screen)
    if kind is None or (kind == "oscillation" and one.kind == "jump"):
        return None
    return replace(one, kind=kind, left=left.limit, right=right.limit)
