"""What is said about pieces and conditions in which a word is missing: ``if``, ``and``, a condition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from derivlab.errors import ParseError, Span
from derivlab.expression.build import Term
from derivlab.expression.naming.names import in_any_case
from derivlab.expression.noticed.notices import Edit, edited
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


def no_then(word: Token, condition: Term) -> ParseError:
    """``if x > 0`` with no value behind the condition."""
    return ParseError(
        f"The value behind this condition is missing: {word.text} is followed by then and the value.",
        span=Span(word.start, condition.end),
        hint="Write if x > 0 then x else 0, or x if x > 0 else 0, say.",
    )


def no_if(grammar: Grammar, lost: Sequence[tuple[Term, Term, Term]]) -> ParseError:
    """``{x^2 x < 0, x x >= 0}``: a value and its condition with nothing but a space between them.

    Each of ``lost`` is a condition and the neighbours in it between which the word is missing.
    """
    text = grammar.text
    edits: list[Edit] = []
    for condition, before, after in lost:
        word = _WORD.search(text, condition.start, before.end)
        is_word = word is not None and in_any_case(word.group(), before_bracket=False) is None
        end = word.start() if word is not None and is_word else before.end
        edits.append((len(text[:end].rstrip()), after.start, " if "))
    condition = lost[0][0]
    end, start, _ = edits[0]
    value, holds = text[condition.start : end], text[start : condition.end]
    return ParseError(
        "A value and its condition stand side by side: a word is missing between them.",
        span=condition.span,
        hint=f"Write {value} if {holds}; where a product is meant, write its *.",
        suggestion=edited(text, edits),
    )


_WORD = re.compile(r"(?<=\s)[^\W\d_]{2,}$")
