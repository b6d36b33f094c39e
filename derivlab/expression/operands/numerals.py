"""Decimal literals to numbers that hold their exact value."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from unicodedata import numeric

from derivlab.errors import ParseError, Span
from derivlab.expression.bounds import MAX_DECIMAL_EXPONENT, MAX_DIGITS
from derivlab.expression.tree import Number

_THOUSANDS = re.compile("[1-9][0-9]{0,2}\\.[0-9]{3}")
_TOO_LARGE = 2**1024 - 2**970


@lru_cache(maxsize=1024)
def _whole(text: str) -> Number:
    return Number(Fraction(int(text)))


def read_number(text: str, start: int) -> Number:
    """The node of a decimal literal, which holds its exact value. Raises ParseError beyond the limits."""
    if len(text) <= 15 and text.isdecimal():
        return _whole(text)
    mantissa, _, exponent = text.replace("_", "").replace("{,}", ".").lower().partition("e")
    span = Span(start, start + len(text))
    if "{,}" in text and _THOUSANDS.fullmatch(mantissa):
        raise ParseError(
            f"{text} can be read in two ways.",
            span=span,
            hint=f"Write {mantissa.replace('.', '')} for thousands, or {mantissa} for a decimal number.",
        )
    if len(mantissa) > MAX_DIGITS:
        raise ParseError(
            f"This number has more than {MAX_DIGITS} digits.",
            span=span,
            hint="Round it: a computer's numbers hold about 16 digits.",
        )
    if exponent and (len(exponent) > 6 or abs(int(exponent)) > MAX_DECIMAL_EXPONENT):
        raise ParseError(
            f"The exponent {exponent[:12]} of this number is beyond {MAX_DECIMAL_EXPONENT}.",
            span=span,
            hint="The greatest number that a computer's floating point holds is about 1.8e308.",
        )
    whole, _, places = mantissa.partition(".")
    value = Fraction(int((whole + places) or "0"), 10 ** len(places))
    if exponent:
        value *= Fraction(10) ** int(exponent)
    if value >= _TOO_LARGE:
        raise ParseError(
            "This number is too large.",
            span=span,
            hint="The greatest number that a computer's floating point holds is about 1.8e308.",
        )
    return Number(value)


@lru_cache(maxsize=32)
def read_fraction(sign: str) -> Fraction:
    """The value of ``½`` and its kin."""
    return Fraction(numeric(sign)).limit_denominator(10)
