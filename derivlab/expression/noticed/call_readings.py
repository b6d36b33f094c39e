"""Readings of calls that could have been others: inverses, arguments without brackets, logarithms, degrees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivlab.errors import Span
from derivlab.expression.build import Term
from derivlab.expression.conditions.restrictions import is_restriction
from derivlab.expression.operands.factors import end_of_factor, end_of_letters
from derivlab.expression.tokens import Token
from derivlab.expression.tree import Number

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar


_MODULE = re.compile(r"(?:[A-Za-z]+\.)+$")
_LONGEST_MODULE = 40
"""More characters than these are not looked at before a function: ``torch.nn.functional.`` has 20."""


def note_inverse(grammar: Grammar, token: Token, exponent: Term, bare: Term | None, end: int) -> None:
    """``sin^-1 x`` is the inverse function, not 1/sin x."""
    shown = grammar.text[token.start : exponent.end]
    closing = ")" if bare is not None else ""
    opening = "(" if bare is not None else ""
    start = bare.start if bare is not None else exponent.end
    module = _MODULE.search(grammar.text, max(0, token.start - _LONGEST_MODULE), token.start)
    first = module.start() if module is not None else token.start
    before = grammar.text[max(0, first - _LONGEST_MODULE) : first].rstrip()
    if before and before[-1] not in "+-(=,[{<>:":  # 2sin^-1(x) is not 21/sin(x)
        closing += ")"
        numerator = "(1"
    else:
        numerator = "1"
    grammar.notices.add(
        f"inverse {token.start}",
        f"{shown} was read as the inverse function arc{token.text.lstrip(chr(92))}, not as 1/{token.text.lstrip(chr(92))}.",
        Span(token.start, exponent.end),
        (first, start, f"{numerator}/{grammar.text[first : token.end]}{opening}"),
        (end, end, closing),
    )


def note_root(grammar: Grammar, root: Token, under: Term) -> None:
    """``√2x`` is √2 times x."""
    before, follows = grammar.tokens[grammar.place - 1 : grammar.place + 1]
    if (
        (under.bracketed and before.kind != "fraction")
        or follows.gap
        or follows.kind not in ("variable", "constant", "number")
    ):
        return
    shown = grammar.text[root.start : under.end]
    end = end_of_letters(grammar)
    grammar.notices.add(
        f"root {root.start}",
        f"{shown}{follows.text} was read as {shown}*{follows.text}: the root ends before {follows.text}.",
        Span(root.start, follows.end),
        (root.end, root.end, "("),
        (end, end, ")"),
    )


def note_after_bars(grammar: Grammar, function: Token, left: Term) -> None:
    """``ln|x| x`` is ln(|x|)*x: bars right behind a function hold its argument, as brackets do."""
    follows = grammar.tokens[grammar.place]
    has_sign = follows.kind == "*"
    if has_sign:
        grammar.place += 1
        follows = grammar.tokens[grammar.place]
    is_factor = has_sign or grammar.starts_factor(follows)
    if is_factor and follows.kind not in ("function", "cases", "end") and not is_restriction(grammar):
        shown = grammar.text[left.start : left.end]
        end = end_of_factor(grammar)
        name = function.text.lstrip("\\")
        grammar.notices.add(
            f"bars {function.start}",
            f"{name} was taken of {shown} only, not of the product with what follows.",
            Span(function.start, follows.end),
            (left.start, left.start, "("),
            (end, end, ")"),
        )
    grammar.place -= has_sign


def note_times(grammar: Grammar, function: Token, left: Term, times: Token) -> None:
    """``sin x * y``, ``sin x (x + 1)`` and ``sqrt2x``: the function takes the whole product."""
    if isinstance(left.node, Number) and times.kind == "*":
        return
    shown = grammar.text[left.start : left.end]
    grammar.notices.add(
        f"times {function.start}",
        f"{function.text} was taken of the whole product that follows it, not only of {shown}.",
        Span(function.start, times.end),
        (function.end, left.start, "("),
        (left.end, left.end, ")"),
    )


_LOST_EXPONENT = re.compile(r"-1(?=\s*\()")


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


def note_logarithm(grammar: Grammar, token: Token, arguments: list[Term]) -> None:
    """``log`` is the natural logarithm."""
    if token.value == "log" and len(arguments) == 1 and token.text.lstrip("\\") in ("log", "LOG", "Log"):
        follows = grammar.text[token.end : token.end + 1]
        if token.text == "Log" and follows == "[":
            return  # Wolfram's own natural logarithm
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


def note_base_first(grammar: Grammar, arguments: list[Term]) -> None:
    """``log(2, x)``: some programs name the base first."""
    if (
        len(arguments) == 2
        and isinstance(arguments[0].node, Number)
        and not arguments[1].is_constant
        and arguments[0].end <= arguments[1].start
    ):
        number, base = (grammar.text[each.start : each.end] for each in arguments)
        grammar.notices.add(
            f"order {arguments[0].start}",
            f"log({number}, {base}) was read as the logarithm of {number} to the base {base}.",
            Span(arguments[0].start, arguments[1].end),
            (arguments[0].start, arguments[1].end, f"{base}, {number}"),
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


def note_arctan_of_two(grammar: Grammar, token: Token, arguments: list[Term]) -> None:
    """``arctan(y, x)`` is atan2, in an order that is not the same everywhere."""
    first, second = (grammar.text[each.start : each.end] for each in arguments)
    grammar.notices.add(
        f"order {token.start}",
        f"{token.text}({first}, {second}) was read as atan2({first}, {second}), the height first, as in Maple.",
        token.span,
        (arguments[0].start, arguments[1].end, f"{second}, {first}"),
    )


def note_convention(grammar: Grammar, token: Token, arguments: list[Term], end: int) -> None:
    """``ATAN2(x, y)`` of spreadsheets, and the inverse cotangent of SymPy and of Wolfram's language."""
    text = grammar.text
    if token.text == "ATAN2":
        first, second = (text[each.start : each.end] for each in arguments)
        grammar.notices.add(
            f"order {token.start}",
            f"ATAN2({first}, {second}) was read with the height first, as in programs; in Excel it comes second.",
            token.span,
            (arguments[0].start, arguments[1].end, f"{second}, {first}"),
        )
    elif token.text == "ArcCot" or (token.text == "acot" and _IN_SYMPY.search(text, 0, token.start)):
        argument = arguments[0]
        wolfram = token.text == "ArcCot"
        name, opening, closing = ("ArcTan", "[1/(", ")]") if wolfram else ("atan", "(1/(", "))")
        program = "Wolfram's language" if wolfram else "SymPy"
        grammar.notices.add(
            f"branch {token.start}",
            f"{token.text} was read as an angle between 0 and π; in {program} it lies between −π/2 and π/2.",
            token.span,
            (token.start, argument.start, f"{name}{opening}"),
            (argument.end, end, closing),
        )


_IN_SYMPY = re.compile(r"\b(?:sp|sympy)\.$")
