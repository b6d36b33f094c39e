"""Tables of signs as on a blackboard, and the same in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from derivlab.curves.variation import Stretch
from derivlab.figures import numbers

MOST = 12
"""More stretches than this are no table any more."""

_SIGNS = {1: "+", -1: "-", 0: "0", None: r"\text{–}"}
_ARROWS = {
    1: {1: r"\nearrow", -1: r"\searrow", 0: r"\rightarrow"},
    2: {1: r"\smile", -1: r"\frown", 0: r"\text{—}"},
}


@dataclass(frozen=True, slots=True)
class Table:
    """The signs of the derivative of one order, with that derivative and f at all ends of the stretches.

    There is one end more than there are stretches; NaN is undefined.
    """

    order: int
    stretches: tuple[Stretch, ...]
    derivative: tuple[float, ...]
    height: tuple[float, ...]


def signs_latex(table: Table, variable: str, name: str, derivative: str) -> str:
    """The table as LaTeX: a row of cuts, a row of signs, and for f′ and f″ a row of what f does.

    ``variable``, ``name`` and ``derivative`` are LaTeX.
    """
    scale = max((abs(value) for value in table.derivative if math.isfinite(value)), default=0.0)
    cuts = [_end(table.stretches[0].lo)]
    signs = [""]
    doing = [_height(table.height[0])]
    for position, stretch in enumerate(table.stretches, start=1):
        is_last = position == len(table.stretches)
        cuts += ["", _end(stretch.hi)]
        signs += [_SIGNS[stretch.sign], "" if is_last else _at(table.derivative[position], scale)]
        arrow = _ARROWS.get(table.order, {}).get(stretch.sign or 0, "")
        doing += ["" if stretch.sign is None else arrow, _height(table.height[position])]
    rows = [(variable, cuts), (derivative, signs)]
    if table.order:
        rows.append((name, doing))
    body = r" \\ \hline ".join(" & ".join([head, *cells]) for head, cells in rows)
    return rf"\begin{{array}}{{c|{'c' * len(cuts)}}} {body} \end{{array}}"


def _end(value: float) -> str:
    return numbers.latex(value, digits=5)


def _at(value: float, scale: float) -> str:
    """At a cut: zero, the double line for undefined, or nothing to say."""
    if not math.isfinite(value):
        return r"\Vert"
    return "0" if abs(value) <= 1e-9 * scale or scale == 0.0 else ""


def _height(value: float) -> str:
    return numbers.latex(value, digits=4) if math.isfinite(value) else r"\Vert"


def signs_words(stretches: Sequence[Stretch], name: str, above: str, below: str, level: str) -> str:
    """The table in a sentence: ``f rises from 0 to 3.5; it falls from −3.5 to 0.``"""
    said = []
    for sign, verb in ((1, above), (-1, below), (0, level), (None, "is undefined, or too wild to say,")):
        places = [
            f"from {numbers.text(s.lo, digits=5)} to {numbers.text(s.hi, digits=5)}"
            for s in stretches
            if s.sign == sign
        ]
        if places:
            more = f" and on {len(places) - MOST} more stretches" if len(places) > MOST else ""
            said.append(f"{verb} {_listed(places[:MOST])}{more}")
    return f"{name} {'; it '.join(said)}."


def _listed(places: Sequence[str]) -> str:
    return places[0] if len(places) == 1 else f"{', '.join(places[:-1])} and {places[-1]}"
