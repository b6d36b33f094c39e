"""Choices in the line: ``a if c else b``, ``c ? a : b``, ``if c then a else b``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.expression import build, mistakes
from derivlab.expression.build import Term
from derivlab.expression.precedence import Level

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_PIECE = Level.CHOICE + 1


def conditional(grammar: Grammar, value: Term) -> Term:
    """``a if c else b``; undefined where there is no ``else``."""
    grammar.place += 1
    grammar.inside += 1
    grammar.frames += 1
    condition = grammar.condition(grammar.expression(_PIECE))
    if grammar.tokens[grammar.place].kind == "otherwise":
        grammar.place += 1
        rest = grammar.number(grammar.expression(Level.CHOICE))
    else:
        rest = build.apply("undefined", (), condition.end, condition.end)
    grammar.inside -= 1
    grammar.frames -= 1
    return build.apply(
        "where", (condition, grammar.number(value), rest), value.start, max(rest.end, condition.end)
    )


def question(grammar: Grammar, condition: Term) -> Term:
    """``c ? a : b``."""
    mark = grammar.tokens[grammar.place]
    grammar.condition(condition)
    grammar.place += 1
    grammar.frames += 1
    value = grammar.number(grammar.expression(Level.CHOICE))
    mistakes.expect(grammar, ":", mark)
    rest = grammar.number(grammar.expression(Level.CHOICE))
    grammar.frames -= 1
    return build.apply("where", (condition, value, rest), condition.start, rest.end)
