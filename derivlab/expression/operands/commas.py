"""Decimal commas: ``1,5x`` where a comma can separate nothing."""

from __future__ import annotations

from derivlab.errors import Span
from derivlab.expression.naming.glued import cut_digits
from derivlab.expression.naming.names import KEYWORDS, in_any_case
from derivlab.expression.naming.spellings import SPELLINGS
from derivlab.expression.noticed.notices import Notices
from derivlab.expression.operands.numerals import read_number
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.programs.signatures import LAYERS
from derivlab.expression.tokens import Token, onward

_NEAR = 200
"""How many tokens back a condition is looked for."""
_OPENING = frozenset({"(", "[", "{", "cases"})
_CLOSING = frozenset({")", "]", "}", "endcases"})


def read_decimal_commas(tokens: list[Token], notices: Notices) -> list[Token]:
    """The tokens with each comma between digits that separates no arguments and no pieces as a decimal point.

    Three digits behind it may be thousands: such a number is left as it is, and refused later.
    """
    found: list[Token] = []
    separates = [False]
    has_semicolons = any(token.kind == ";" for token in tokens)
    for place, token in enumerate(tokens):
        if token.kind in _OPENING:
            separates.append(
                _separates(tokens, place) and not (has_semicolons and _has_semicolon(tokens, place))
            )
        elif token.kind in _CLOSING and len(separates) > 1:
            separates.pop()
        if token.kind == "number" and len(found) > 1 and found[-1].text == "," and found[-2].kind == "word":
            digits = None if separates[-1] else cut_digits(found[-2])
            if digits is not None:
                found.insert(-1, digits)  # sin0,5x
        if (
            token.kind == "number"
            and len(found) > 1
            and not separates[-1]
            and _is_decimal(found, token)
            and not _begins_condition(found, tokens[place + 1], len(separates))
        ):
            whole = found[-2]
            del found[-2:]
            shown = f"{whole.text},{token.text}"
            value = read_number(f"{whole.text}.{token.text}", whole.start)
            notices.add(
                f"decimal {whole.start}",
                f"{shown} was read as the decimal number {whole.text}.{token.text}, not as two numbers.",
                Span(whole.start, token.end),
            )
            decimal = Token("number", f"{whole.text}.{token.text}", whole.start, token.end, whole.gap, value)
            found.append(decimal)
        else:
            found.append(token)
    return found


def _is_decimal(before: list[Token], token: Token) -> bool:
    """Whether the last two tokens and this one are ``1``, ``,`` and ``5`` with nothing between them."""
    whole, comma = before[-2:]
    if comma.kind != "," or comma.text != "," or whole.kind != "number" or comma.gap or token.gap:
        return False
    digits = token.text.partition("e")[0]
    return whole.text.isdecimal() and digits.isdecimal() and (len(digits) != 3 or whole.text == "0")


def _begins_condition(found: list[Token], after: Token, depth: int) -> bool:
    """Whether a domain begins behind the comma, as in ``x^2,0<x<1``: no condition can stand before it."""
    return (
        after.kind in ("<", "<=", ">", ">=", "!=")
        and depth == 1
        and len(found) > 2
        and not any(
            each.kind in ("<", "<=", ">", ">=", "==", "!=", "?", ":")
            or (each.kind == "word" and each.text in KEYWORDS)
            for each in found[-_NEAR:]
        )
    )


def _has_semicolon(tokens: list[Token], place: int) -> bool:
    """Whether semicolons separate what stands in the round bracket that opens at ``place``."""
    depth = 0
    for token in onward(tokens, place):
        depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
        if depth == 0 or tokens[place].kind != "(":
            return False
        if depth == 1 and token.kind == ";":
            return True
    return False


def _separates(tokens: list[Token], place: int) -> bool:
    """Whether commas in the bracket that opens at ``place`` separate something."""
    kind = tokens[place].kind
    before = tokens[place - 1] if place else None
    if before is None:
        return kind != "("
    if kind in ("{", "cases"):
        return before.kind not in ("^", "_") and before.text[:1] not in ("", "\\")
    if before.kind in ("^", "frac") or (before.kind == "function" and before.text[:1] == "\\"):
        return False
    if before.kind == "word":
        known = in_any_case(before.text.lstrip("\\"), before_bracket=True)
        row = OPERATIONS.get(known[1]) if known is not None and known[0] == "function" else None
        if row is None or row.arity != (1, 1) or before.text in LAYERS:
            return True
        return row.name == "ln" or max(SPELLINGS.get(row.name, (1,))) > 1
    return kind == "["
