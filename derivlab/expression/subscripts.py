"""Variables with an index in braces or behind a command: ``x_{max}``, ``\\alpha_1``."""

from __future__ import annotations

from derivlab.errors import ParseError
from derivlab.expression import misnamed
from derivlab.expression.tokens import Token
from derivlab.expression.words import TAUGHT


def joined_subscripts(tokens: list[Token]) -> list[Token]:
    """The tokens with ``x_{max}`` and ``\\alpha_1`` as one word; the base of a logarithm stays apart."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token.kind == "word" and tokens[place].kind == "_" and token.text in TAUGHT:
            raise misnamed.taught(token)
        if (
            token.kind == "word"
            and tokens[place].kind == "_"
            and not token.text.lower().endswith(("log", "\\log"))
        ):
            place += 1
            group = tokens[place].kind in ("{", "(")
            place += group
            index = ""
            while tokens[place].kind in ("word", "number") and (group or not index):
                index += tokens[place].text
                place += 1
            end = tokens[place - 1].end
            if not index or (group and tokens[place].kind not in ("}", ")")):
                raise ParseError(
                    "The index of a variable is a name or a whole number.",
                    span=tokens[min(place, len(tokens) - 1)].span,
                    hint="For example x_1 or x_{max}.",
                )
            if group:
                end = tokens[place].end
                place += 1
            token = Token(
                "word", f"{token.text}_{index}", token.start, end, token.gap, token.value or "index"
            )
        found.append(token)
    return found
