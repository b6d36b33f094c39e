"""Numbers as they are written: ``3``, ``2e-3``, ``½``, ``2½``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivlab.expression import build
from derivlab.expression.build import Term, apply
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar


def literal(grammar: Grammar, token: Token) -> Term:
    """A number."""
    grammar.place += 1
    term = Term(token.value, token.start, token.end, "", (), 0, True)  # type: ignore[arg-type]
    return looked_at(grammar, token, term)


def looked_at(grammar: Grammar, token: Token, term: Term) -> Term:
    """A number behind which a fraction may stand, or that may have an exponent; ``2½`` is two and a half."""
    follows = grammar.tokens[grammar.place]
    if follows.kind == "fraction" and term.node.value.denominator == 1:  # type: ignore[union-attr]
        grammar.place += 1
        term = apply("add", (term, fraction(follows)), token.start, follows.end)
        term.bracketed = True
        grammar.notices.add(
            f"mixed {token.start}",
            f"{grammar.text[token.start : follows.end]} was read as {token.text} + {follows.text}.",
            term.span,
            (token.end, token.end, "*"),
        )
    elif "e-" in token.text or "e+" in token.text:
        base, letter, digits = token.text.partition("e")
        if base.isdecimal() and base != "1":
            grammar.notices.add(
                f"scientific {token.start}",
                f"{token.text} was read as {base} times a power of ten, not as {base} times e.",
                token.span,
                (token.start, token.end, f"{base}*{letter} {digits[0]} {digits[1:]}"),
            )
    return term


def fraction(token: Token) -> Term:
    """A sign such as ½."""
    value: Fraction = token.value  # type: ignore[assignment]
    parts = (
        build.number(value.numerator, token.start, token.end),
        build.number(value.denominator, token.start, token.end),
    )
    term = apply("divide", parts, token.start, token.end)
    term.bracketed = True
    return term
