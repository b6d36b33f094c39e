"""Fills in known_features.json: all points of interest of textbook functions, found without derivlab.

Each row names a function (`text`), the same for SymPy (`sympy`, null where it breaks or bends) and a window. Roots,
extrema and inflections are found by the scan of `make_known_answers` on SymPy's derivatives; poles, jumps, holes, edges,
corners and whatever changes no sign stand in `by_hand`, as text for SymPy, with the asymptotes (`horizontal`, `oblique`). Run
it as ``python tests/curves/make_known_features.py`` after adding a row; the tests read only the result.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import mpmath
import sympy as sp
from make_known_answers import answers, x

SCANNED = ("roots", "maxima", "minima", "inflections")
TORN = ("poles", "jumps", "holes", "edges", "corners", "cusps", "vertical_tangents")


def number(text: str) -> mpmath.mpf:
    """A number written for SymPy, to 30 digits."""
    return mpmath.mpf(str(sp.N(sp.sympify(text), 30)))


def filled(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its answers: those of the scan, where the function is not broken, and those by hand."""
    expression = None if row["sympy"] is None else sp.sympify(row["sympy"], locals={"x": x})
    by_hand = {kind: [number(text) for text in texts] for kind, texts in row["by_hand"].items()}
    broken = [place for kind in TORN for place in by_hand.get(kind, [])]
    found = answers((row["text"], expression, row["low"], row["high"]))
    result = {
        key: row[key]
        for key in ("text", "sympy", "low", "high", "by_hand", "horizontal", "oblique")
        if key in row
    }
    for kind in SCANNED:
        scanned = [mpmath.mpf(text) for text in found[kind]]  # type: ignore[attr-defined]
        scanned = [place for place in scanned if all(abs(place - one) > 1e-6 for one in broken)]
        known = by_hand.get(kind, [])
        scanned = [place for place in scanned if all(abs(place - one) > 1e-12 for one in known)]
        result[kind] = [mpmath.nstr(mpmath.chop(place, 1e-25), 25) for place in sorted([*scanned, *known])]
    for kind in TORN:
        result[kind] = [mpmath.nstr(place, 25) for place in sorted(by_hand.get(kind, []))]
    return result


if __name__ == "__main__":
    mpmath.mp.dps = 30
    target = Path(__file__).with_name("known_features.json")
    rows = json.loads(target.read_text(encoding="utf-8"))
    lines = ",\n".join(json.dumps(filled(row)) for row in rows)
    target.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
