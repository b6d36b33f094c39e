"""Restrictions: ``x^2 {x > 0}``, and ``x^2 (x > 0)`` at the end of a formula, as textbooks write a domain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivlab.errors import Span
from derivlab.expression import build
from derivlab.expression.build import Term
from derivlab.expression.messages import mistakes
from derivlab.expression.noticed.notices import Notices
from derivlab.expression.precedence import Level
from derivlab.expression.tokens import COMPARES, Token, onward

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_PIECE = Level.CHOICE + 1
_ENDS_OPERAND = frozenset(
    {"number", "fraction", "variable", "constant", ")", "]", "}", "|", "‖", "close|", "⌋", "⌉", "!", "°"}
)
_ELSEWHERE = COMPARES | {"if", "otherwise", "?", "and", "or", "not", "truth"}
"""Where one of these stands outside, brackets with a condition count 1 and 0, as in programs."""

_COMPARISON = re.compile(r"\\[lgn](?:e|t)")
"""A sign of comparison as a command."""


def compares(text: str) -> bool:
    """Whether a sign of comparison stands in the text."""
    return any(sign in text for sign in ("<", ">", "≤", "≥", "≠", "!=")) or (
        "\\" in text and _COMPARISON.search(text) is not None
    )


def is_restriction(grammar: Grammar) -> bool:
    """Whether the brace here holds a condition for what stands before it: ``x^2 {x > 0}``."""
    if grammar.tokens[grammar.place].kind != "{":
        return False
    depth = 0
    compares = False
    for token in onward(grammar.tokens, grammar.place):
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


def read_domain(tokens: list[Token], text: str, notices: Notices) -> None:
    """Make braces of the last brackets where they hold the domain: ``f(x) = x^2  (0 <= x <= 1)``.

    A gap stands before them and no sign, and the formula has no condition elsewhere.
    """
    place = len(tokens) - 2
    depth = 0
    compares = False
    while place > 0:
        kind = tokens[place].kind
        depth += (kind in (")", "]", "}")) - (kind in ("(", "[", "{"))
        compares = compares or (depth == 1 and kind in COMPARES)
        if not depth:
            break
        place -= 1
    opening, closing = tokens[place], tokens[-2]
    before = tokens[place - 1]
    if not (place and compares and opening.kind == "(" and before.end < opening.start):
        return
    if before.kind not in _ENDS_OPERAND or _belongs_to_function(tokens, place):
        return
    if any(token.kind in _ELSEWHERE for token in tokens[:place]):
        return
    opening.kind, closing.kind = "{", "}"
    shown = text[opening.start : closing.end]
    notices.add(
        "domain",
        f"{shown} was read as the domain: elsewhere the function is undefined, not 0 as with a product.",
        Span(opening.start, closing.end),
        (opening.start, opening.start, "*"),
    )


def _belongs_to_function(tokens: list[Token], place: int) -> bool:
    """Whether the bracket holds the argument of ``sin^2 (…)`` or ``log_2 (…)``."""
    return place > 2 and tokens[place - 2].kind in ("^", "_") and tokens[place - 3].kind == "function"


def note_factor(grammar: Grammar, opening: Token, condition: Term) -> None:
    """``x^2(x > 0)``: a condition in brackets as the last factor, where the domain might be meant."""
    tokens = grammar.tokens
    if tokens[grammar.place].kind != "end" or opening.kind != "(":
        return
    start, end = condition.start, condition.end
    if any(token.kind in _ELSEWHERE for token in tokens if token.start < start):
        return
    edits = ((start, start + 1, " {"), (end - 1, end, "}")) if grammar.text[start] == "(" else ()
    grammar.notices.add(
        "factor",
        f"{grammar.text[start:end]} was read as a factor: it counts 1 where the condition holds, and 0 elsewhere.",
        Span(start, end),
        *edits,
    )
