"""Text to tokens: numbers, words and signs, each with its place in the text."""

from __future__ import annotations

import re
from fractions import Fraction

from derivlab.errors import ParseError, Span
from derivlab.expression.bounds import MAX_DECIMAL_EXPONENT, MAX_DIGITS


class Token:
    """A piece of the text: its kind, the text itself, where it stands, and what it means.

    ``kind`` is ``number``, ``word``, ``function``, ``constant``, ``variable``, ``end``, or the sign itself.
    ``gap`` tells whether white space stands before it.
    """

    __slots__ = ("end", "gap", "kind", "start", "text", "value")

    def __init__(self, kind: str, text: str, start: int, end: int, gap: bool, value: object = None) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.gap = gap
        self.value = value

    def __repr__(self) -> str:
        return f"Token({self.kind!r}, {self.text!r}, {self.start}, {self.end})"

    @property
    def span(self) -> Span:
        """Where the token stands."""
        return Span(self.start, self.end)


GREEK = "αβγδεζηθικλμνξπρςστυφχψωΓΔΘΛΞΠΣΦΨΩ"
_LETTER = f"A-Za-z{GREEK}"

_PATTERN = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<number>(?:[0-9]+(?:_[0-9]+)*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<word>[{_LETTER}][{_LETTER}0-9₀-₉]*(?:_+[{_LETTER}0-9]+)*)
    | (?P<sign>\*\*|//|<=|>=|==|!=|<>|:=|->|=>|[-+*/^()\[\]{{}},;:|!=<>°%_.?&$'"\\])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_SAME = {"**": "^", "<>": "!="}


def tokenise(text: str) -> list[Token]:
    """The tokens of ``text``, closed by one of kind ``end``.

    Raises ParseError for a character that has no meaning here and for a number beyond the limits.
    """
    tokens: list[Token] = []
    append = tokens.append
    gap = False
    for match in _PATTERN.finditer(text):
        group = match.lastgroup
        if group == "space":
            gap = True
            continue
        piece = match.group()
        start, end = match.span()
        if group == "sign":
            append(Token(_SAME.get(piece, piece), piece, start, end, gap))
        elif group == "number":
            append(Token("number", piece, start, end, gap, read_number(piece, start)))
        elif group == "word":
            append(Token("word", piece, start, end, gap))
        else:
            raise ParseError(
                f"The character {piece!r} has no meaning here.",
                span=Span(start, end),
                hint="Leave it out or write it in letters.",
            )
        gap = False
    append(Token("end", "", len(text), len(text), gap))
    return tokens


def read_number(text: str, start: int) -> Fraction:
    """The exact value of a decimal literal."""
    if text.isdecimal() and len(text) <= 15:
        return Fraction(int(text))
    mantissa, _, exponent = text.replace("_", "").lower().partition("e")
    span = Span(start, start + len(text))
    if len(mantissa) > MAX_DIGITS:
        raise ParseError(
            f"This number has more than {MAX_DIGITS} digits.",
            span=span,
            hint="Round it: a computer's numbers hold about 16 digits.",
        )
    if exponent and (len(exponent) > 6 or abs(int(exponent)) > MAX_DECIMAL_EXPONENT):
        raise ParseError(
            f"The exponent in {text[:40]} is beyond {MAX_DECIMAL_EXPONENT}.",
            span=span,
            hint="The greatest number that a computer's floating point holds is about 1.8e308.",
        )
    value = Fraction(mantissa.rstrip(".") + ("e" + exponent if exponent else ""))
    if value > Fraction(2) ** 1023 * 2 - 1:
        raise ParseError(
            "This number is too large.",
            span=span,
            hint="The greatest number that a computer's floating point holds is about 1.8e308.",
        )
    return value
