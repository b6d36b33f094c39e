"""Readings that could have been others, noticed while the grammar reads."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from derivlab.errors import Span
from derivlab.expression.bounds import MAX_EXPONENT
from derivlab.expression.build import Term, is_minus_one
from derivlab.expression.messages import misjudged, misnumbered
from derivlab.expression.noticed.doubts import note_times_ten
from derivlab.expression.noticed.notices import UNSURE
from derivlab.expression.operands.factors import end_of_letters, last_factor
from derivlab.expression.tokens import STARTS, Token, onward
from derivlab.expression.tree import Number, Variable, rational

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_BEFORE_ENTRIES = frozenset({")", "]", "variable", "constant"})
_OTHER_BASE = re.compile("0(?:[xX][0-9a-fA-F]+|[bB][01]+|[oO][0-7]+)(?![0-9A-Za-z])")
_FUNCTION_LETTERS = frozenset({*"fghFGH", "phi", "psi", "Phi"})
"""Letters that name functions more often than numbers."""


def look_at_neighbours(grammar: Grammar, left: Term, token: Token) -> None:
    """Two numbers side by side are no product; a letter before a bracket might be a function."""
    before = grammar.tokens[grammar.place - 1]
    kind, is_near = token.kind, not token.gap
    if kind == "number" and before.kind == "number":
        raise misnumbered.two_numbers(grammar, before, token)
    if before.text == "0" and is_near:
        found = _OTHER_BASE.match(grammar.text, before.start)
        if found is not None:
            raise misnumbered.other_base(found.group(), Span(*found.span()))
    if token.gap and "\n" in grammar.text[before.end : token.start] and "\\" not in grammar.text:
        raise misjudged.second_line(grammar, before, token)
    if kind == "(" and is_near:
        note_call(grammar, last_factor(left), before, token)
    elif kind == "[" and is_near and before.kind in _BEFORE_ENTRIES:
        note_entry(grammar, before, token)
    elif kind == "frac" and before.kind == "number":
        note_mixed(grammar, before, token)
    elif kind == "number" and before.kind == "variable":
        note_number(grammar, before, token)
    elif is_near and left.parts:
        last = last_factor(left)
        if last.operation == "power" and not last.bracketed:
            note_exponent(grammar, last, token)


def note_entry(grammar: Grammar, before: Token, token: Token) -> None:
    """``x[1]`` is a product, and ``x[0]`` is none. Raises ParseError for what only an entry of a list can be."""
    if _is_entry(grammar) and (before.kind in (")", "]") or grammar.tokens[grammar.place + 1].text == "0"):
        raise misjudged.entry(grammar, token)
    ahead = [each.kind for each in grammar.tokens[grammar.place + 2 : grammar.place + 5]]
    if before.kind == "variable" and "]" in ahead:
        grammar.notices.add(
            f"entry {token.start}",
            f"{before.text}[…] was read as the product {before.text}*(…), not as an entry of a list.",
            Span(before.start, token.end),
        )


def note_number(grammar: Grammar, before: Token, token: Token) -> None:
    """``x 2`` may be meant as a power, and ``3 x 10^8`` is a large number."""
    if _is_times_ten(grammar, before, token):
        note_times_ten(grammar.notices, before.span)
        return
    grammar.notices.add(
        f"after {token.start}",
        f"{before.text} {token.text} was read as a product.",
        Span(before.start, token.end),
        (before.end, token.start, "^"),
    )


def _is_times_ten(grammar: Grammar, letter: Token, ten: Token) -> bool:
    """Whether ``3 x 10^8`` stands here: in it the letter x may be a sign."""
    place = grammar.place
    return (
        (letter.text in ("x", "X") and ten.text == "10")
        and (place > 1 and grammar.tokens[place - 2].kind == "number")
        and grammar.tokens[place + 1].kind == "^"
    )


def _is_entry(grammar: Grammar) -> bool:
    """Whether square brackets around a whole number stand here."""
    ahead = grammar.tokens[grammar.place + 1 : grammar.place + 3]
    return [each.kind for each in ahead] == ["number", "]"] and ahead[0].text.isdecimal()


def note_mixed(grammar: Grammar, number: Token, frac: Token) -> None:
    r"""``2\frac{1}{2}`` is printed like a mixed number."""
    ahead = grammar.tokens[grammar.place + 1 : grammar.place + 6]
    if [each.kind for each in ahead] != ["(", "number", ",", "number", ")"] or not number.text.isdecimal():
        return
    end = ahead[-1].end
    shown = grammar.text[number.start : end]
    grammar.notices.add(
        f"mixed {number.start}",
        f"{shown} was read as a product, not as a mixed number.",
        Span(number.start, end),
        (number.start, number.start, "("),
        (number.end, number.end, " + "),
        (end, end, ")"),
    )


def note_bars(grammar: Grammar, bar: Token) -> None:
    """``|2|x|-1|`` can be |2|*x*|-1| and |2*|x|-1|."""
    after = grammar.tokens[grammar.place]
    if (
        after.kind in STARTS
        and not after.gap
        and any(each.kind == bar.kind for each in onward(grammar.tokens, grammar.place))
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
    is_raised = exponent.bracketed and grammar.tokens[grammar.place - 1].kind != "fraction"
    if is_raised or token.kind in ("function", "frac", "(", "|", "open|"):
        return
    is_fixed = isinstance(base.node, Number) or base.operation in ("e", "pi")
    is_letter = isinstance(base.node, Variable) and (
        token.value in (base.node.name, "n")
        or (isinstance(exponent.node, Variable) and token.kind == "variable")
    )
    if is_fixed or (is_letter and grammar.tokens[grammar.place + 1].kind != "^"):
        shown = grammar.text[power.start : power.end]
        end = end_of_letters(grammar)
        grammar.notices.add(
            f"exponent {power.start}",
            f"{shown}{token.text} was read as ({shown})*{token.text}.",
            Span(power.start, token.end),
            (exponent.start, exponent.start, "("),
            (end, end, ")"),
        )


def note_call(grammar: Grammar, left: Term, before: Token, token: Token) -> None:
    """``f(x)``, ``f^{-1}(x)`` and ``f²(x)``: a letter before a bracket might be a function."""
    base = left.parts[0].node if left.operation == "power" and not left.bracketed else None
    if isinstance(base, Variable) and base.name in _FUNCTION_LETTERS and base.name not in grammar.declared:
        name = base.name
        shown = grammar.text[left.start : left.end]
        is_inverse = is_minus_one(left.parts[1])
        meant = f"the inverse of {name}" if is_inverse else f"a derivative of {name}, or {name} of {name},"
        grammar.notices.add(
            f"call {name} {left.start}",
            f"{shown}(…) was read as the product ({shown})*(…); {meant} is not known here: type its formula.",
            Span(left.start, token.end),
        )
    elif before.kind == "variable" and before.value not in grammar.declared:
        name = before.text
        grammar.notices.add(
            f"call {name}",
            f"{name}(…) was read as the product {name}*(…), not as a function called {name}.",
            Span(before.start, token.end),
        )


def may_go_on(grammar: Grammar, quotient: Term, factor: Token) -> bool:
    """Whether the denominator might have been meant to go on: not in ``1/(2a) x``, where bracket and space end it."""
    is_ended = factor.gap and factor.kind not in ("(", "[") and grammar.tokens[grammar.place - 1].kind == ")"
    return not quotient.bracketed and not is_ended


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
    left = last_factor(left)
    if left.bracketed:
        return
    if left.bare is not None:
        if right.parts or right.node == left.bare.node:
            return
        start = left.bare.start
    elif left.operation == "power" and not left.parts[1].bracketed:
        base, exponent = left.parts
        if not _may_divide_exponent(base, exponent, right):
            return
        start = exponent.start
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


def _may_divide_exponent(base: Term, exponent: Term, below: Term) -> bool:
    """Whether ``2^x/3``, ``x^1/n`` or ``e^-t/T`` may be meant with the fraction as its exponent."""
    value = rational(exponent.node)
    is_fixed = isinstance(base.node, Number) or base.operation == "e"
    if not isinstance(below.node, Number):
        is_decay = is_fixed and exponent.operation == "negate" and exponent.parts[0].node != below.node
        return isinstance(below.node, Variable) and (is_decay or value == 1)
    if value is None:
        return is_fixed
    divisor = below.node.value
    return bool(divisor) and (value / divisor).denominator == divisor  # nobody means the power 2/2


def look_at_power(grammar: Grammar, term: Term, base: Term, exponent: Term) -> None:
    """Exponents have a limit, constants have one; a fraction of odd denominator is a real root."""
    if term.is_constant:
        grammar.large.append(term)
    elif not exponent.is_constant:
        return
    elif isinstance(exponent.node, Number):
        if exponent.node.value.numerator > MAX_EXPONENT:
            grammar.large.append(term)
        return
    value: Fraction | None = rational(exponent.node)
    if value is None or abs(value.numerator) > MAX_EXPONENT:
        grammar.large.append(term)
    elif value.denominator % 2 and value.denominator > 1 and not isinstance(base.node, Number):
        grammar.notices.add(
            "root",
            "A power with a fraction of odd denominator is the real root: (-8)^(1/3) is -2.",
            term.span,
        )
