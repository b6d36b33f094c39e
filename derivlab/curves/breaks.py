"""Closing in on the places where a curve is broken, and saying of which kind each is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from derivlab.curves.curve import Break, BreakKind, Flags, Floats, Indices
from derivlab.curves.probe import Probe
from derivlab.curves.screen import Screen

ROUNDS = 44
CLOSE = 2.0**-20
"""Pixels: at this distance from a break the two sides are compared."""
NEAR = 2.0**-15
"""Pixels: at this distance a second time, to tell growth from rounding noise."""
EXPLAINED = 0.5
"""Share of a rise that the slopes at its ends must account for, if it is to be drawn as a line."""
OVERFLOW = 1e200
"""A defined value beyond this beside an infinite one is floating point giving out, not a pole."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """k cells that may hold a break: the points on either side, f and f′ there; arrays (k,)."""

    a: Floats
    fa: Floats
    da: Floats
    b: Floats
    fb: Floats
    db: Floats

    def __len__(self) -> int:
        return len(self.a)

    def take(self, at: Indices | Flags) -> Bracket:
        """Some of the cells."""
        return Bracket(self.a[at], self.fa[at], self.da[at], self.b[at], self.fb[at], self.db[at])

    def narrowed(self, m: Floats, f: Floats, d: Floats, to_left: Flags) -> Bracket:
        """The left part of each cell up to m where `to_left` is set, the right part elsewhere."""
        return Bracket(
            np.where(to_left, self.a, m),
            np.where(to_left, self.fa, f),
            np.where(to_left, self.da, d),
            np.where(to_left, m, self.b),
            np.where(to_left, f, self.fb),
            np.where(to_left, d, self.db),
        )


def shortest_decimal(a: Floats, b: Floats) -> Floats:
    """For each pair a < b the number with the fewest digits between them, both ends included."""
    result = 0.5 * (a + b)
    with np.errstate(all="ignore"):
        power = np.floor(np.log10(b - a))
        for more in range(7):
            digits = np.clip(-(power + more), -300, 300)
            factor = 10.0 ** np.abs(digits)
            up = np.where(digits >= 0, np.ceil(a * factor) / factor, np.ceil(a / factor) * factor)
            result = np.where(np.isfinite(up) & (up >= a) & (up <= b), up, result)
        shortest: Floats = np.where((a <= 0) & (b >= 0), 0.0, result)
    return shortest


@dataclass(frozen=True, slots=True)
class Found:
    """What became of each bracket: joined after all, or a break at `at`."""

    joined: Flags
    at: Floats
    value: Floats  # f at `at`, NaN where undefined or not known
    inner: Bracket  # the closest points seen on either side


def close_in(start: Bracket, row: int, screen: Screen, probe: Probe, budget: int) -> Found:
    """Find the break in each bracket, first at the shortest decimal in it, then by halving, as far as the budget goes."""
    with np.errstate(all="ignore"):
        return _close_in(start, row, screen, probe, budget)


def _close_in(start: Bracket, row: int, screen: Screen, probe: Probe, budget: int) -> Found:
    count = len(start)
    joined = np.zeros(count, dtype=bool)
    at = 0.5 * (start.a + start.b)
    value = np.full(count, np.nan)
    arrays = [np.array(part) for part in (start.a, start.fa, start.da, start.b, start.fb, start.db)]
    spent = 0

    def result() -> Found:
        return Found(joined, at, value, Bracket(*arrays))

    if count == 0 or 3 * count > budget:
        return result()
    delta = CLOSE * screen.pixel
    guess = shortest_decimal(start.a, start.b)
    rows = probe(np.concatenate([guess - delta, guess, guess + delta]))
    spent += 3 * count
    before, here, after = rows[row].reshape(3, count)
    slope_before, _, slope_after = rows[row + 1].reshape(3, count)
    finite_a, finite_b = np.isfinite(start.fa), np.isfinite(start.fb)
    finite_before, finite_after = np.isfinite(before), np.isfinite(after)
    up = {
        key: screen.up(f, f)[0] for key, f in (("a", start.fa), ("b", start.fb), ("-", before), ("+", after))
    }
    rise = up["b"] - up["a"]
    crossed = (
        finite_a & finite_b & finite_before & finite_after & (np.abs(up["+"] - up["-"]) > 0.6 * np.abs(rise))
    )
    crossed &= (
        np.maximum(np.abs(slope_before), np.abs(slope_after)) * 2 * delta
    ) * screen.scale < 0.2 * np.abs(rise)
    crossed |= (
        ~(finite_a & finite_b)
        & (finite_before != finite_after)
        & ((finite_before == finite_a) | (finite_after == finite_b))
    )
    crossed |= ~(finite_a & finite_b) & finite_before & finite_after & ~np.isfinite(here)
    crossed |= finite_a & finite_b & ~np.isfinite(here)
    at = np.where(crossed, guess, at)
    value = np.where(crossed & np.isfinite(here), here, value)
    fresh = (guess - delta, before, slope_before, guess + delta, after, slope_after)
    for part, new, keep in zip(arrays, fresh, (finite_before,) * 3 + (finite_after,) * 3, strict=True):
        part[crossed & keep] = new[crossed & keep]

    active = np.flatnonzero(~crossed)
    for _ in range(ROUNDS):
        if not len(active) or spent + len(active) > budget:
            break
        now = Bracket(*(part[active] for part in arrays))
        middle = now.a + 0.5 * (now.b - now.a)
        divisible = (middle > now.a) & (middle < now.b)
        active, now, middle = active[divisible], now.take(divisible), middle[divisible]
        if not len(active):
            break
        rows = probe(middle)
        spent += len(active)
        f, d = rows[row], rows[row + 1]
        finite_f, finite_a, finite_b = np.isfinite(f), np.isfinite(now.fa), np.isfinite(now.fb)
        up_a, up_f, up_b = (screen.up(v, v)[0] for v in (now.fa, f, now.fb))
        to_left = np.abs(up_f - up_a) >= np.abs(up_b - up_f)
        to_left = np.where(finite_a & finite_b, to_left, np.where(finite_a, ~finite_f, finite_f))
        isolated = finite_a & finite_b & ~finite_f
        now = now.narrowed(middle, f, d, to_left.astype(bool))
        at[active] = np.where(isolated, middle, 0.5 * (now.a + now.b))
        done = isolated.copy()
        rise = screen.up(now.fb, now.db)[0] - screen.up(now.fa, now.da)[0]
        sound = np.isfinite(now.fa) & np.isfinite(now.fb)
        slope_a, slope_b = screen.up(now.fa, now.da)[1], screen.up(now.fb, now.db)[1]
        width = (now.b - now.a) / screen.pixel
        least = np.minimum(slope_a * np.sign(rise), slope_b * np.sign(rise)) * width
        met = sound & ((np.abs(rise) <= 0.25) | (least >= EXPLAINED * np.abs(rise)))
        joined[active[met]] = True
        done |= met
        keep = ~isolated
        for part, new in zip(arrays, (now.a, now.fa, now.da, now.b, now.fb, now.db), strict=True):
            part[active[keep]] = new[keep]
        active = active[~done]
    return result()


def tall_tops(x: Floats, value: Floats, slope: Floats, screen: Screen) -> Indices:
    """Cells above (or below) the screen in which f turns back: the top is finite, or an even pole is hidden there."""
    with np.errstate(all="ignore"):
        up, _ = screen.up(value, slope)
        side = np.where(up > screen.height + 8.0, 1.0, np.where(up < -8.0, -1.0, 0.0)) * np.isfinite(value)
        return np.flatnonzero(
            (side[:-1] * side[1:] == 1.0)
            & (slope[:-1] * side[:-1] >= 0)
            & (slope[1:] * side[1:] <= 0)
            & (
                np.maximum(np.abs(slope[:-1]), np.abs(slope[1:])) * np.diff(x)
                > 0.1 * np.maximum(np.abs(value[:-1]), np.abs(value[1:]))
            )
        )


@dataclass(frozen=True, slots=True)
class Tops:
    """What became of each tall top: a pole, points at which f came back through zero, or nothing of note."""

    pole: Flags
    at: Floats
    inner: Bracket
    crossings: Floats


def climb(start: Bracket, row: int, probe: Probe, budget: int) -> Tops:
    """Follow each top inwards by the sign of the slope until it is seen to be finite, or never is (a pole)."""
    count = len(start)
    side = np.sign(start.fa)
    pole = np.zeros(count, dtype=bool)
    at = 0.5 * (start.a + start.b)
    arrays = [np.array(part) for part in (start.a, start.fa, start.da, start.b, start.fb, start.db)]
    crossings: list[Floats] = []
    active = np.arange(count)
    spent = 0
    with np.errstate(all="ignore"):
        for turn in range(60):
            if not len(active) or spent + len(active) > budget:
                break
            now = Bracket(*(part[active] for part in arrays))
            middle = shortest_decimal(now.a, now.b) if turn in (0, 8) else now.a + 0.5 * (now.b - now.a)
            middle = np.where((middle > now.a) & (middle < now.b), middle, now.a + 0.5 * (now.b - now.a))
            inside = (middle > now.a) & (middle < now.b)
            pole[active[~inside]] = True
            active, now, middle = active[inside], now.take(inside), middle[inside]
            rows = probe(middle)
            spent += len(active)
            f, d = rows[row], rows[row + 1]
            back = np.isfinite(f) & (f * side[active] <= 0)
            crossings.append(middle[back])
            broken = ~np.isfinite(f)
            pole[active[broken]] = True
            at[active[broken]] = middle[broken]
            now = now.narrowed(middle, f, d, np.asarray(d * side[active] <= 0))
            slack = np.maximum(np.abs(now.da), np.abs(now.db)) * (now.b - now.a)
            calm = slack <= 0.1 * np.maximum(np.abs(now.fa), np.abs(now.fb))
            keep = ~(back | broken)
            for part, new in zip(arrays, (now.a, now.fa, now.da, now.b, now.fb, now.db), strict=True):
                part[active[keep]] = new[keep]
            at[active[keep]] = (0.5 * (now.a + now.b))[keep]
            small = (
                np.maximum(np.abs(now.fa), np.abs(now.fb)) > 1e15 * np.maximum(np.abs(start.fa), 1.0)[active]
            )
            pole[active[keep & small & ~calm]] = True
            active = active[keep & ~calm & ~small]
        pole[active] = spent + len(active) <= budget
    return Tops(pole, at, Bracket(*arrays), np.concatenate(crossings) if crossings else np.empty(0))


def name_breaks(found: Found, outer: Bracket, row: int, screen: Screen, probe: Probe) -> list[Break]:
    """Say of which kind each break is, from f at three distances on either side; neighbours at one place are one break."""
    broken = np.flatnonzero(~found.joined)
    if not len(broken):
        return []
    outer, inner = outer.take(broken), found.inner.take(broken)
    at, value = found.at[broken], found.value[broken]
    # two brackets that meet at one undefined point are one break
    same = np.append(False, np.diff(at) <= 2 * CLOSE * screen.pixel)
    first = np.flatnonzero(~same)
    last = np.append(first[1:] - 1, len(at) - 1)
    at, value = at[first], value[first]
    left_out, right_out = outer.fa[first], outer.fb[last]
    left_in, right_in = inner.fa[first], inner.fb[last]
    apart = NEAR * screen.pixel
    if 2 * len(at) <= probe.remaining:
        between = probe(np.concatenate([at - apart, at + apart]))[row].reshape(2, -1)
    else:
        between = np.stack([left_in, right_in])
    left = [_one_side(*seen, screen) for seen in zip(left_out, between[0], left_in, strict=True)]
    right = [_one_side(*seen, screen) for seen in zip(right_out, between[1], right_in, strict=True)]
    breaks: list[Break] = []
    for place, here, one, other in zip(at, value, left, right, strict=True):
        kind = _kind(one, other, here, screen)
        if kind is not None:
            known = float(here) if np.isfinite(here) else None
            breaks.append(Break(float(place), kind, one.limit, other.limit, known))
    return breaks


@dataclass(frozen=True, slots=True)
class _Side:
    limit: float | None
    wild: bool = False
    overflow: bool = False


def _one_side(far: float, near: float, close: float, screen: Screen) -> _Side:
    """What f does on one side of a break, from its values at three distances, the farthest first."""
    if np.isnan(far) and np.isnan(near):
        return _Side(None)
    if np.isinf(far):
        return _Side(float(far))
    if not np.isfinite(near):
        near = close if np.isfinite(close) else far
    if np.isinf(close):
        return _Side(float(close), overflow=abs(near) > OVERFLOW)
    if abs(near) > OVERFLOW:
        return _Side(float(np.copysign(np.inf, near)), overflow=True)
    grows = abs(near) > 1.1 * abs(far) and abs(close) > 1.1 * abs(near) and np.sign(near) == np.sign(close)
    if grows and abs(close) * screen.scale > 1.0:
        return _Side(float(np.copysign(np.inf, close)))
    wild = abs(near - far) * screen.scale > 2.0
    return _Side(float(near), wild=bool(wild))


def _kind(left: _Side, right: _Side, value: float, screen: Screen) -> BreakKind | None:
    """The kind of break between two sides; None where there is none to draw (floating point gave out)."""
    if left.overflow or right.overflow:
        other = right if left.overflow else left
        if other.limit is None or np.isinf(other.limit):
            return None
    if left.limit is None and right.limit is None:
        return None
    if left.wild or right.wild:
        return "oscillation"
    if left.limit is None or right.limit is None:
        return "edge"
    if np.isinf(left.limit) or np.isinf(right.limit):
        return "pole"
    if abs(left.limit - right.limit) * screen.scale > 0.75:
        return "jump"
    return "hole"


def with_value(found: Break, value: float) -> Break:
    """The same break, with f at the very point."""
    return replace(found, value=value)
