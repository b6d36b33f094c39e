"""Numbers as people read them: ``18`` not ``18.000000``, ``1.2 × 10⁻⁷``, never ``−0``.

Every function takes how uncertain the number is and shows the digits that are certain, no more.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Decimal

from derivlab.figures.notation import SUPERSCRIPT

MINUS = "−"
INFINITY = "∞"
UNDEFINED = "undefined"
DIGITS = 12
"""Significant digits where nothing better is known: float64 has 15 to 17, a few go in the computing."""

_SMALLEST_PLAIN = -5
_LARGEST_PLAIN = 15


def uncertainty(value: float, at: float = 0.0, slope: float = 0.0) -> float:
    """What rounding alone can change in ``value`` = f(``at``): its own last place and that of the point.

    ``slope`` is f′(at). sin(π) is 1.2 × 10⁻¹⁶ in float64 because π is rounded; that is less than its
    uncertainty, so it shows as 0.
    """
    carried = abs(at * slope)
    epsilon = 2.0**-52
    total = epsilon * (abs(value) + (carried if math.isfinite(carried) else 0.0))
    return total if math.isfinite(total) else 0.0


def _rounded(value: float, uncertain: float, digits: int) -> Decimal:
    """``value`` to its certain digits, at most ``digits`` of them."""
    exact = Decimal(repr(float(value)))
    if exact == 0 or abs(value) <= uncertain:
        return Decimal(0)
    last = exact.adjusted() - digits + 1
    if uncertain > 0:
        last = max(last, math.floor(math.log10(uncertain)) + 1)
    last = min(last, exact.adjusted())
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= last:
        return exact
    return exact.quantize(Decimal(1).scaleb(last), rounding=ROUND_HALF_EVEN)


def _pieces(value: float, uncertain: float, digits: int) -> tuple[bool, str, int | None]:
    """Sign, digits and power of ten (None where the number is written out) of a finite number."""
    rounded = _rounded(value, uncertain, digits)
    if rounded == 0:
        return False, "0", None
    negative, size = rounded < 0, abs(rounded)
    power = size.adjusted()
    is_whole = size == size.to_integral_value()
    if _SMALLEST_PLAIN < power < (_LARGEST_PLAIN if is_whole else digits):
        return negative, _trimmed(format(size, "f")), None
    return negative, _trimmed(format(size.scaleb(-power), "f")), power


def _trimmed(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def text(value: float, uncertain: float = 0.0, digits: int = DIGITS) -> str:
    """``value`` for a page: ``−0.5``, ``1.2 × 10⁻⁷``, ``∞``, ``undefined``."""
    if math.isnan(value):
        return UNDEFINED
    if math.isinf(value):
        return INFINITY if value > 0 else MINUS + INFINITY
    negative, body, power = _pieces(value, uncertain, digits)
    sign = MINUS if negative else ""
    if power is None:
        return sign + body
    tens = "10" + str(power).translate(SUPERSCRIPT)
    return f"{sign}{tens}" if body == "1" else f"{sign}{body} × {tens}"


def latex(value: float, uncertain: float = 0.0, digits: int = DIGITS) -> str:
    r"""``value`` as LaTeX: ``-0.5``, ``1.2 \times 10^{-7}``, ``\infty``."""
    if math.isnan(value):
        return r"\text{undefined}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    negative, body, power = _pieces(value, uncertain, digits)
    sign = "-" if negative else ""
    if power is None:
        return sign + body
    tens = f"10^{{{power}}}"
    return f"{sign}{tens}" if body == "1" else rf"{sign}{body} \times {tens}"


def plain(value: float, uncertain: float = 0.0, digits: int = DIGITS) -> str:
    """``value`` in ASCII, as an input box takes it back: ``-0.5``, ``1.2e-7``, ``inf``."""
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    negative, body, power = _pieces(value, uncertain, digits)
    return f"{'-' if negative else ''}{body}{'' if power is None else f'e{power}'}"


def full(value: float) -> str:
    """All the digits that tell this float64 from every other, for those who ask for more."""
    return text(value, 0.0, 17)


def digits_within(ends: tuple[float, float], parts: int = 2000) -> int:
    """How many significant digits tell numbers apart that lie a ``parts``-th of the stretch apart."""
    lo, hi = ends
    size = max(abs(lo), abs(hi))
    if not (math.isfinite(size) and hi > lo and size > 0):
        return DIGITS
    return max(3, min(17, math.ceil(math.log10(size * parts / (hi - lo))) + 1))


def line_latex(slope: float, intercept: float, variable: str, digits: int = 7) -> str:
    """The right side of a straight line as LaTeX: ``18 x - 27``, ``-x``, ``4``. ``variable`` is LaTeX."""
    m, b = latex(slope, digits=digits), latex(intercept, digits=digits)
    if m == "0":
        return b
    factor = {"1": "", "-1": "-"}.get(m, m + (r"\," if "times" in m else ""))
    line = f"{factor} {variable}".strip()
    return line if b == "0" else f"{line} {'-' if b.startswith('-') else '+'} {b.removeprefix('-')}"
