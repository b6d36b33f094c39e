"""Writes known_answers.json: roots, extrema and inflections of textbook functions, found without derivlab.

SymPy differentiates, f, f′ and f″ are scanned for changes of sign on a fine uneven grid, and mpmath bisects those at 30
digits; answers that change no sign (double roots, corners, cusps) are given by hand beside the function. Run it as
``python tests/curves/make_known_answers.py``; the tests read only the result.
"""

from __future__ import annotations

import json
from pathlib import Path

import mpmath
import numpy as np
import sympy as sp

x = sp.Symbol("x", real=True)
pi = sp.pi
exp, sin, cos, tan, log, sqrt, atan = sp.exp, sp.sin, sp.cos, sp.tan, sp.log, sp.sqrt, sp.atan

# text, expression, low, high, answers by hand (added to what the scan finds)
ROWS: list[tuple] = [
    ("x", x, -5, 5),
    ("2x+3", 2 * x + 3, -5, 5),
    ("5", sp.Integer(5) + 0 * x, -5, 5),
    ("x^2", x**2, -5, 5, {"roots": [0]}),
    ("x^2-4", x**2 - 4, -5, 5),
    ("x^2+1", x**2 + 1, -5, 5),
    ("x^2-2x+1", x**2 - 2 * x + 1, -5, 5, {"roots": [1]}),
    ("3x^2", 3 * x**2, -10, 10, {"roots": [0]}),
    ("-x^2+2x+3", -(x**2) + 2 * x + 3, -5, 5),
    ("x^3", x**3, -5, 5),
    ("x^3-3x", x**3 - 3 * x, -5, 5),
    ("x^3+x", x**3 + x, -5, 5),
    ("x^3-3x^2+3x-1", (x - 1) ** 3, -5, 5),
    ("x^3-6x^2+9x", x**3 - 6 * x**2 + 9 * x, -2, 6, {"roots": [3]}),
    ("2x^3-3x^2-12x+1", 2 * x**3 - 3 * x**2 - 12 * x + 1, -5, 5),
    ("x^4", x**4, -5, 5, {"roots": [0]}),
    ("x^4-2x^2", x**4 - 2 * x**2, -3, 3, {"roots": [0]}),
    ("x^4-4x^3", x**4 - 4 * x**3, -2, 5),
    ("x^4-5x^2+4", x**4 - 5 * x**2 + 4, -4, 4),
    ("x^4+x", x**4 + x, -3, 3),
    ("(x-1)^2(x+2)", (x - 1) ** 2 * (x + 2), -4, 4, {"roots": [1]}),
    ("(x-1)^2(x+2)^2", (x - 1) ** 2 * (x + 2) ** 2, -4, 4, {"roots": [-2, 1]}),
    ("(x-1)^3(x+1)", (x - 1) ** 3 * (x + 1), -3, 3),
    ("(x-2)^5", (x - 2) ** 5, -1, 5),
    ("(x+1)^4(x-1)", (x + 1) ** 4 * (x - 1), -3, 3, {"roots": [-1]}),
    ("x^5-5x^3+4x", x**5 - 5 * x**3 + 4 * x, -3, 3),
    ("x^5-x", x**5 - x, -2, 2),
    ("3x^5-5x^3", 3 * x**5 - 5 * x**3, -2, 2),
    ("x^5", x**5, -3, 3),
    ("x^6-3x^4", x**6 - 3 * x**4, -3, 3, {"roots": [0]}),
    ("x^7-7x", x**7 - 7 * x, -2, 2),
    ("x^3-2", x**3 - 2, -3, 3),
    ("x^2-x-1", x**2 - x - 1, -3, 3),
    ("x^3-x-1", x**3 - x - 1, -3, 3),
    ("0.001x^3-x", x**3 / 1000 - x, -50, 50),
    ("1000x^2-1", 1000 * x**2 - 1, -1, 1),
    (
        "(x-0.1)(x-0.2)(x-0.3)",
        (x - sp.Rational(1, 10)) * (x - sp.Rational(1, 5)) * (x - sp.Rational(3, 10)),
        -1,
        1,
    ),
    ("(x-1)(x-1.01)", (x - 1) * (x - sp.Rational(101, 100)), -5, 5),
    ("sin x", sin(x), -10, 10),
    ("cos x", cos(x), -10, 10),
    ("sin(2x)", sin(2 * x), -5, 5),
    ("sin(x)+cos(x)", sin(x) + cos(x), -6, 6),
    ("sin(x)^2", sin(x) ** 2, -4, 4, {"roots": ["-pi", 0, "pi"]}),
    ("cos(x)^2", cos(x) ** 2, -4, 4, {"roots": ["-pi/2", "pi/2"]}),
    ("1-cos(x)", 1 - cos(x), -7, 7, {"roots": ["-2*pi", 0, "2*pi"]}),
    ("1+sin(x)", 1 + sin(x), -5, 5, {"roots": ["-pi/2", "3*pi/2"]}),
    ("sin(x)+sin(2x)", sin(x) + sin(2 * x), -5, 5),
    ("sin(x)+sin(3x)/3", sin(x) + sin(3 * x) / 3, -5, 5),
    ("sin(10x)", sin(10 * x), -5, 5),
    ("sin(30x)", sin(30 * x), -5, 5),
    ("cos(2*pi*x)", cos(2 * pi * x), -1.9, 2.3),
    ("x+sin(x)", x + sin(x), -5, 5),
    ("x+2sin(x)", x + 2 * sin(x), -10, 10),
    ("x/2-sin(x)", x / 2 - sin(x), -5, 5),
    ("x-sin(x)", x - sin(x), -5, 5),
    ("x sin(x)", x * sin(x), -10, 10, {"roots": [0]}),
    ("x cos(x)", x * cos(x), -6, 6),
    ("x^2 sin(x)", x**2 * sin(x), -5, 5),
    ("cos(x)-x", cos(x) - x, -4, 4),
    ("sin(x)-x/3", sin(x) - x / 3, -5, 5),
    ("tan(x)", tan(x), -4, 4),
    ("tan(x)-x", tan(x) - x, -4, 4),
    ("2x-tan(x)", 2 * x - tan(x), -1.5, 1.5),
    ("sec(x)", 1 / cos(x), -4, 4),
    ("1/sin(x)", 1 / sin(x), -4, 4),
    ("cot(x)", cos(x) / sin(x), -4, 4),
    ("sin(x^2)", sin(x**2), -4, 4, {"roots": [0]}),
    ("sin(x)/x", sin(x) / x, 0.5, 12),
    ("cos(x)/x", cos(x) / x, -9, 9),
    ("sin(sqrt(x))", sin(sqrt(x)), 0.5, 60),
    ("sin(e^x)", sin(exp(x)), -2, 2.5),
    ("e^x", exp(x), -5, 5),
    ("e^x-2", exp(x) - 2, -5, 5),
    ("e^(-x)", exp(-x), -5, 5),
    ("x e^x", x * exp(x), -6, 3),
    ("x e^(-x)", x * exp(-x), -2, 8),
    ("x^2 e^(-x)", x**2 * exp(-x), -2, 9, {"roots": [0]}),
    ("x^3 e^(-x)", x**3 * exp(-x), -1, 12),
    ("e^(-x^2)", exp(-(x**2)), -4, 4),
    ("x e^(-x^2)", x * exp(-(x**2)), -4, 4),
    ("e^x-x-1", exp(x) - x - 1, -3, 3, {"roots": [0]}),
    ("e^x-3x", exp(x) - 3 * x, -1, 3),
    ("e^x sin(x)", exp(x) * sin(x), -5, 5),
    ("e^(-x) cos(x)", exp(-x) * cos(x), -5, 5),
    ("e^(-x/5) sin(3x)", exp(-x / 5) * sin(3 * x), -5, 5),
    ("(e^x+e^(-x))/2", (exp(x) + exp(-x)) / 2, -4, 4),
    ("sinh(x)", sp.sinh(x), -4, 4),
    ("cosh(x)-2", sp.cosh(x) - 2, -4, 4),
    ("tanh(x)", sp.tanh(x), -4, 4),
    ("1/(1+e^(-x))", 1 / (1 + exp(-x)), -8, 8),
    ("2^x-8", 2**x - 8, -5, 5),
    ("e^(1/x)", exp(1 / x), -4, 4),
    ("e^x/x", exp(x) / x, -4, 4),
    ("ln(x)", log(x), -1, 10),
    ("ln(x)^2", log(x) ** 2, 0.1, 10, {"roots": [1]}),
    ("ln(x)/x", log(x) / x, 0.2, 12),
    ("x ln(x)", x * log(x), 0.05, 5),
    ("x^2 ln(x)", x**2 * log(x), 0.02, 3),
    ("x-ln(x)", x - log(x), 0.1, 8),
    ("ln(x^2+1)", log(x**2 + 1), -5, 5, {"roots": [0]}),
    ("ln(x)-1", log(x) - 1, 0.1, 8),
    ("ln|x|", log(x**2) / 2, -4, 4),
    ("x^x", exp(x * log(x)), 0.01, 3),
    ("1/x", 1 / x, -5, 5),
    ("1/x^2", 1 / x**2, -5, 5),
    ("1/(x^2+1)", 1 / (x**2 + 1), -5, 5),
    ("x/(x^2+1)", x / (x**2 + 1), -5, 5),
    ("x^2/(x^2+1)", x**2 / (x**2 + 1), -5, 5, {"roots": [0]}),
    ("x^3/(x^2+1)", x**3 / (x**2 + 1), -5, 5),
    ("1/(x^2-1)", 1 / (x**2 - 1), -4, 4),
    ("x/(x^2-1)", x / (x**2 - 1), -4, 4),
    ("x^2/(x-1)", x**2 / (x - 1), -4, 5, {"roots": [0]}),
    ("(x^2+1)/x", (x**2 + 1) / x, -5, 5),
    ("x^3/(x^2-4)", x**3 / (x**2 - 4), -7, 7),
    ("(x-1)/(x+2)", (x - 1) / (x + 2), -6, 6),
    ("(x^2-1)/(x^2+1)", (x**2 - 1) / (x**2 + 1), -5, 5),
    ("(x^2-3)/(x-2)", (x**2 - 3) / (x - 2), -3, 6),
    ("1/(1+100x^2)", 1 / (1 + 100 * x**2), -5, 5),
    ("1/(1+10000x^2)", 1 / (1 + 10000 * x**2), -5, 5),
    ("1/(x^3-x)", 1 / (x**3 - x), -3, 3),
    ("(x^2-1)/(x-1)", x + 1, -5, 5),
    ("(x^3-8)/(x-2)", x**2 + 2 * x + 4, -5, 5),
    ("sqrt(x^2+1)", sqrt(x**2 + 1), -5, 5),
    ("x sqrt(4-x^2)", x * sqrt(4 - x**2), -1.99, 1.99),
    ("x-sqrt(x)", x - sqrt(x), 0.001, 4),
    ("x^(3/2)-x", x ** sp.Rational(3, 2) - x, 0.01, 3),
    ("x/sqrt(x^2+1)", x / sqrt(x**2 + 1), -5, 5),
    ("sqrt(x)-2", sqrt(x) - 2, 0.5, 9),
    ("arctan(x)", atan(x), -5, 5),
    ("x arctan(x)", x * atan(x), -4, 4, {"roots": [0]}),
    ("arctan(x)-x/2", atan(x) - x / 2, -5, 5),
    ("arctan(10x)", atan(10 * x), -3, 3),
    ("arcsin(x)", sp.asin(x), -0.99, 0.99),
    ("|x|", None, -5, 5, {"roots": [0], "minima": [0]}),
    ("|x|-1", None, -5, 5, {"roots": [-1, 1], "minima": [0]}),
    ("|x-2|", None, -5, 5, {"roots": [2], "minima": [2]}),
    ("|x^2-1|", None, -3, 3, {"roots": [-1, 1], "minima": [-1, 1], "maxima": [0]}),
    (
        "|sin(x)|",
        None,
        -4,
        4,
        {"roots": ["-pi", 0, "pi"], "minima": ["-pi", 0, "pi"], "maxima": ["-pi/2", "pi/2"]},
    ),
    ("x|x|", None, -3, 3, {"roots": [0], "inflections": [0]}),
    ("|x|^3", None, -3, 3, {"roots": [0], "minima": [0]}),
    ("x+|x|/2", None, -3, 3, {"roots": [0]}),
    ("x^2-2|x|", None, -4, 4, {"roots": [-2, 0, 2], "minima": [-1, 1], "maxima": [0]}),
    ("|x-1|+|x+1|", None, -4, 4, {}),
    ("||x|-1|", None, -4, 4, {"roots": [-1, 1], "minima": [-1, 1], "maxima": [0]}),
    ("x^(1/3)", None, -4, 4, {"roots": [0], "inflections": [0]}),
    ("x^(2/3)", None, -4, 4, {"roots": [0], "minima": [0]}),
    ("x^(1/3)(x-4)", None, -5, 6, {"roots": [0, 4], "minima": [1], "inflections": [-2, 0]}),
    ("x^(2/3)(5-x)", None, -3, 6, {"roots": [0, 5], "minima": [0], "maxima": [2], "inflections": [-1]}),
    ("sqrt(|x|)", None, -4, 4, {"roots": [0], "minima": [0]}),
    ("sqrt(|x-1.3|)", None, -4, 4, {"roots": ["1.3"], "minima": ["1.3"]}),
    ("floor(x)", None, -5.5, 5.5, {}),
    ("sign(x)", None, -3, 3, {"roots": [0]}),
    ("x-floor(x)", None, -2.5, 2.5, {"roots": [-2, -1, 0, 1, 2]}),
    ("max(0,x)", None, -3, 3, {}),
    ("max(x,x^2)", None, -3, 3, {"roots": [0], "minima": [0]}),
    ("min(x^2,1)", None, -3, 3, {"roots": [0], "minima": [0]}),
    ("sin(x)^2+cos(x)^2", None, -5, 5, {}),
    ("0", None, -5, 5, {}),
    ("sqrt(x)", None, -2, 5, {"roots": [0]}),
    ("sqrt(4-x^2)", None, -5, 5, {"roots": [-2, 2], "maxima": [0]}),
    ("ln(-1-x^2)", None, -5, 5, {}),
]

