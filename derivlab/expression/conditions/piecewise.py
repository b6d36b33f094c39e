"""Calls that hold pieces: ``Piecewise((x, x > 0), (0, True))``, ``piecewise(x > 0, x, 0)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.expression import build
from derivlab.expression.build import Term
from derivlab.expression.conditions.ahead import has_comma, holds_pieces
from derivlab.expression.conditions.pieces import nested, pair, pieces_until
from derivlab.expression.messages import misjudged, mistakes, misused
from derivlab.expression.tokens import CLOSERS, Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar


def piecewise(grammar: Grammar, token: Token) -> Term:
    """``Piecewise((x, x > 0), (0, True))``, ``piecewise(x > 0, x, 0)`` and ``piecewise(x, x > 0, 0)``."""
    tokens = grammar.tokens
    opening = tokens[grammar.place]
    if opening.kind not in ("(", "["):
        raise misused.no_argument(grammar, token, opening)
    if holds_pieces(grammar):
        grammar.place += 1
        grammar.enter(6)
        term = pieces_until(grammar, CLOSERS[opening.kind], opening)
        grammar.leave(6)
        return term.widened(token.start, mistakes.expect(grammar, CLOSERS[opening.kind], opening).end)
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
        if bracket.kind in ("(", "[", "{") and has_comma(grammar):
            pieces.append(pair(grammar))
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


def chain_of_ifs(grammar: Grammar, arguments: list[Term], start: int, end: int) -> Term:
    """``If(x < 0, -x, x < 1, x, 1)``: conditions and values in turn, and what holds otherwise."""
    pairs = [
        (grammar.condition(condition), grammar.number(value))
        for condition, value in zip(arguments[::2], arguments[1::2], strict=False)
    ]
    otherwise = grammar.number(arguments[-1]) if len(arguments) % 2 else None
    return nested(pairs, otherwise, start, end)
