"""Sets of real numbers with exact ends.

A set is a list of ends, ascending, and the truth on each stretch and at each end: below the first end, at it, between
it and the second …
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from derivlab.expression.tree import Apply, Node, Number


@dataclass(frozen=True, slots=True)
class End:
    """An end of a stretch: (``part`` + ``sign``·√``root``), exactly."""

    part: Fraction
    root: Fraction = Fraction(0)
    sign: int = 1

    @property
    def value(self) -> float:
        """The nearest float, by which ends are ordered."""
        return float(self.part) + self.sign * sqrt(self.root)

    @property
    def tree(self) -> Node:
        """The end as a person writes it."""
        part = _literal(self.part)
        if not self.root:
            return part
        whole, inside = _without_squares(self.root)
        root: Node = Apply("sqrt", (Number(Fraction(inside)),))
        if whole.numerator != 1:
            root = Apply("multiply", (Number(Fraction(whole.numerator)), root))
        if whole.denominator != 1:
            root = Apply("divide", (root, Number(Fraction(whole.denominator))))
        if not self.part:
            return root if self.sign > 0 else Apply("negate", (root,))
        return Apply("add" if self.sign > 0 else "subtract", (part, root))


def _literal(value: Fraction) -> Node:
    size: Node = Number(Fraction(abs(value.numerator)))
    if value.denominator != 1:
        size = Apply("divide", (size, Number(Fraction(value.denominator))))
    return size if value >= 0 else Apply("negate", (size,))


def _without_squares(value: Fraction) -> tuple[Fraction, int]:
    """``value`` as factor²·inside, with a whole number inside."""
    inside = value.numerator * value.denominator
    factor = Fraction(1, value.denominator)
    for prime in range(2, 100):
        while inside % prime**2 == 0:
            inside //= prime**2
            factor *= prime
    return factor, inside


@dataclass(frozen=True, slots=True)
class LineSet:
    """A set of real numbers: ``truth`` has 2·len(ends) + 1 entries, stretches and ends by turns."""

    ends: tuple[End, ...]
    truth: tuple[bool, ...]

    def __and__(self, other: LineSet) -> LineSet:
        return _merged(self, other, operator.and_)

    def __or__(self, other: LineSet) -> LineSet:
        return _merged(self, other, operator.or_)

    def __invert__(self) -> LineSet:
        return LineSet(self.ends, tuple(not each for each in self.truth))

    @property
    def is_all(self) -> bool:
        """Whether it is all real numbers."""
        return all(self.truth)

    @property
    def is_empty(self) -> bool:
        """Whether it has no number at all."""
        return not any(self.truth)

    def is_within(self, other: LineSet) -> bool:
        """Whether every number of it is in the other."""
        return (self & ~other).is_empty

    def condition(self, variable: Node) -> Node | None:
        """The set as a condition on a variable: stretches joined by ``or``, single gaps as ``x != 1``; None: all."""
        gaps = [
            place
            for place in range(1, len(self.truth), 2)
            if not self.truth[place] and self.truth[place - 1] and self.truth[place + 1]
        ]
        filled = list(self.truth)
        for place in gaps:
            filled[place] = True
        found = _joined("or", _stretches(LineSet(self.ends, tuple(filled)), variable))
        holes = [Apply("not_equal", (variable, self.ends[place // 2].tree)) for place in gaps]
        return _joined("and", [*([found] if found is not None else []), *holes])


ALL = LineSet((), (True,))
NONE = LineSet((), (False,))


def _joined(operation: str, parts: list[Node]) -> Node | None:
    found: Node | None = None
    for part in parts:
        found = part if found is None else Apply(operation, (found, part))
    return found


def _stretches(found: LineSet, variable: Node) -> list[Node]:
    """Each stretch as a condition; none where the set is everything."""
    parts: list[Node] = []
    place, last = 0, len(found.truth) - 1
    while place <= last:
        if not found.truth[place]:
            place += 1
            continue
        first = place
        while place <= last and found.truth[place]:
            place += 1
        part = _stretch(found, variable, first, place - 1)
        if part is not None:
            parts.append(part)
    return parts


def _stretch(found: LineSet, variable: Node, first: int, last: int) -> Node | None:
    if first == last and first % 2:
        return Apply("equal", (variable, found.ends[first // 2].tree))
    low = None if first == 0 else found.ends[(first - 1) // 2].tree
    high = None if last == len(found.truth) - 1 else found.ends[last // 2].tree
    above = "less_equal" if first % 2 else "less"
    below = "less_equal" if last % 2 else "less"
    if low is None:
        return None if high is None else Apply(below, (variable, high))
    if high is None:
        return Apply("greater_equal" if first % 2 else "greater", (variable, low))
    return Apply("and", (Apply(above, (low, variable)), Apply(below, (variable, high))))


def _merged(first: LineSet, second: LineSet, join: Callable[[bool, bool], bool]) -> LineSet:
    ends = sorted({*first.ends, *second.ends}, key=lambda end: end.value)
    truth = [join(_at(first, place, ends), _at(second, place, ends)) for place in range(2 * len(ends) + 1)]
    return without_idle_ends(ends, truth)


def _at(found: LineSet, place: int, ends: list[End]) -> bool:
    """The truth of a set on a stretch or at an end of a finer list of ends."""
    if place % 2:
        end = ends[place // 2]
        if end in found.ends:
            return found.truth[2 * found.ends.index(end) + 1]
        return found.truth[2 * sum(each.value < end.value for each in found.ends)]
    below = set(ends[: place // 2])
    return found.truth[2 * sum(each in below for each in found.ends)]


def without_idle_ends(ends: list[End], truth: list[bool]) -> LineSet:
    """The set without ends at which nothing changes."""
    kept: list[End] = []
    left = [truth[0]]
    for number, end in enumerate(ends):
        here, after = truth[2 * number + 1], truth[2 * number + 2]
        if not left[-1] == here == after:
            kept.append(end)
            left += [here, after]
    return LineSet(tuple(kept), tuple(left))
