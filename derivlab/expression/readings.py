"""Readings that could have been others, noticed while the grammar reads."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from derivlab.errors import Span
from derivlab.expression import misjudged, misnumbered
from derivlab.expression.bounds import MAX_EXPONENT
from derivlab.expression.build import Term
from derivlab.expression.notices import UNSURE
from derivlab.expression.tokens import STARTS, Token
from derivlab.expression.tree import Number, rational

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_OTHER_BASE = re.compile("0(?:[xX][0-9a-fA-F]+|[bB][01]+|[oO][0-7]+)(?![0-9A-Za-z])")


def look_at_neighbours(grammar: Grammar, left: Term, token: Token) -> None:
    """Two numbers side by side are no product; a letter before a bracket might be a function."""
    before = grammar.tokens[grammar.place - 1]
    if token.kind == "number" and before.kind == "number":
        raise misnumbered.two_numbers(grammar, before, token)
    if before.text == "0" and not token.gap:
        found = _OTHER_BASE.match(grammar.text, before.start)
        if found is not None:
            raise misnumbered.other_base(found.group(), Span(*found.span()))
    if token.gap and "\n" in grammar.text[before.end : token.start] and "\\" not in grammar.text:
        raise misjudged.second_line(grammar, before, token)
    if token.kind == "[" and not token.gap and before.kind in (")", "]") and _is_entry(grammar):
        raise misjudged.entry(grammar, token)
    if token.kind == "frac" and before.kind == "number":
        note_mixed(grammar, before, token)
    elif token.kind == "[" and not token.gap and before.kind == "variable":
        grammar.notices.add(
            f"entry {token.start}",
            f"{before.text}[…] was read as the product {before.text}*(…), not as an entry of a list.",
            Span(before.start, token.end),
        )
    elif (
        token.kind == "("
        and not token.gap
        and before.kind == "variable"
        and before.value not in grammar.declared
    ):
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
        end = end_of_factor(grammar)
        grammar.notices.add(
            f"exponent {power.start}",
            f"{shown}{token.text} was read as ({shown})*{token.text}.",
            Span(power.start, token.end),
            (exponent.start, exponent.start, "("),
            (end, end, ")"),
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
    if left.bare is not None:
        if right.parts or right.node == left.bare.node:
            return
        start = left.bare.start
    elif left.operation == "power" and not left.parts[1].bracketed:
        base, exponent = left.parts
        is_fixed = (
            isinstance(base.node, Number) or base.operation == "e" or rational(exponent.node) is not None
        )
        if not is_fixed or not isinstance(right.node, Number):
            return
        value = rational(exponent.node)
        if value is not None and (value / right.node.value).denominator != right.node.value:
            return  # x^2/2: nobody means the power 2/2
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


def end_of_factor(grammar: Grammar) -> int:
    """Where the factor ends that begins at this place, with its power."""
    tokens = grammar.tokens
    place = grammar.place
    if tokens[place + 1].kind == "^":
        place += 2
        place += tokens[place].kind in ("+", "-")
        if tokens[place].kind == "(":
            while tokens[place].kind not in (")", "end"):
                place += 1
    return tokens[place].end


def note_inverse(grammar: Grammar, token: Token, exponent: Term, bare: Term | None, end: int) -> None:
    """``sin^-1 x`` is the inverse function, not 1/sin x."""
    shown = grammar.text[token.start : exponent.end]
    closing = ")" if bare is not None else ""
    opening = "(" if bare is not None else ""
    start = bare.start if bare is not None else exponent.end
    before = grammar.text[: token.start].rstrip()
    if before and before[-1] not in "+-(=,[{<>:":  # 2sin^-1(x) is not 21/sin(x)
        closing += ")"
        numerator = "(1"
    else:
        numerator = "1"
    grammar.notices.add(
        f"inverse {token.start}",
        f"{shown} was read as the inverse function arc{token.text.lstrip(chr(92))}, not as 1/{token.text.lstrip(chr(92))}.",
        Span(token.start, exponent.end),
        (token.start, start, f"{numerator}/{token.text}{opening}"),
        (end, end, closing),
    )


def note_root(grammar: Grammar, root: Token, under: Term) -> None:
    """``√2x`` is √2 times x."""
    follows = grammar.tokens[grammar.place]
    if under.bracketed or follows.gap or follows.kind not in ("variable", "constant", "number"):
        return
    shown = grammar.text[root.start : under.end]
    end = end_of_factor(grammar)
    grammar.notices.add(
        f"root {root.start}",
        f"{shown}{follows.text} was read as {shown}*{follows.text}: the root ends before {follows.text}.",
        Span(root.start, follows.end),
        (root.end, root.end, "("),
        (end, end, ")"),
    )


def note_times(grammar: Grammar, function: Token, left: Term, times: Token) -> None:
    """``sin x * y`` takes the whole product."""
    if isinstance(left.node, Number):
        return
    shown = grammar.text[left.start : left.end]
    grammar.notices.add(
        f"times {function.start}",
        f"{function.text} was taken of the whole product that follows it, not only of {shown}.",
        Span(function.start, times.end),
        (function.end, left.start, "("),
        (left.end, left.end, ")"),
    )


def note_bracket(grammar: Grammar, function: Token, left: Term, bracket: Token) -> None:
    """``sin x (x + 1)`` and ``sqrt2x``: the function takes the whole product."""
    shown = grammar.text[left.start : left.end]
    grammar.notices.add(
        f"times {function.start}",
        f"{function.text} was taken of the whole product that follows it, not only of {shown}.",
        Span(function.start, bracket.end),
        (function.end, left.start, "("),
        (left.end, left.end, ")"),
    )


def note_minus_one(grammar: Grammar, function: Token, bare: Term, inverse: str) -> None:
    """``sin-1(x)``: how an inverse function looks when its exponent was lost in copying."""
    after = _LOST_EXPONENT.match(grammar.text, function.end)
    if after is not None:
        shown = grammar.text[function.start : bare.end]
        grammar.notices.add(
            f"lost {function.start}",
            f"{shown} was read as {function.text} of a product; if an exponent was lost it is {inverse}.",
            Span(function.start, after.end()),
            (function.start, after.end(), inverse),
        )


_LOST_EXPONENT = re.compile(r"-1(?=\s*\()")


def note_logarithm(grammar: Grammar, token: Token, arguments: list[Term]) -> None:
    """``log`` is the natural logarithm."""
    if token.value == "log" and len(arguments) == 1 and token.text.lstrip("\\") in ("log", "LOG"):
        follows = grammar.text[token.end : token.end + 1]
        grammar.notices.add(
            "log",
            "log was read as the natural logarithm ln, as programs and mathematicians do; the other is log10.",
            token.span,
            (token.start, token.end, "log10 " if follows.isdigit() else "log10"),
        )


_DEGREES = frozenset({30, 45, 60, 90, 120, 135, 150, 180, 270, 360})


def note_degrees(grammar: Grammar, function: Token, argument: Term) -> None:
    """``sin 30`` is taken of 30 radians."""
    if isinstance(argument.node, Number) and argument.node.value in _DEGREES and not argument.bracketed:
        shown = grammar.text[argument.start : argument.end]
        grammar.notices.add(
            f"degrees {argument.start}",
            f"{function.text} was taken of {shown} radians; for degrees write {shown}°.",
            argument.span,
            (argument.end, argument.end, "°"),
        )


def note_comma(grammar: Grammar, arguments: list[Term]) -> None:
    """``log(2,5)`` might be the logarithm of 2.5."""
    if (
        len(arguments) == 2
        and isinstance(arguments[0].node, Number)
        and isinstance(arguments[1].node, Number)
    ):
        first, second = arguments
        if second.start == first.end + 1:
            grammar.notices.add(
                f"comma {first.end}",
                "The comma was read as separating two arguments, not as a decimal comma.",
                Span(first.start, second.end),
                (first.end, second.start, "."),
            )