SCAN = 20011


def zeros(expression: sp.Expr, low: float, high: float) -> list[tuple[mpmath.mpf, int]]:
    """Zeros with a change of sign, and the sign after each."""
    if expression.is_constant():
        return []
    function = sp.lambdify(x, expression, "mpmath")
    found = []

    def at(place):  # type: ignore[no-untyped-def]
        try:
            value = function(place)
        except (ZeroDivisionError, ValueError):
            return None
        return value if isinstance(value, mpmath.mpf) and mpmath.isfinite(value) else None

    step = np.arange(SCAN + 1.0)
    grid = np.clip(low + (high - low) * (step + 0.1061 * (step % 3)) / SCAN, low, high)
    with np.errstate(all="ignore"):
        rough = np.broadcast_to(sp.lambdify(x, expression, "numpy")(grid), grid.shape)
    for k in np.flatnonzero((rough[:-1] != 0) & (rough[:-1] * rough[1:] <= 0)):
        a, b = mpmath.mpf(float(grid[k])), mpmath.mpf(float(grid[k + 1]))
        fa, fb = at(a), at(b)
        if fa is None or fb is None or fa * fb > 0:
            continue
        left, right, before = a, b, fa
        for _ in range(110):
            middle = (left + right) / 2
            value = at(middle)
            if value is None or value == 0:
                left = right = middle
                break
            if value * before > 0:
                left = middle
            else:
                right = middle
        root = (left + right) / 2
        value = at(root)
        if value is not None and abs(value) < 1e-9 * (1 + abs(before)):
            found.append((root, int(mpmath.sign(fb if fb != 0 else -fa))))
    return found


