"""Gaps that may stand for a lost word: ``x > 0 x < 1`` and ``{x^2 x < 0, x x >= 0}``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from derivlab.errors import Span
from derivlab.expression.build import Term
from derivlab.expression.conditions.ahead import SEPARATORS, condition_is_next
from derivlab.expression.messages import mispieced
from derivlab.expression.noticed.notices import UNSURE
from derivlab.expression.tree import Number

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_GAP = re.compile(r"(?:\s|~|\\(?:[,;:!> ]|q?quad(?![a-zA-Z])))+")
_ARITHMETIC = frozenset({"add", "subtract", "multiply", "divide", "negate"})
_UP = frozenset({"less", "less_equal"})
_DOWN = frozenset({"greater", "greater_equal"})


def gaps(text: str, term: Term) -> Iterator[tuple[Term, Term]]:
    """The neighbours in a term that nothing but white space makes a product, from left to right."""
    pending = [term]
    while pending:
        term = pending.pop()
        if term.bare is not None and not term.bracketed:
            pending.append(term.bare)
        elif term.operation in _ARITHMETIC and not term.bracketed:
            pending += reversed(term.parts)
            if term.operation == "multiply":
                left, right = term.parts
                if _GAP.fullmatch(text, left.end, right.start):
                    yield left, right


def look_at_chain(grammar: Grammar, left: Term, operation: str, middle: Term, end: int) -> None:
    """``x > 0 x < 1``: a chain whose middle is a product may be two conditions without a word between them.

    Such a chain is refused where it points two ways or its product begins with zero, and noticed elsewhere.
    """
    found = min(gaps(grammar.text, middle), key=lambda pair: pair[1].start, default=None)
    if found is None:
        return
    before, after = found
    earlier = left.parts[-1].operation if left.operation == "and" else left.operation
    is_one_way = {earlier, operation} <= _UP or {earlier, operation} <= _DOWN
    is_zero = isinstance(before.node, Number) and not before.node.value
    if not is_one_way or is_zero:
        raise mispieced.no_and(grammar, left, before.end, end)
    if not left.parts[0].is_constant:
        shown = grammar.text[before.start : after.end]
        grammar.notices.add(
            f"chain {before.end}",
            f"{shown} was read as a product inside one chain of comparisons, not as two conditions.",
            Span(left.start, end),
            (before.end, after.start, " and "),
        )


def look_for_if(grammar: Grammar, condition: Term, closer: str, lost: list[tuple[Term, Term, Term]]) -> None:
    """``{x^2 x < 0, x x >= 0}``: a condition alone that begins with a product may be a value and its condition.

    Such places are collected in ``lost``; ``{2 x < 3}`` is only noticed.
    """
    first = condition
    while first.operation in ("and", "or"):
        first = first.parts[0]
    found = max(gaps(grammar.text, first.parts[0]), key=lambda pair: pair[1].start, default=None)
    if found is None:
        note_one(grammar, condition)
        return
    before, after = found
    is_alone = (
        grammar.tokens[grammar.place].kind == closer and grammar.text[: condition.start].rstrip()[-1:] == "{"
    )
    if not is_alone or not isinstance(before.node, Number):
        lost.append((condition, before, after))
        return
    shown = grammar.text[condition.start : condition.end]
    grammar.notices.add(
        f"piece {condition.start}",
        f"{shown} was read as a condition alone: the value is 1 where it holds.",
        condition.span,
        (before.end, after.start, " if "),
    )


def note_one(grammar: Grammar, condition: Term) -> None:
    """``{x < 0, x}``: the condition has no value of its own, and the value behind it might be meant for it."""
    separator = grammar.tokens[grammar.place]
    if separator.kind in SEPARATORS and not condition_is_next(grammar):
        shown = grammar.text[condition.start : condition.end]
        grammar.notices.add(
            f"{UNSURE} one {condition.start}",
            f"{shown} has no value of its own, so the value is 1 where it holds; what follows it holds elsewhere.",
            condition.span,
            (separator.start, separator.end, ":"),
        )
