"""Comments behind a formula, as programs write them: ``x**2 # a parabola``, ``y = x.^2; % a parabola``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivlab.errors import Span
from derivlab.expression.naming.names import in_any_case
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_COMMENT = re.compile(r"(?:(?<=\s)|^)\#[^\n]*|(?<=;)\s*(?:\#|%|//)[^\n]*|/\*.*?\*/", re.MULTILINE | re.DOTALL)
_AFTER_SLASHES = re.compile(r"//(?=\s*[^\W\d_]{2,}(?:\s+[^\W\d_]+)*\s*$)[^\n]*", re.MULTILINE)
_DIVISIONS = {"//": "a division that is rounded down", "%": "the remainder of a division"}
_WORDS = re.compile(r"\s*[A-Za-z]{3,}(?:\s+[A-Za-z]+)*\s*\Z")


def found_in(text: str) -> Span | None:
    """Where the first comment of the text stands; None where none does, or where nothing else stands there."""
    found = _COMMENT.search(text) or _AFTER_SLASHES.search(text)
    if found is None or not without(text).strip():
        return None
    is_unsure = found.re is _AFTER_SLASHES  # x // Sin applies a function, in Wolfram's language
    if is_unsure and any(in_any_case(word, before_bracket=True) for word in found.group()[2:].split()):
        return None
    return Span(*found.span())


def without(text: str) -> str:
    """The text with blanks in place of its comments, so that all else stays where it stood."""
    for pattern in (_COMMENT, _AFTER_SLASHES):
        text = pattern.sub(lambda found: " " * len(found.group()), text)
    return text


def note_sign(grammar: Grammar, token: Token) -> None:
    """``x // comment`` and ``x % comment``, which are divisions here and look like comments."""
    if token.text in _DIVISIONS and _WORDS.match(grammar.text, token.end):
        grammar.notices.add(
            f"comment {token.start}",
            f"{token.text} was read as {_DIVISIONS[token.text]}; if a comment begins there, leave it out.",
            token.span,
            (token.start, len(grammar.text), ""),
        )
