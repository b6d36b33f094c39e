"""Choices in the line: ``a if c else b``, ``c ? a : b``, ``if c then a else b``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.expression import build, mistakes
from derivlab.expression.build import Term
from derivlab.expression.precedence import Level
from derivlab.expression.tokens import Token

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
    if not condition.is_condition and not _has_colon(grammar):
        raise mistakes.surprise(grammar, mark)
    grammar.condition(condition)
    grammar.place += 1
    grammar.frames += 1
    value = grammar.number(grammar.expression(Level.CHOICE))
    mistakes.expect(grammar, ":", mark)
    rest = grammar.number(grammar.expression(Level.CHOICE))
    grammar.frames -= 1
    return build.apply("where", (condition, value, rest), condition.start, rest.end)


def _has_colon(grammar: Grammar) -> bool:
    """Whether a colon follows, so that the question mark may belong to ``c ? a : b``."""
    return any(token.kind == ":" for token in grammar.tokens[grammar.place :])


def opposite(grammar: Grammar, sign: Token) -> Term:
    """``!(x > 0)`` of programs: not."""
    place = grammar.place
    grammar.place += 1
    grammar.frames += 2
    term = grammar.operand(Level.ATOM)
    grammar.frames -= 2
    if not term.is_condition:
        grammar.place = place
        raise mistakes.missing(grammar, sign)
    return build.apply("not", (term,), sign.start, term.end)
