"""Looks ahead in the tokens of a piecewise formula: what stands before the next separator, or in a bracket."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from derivlab.expression.tokens import COMPARES, onward

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

SEPARATORS = (",", ";", "row")
"""The kinds of token between two pieces."""
_TELLING = frozenset({"truth", "and", "or", "not"})
"""The kinds of token beside comparisons that stand in conditions only."""
_BEHIND_CONDITION = frozenset({*SEPARATORS, "}", "endcases", "end", "&", "|"})


def value_is_next(grammar: Grammar) -> bool:
    """Whether behind the separator here a value alone stands, and more behind it: ``{x < 0, x^2, x}``."""
    depth = 0
    for token in onward(grammar.tokens, grammar.place + 1):
        depth += (token.kind in ("(", "[", "{", "cases")) - (token.kind in (")", "]", "}", "endcases"))
        if depth < 0 or token.kind == "end":
            return False
        if depth == 0:
            if token.kind in SEPARATORS:
                return True
            if token.kind in COMPARES or token.kind in ("if", "otherwise", ":", "&", "truth", "not"):
                return False
    return False


def condition_is_next(grammar: Grammar) -> bool:
    """Whether a comparison follows before the next separator: ``{x, x > 0; -x, x <= 0}``."""
    if _condition_in_brackets(grammar, grammar.place + 1):
        return True
    depth = 0
    for token in onward(grammar.tokens, grammar.place + 1):
        if token.kind in ("(", "[", "{", "cases"):
            depth += 1
        elif token.kind in (")", "]", "}", "endcases"):
            depth -= 1
        if depth < 0 or (depth == 0 and token.kind in (*SEPARATORS, "end", "if", "otherwise", ":")):
            return False
        if depth == 0 and (token.kind in COMPARES or token.kind in _TELLING):
            return True
    return False


def _condition_in_brackets(grammar: Grammar, place: int) -> bool:
    """Whether brackets with a comparison stand for all, or for a part, of a condition: ``!(x > 0)``, ``(x > 0) & …``."""
    tokens = grammar.tokens
    if tokens[place].kind == "!":
        place += 1
    if tokens[place].kind != "(":
        return False
    end, compares = closing(grammar, place, COMPARES)
    return compares and tokens[min(end + 1, len(tokens) - 1)].kind in _BEHIND_CONDITION


def condition_is_alone(grammar: Grammar) -> bool:
    """Whether what follows the comma up to the next separator is a condition that holds for no piece of its own."""
    if not condition_is_next(grammar):
        return False
    depth = 0
    for token in onward(grammar.tokens, grammar.place + 1):
        depth += (token.kind in ("(", "[", "{", "cases")) - (token.kind in (")", "]", "}", "endcases"))
        if depth < 0 or (depth == 0 and token.kind in (*SEPARATORS, "end")):
            return True
        if depth == 0 and token.kind in ("if", "otherwise", ":", "&"):
            return False
    return True


def has_comma(grammar: Grammar) -> bool:
    """Whether the bracket that opens here holds a pair, ``(value, condition)``."""
    depth = 0
    for place in range(grammar.place, len(grammar.tokens)):
        kind = grammar.tokens[place].kind
        if kind in ("(", "[", "{"):
            depth += 1
        elif kind in (")", "]", "}"):
            depth -= 1
            if depth == 0:
                return False
        elif kind == "," and depth == 1:
            return True
    return False


def holds_pieces(grammar: Grammar, compares: bool = False) -> bool:
    """Whether pieces, no arguments, stand in the bracket that opens here: ``sin {x if x > 0, 0}``.

    With ``compares`` a comparison and a separator tell it, as in ``exp{-x, x < 0; x, x > 0}``.
    """
    depth = 0
    alone = False  # an “if” that no “else” has followed yet
    kinds = set()
    for token in onward(grammar.tokens, grammar.place):
        kind = token.kind
        depth += (kind in ("(", "[", "{", "cases")) - (kind in (")", "]", "}", "endcases"))
        if depth == 0:
            break
        if depth == 1:
            kinds.add(kind)
            if alone and kind in (",", ";"):
                return True
            alone = kind == "if" or (alone and kind != "otherwise")
    if compares and kinds & COMPARES and kinds & {",", ";"}:
        return True
    return alone or (":" in kinds and "?" not in kinds)


def closing(grammar: Grammar, place: int, kinds: Container[str]) -> tuple[int, bool]:
    """The place of what closes the bracket at ``place``, and whether one of ``kinds`` stands right inside."""
    tokens = grammar.tokens
    depth = 0
    found = False
    for at in range(place, len(tokens)):
        kind = tokens[at].kind
        depth += (kind in ("(", "[", "{")) - (kind in (")", "]", "}"))
        if not depth:
            return at, found
        found = found or (depth == 1 and kind in kinds)
    return len(tokens) - 1, found
