"""Runs of letters and digits: the known names in them, and products of what is left."""

from __future__ import annotations

import re
from collections.abc import Collection

from derivlab.expression.naming.greek import GREEK_NAMES, GREEK_VARIANTS
from derivlab.expression.naming.names import (
    CONSTANTS,
    FUNCTIONS,
    KEYWORDS,
    NEEDS_BRACKET,
    SHORT_HYPERBOLIC,
    SUBSCRIPT_SIGNS,
    TO_THE_LINE,
    canonical_name,
    in_any_case,
    meaning_of,
)
from derivlab.expression.naming.words import TAUGHT
from derivlab.expression.operands.numerals import read_number
from derivlab.expression.tokens import Token

_LONGEST = max(len(name) for name in (*FUNCTIONS, *CONSTANTS, *GREEK_NAMES, *GREEK_VARIANTS))
_SUBSCRIPT = re.compile(rf"_?[0-9]+|[{SUBSCRIPT_SIGNS}]+|_+[^\W0-9_{SUBSCRIPT_SIGNS}]+[0-9]*")
_DIGITS = re.compile(r"[0-9]+|[₀-₉]+")
_LETTERS_BELOW = re.compile(rf"[{SUBSCRIPT_SIGNS}]+")


def split_word(word: Token, before_bracket: bool, declared: Collection[str]) -> list[Token]:
    """The tokens that a run of letters and digits stands for: the longest known name wins, from the left.

    ``declared`` are the variables named on the left side; ``before_bracket`` tells whether ``(`` follows.
    """
    text, start = word.text, word.start
    if word.value == "index":
        stem, _, index = text.rpartition("_")
        before = split_word(Token("word", stem, start, start + len(stem), word.gap), False, declared)
        name = f"{before[-1].value}_{index}"
        if before[-1].kind == "variable" or stem == "e":
            joined = Token("variable", name, before[-1].start, word.end, before[-1].gap, canonical_name(name))
            return [*before[:-1], joined]
    tokens: list[Token] = []
    longest = max(_LONGEST, max(map(len, declared), default=0))
    place, gap = 0, word.gap
    while place < len(text):
        kind, end, value = _next(text, place, longest, before_bracket, declared)
        tokens.append(Token(kind, text[place:end], start + place, start + end, gap, value))
        if kind == "number":
            tokens[-1].value = read_number(text[place:end].translate(TO_THE_LINE), start + place)
        if text[place] in SUBSCRIPT_SIGNS:
            tokens.insert(-1, Token("_", "_", start + place, start + place))
        place, gap = end, False
    return tokens


def _next(
    text: str, place: int, longest: int, before_bracket: bool, declared: Collection[str]
) -> tuple[str, int, str]:
    """The piece of a run of letters that begins at ``place``: its kind, its end and its value."""
    digits = _DIGITS.match(text, place)
    if digits:
        return "number", digits.end(), ""
    if text[place] == "_":
        return "_", place + 1, ""
    below = _LETTERS_BELOW.match(text, place)
    if below:
        value = below.group().translate(TO_THE_LINE)
        return "constant" if value in CONSTANTS else "variable", below.end(), value
    shorter: tuple[int, str, str] | None = None
    for length in range(min(longest, len(text) - place), 0, -1):
        end = place + length
        called = before_bracket and end == len(text)
        found = meaning_of(text[place:end], called, declared)
        if found is None and text[place].isupper() and length > 1:
            found = _capitalised(text[place:end], called, declared)
        if found is not None and text[place:end] not in SHORT_HYPERBOLIC:
            kind, value = found
            if kind == "function" and text[end - 1].isdigit() and text[end : end + 1].isdigit():
                continue  # log25 is no log2 of 5
            if kind == "function" and length > 3 and not declared and not _function_at(text, end):
                shorter = _shorter(text, place, end)
            break
    else:
        end, kind, value = place + 1, "variable", text[place]
    if shorter is not None:
        return shorter[1], shorter[0], shorter[2]
    if kind == "variable" or text[place:end] == "e":
        subscript = _SUBSCRIPT.match(text, end)
        if subscript:
            end = subscript.end()
            kind, value = "variable", canonical_name(value + subscript.group())
    return kind, end, value


def _capitalised(name: str, before_bracket: bool, declared: Collection[str]) -> tuple[str, str] | None:
    """``Sin`` in ``xSinx``, as telephones write it; the A of ``Asin x`` is a factor."""
    lower = name.lower()
    if name[1:] not in (lower[1:], name[1:].upper()) or lower[1:] in FUNCTIONS:
        return None
    if len(name) == 2 and lower != "ln":
        return None
    return in_any_case(name, before_bracket, declared)


def _shorter(text: str, place: int, end: int) -> tuple[int, str, str] | None:
    """A shorter name behind which another function begins, as in ``sin|cos x`` for ``sinc|osx``."""
    for sooner in range(end - 1, place + 2, -1):
        name = text[place:sooner]
        if name in FUNCTIONS and name not in NEEDS_BRACKET and _function_at(text, sooner):
            return sooner, "function", FUNCTIONS[name]
    return None


def _function_at(text: str, place: int) -> bool:
    """Whether a function's name of three letters or more begins at ``place``."""
    return any(
        text[place:end] in FUNCTIONS and text[place:end] not in NEEDS_BRACKET
        for end in range(place + 3, min(place + _LONGEST, len(text)) + 1)
    )


def stands_alone(name: str) -> bool:
    """Whether a variable of this name is read as itself where no left side declares it."""
    if name in KEYWORDS or name in TAUGHT:
        return False
    found = in_any_case(name, before_bracket=False)
    if found is not None:
        return found == ("variable", name)
    pieces = split_word(Token("word", name, 0, len(name)), False, ())
    return len(pieces) == 1 and pieces[0].value == name
