"""Variables with an index in braces or behind a command: ``x_{max}``, ``\\alpha_1``."""

from __future__ import annotations

from derivlab.errors import ParseError
from derivlab.expression.messages import misnamed
from derivlab.expression.naming.greek import GREEK_NAMES
from derivlab.expression.naming.names import CONSTANTS, FUNCTIONS
from derivlab.expression.naming.words import ONLY_CALLED, TAUGHT
from derivlab.expression.tokens import Token

_NO_VARIABLES = TAUGHT.keys() - ONLY_CALLED

_LONGEST_EXPONENT = 20
"""How many tokens an exponent may have before which an index is still looked for behind it."""


def joined_subscripts(tokens: list[Token]) -> list[Token]:
    """The tokens with ``x_{max}`` and ``\\alpha_1`` as one word; the base of a logarithm stays apart."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token.kind != "word":
            found.append(token)
            continue
        if tokens[place].kind == "_" and token.text in _NO_VARIABLES:
            raise misnamed.over_many(token)
        if is_entry(tokens, place):
            end = tokens[place + 2].end
            index = tokens[place + 1].text
            token = Token("word", f"{token.text}_{index}", token.start, end, token.gap, "index")
            place += 3
        if tokens[place].kind == "_" and not _is_logarithm(token) and not _is_half_of_reals(tokens, place):
            if _is_pattern(tokens, place):
                place += 1
            else:
                token, place = _with_index(token, tokens, place)
        elif tokens[place].kind == "^":
            under = end_of_exponent(tokens, place + 1)
            if under and tokens[under].kind == "_" and not _is_fixed(token):
                end = token.end
                raised = tokens[place:under]
                token, place = _with_index(token, tokens, under)
                token.end = end
                found += [token, *raised]
                continue
        found.append(token)
    return found


def _with_index(token: Token, tokens: list[Token], place: int) -> tuple[Token, int]:
    """A variable's name together with the index whose underline stands at ``place``, and the place behind it."""
    place += 1
    group = tokens[place].kind in ("{", "(")
    place += group
    index = ""
    while _is_in_index(tokens[place]) and (group or not index):
        index += tokens[place].text
        place += 1
    end = tokens[place - 1].end
    if group and tokens[place].kind == "=" and token.text in ("Σ", "Sigma"):
        raise misnamed.over_many(Token("word", "sum", token.start, token.end))
    if not index or (group and tokens[place].kind not in ("}", ")")):
        raise ParseError(
            "The index of a variable is a name or a whole number.",
            span=tokens[min(place, len(tokens) - 1)].span,
            hint="For example x_1 or x_{max}.",
        )
    if group:
        end = tokens[place].end
        place += 1
    name = f"{token.text}_{index}"
    return Token("word", name, token.start, end, token.gap, token.value or "index"), place


def end_of_exponent(tokens: list[Token], place: int) -> int:
    """Where the exponent ends that begins at ``place``, if it is a number, a word or in brackets; else 0."""
    if tokens[place].kind in ("number", "word"):
        return place + 1
    opening = tokens[place].kind
    if opening not in ("(", "{"):
        return 0
    depth = 0
    for end in range(place, min(place + _LONGEST_EXPONENT, len(tokens))):
        depth += (tokens[end].kind in ("(", "{")) - (tokens[end].kind in (")", "}"))
        if depth == 0:
            return end + 1
    return 0


def _is_logarithm(token: Token) -> bool:
    """Whether what follows the underline is the base of a logarithm."""
    return token.text.lower().endswith(("log", "\\log"))


def _is_fixed(token: Token) -> bool:
    """Whether the word is a function, whose base is named in ``log^2_3 x``, or a fixed number."""
    name = token.text.lstrip("\\")
    return _is_logarithm(token) or name in FUNCTIONS or (name in CONSTANTS and name != "e")


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


def _is_half_of_reals(tokens: list[Token], place: int) -> bool:
    """Whether the underline belongs to ``ℝ_+`` or ``ℝ_{-}``."""
    group = tokens[place + 1].kind in ("{", "(")
    return tokens[place - 1].text == "R" and tokens[place + 1 + group].kind in ("+", "-")


def _is_pattern(tokens: list[Token], place: int) -> bool:
    """Whether the underline is no index: Mathematica's ``f[x_]`` and PyTorch's ``x.relu_()``."""
    after = tokens[place + 1].kind
    before = tokens[place - 2].kind if place > 1 else ""
    return (after in ("]", ",") and before in ("[", ",")) or (after == "(" and before == ".")
