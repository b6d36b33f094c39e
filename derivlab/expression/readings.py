"""Readings that could have been others, noticed while the grammar reads."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from derivlab.errors import Span
from derivlab.expression import misnumbered
from derivlab.expression.bounds import MAX_EXPONENT
from derivlab.expression.build import Term
from derivlab.expression.notices import UNSURE
from derivlab.expression.tokens import STARTS, Token
from derivlab.expression.tree import Number, rational

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_HEXADECIMAL = re.compile("[xX][0-9]+$")


def look_at_neighbours(grammar: Grammar, left: Term, token: Token) -> None:
    """Two numbers side by side are no product; a letter before a bracket might be a function."""
    before = grammar.tokens[grammar.place - 1]
    if token.kind == "number" and before.kind == "number":
        raise misnumbered.two_numbers(grammar, before, token)
    if before.text == "0" and not token.gap and _HEXADECIMAL.match(token.text):
        raise misnumbered.hexadecimal(before, token)
    if token.kind == "(" and not token.gap and before.kind == "variable":
        name = before.text
        grammar.notices.add(
            f"call {name}",
            f"{name}(…) was read as the product {name}*(…), not as a function called {name}.",
            Span(before.start, token.end),
        )
    elif token.kind == "number" and before.kind == "variable":
        grammar.notices.add(
            f"after {token.start}",
            f"{before.text} {token.text} was read as a product.",
            Span(before.start, token.end),
            (before.end, token.start, "^"),
        )
    elif left.operation == "power" and not left.bracketed and not token.gap:
        note_exponent(grammar, left, token)


def note_bars(grammar: Grammar, bar: Token) -> None:
    """``|2|x|-1|`` can be |2|*x*|-1| and |2*|x|-1|."""
    after = grammar.tokens[grammar.place]
    if (
        after.kind in STARTS
        and not after.gap
        and any(each.kind == bar.kind for each in grammar.tokens[grammar.place :])
    ):
        grammar.notices.add(
            f"{UNSURE} bars {bar.start}",
            f"The bar before {after.text} was read as closing; it could open another absolute value.",
            bar.span,
            (bar.start, bar.start, "*"),
        )


def note_exponent(grammar: Grammar, power: Term, token: Token) -> None:
    """``e^2x`` and ``e^xy``: the exponent ends before the factor that stands right after it."""
    base, exponent = power.parts
    if exponent.bracketed or token.kind in ("function", "frac", "(", "|", "open|"):
        return
    if isinstance(base.node, Number) or base.operation in ("e", "pi"):
        shown = grammar.text[power.start : power.end]
        grammar.notices.add(
            f"exponent {power.start}",
            f"{shown}{token.text} was read as ({shown})*{token.text}.",
            Span(power.start, token.end),
            (exponent.start, exponent.start, "("),
            (token.end, token.end, ")"),
        )


def note_fraction(grammar: Grammar, quotient: Term, product: Term) -> None:
    """``1/2x`` is (1/2)*x: multiplication and division go from left to right."""
    bottom = quotient.parts[1]
    shown = grammar.text[quotient.start : quotient.end]
    rest = grammar.text[quotient.end : product.end]
    kind = f"fraction {quotient.start}"
    grammar.notices.found.pop(kind, None)
    grammar.notices.add(
        kind,
        f"{shown}{rest} was read as ({shown})*{rest.strip()}.",
        Span(quotient.start, product.end),
        (bottom.start, bottom.start, "("),
        (product.end, product.end, ")"),
    )


def note_quotient(grammar: Grammar, left: Term, right: Term) -> None:
    """``x^1/2`` is (x^1)/2, and ``sin x/2`` is sin(x)/2."""
    if left.operation == "power" and not left.parts[1].bracketed:
        base, exponent = left.parts
        if not (
            isinstance(base.node, Number) or base.operation == "e" or rational(exponent.node) is not None
        ):
            return
        if not isinstance(right.node, Number):
            return
        start = exponent.start
    elif left.bare is not None:
        start = left.bare.start
    else:
        return
    shown, bottom = grammar.text[left.start : left.end], grammar.text[right.start : right.end]
    grammar.notices.add(
        f"quotient {start}",
        f"{shown}/{bottom} was read as ({shown})/{bottom}.",
        Span(left.start, right.end),
        (start, start, "("),
        (right.end, right.end, ")"),
    )


def look_at_power(grammar: Grammar, term: Term, base: Term, exponent: Term) -> None:
    """Exponents have a limit; a fraction of odd denominator is a real root."""
    node = exponent.node
    if isinstance(node, Number):
        if exponent.end - exponent.start > 2:
            if node.value > MAX_EXPONENT:
                raise misnumbered.large_exponent(exponent)
            grammar.large.append(term)
        return
    if exponent.depth:
        value: Fraction | None = rational(node)
        if value is None or abs(value) > 100 or isinstance(base.node, Number):
            grammar.large.append(term)
        elif value.denominator % 2 and value.denominator > 1:
            grammar.notices.add(
                "root",
                "A power with a fraction of odd denominator is the real root: (-8)^(1/3) is -2.",
                term.span,
            )
