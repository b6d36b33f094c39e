"""Restrictions: ``x^2 {x > 0}``, and ``x^2 (x > 0)`` at the end of a formula, as textbooks write a domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.expression import build, mistakes
from derivlab.expression.build import Term
from derivlab.expression.precedence import Level
from derivlab.expression.tokens import COMPARES

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_PIECE = Level.CHOICE + 1


def is_restriction(grammar: Grammar) -> bool:
    """Whether the brace here holds a condition for what stands before it: ``x^2 {x > 0}``."""
    if grammar.tokens[grammar.place].kind != "{":
        return False
    depth = 0
    compares = False
    for token in grammar.tokens[grammar.place :]:
        kind = token.kind
        if kind in ("{", "(", "["):
            depth += 1
        elif kind in ("}", ")", "]"):
            depth -= 1
            if depth == 0:
                return compares
        elif depth == 1 and kind in (",", ";", "if", ":"):
            return False
        elif kind in COMPARES:
            compares = True
    return False


def restricted(grammar: Grammar, value: Term) -> Term:
    """``x^2 {x > 0}``: undefined where the condition does not hold."""
    opening = grammar.tokens[grammar.place]
    grammar.place += 1
    grammar.enter(2)
    condition = grammar.condition(grammar.expression(_PIECE))
    grammar.leave(2)
    end = mistakes.expect(grammar, "}", opening).end
    undefined = build.apply("undefined", (), end, end)
    return build.apply("where", (condition, grammar.number(value), undefined), value.start, end)
