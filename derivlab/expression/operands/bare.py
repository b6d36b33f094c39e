"""Arguments without brackets: what ``sin`` is taken of in ``sin 2x cos y`` and in ``ln|x| x``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.expression.build import Term, pair
from derivlab.expression.conditions.restrictions import is_restriction
from derivlab.expression.messages import misused
from derivlab.expression.noticed import call_readings, readings
from derivlab.expression.precedence import Level
from derivlab.expression.tokens import Token
from derivlab.expression.tree import Number, Variable

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_BARS = ("|", "‖", "open|")


def bare_argument(grammar: Grammar, function: Token) -> Term:
    """An argument without brackets: the product that follows, up to a function, a sum or a division."""
    tokens = grammar.tokens
    token = tokens[grammar.place]
    if not begins_argument(grammar, token):
        raise misused.no_argument(grammar, function, token)
    grammar.frames += 3
    left = grammar.expression(Level.PRODUCT + 1)
    grammar.frames -= 3
    if function.kind == "function" and function.text in ("√", "∛", "∜"):
        call_readings.note_root(grammar, function, left)
        return left
    if token.kind in _BARS:
        call_readings.note_after_bars(grammar, function, left)
        return left
    while True:
        token = tokens[grammar.place]
        follows = tokens[grammar.place + 1] if token.kind == "*" else token
        if follows.kind == "function":
            break
        if token.kind == "*":
            grammar.place += 1
            call_readings.note_times(grammar, function, left, token)
        elif grammar.starts_factor(token) and not (token.kind == "{" and is_restriction(grammar)):
            readings.look_at_neighbours(grammar, left, token)
            if _may_stand_alone(function, left, token):
                call_readings.note_times(grammar, function, left, token)
        else:
            break
        right = grammar.number(grammar.expression(Level.PRODUCT + 1))
        left = pair("multiply", grammar.number(left), right, True)
    return left


def _may_stand_alone(function: Token, left: Term, token: Token) -> bool:
    """Whether the factor that begins here may be meant to stand outside: ``sin x e^x``, ``sin x (x + 1)``, ``sqrt2x``."""
    if isinstance(left.node, Number):
        return function.value == "sqrt" and function.end == left.start
    if not token.gap:
        return False
    is_same = isinstance(left.node, Variable) and token.value == left.node.name
    return is_same or token.kind in ("(", "constant", "|", "open|")


def begins_argument(grammar: Grammar, token: Token) -> bool:
    """Whether an argument without brackets begins here; ``sin + 1`` has none, ``sin -x`` has, spaced as one likes."""
    if token.kind in ("+", "-"):
        return token.kind == "-"
    return token.kind in ("|", "‖") or grammar.starts_factor(token)
