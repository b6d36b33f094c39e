"""Poles of even order: both sides run off the screen the same way, and only the climb tells them from a high top."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from derivlab.curves.breaks import Brackets, shortest_decimal
from derivlab.curves.curve import Flags, Floats, Indices
from derivlab.curves.probe import Probe
from derivlab.curves.screen import Screen

LEVEL = 0.1
"""A top is finite once the slopes beside it promise no more than this share of its height."""


def tall_tops(x: Floats, value: Floats, slope: Floats, screen: Screen) -> Indices:
    """Cells beyond the screen in which f turns back: either its top is finite, or an even pole is hidden there."""
    with np.errstate(all="ignore"):
        up = screen.squeeze(value)
        side = np.where(up > screen.height + 8.0, 1.0, np.where(up < -8.0, -1.0, 0.0)) * np.isfinite(value)
        turns = (side[:-1] * side[1:] == 1.0) & (slope[:-1] * side[:-1] >= 0) & (slope[1:] * side[1:] <= 0)
        promise = np.maximum(np.abs(slope[:-1]), np.abs(slope[1:])) * np.diff(x)
        return np.flatnonzero(turns & (promise > LEVEL * np.maximum(np.abs(value[:-1]), np.abs(value[1:]))))


@dataclass(frozen=True, slots=True)
class Tops:
    """What became of k tall tops: poles at `at`, and points at which f turned out to have changed sign."""

    pole: Flags
    at: Floats
    inner: Floats  # (6, k), as in Brackets
    crossings: Floats


def climb(start: Brackets, row: int, probe: Probe, budget: int) -> Tops:
    """Follow each top inwards by the sign of the slope until it is seen to be finite, or never is (a pole)."""
    count = len(start)
    inner = start.ends.copy()
    side = np.sign(inner[1])
    pole = np.zeros(count, dtype=bool)
    at = 0.5 * (start.left + start.right)
    crossings: list[Floats] = []
    active = np.arange(count)
    with np.errstate(all="ignore"):
        for turn in range(64):
            budget -= len(active)
            if not len(active) or budget < 0:
                break
            a, fa, _, b, fb, _ = inner[:, active]
            middle = a + 0.5 * (b - a)
            if turn in (0, 8):
                guess = shortest_decimal(a, b)
                middle = np.where((guess > a) & (guess < b), guess, middle)
            inside = (middle > a) & (middle < b)
            pole[active[~inside]] = True
            active, middle = active[inside], middle[inside]
            rows = probe(middle)
            f, d = rows[row], rows[row + 1]
            broken = ~np.isfinite(f)
            back = ~broken & (f * side[active] <= 0)
            crossings.append(middle[back])
            pole[active[broken]] = True
            at[active[broken]] = middle[broken]
            going = ~(back | broken)
            active, middle, f, d = active[going], middle[going], f[going], d[going]
            falls = d * side[active] <= 0
            inner[3:, active[falls]] = np.stack([middle, f, d])[:, falls]
            inner[:3, active[~falls]] = np.stack([middle, f, d])[:, ~falls]
            a, fa, da, b, fb, db = inner[:, active]
            at[active] = 0.5 * (a + b)
            promise = np.maximum(np.abs(da), np.abs(db)) * (b - a)
            active = active[promise > LEVEL * np.maximum(np.abs(fa), np.abs(fb))]
        else:
            pole[active] = True
    return Tops(pole, at, inner, np.concatenate(crossings) if crossings else np.empty(0))
