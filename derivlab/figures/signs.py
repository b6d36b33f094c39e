"""Tables of signs as on a blackboard, and the same in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from derivlab.curves.variation import Variation
from derivlab.figures import numbers

MOST = 12
"""More stretches than this are no table any more."""

_SIGNS = {1: "+", -1: "-", 0: "0", None: r"\text{–}"}
_ARROWS = {
    1: {1: r"\nearrow", -1: r"\searrow", 0: r"\rightarrow"},
    2: {1: r"\smile", -1: r"\frown", 0: r"\text{—}"},
}


def signs_latex(found: Variation, variable: str, names: Sequence[str], values: Sequence[float]) -> str:
    """The table as LaTeX: a row of cuts, a row of signs, and for f′ and f″ a row of what f does.

    ``names`` are LaTeX: of the derivative and of f. ``values`` are f's at all the ends, left to right
    (one more than there are stretches), NaN where undefined.
    """
    stretches = found.stretches[:MOST]
    cuts = [_end(stretches[0].lo)]
    signs = [""]
    doing = [_height(values[0])]
    for position, stretch in enumerate(stretches):
        is_last = position == len(stretches) - 1
        cuts += ["", _end(stretch.hi)]
        signs += [_SIGNS[stretch.sign], "" if is_last else _at(found.values[position])]
        arrow = _ARROWS.get(found.order, {}).get(stretch.sign or 0, "")
        doing += ["" if stretch.sign is None else arrow, _height(values[position + 1])]
    rows = [(variable, cuts), (names[0], signs)]
    if found.order:
        rows.append((names[1], doing))
    body = r" \\ \hline ".join(" & ".join([head, *cells]) for head, cells in rows)
    return rf"\begin{{array}}{{c|{'c' * len(cuts)}}} {body} \end{{array}}"


def _end(value: float) -> str:
    return numbers.latex(value, digits=5)


def _at(value: float | None) -> str:
    """At a cut: zero, the double line for undefined, or nothing to say."""
    if value is None:
        return r"\Vert"
    return "0" if value == 0 else ""


def _height(value: float) -> str:
    return numbers.latex(value, digits=4) if math.isfinite(value) else r"\Vert"


def signs_words(found: Variation, name: str, above: str, below: str, level: str) -> str:
    """The table in a sentence: ``f rises from 0 to 3.5; it falls from −3.5 to 0.``"""
    said = []
    for sign, verb in ((1, above), (-1, below), (0, level), (None, "is undefined, or too wild to say,")):
        places = [
            f"from {numbers.text(s.lo, digits=5)} to {numbers.text(s.hi, digits=5)}"
            for s in found.stretches
            if s.sign == sign
        ]
        if places:
            more = f" and on {len(places) - MOST} more stretches" if len(places) > MOST else ""
            said.append(f"{verb} {_listed(places[:MOST])}{more}")
    return f"{name} {'; it '.join(said)}."


def _listed(places: Sequence[str]) -> str:
    return places[0] if len(places) == 1 else f"{', '.join(places[:-1])} and {places[-1]}"
