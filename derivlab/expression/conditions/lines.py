"""Pieces in lines of their own: a line break inside braces separates pieces, as a comma does."""

from __future__ import annotations

from derivlab.errors import Span
from derivlab.expression.noticed.notices import UNSURE, Notices
from derivlab.expression.tokens import COMPARES, STARTS, Token

_OPENING = frozenset({"(", "[", "{"})
_CLOSING = frozenset({")", "]", "}"})
_CONDITIONS = COMPARES | {"if", "otherwise", "truth"}
_GOES_ON = frozenset(
    {"+", "*", "/", "^", "%", "//", "mod", "and", "or", "not", ",", ";", ":", "?", "then", "if"}
)
"""A line that ends with one of these goes on in the next."""


def separate_lines(tokens: list[Token], text: str, notices: Notices) -> list[Token]:
    """The tokens with a separator at each line break between two pieces in braces.

    A piece is complete where it has its condition: before that, a line break is white space.
    """
    found: list[Token] = []
    complete = [False]
    braces = [False]
    for place, token in enumerate(tokens):
        kind = token.kind
        if braces[-1] and complete[-1] and token.gap and _begins_piece(found[-1], token):
            before = found[-1]
            if "\n" in text[before.end : token.start]:
                found.append(Token("row", "\n", before.end, before.end))
                complete[-1] = False
                if kind == "-" and not _has_condition(tokens, place, text):
                    notices.add(
                        f"{UNSURE} line {token.start}",
                        "The line that begins with - was read as a piece of its own; "
                        "it could go on from the line before.",
                        Span(token.start, tokens[place + 1].end),
                        (before.end, token.start, " "),
                    )
        if kind in _OPENING:
            braces.append(kind == "{")
            complete.append(False)
        elif kind in _CLOSING and len(braces) > 1:
            braces.pop()
            complete.pop()
        elif kind in _CONDITIONS:
            complete[-1] = True
        elif kind == ";":
            complete[-1] = False
        found.append(token)
    return found


def _begins_piece(before: Token, token: Token) -> bool:
    """Whether a piece can end with the one token and another begin with the other."""
    ends = before.kind not in _GOES_ON and before.kind not in COMPARES and before.kind not in _OPENING
    return ends and before.kind != "-" and (token.kind in STARTS or token.kind in ("-", "|", "‖", "if"))


def _has_condition(tokens: list[Token], place: int, text: str) -> bool:
    """Whether a condition stands in the line that begins at ``place``."""
    depth = 0
    for at in range(place, len(tokens)):
        token = tokens[at]
        depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
        if depth < 0 or (at > place and token.gap and "\n" in text[tokens[at - 1].end : token.start]):
            return False
        if token.kind in _CONDITIONS:
            return True
    return False
