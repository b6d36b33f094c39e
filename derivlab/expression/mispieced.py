"""What is said about pieces and conditions in which a word is missing: ``if``, ``and``, a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.errors import ParseError, Span
from derivlab.expression.build import Term
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar


def no_condition(word: Token) -> ParseError:
    """``x^2 else x`` and ``{otherwise 0}``."""
    return ParseError(
        f"The condition is missing: “{word.text}” says what holds where a condition does not.",
        span=word.span,
        hint="Write if and a condition before it, as in x^2 if x < 0 else x.",
    )


def no_and(grammar: Grammar, left: Term, place: int, end: int) -> ParseError:
    """``x > 0 x < 1``: two conditions with nothing but a space at ``place`` between them."""
    text = grammar.text
    first, second = text[left.start : place].rstrip(), text[place:end].strip()
    return ParseError(
        "Two conditions stand side by side: a word is missing between them.",
        span=Span(left.start, end),
        hint=f"Write {first} and {second} if both must hold, or join them with or.",
        suggestion=f"{text[:place].rstrip()} and {text[place:].lstrip()}",
    )
