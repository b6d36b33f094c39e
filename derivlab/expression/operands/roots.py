"""Roots with a raised index: ``³√x`` brought to the tokens of ``√[3]x``."""

from __future__ import annotations

from derivlab.expression.tokens import STARTS, Token

_ENDS_OPERAND = (STARTS - {"(", "[", "{", "⌊", "⌈", "open|", "cases", "function", "frac"}) | {
    "word",
    ")",
    "]",
    "}",
    "⌋",
    "⌉",
    "close|",
    "|",
    "!",
    "°",
}


def indexed_roots(tokens: list[Token]) -> list[Token]:
    """The tokens with each raised number or letter right before a root sign as the index of that root.

    Behind an operand, with no space between, it is an exponent: ``x²√3`` is x^2 times √3.
    """
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        ahead = tokens[place : place + 5]
        if [each.text for each in ahead[:1]] == ["^"] and _is_index(ahead, found[-1] if found else None):
            _, opening, index, closing, root = ahead
            root.start = opening.start
            opening.kind, opening.value, closing.kind = "[", "index", "]"
            opening.gap = False
            closing.value = "index"
            found += [root, opening, index, closing]
            place += 5
        else:
            found.append(tokens[place])
            place += 1
    return found


def _is_index(ahead: list[Token], before: Token | None) -> bool:
    """Whether a raised number or letter and a root sign begin here, and no operand that it could be a power of."""
    if len(ahead) < 5:
        return False
    power, opening, index, closing, root = ahead
    return (
        (opening.kind, closing.kind, root.kind) == ("(", ")", "function")
        and root.text == "√"
        and not root.gap
        and index.kind in ("number", "word")
        and opening.start == power.start == power.end
        and (before is None or before.kind not in _ENDS_OPERAND or power.gap or _closes_index(before))
    )


def _closes_index(token: Token) -> bool:
    """Whether the token closes the index of another root, as in ``³√³√x``."""
    return token.kind == "]" and token.value == "index"
