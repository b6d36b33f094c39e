"""Calls that hold pieces: ``Piecewise((x, x > 0), (0, True))``, ``piecewise(x > 0, x, 0)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.expression import build, misjudged, mistakes, misused
from derivlab.expression.build import Term
from derivlab.expression.pieces import nested
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar


def piecewise(grammar: Grammar, token: Token) -> Term:
    """``Piecewise((x, x > 0), (0, True))``, ``piecewise(x > 0, x, 0)`` and ``piecewise(x, x > 0, 0)``."""
    tokens = grammar.tokens
    opening = tokens[grammar.place]
    if opening.kind not in ("(", "["):
        raise misused.no_argument(grammar, token, opening)
    grammar.place += 1
    pieces: list[tuple[Term, Term]] = []
    otherwise: Term | None = None
    single: list[Term] = []
    closer = ")" if opening.kind == "(" else "]"
    inner = tokens[grammar.place]
    wrapped = inner.kind in ("{", "[") and tokens[grammar.place + 1].kind in ("{", "[", "(")
    grammar.place += wrapped
    while True:
        if wrapped and tokens[grammar.place].kind == ("}" if inner.kind == "{" else "]"):
            grammar.place += 1
            wrapped = False
            if tokens[grammar.place].kind != ",":
                break
            grammar.place += 1
        bracket = tokens[grammar.place]
        pair = _pair(grammar) if bracket.kind in ("(", "[", "{") else None
        if pair is not None:
            pieces.append(pair)
        else:
            grammar.enter(3)
            single.append(grammar.expression())
            grammar.leave(3)
        if tokens[grammar.place].kind in (",", ";"):
            grammar.place += 1
        elif not wrapped:
            break
        elif tokens[grammar.place].kind not in ("}", "]"):
            raise mistakes.surprise(grammar, tokens[grammar.place])
    end = mistakes.expect(grammar, closer, opening).end
    while len(single) > 1:
        first, second = single[:2]
        del single[:2]
        value_first = second.is_condition and not first.is_condition
        condition, value = (second, first) if value_first else (first, second)
        pieces.append((grammar.condition(condition), grammar.number(value)))
    if single:
        otherwise = grammar.number(single[0])
    if not pieces:
        raise misjudged.no_pieces(token, end)
    if otherwise is None and opening.kind == "[" and token.text == "Piecewise":
        otherwise = build.number(0, end, end)  # Wolfram's Piecewise
    return nested(pieces, otherwise, token.start, end)


def _pair(grammar: Grammar) -> tuple[Term, Term] | None:
    """A pair in brackets, ``(value, condition)``; None where the bracket holds a single expression."""
    start = grammar.place
    depth = 0
    for place in range(start, len(grammar.tokens)):
        kind = grammar.tokens[place].kind
        if kind in ("(", "[", "{"):
            depth += 1
        elif kind in (")", "]", "}"):
            depth -= 1
            if depth == 0:
                return None
        elif kind == "," and depth == 1:
            break
    opening = grammar.tokens[start]
    grammar.place += 1
    grammar.enter(4)
    first = grammar.expression()
    mistakes.expect(grammar, ",", opening)
    second = grammar.expression()
    grammar.leave(4)
    mistakes.expect(grammar, {"(": ")", "[": "]", "{": "}"}[opening.kind], opening)
    if first.is_condition and not second.is_condition:
        first, second = second, first
    return grammar.condition(second), grammar.number(first)
