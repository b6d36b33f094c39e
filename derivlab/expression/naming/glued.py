"""Numbers that stand right behind a name: ``sin0.5x``, ``log3(x)``, ``x mod3``."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from derivlab.expression.naming.names import in_any_case
from derivlab.expression.naming.runs import split_word
from derivlab.expression.operands.numerals import read_number
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.naming.resolve import Resolver


def cut_digits(word: Token, declared: Collection[str] = ()) -> Token | None:
    """The digits at the end of a word, cut from it, if a function's name stands before them; else None."""
    name = word.text.rstrip("0123456789")
    if name == word.text or not _ends_in_function(name.rstrip("_"), declared):
        return None
    digits = word.text[len(name) :]
    middle = word.end - len(digits)
    word.text, word.end = name, middle
    return Token("number", digits, middle, middle + len(digits), False, read_number(digits, middle))


def join_digits(word: Token, after: Token, declared: Collection[str]) -> None:
    """``sin0.5`` is cut as ``sin0`` and ``.5``: the digits go to the number, if they belong there."""
    digits = cut_digits(word, declared)
    if digits is not None:
        after.text, after.start = digits.text + after.text, digits.start
        after.value = read_number(after.text, after.start)


def _ends_in_function(name: str, declared: Collection[str]) -> bool:
    if not name:
        return False
    found = in_any_case(name, False, declared)
    if found is not None:
        return found[0] == "function"
    return (
        name == "mod" or split_word(Token("word", name, 0, len(name)), False, declared)[-1].kind == "function"
    )


def read_logarithm(resolver: Resolver, token: Token, name: str, digits: str) -> None:
    """``log3(x)``, as log2(x) and log10(x) are written."""
    middle = token.start + len(name)
    resolver.notices.add(
        f"base {token.start}",
        f"{token.text}(…) was read as the logarithm to the base {digits}, not as {name} {digits} times the bracket.",
        token.span,
        (middle, token.end, f" {digits}*"),
    )
    resolver.done += [
        Token("function", "log", token.start, middle, token.gap, "log"),
        Token("_", "_", middle, middle),
        Token("number", digits, middle, token.end, False, read_number(digits, middle)),
    ]


def read_modulo(resolver: Resolver, token: Token) -> None:
    """``x mod3``."""
    middle = token.start + len("mod")
    digits = token.text[len("mod") :]
    resolver.done += [
        Token("mod", "mod", token.start, middle, token.gap),
        Token("number", digits, middle, token.end, False, read_number(digits, middle)),
    ]
