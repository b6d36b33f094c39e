"""Bars and corners: ``|x|``, ``⌊x⌋``, and the two bars of programs that mean “or”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.expression.build import Term, apply
from derivlab.expression.messages import mistakes
from derivlab.expression.noticed import readings
from derivlab.expression.tokens import CLOSERS, COMPARES, Token, onward

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

AROUND = {"⌊": "floor", "⌈": "ceil", "open|": "abs", "|": "abs", "‖": "abs"}
"""The signs that stand around an operand, by the kind of the one that opens, and what they mean."""
BARS = ("|", "‖")

_OPENING = frozenset({"(", "[", "{", "cases"})
_CLOSING = frozenset({")", "]", "}", "endcases"})
_BEGINS_ANEW = frozenset({",", ";", ":", "?", "row", "end"})


def around(grammar: Grammar, token: Token) -> Term:
    """Bars and corners: absolute value, floor and ceiling."""
    grammar.place += 1
    if token.kind in BARS:
        grammar.bars[-1] += 1
        grammar.inside += 1
        grammar.frames += 2
        term = grammar.number(grammar.expression())
        grammar.frames -= 2
        grammar.inside -= 1
        closing = mistakes.expect(grammar, token.kind, token)
        grammar.bars[-1] -= 1
        readings.note_bars(grammar, closing)
    else:
        grammar.enter(2)
        term = grammar.number(grammar.expression())
        grammar.leave(2)
        closing = mistakes.expect(grammar, CLOSERS[token.kind], token)
    return apply(AROUND[token.kind], (term,), token.start, closing.end)


def read_double_bars(tokens: list[Token]) -> list[Token]:
    """The tokens with ``||`` between two comparisons as “or”: ``x < 0 || x > 1``.

    A comparison stands on its left, and on its right one comes sooner than another bar, or the bars stand
    apart on both sides: in ``x < ||y|-1|`` they open absolute values.
    """
    found: list[Token] = []
    compared = [False]
    for place, token in enumerate(tokens):
        kind = token.kind
        before = found[-1] if found else None
        if kind in COMPARES:
            compared[-1] = True
        elif kind in _BEGINS_ANEW:
            compared[-1] = False
        elif kind in _OPENING:
            compared.append(False)
        elif kind in _CLOSING and len(compared) > 1:
            compared.pop()
        elif (
            kind == "|"
            and not token.gap
            and before is not None
            and before.kind == "|"
            and compared[-1]
            and found[-2].kind not in COMPARES
            and ((before.gap and tokens[place + 1].gap) or _comparison_is_next(tokens, place + 1))
        ):
            found[-1] = Token("or", "||", before.start, token.end, before.gap)
            continue
        found.append(token)
    return found


def _comparison_is_next(tokens: list[Token], place: int) -> bool:
    """Whether a comparison comes sooner than a bar, a bracket's end or a separator."""
    depth = 0
    for token in onward(tokens, place):
        kind = token.kind
        depth += (kind in _OPENING) - (kind in _CLOSING)
        if depth < 0 or (not depth and (kind == "|" or kind in _BEGINS_ANEW)):
            return False
        if not depth and kind in COMPARES:
            return True
    return False
