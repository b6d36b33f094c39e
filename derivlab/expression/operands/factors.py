"""Where factors begin and end in what was read, and in the tokens that are still to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from derivlab.expression.build import Term
from derivlab.expression.tokens import CLOSERS, Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_SPINE = frozenset({"multiply", "divide", "negate"})
_BEHIND = ("!", "°")


def last_factor(term: Term) -> Term:
    """The factor of a product that stands last, ``e^2`` of ``5*e^2``; the term itself where it is no product."""
    while term.operation in _SPINE and not term.bracketed:
        term = term.parts[-1]
    return term


def end_of_factor(grammar: Grammar) -> int:
    """Where the factor ends that begins at this place, with its power."""
    return grammar.tokens[_factor_end(grammar.tokens, grammar.place) - 1].end


def end_of_letters(grammar: Grammar) -> int:
    """Where the factors end that begin at this place and stand close together: ``πx`` of ``e^2πx + 1``."""
    tokens = grammar.tokens
    place = _factor_end(tokens, grammar.place)
    while tokens[place].kind in ("variable", "constant") and not tokens[place].gap:
        place = _factor_end(tokens, place)
    return tokens[place - 1].end


def _factor_end(tokens: Sequence[Token], place: int) -> int:
    """The place behind the factor that begins at ``place``, with its power."""
    place = _operand_end(tokens, place)
    while tokens[place].kind == "^":
        place += 1
        while tokens[place].kind in ("+", "-"):
            place += 1
        place = _operand_end(tokens, place)
    return place


def _operand_end(tokens: Sequence[Token], place: int) -> int:
    """The place behind the operand that begins at ``place``: a leaf, brackets or bars, and what stands behind it."""
    place += tokens[place].kind == "frac"
    closer = CLOSERS.get(tokens[place].kind)
    place += tokens[place].kind != "end"
    depth = 0
    while closer is not None and tokens[place].kind != "end":
        kind = tokens[place].kind
        place += 1
        if kind == closer and not depth:
            break
        depth += (kind in ("(", "[", "{")) - (kind in (")", "]", "}"))
    while tokens[place].kind in _BEHIND:
        place += 1
    return place
