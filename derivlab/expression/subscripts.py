"""Variables with an index in braces or behind a command: ``x_{max}``, ``\\alpha_1``."""

from __future__ import annotations

from derivlab.errors import ParseError
from derivlab.expression import misnamed
from derivlab.expression.names import CONSTANTS, GREEK_NAMES
from derivlab.expression.tokens import Token
from derivlab.expression.words import ONLY_CALLED, TAUGHT

_NO_VARIABLES = TAUGHT.keys() - ONLY_CALLED


def joined_subscripts(tokens: list[Token]) -> list[Token]:
    """The tokens with ``x_{max}`` and ``\\alpha_1`` as one word; the base of a logarithm stays apart."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token.kind == "word" and tokens[place].kind == "_" and token.text in _NO_VARIABLES:
            raise misnamed.taught(token)
        if token.kind == "word" and is_entry(tokens, place):
            end = tokens[place + 2].end
            index = tokens[place + 1].text
            token = Token("word", f"{token.text}_{index}", token.start, end, token.gap, "index")
            place += 3
        if token.kind == "word" and tokens[place].kind == "_" and _is_pattern(tokens, place):
            place += 1
        elif (
            token.kind == "word"
            and tokens[place].kind == "_"
            and not token.text.lower().endswith(("log", "\\log"))
        ):
            place += 1
            group = tokens[place].kind in ("{", "(")
            place += group
            index = ""
            while _is_in_index(tokens[place]) and (group or not index):
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


def _is_in_index(token: Token) -> bool:
    """Whether a token may be part of an index: a name or digits, no decimal number."""
    return token.kind == "word" or (token.kind == "number" and token.text.isdecimal())


def is_entry(tokens: list[Token], place: int) -> bool:
    """Whether ``[0]`` of a program's ``x[0]`` begins at ``place``, right behind a variable's name."""
    if place + 2 >= len(tokens):
        return False
    name, opening, index, closing = tokens[place - 1 : place + 3]
    return (
        (opening.kind, index.kind, closing.kind) == ("[", "number", "]")
        and index.text.isdecimal()
        and (len(name.text) == 1 or name.text in GREEK_NAMES)
        and name.text not in CONSTANTS
        and tokens[place - 2].kind != "."
    )


def _is_pattern(tokens: list[Token], place: int) -> bool:
    """Whether the underline is no index: Mathematica's ``f[x_]`` and PyTorch's ``x.relu_()``."""
    after = tokens[place + 1].kind
    before = tokens[place - 2].kind if place > 1 else ""
    return (after in ("]", ",") and before in ("[", ",")) or (after == "(" and before == ".")
