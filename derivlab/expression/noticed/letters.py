"""Notices about letters: runs that were read as products, ``i``, and ``x2`` beside ``x``."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from derivlab.expression.grammar import Grammar
from derivlab.expression.heads import Head
from derivlab.expression.noticed.notices import UNSURE
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.naming.resolve import Resolver

_MOST_RUNS = 4
_EXPONENTS = "23456789"
_IMAGINARY = re.compile(r"[0-9.][jJ]\b")


def note_letters(head: Head, grammar: Grammar, resolver: Resolver, occurring: dict[str, Token]) -> None:
    """Add what is to be said about letters in a text that declares no variables."""
    first = grammar.tokens[0]
    if first.kind == "number" and first.text[-1] == "." and grammar.tokens[1].gap and not head.start:
        grammar.notices.add(
            "item",
            f"{first.text} was read as the number {first.text[:-1]}, not as the number of an exercise.",
            first.span,
            (first.start, grammar.tokens[1].start, ""),
        )
    if resolver.runs:
        _note_runs(head, grammar, resolver)
    if "i" in occurring:
        grammar.notices.add(
            "imaginary",
            "i was read as a variable: all numbers here are real, and i is not the imaginary unit.",
            occurring["i"].span,
        )
    if "j" in occurring or "E" in occurring or "[" in grammar.text:
        _note_letters_of_programs(grammar, occurring)
    for name, token in occurring.items():
        if len(name) == 2 and name[1] in _EXPONENTS and token.text == name and name[0] in ("e", *occurring):
            again = [each for each in grammar.tokens if each.kind == "variable" and each.value == name]
            grammar.notices.add(
                f"index {name}",
                f"{name} was read as a variable of its own, not as the power {name[0]}^{name[1]}.",
                token.span,
                *((each.start + 1, each.start + 1, "^") for each in again),
            )


def _note_runs(head: Head, grammar: Grammar, resolver: Resolver) -> None:
    """The runs of unknown letters that were read as products."""
    run_at = {
        place: run
        for run, words in resolver.runs.items()
        for word in words
        for place in range(word.start, word.end)
    }
    parted = _parted_places(grammar)
    for run, words in list(resolver.runs.items())[:_MOST_RUNS]:
        whole = [word for word in words if word.start not in parted]
        if not whole:
            continue
        others = {
            str(token.value)
            for token in grammar.tokens
            if token.kind == "variable" and run_at.get(token.start) != run
        }
        _note_run(run, whole[0], others, head, grammar)


def _parted_places(grammar: Grammar) -> set[int]:
    """Where letters begin whose first alone is an exponent, a denominator or under a root: no product of them all."""
    parted = set()
    before = "", ""
    for token in grammar.tokens:
        if before[1] in ("^", "/") or (before[1] == "-" and before[0] == "^"):
            parted.add(token.start)
        before = before[1], "/" if token.text in ("√", "∛", "∜") else token.kind
    return parted


def _note_letters_of_programs(grammar: Grammar, occurring: dict[str, Token]) -> None:
    """``x[0]``, ``E^x`` and ``2j``, which mean something in programs."""
    text = grammar.text
    for name, token in occurring.items():
        shown = text[token.start : token.end]
        if shown.endswith("]"):
            grammar.notices.add(
                "entries", f"{shown} was read as the variable {name}, an entry of a list.", token.span
            )
    if "j" in occurring and _IMAGINARY.search(text):
        grammar.notices.add(
            "imaginary",
            "j was read as a variable: all numbers here are real, and j is not the imaginary unit.",
            occurring["j"].span,
        )
    powers = [
        token
        for token, after in pairwise(grammar.tokens)
        if token.kind == "variable" and token.value == "E" and after.kind == "^"
    ]
    if powers:
        grammar.notices.add(
            "euler",
            "E was read as a variable; Euler's number is e.",
            powers[0].span,
            *((token.start, token.end, "e") for token in powers),
        )


def _note_run(run: str, word: Token, others: set[str], head: Head, grammar: Grammar) -> None:
    """``xy`` is x*y; the other reading declares it as one name, beside the ``others``."""
    start = head.equals.end if head.equals is not None else 0
    if head.equals is None and grammar.tokens:
        start = grammar.tokens[0].start
    name = head.name if head.name not in others | {run} else "g"
    body = grammar.text[start:].strip()
    factors = [token.text for token in grammar.tokens if word.start <= token.start < word.end]
    euler = " with e as Euler's number" if "e" in factors else ""
    grammar.notices.add(
        f"{UNSURE} run {run}" if "\\" in grammar.text else f"run {run}",
        f"{run} was read as the product {'*'.join(factors)}{euler}; to have it as one name, name it on the left.",
        word.span,
        (0, len(grammar.text), f"{name}({', '.join(sorted({*others, run}))}) = {body}"),
    )