def answers(row: tuple) -> dict[str, object]:
    """The answers for one row, as strings of 25 digits."""
    text, expression, low, high, *more = row
    by_hand = more[0] if more else {}
    lists: dict[str, list] = {"roots": [], "maxima": [], "minima": [], "inflections": []}
    if expression is not None:
        first, second = sp.diff(expression, x), sp.diff(expression, x, 2)
        lists["roots"] = [root for root, _ in zeros(expression, low, high)]
        for root, sign in zeros(first, low, high):
            lists["minima" if sign > 0 else "maxima"].append(root)
        lists["inflections"] = [root for root, _ in zeros(second, low, high)]
    for kind, given in by_hand.items():
        exact = {"pi": mpmath.pi, "-pi": -mpmath.pi, "pi/2": mpmath.pi / 2, "-pi/2": -mpmath.pi / 2}
        exact |= {"2*pi": 2 * mpmath.pi, "-2*pi": -2 * mpmath.pi, "3*pi/2": 3 * mpmath.pi / 2}
        lists[kind] = sorted([*lists[kind], *(exact[v] if v in exact else mpmath.mpf(v) for v in given)])
    shown = {kind: [mpmath.nstr(v, 25) for v in values] for kind, values in lists.items()}
    return {"text": text, "low": low, "high": high, **shown}


if __name__ == "__main__":
    mpmath.mp.dps = 30
    table = [answers(row) for row in ROWS]
    target = Path(__file__).with_name("known_answers.json")
    target.write_text("[\n" + ",\n".join(json.dumps(row) for row in table) + "\n]\n", encoding="utf-8")
