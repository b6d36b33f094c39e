"""Where a row of derivatives is zero: crossings (it changes sign) and touches (it comes back), to the last digits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from derivlab.curves.curve import Evaluate, Flags, Floats

BESIDE = 1e-6
"""How close to a zero a second one is looked for, as a share of the cell."""
APART = 1e-4
"""At such a distance, relative to its size, a row is larger than at its zero."""
STEPS = 4096.0
"""So many times as far from a zero as the next floats, f must be farther from zero."""
NOTHING = 1e-11
"""A value this small, beside its values close by, is zero."""


@dataclass(frozen=True, slots=True)
class Zeros:
    """Crossings x (k,) with the sign after each (k,), and touches x (j,), all ascending."""

    crossings: Floats
    rising: Flags
    touches: Floats


def zeros_of(
    evaluate: Evaluate,
    row: int,
    x: Floats,
    y: Floats,
    walls: Flags,
    *,
    continuous: bool,
    most: int | None = None,
) -> Zeros:
    """All zeros of a row of y (rows, m) at x (m,), none of them across a cell marked in `walls` (m - 1,).

    `evaluate` gives at least one row more than `row`. Stretches on which the row is zero throughout hold none. With
    `continuous`, a change of sign without a zero (a jump) is not a crossing; without it, it is (a corner of f in f′).
    Of more than `most` crossings or touches only the first ones are looked for.
    """
    with np.errstate(all="ignore"):
        x, y, walls = _with_neighbours(evaluate, row, x, y, walls)
        return _zeros_of(evaluate, row, x, y, walls, continuous, most)


def with_points(
    evaluate: Evaluate, x: Floats, y: Floats, walls: Flags, added: Floats
) -> tuple[Floats, Floats, Flags]:
    """The points with some more among them; both pieces of a walled cell are walled."""
    added = np.setdiff1d(added[(added > x[0]) & (added < x[-1])], x)
    if not len(added):
        return x, y, walls
    cell = np.searchsorted(x, added) - 1
    order = np.argsort(np.concatenate([x, added]), kind="stable")
    wide = np.concatenate([y, evaluate(added)[: len(y)]], axis=1)[:, order]
    after = np.concatenate([walls, [False], walls[cell]])
    return np.concatenate([x, added])[order], wide, after[order][:-1]


def _with_neighbours(
    evaluate: Evaluate, row: int, x: Floats, y: Floats, walls: Flags
) -> tuple[Floats, Floats, Flags]:
    """The same points, and two right beside each at which the row is exactly zero and runs through it.

    Else a second zero in a cell that ends at the first would be hidden: that of (x - 1)(x - 1.001) beside 1.
    """
    at = np.flatnonzero((y[row, 1:-1] == 0) & np.isfinite(y[row + 1, 1:-1]) & (y[row + 1, 1:-1] != 0)) + 1
    if not len(at):
        return x, y, walls
    step = BESIDE * np.minimum(x[at] - x[at - 1], x[at + 1] - x[at])
    at, step = at[step > 8 * np.spacing(np.abs(x[at]))], step[step > 8 * np.spacing(np.abs(x[at]))]
    added = np.concatenate([x[at] - step, x[at] + step])
    order = np.argsort(np.concatenate([x, added]), kind="stable")
    wide = np.concatenate([y, evaluate(added)[: len(y)]], axis=1)[:, order]
    # the wall of a cell that was split stays with its larger piece, away from the zero
    whole = np.concatenate([walls, [False]])
    after = np.concatenate([whole, walls[at - 1], walls[at]])
    after[at - 1] = walls[at - 1]
    after[at] = False
    after[len(x) : len(x) + len(at)] = False
    return np.concatenate([x, added])[order], wide, after[order][:-1]


def _zeros_of(
    evaluate: Evaluate, row: int, x: Floats, y: Floats, walls: Flags, continuous: bool, most: int | None
) -> Zeros:
    kept = np.flatnonzero(np.isfinite(y[row]))
    empty = np.empty(0)
    if len(kept) < 2:
        return Zeros(empty, np.empty(0, dtype=bool), empty)
    blocked = np.concatenate([[0], np.cumsum(walls)])
    wall = blocked[kept[1:]] > blocked[kept[:-1]]
    x, v, d = x[kept], y[row, kept], y[row + 1, kept]
    sign = np.sign(v)
    pairs = np.flatnonzero(~wall & (sign[:-1] * sign[1:] < 0))[:most]
    left, right = x[pairs], x[pairs + 1]
    exact, exact_rising, touches = _exact_zeros(x, sign, wall)
    # the row comes towards zero and goes away again: does it get there, or beyond?
    facing = ~wall & (sign[:-1] * sign[1:] > 0) & (d[:-1] * sign[:-1] < 0) & (d[1:] * sign[1:] > 0)
    # only where it could get there: the tangents cross zero within the cell
    reach = np.minimum(np.abs(v[:-1] / d[:-1]), np.abs(v[1:] / d[1:]))
    facing &= reach <= np.diff(x)
    if most is not None:
        facing[np.flatnonzero(facing)[most:]] = False
    if facing.any():
        bottom = bisect(evaluate, row + 1, x[:-1][facing], x[1:][facing])
        there = evaluate(bottom)[row]
        height = np.maximum(np.abs(v[:-1]), np.abs(v[1:]))[facing]
        none = np.abs(there) <= NOTHING * height
        touches = np.concatenate([touches, bottom[none]])
        across = ~none & (there * sign[:-1][facing] < 0)
        left = np.concatenate([left, x[:-1][facing][across], bottom[across]])
        right = np.concatenate([right, bottom[across], x[1:][facing][across]])
    found = bisect(evaluate, row, left, right)
    rising = evaluate(right)[row] > evaluate(left)[row] if len(left) else np.empty(0, dtype=bool)
    if continuous and len(found):
        before = np.maximum(np.abs(evaluate(left)[row]), np.abs(evaluate(right)[row]))
        ulp = 4 * np.spacing(np.maximum(np.abs(found), 1e-300))
        around = np.abs([evaluate(found + step * ulp)[row] for step in (-1.0, 1.0, -STEPS, STEPS)])
        beside = np.maximum(around[0], around[1])
        # with a vertical tangent even the next float is well above zero, but not where f jumps through it
        falls = (around[:2] <= 0.6 * around[2:]).all(axis=0)
        real = ((beside <= 0.05 * before) | falls) & np.isfinite(beside)
        found, rising = found[real], rising[real]
    found = rounded(evaluate, row, found)
    touches = np.sort(rounded(evaluate, row, touches))
    crossings = np.concatenate([found, exact])
    order = np.argsort(crossings)
    return Zeros(crossings[order], np.concatenate([rising, exact_rising])[order].astype(bool), touches)


def _exact_zeros(x: Floats, sign: Floats, wall: Flags) -> tuple[Floats, Flags, Floats]:
    """Sampled points at which the row is exactly zero: crossings, whether they rise, and touches."""
    at = np.flatnonzero(sign == 0)
    before = np.where((at > 0) & ~np.append(True, wall)[at], sign[np.maximum(at - 1, 0)], np.nan)
    after = np.where(
        (at < len(x) - 1) & ~np.append(wall, True)[at], sign[np.minimum(at + 1, len(x) - 1)], np.nan
    )
    lone = (before != 0) & (after != 0) & ~(np.isnan(before) & np.isnan(after))
    crosses = lone & (before * after < 0)
    return x[at[crosses]], after[crosses] > 0, x[at[lone & ~crosses]]


def bisect(evaluate: Evaluate, row: int, left: Floats, right: Floats) -> Floats:
    """The zero (or jump through zero) of a row in each bracket (k,), by Chandrupatla's method, all at once.

    T. R. Chandrupatla, "A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function
    without using derivatives", Advances in Engineering Software 28 (1997).
    """
    if not len(left):
        return np.empty(0)
    a, b = right.copy(), left.copy()
    fa, fb = evaluate(a)[row], evaluate(b)[row]
    c, fc = a.copy(), fa.copy()
    t = np.full(len(a), 0.5)
    best = np.where(np.abs(fa) < np.abs(fb), a, b)
    active = np.flatnonzero((fa != 0) & (fb != 0))
    for _ in range(120):
        if not len(active):
            break
        x = a[active] + t[active] * (b[active] - a[active])
        f = evaluate(x)[row]
        f = np.where(np.isfinite(f), f, fa[active] * 0.5)
        same = np.sign(f) == np.sign(fa[active])
        c[active] = np.where(same, a[active], b[active])
        fc[active] = np.where(same, fa[active], fb[active])
        b[active] = np.where(same, b[active], a[active])
        fb[active] = np.where(same, fb[active], fa[active])
        a[active], fa[active] = x, f
        smaller = np.abs(fa[active]) < np.abs(fb[active])
        best[active] = np.where(smaller, a[active], b[active])
        width = np.abs(b[active] - a[active])
        tolerance = 2 * np.spacing(np.maximum(np.abs(best[active]), 1e-290))
        share = np.minimum(0.5, tolerance / np.where(width > 0, width, 1.0))
        xi = (a[active] - b[active]) / (c[active] - b[active])
        phi = (fa[active] - fb[active]) / (fc[active] - fb[active])
        quadratic = (phi**2 < xi) & ((1 - phi) ** 2 < 1 - xi)
        step = fa[active] / (fb[active] - fa[active]) * fc[active] / (fb[active] - fc[active])
        step += (
            (c[active] - a[active])
            / (b[active] - a[active])
            * fa[active]
            / (fc[active] - fa[active])
            * (fb[active] / (fc[active] - fb[active]))
        )
        t[active] = np.clip(np.where(quadratic & np.isfinite(step), step, 0.5), share, 1 - share)
        active = active[(f != 0) & (width > tolerance)]
    return best


def rounded(evaluate: Evaluate, row: int, x: Floats) -> Floats:
    """Each zero, as the round number next to it if the row is no farther from zero there."""
    if not len(x):
        return x
    value = np.abs(evaluate(x)[row])
    apart = APART * np.maximum(1.0, np.abs(x))
    # a row that jumps through zero, or comes from infinity, is no smaller here than elsewhere
    shrinks = value <= 0.5 * np.fmax(*np.abs([evaluate(x - apart)[row], evaluate(x + apart)[row]]))
    shrinks |= value == 0
    result = x.copy()
    done = np.zeros(len(x), dtype=bool)
    for digits in range(7):
        short = np.round(x, digits) + 0.0
        near = np.abs(short - x)
        there, steep = np.abs(evaluate(short)[row : row + 2])
        fits = (near <= 1e-9 * np.maximum(1.0, np.abs(x))) & (
            (shrinks & (there <= value)) | (near <= 4 * np.spacing(np.abs(x)))
        )
        fits |= (near <= 1e-5) & (there == 0) & (steep == 0) & (digits <= 3)
        take = fits & ~done
        result[take] = short[take]
        done |= take
    return result


def steady(evaluate: Evaluate, row: int, x: Floats, low: float, high: float, avoid: Floats) -> Flags:
    """Which crossings x (k,) are not rounding noise: close by, the row keeps one sign on either side, many times over.

    Looked at are many points beside each, within a small share of the window and of the way to the next crossing or to
    the next of the places to `avoid`.
    """
    if not len(x):
        return np.empty(0, dtype=bool)
    others = np.unique(np.concatenate([x, avoid]))
    at = np.searchsorted(others, x)
    before = np.where(at > 0, x - others[np.maximum(at - 1, 0)], np.inf)
    after = np.where(at < len(others) - 1, others[np.minimum(at + 1, len(others) - 1)] - x, np.inf)
    reach = np.minimum(1e-4 * (high - low), 0.25 * np.minimum(before, after))
    looks = 24 if len(x) <= 500 else 8
    # unevenly spaced, so that rounding does not fall into step
    steps = (0.15 + 0.85 * np.modf(np.arange(1, looks + 1) * 0.6180339887498949)[0])[:, None] * reach
    places = np.stack([x - steps, x + steps])
    rows = np.sign(evaluate(places.ravel())[row]).reshape(places.shape)
    left, right = rows
    same = (left == left[:1]).all(axis=0) & (right == right[:1]).all(axis=0)
    result: Flags = same & (left[0] * right[0] < 0)
    return result
