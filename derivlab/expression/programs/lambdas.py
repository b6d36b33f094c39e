"""``(lambda x: x**2)`` and ``(lambda x: x**2)(x)``: brackets around an unnamed function, and what it is called with."""

from __future__ import annotations

from derivlab.expression.tokens import Token

_LONGEST = 40
"""More tokens than these are no list of variables."""


def without_brackets(tokens: list[Token]) -> list[Token]:
    """The tokens without brackets around an unnamed function, if it is called with its own variables or not at all."""
    names = [token.text for token in tokens[2:_LONGEST]]
    if ":" not in names:
        return tokens
    declared = names[: names.index(":")]
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.kind in ("(", "[", "{")) - (token.kind in (")", "]", "}"))
        if depth == 0:
            call = [each.text for each in tokens[place + 1 : -1]] if len(tokens) - place < _LONGEST else None
            return [*tokens[1:place], tokens[-1]] if call in ([], ["(", *declared, ")"]) else tokens
    return tokens
