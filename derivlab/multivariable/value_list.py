"""Lists of numbers as people type them: ``1, 2, 3``, ``[0.5, pi/2]``, ``linspace(-10, 10, 20)``."""

from __future__ import annotations

import re

import numpy as np

from derivlab.autodiff.derivative import value
from derivlab.errors import InputError, ParseError, Span
from derivlab.expression.parse import parse
from derivlab.expression.several import Piece, split, unwrap
from derivlab.multivariable.batch import Floats
from derivlab.multivariable.many_values import MOST_VALUES

MOST_FORMULAS = 1_000
"""Values such as pi/2, which have to be parsed; plain numbers may be many more."""
LONGEST = 200_000
"""Characters of a list."""

_PLAIN = re.compile(r"\s*[-+−]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*")
_LINSPACE = re.compile(r"\s*(?:torch\.|np\.|numpy\.)?linspace\s*(\(.*\))\s*", re.DOTALL)
_TENSOR = re.compile(r"\s*(?:torch\.tensor|np\.array|numpy\.array)\s*(\(.*\))\s*", re.DOTALL)


def read_values(text: str) -> Floats:
    """The numbers in ``text``, in their order: (m,).

    Raises ParseError with the place of a part that is no number, and InputError for none or for too many.
    """
    with np.errstate(all="ignore"):
        values = _read(text)
    if not np.isfinite(values).all():
        raise InputError("A value in the list is too large.", hint="Write numbers below 1e308.")
    return values


def _read(text: str) -> Floats:
    if len(text) > LONGEST:
        raise InputError(
            f"The list is {len(text):,} characters long; at most {LONGEST:,} are read.",
            hint="Write evenly spaced values as linspace(first, last, how many).",
        )
    if found := _LINSPACE.fullmatch(text):
        return _linspace(unwrap(Piece(found.group(1), found.start(1))))
    inside = Piece(text, 0)
    if found := _TENSOR.fullmatch(text):
        inside = unwrap(Piece(found.group(1), found.start(1)))
    inside = unwrap(inside)
    if not inside.text.strip():
        raise InputError("There are no values.", hint="Try 1, 2, 3 or linspace(-10, 10, 20).")
    pieces = list(split(inside.text, ","))
    if len(pieces) > 1 and not pieces[-1].text.strip():
        pieces.pop()
    if len(pieces) == 1 and len(inside.text.split()) > 1 and all(map(_PLAIN.fullmatch, inside.text.split())):
        return np.array([_plain(word) for word in inside.text.split()])
    if sum(not _PLAIN.fullmatch(piece.text) for piece in pieces) > MOST_FORMULAS:
        raise InputError(
            f"More than {MOST_FORMULAS:,} of the values are formulas.",
            hint="Write them as plain numbers, or evenly spaced ones as linspace(first, last, how many).",
        )
    return np.array([_number(piece, inside.start) for piece in pieces])


def _plain(text: str) -> float:
    return float(text.strip().replace("−", "-"))


def _linspace(inside: Piece) -> Floats:
    pieces = split(inside.text, ",")
    if len(pieces) != 3:
        raise ParseError(
            f"linspace takes three numbers: first, last, how many. Here are {len(pieces)}.",
            span=Span(inside.start, inside.start + len(inside.text)),
            hint="Try linspace(-10, 10, 20).",
        )
    words = [
        re.sub(r"^\s*(?:steps|num|start|end|stop)\s*=", lambda m: " " * len(m.group()), p.text)
        for p in pieces
    ]
    first, last, count = (
        _number(Piece(word, piece.start), inside.start) for word, piece in zip(words, pieces, strict=True)
    )
    if count != int(count) or not 1 <= count <= MOST_VALUES:
        raise InputError(
            f"The number of values must be a whole number from 1 to {MOST_VALUES:,}, not {count:g}.",
            hint="Try linspace(-10, 10, 20).",
        )
    return np.linspace(first, last, int(count))


def _number(piece: Piece, offset: int) -> float:
    """The number that a piece stands for; it may be written as pi/2 or sqrt(2)."""
    start = offset + piece.start
    span = Span(start, start + len(piece.text))
    if _PLAIN.fullmatch(piece.text):
        return _plain(piece.text)
    if not piece.text.strip():
        raise ParseError("A value is missing between two commas.", span=span, hint="Remove a comma.")
    try:
        constant = parse(piece.text)
    except ParseError as error:
        raise ParseError(
            error.message, span=Span(error.span.start + start, error.span.end + start), hint=error.hint
        ) from None
    if constant.variables:
        raise ParseError(
            f"“{piece.text.strip()}” is not a number.",
            span=span,
            hint="Write numbers, such as 2, -1/3 or pi/2.",
        )
    number = float(value(constant, {}))
    if not np.isfinite(number):
        raise ParseError(
            f"“{piece.text.strip()}” is not a finite number.", span=span, hint="Write another number."
        )
    return number
