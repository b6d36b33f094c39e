"""What is said about a function with nothing to work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.errors import ParseError, Span
from derivlab.expression.messages import mistakes
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar


def no_argument(grammar: Grammar, function: Token, token: Token) -> ParseError:
    """A function with nothing to work on."""
    name = function.text.lstrip("\\")
    span = Span(function.start, max(function.end, token.start))
    if token.kind in ("keyword", "^"):
        return mistakes.missing(grammar, token)
    before = grammar.tokens[grammar.place - 1]
    if before.kind != "function" and token.kind == "/":
        return ParseError(
            f"{name} has nothing to work on: {token.text} follows it.",
            span=Span(function.start, token.end),
            hint=f"Write brackets around a fraction: {name}{'_' if _has_base(grammar, function) else '^'}(1/2)(x), say.",
        )
    if token.kind in ("*", "/", "^"):
        return ParseError(
            f"{name} has nothing to work on: {token.text} follows it.",
            span=Span(function.start, token.end),
            hint=f"Write {name}(x), say.",
            suggestion=grammar.text[: token.start] + grammar.text[token.end :].lstrip(),
        )
    if name == "exp" and before.kind != "function":
        return ParseError(
            "exp is a function, not the number e.",
            span=span,
            hint="Write exp(x) or e^x.",
            suggestion=f"{grammar.text[: function.start]}e{grammar.text[function.end :]}",
        )
    if before.kind != "function" and token.kind == "end" and _has_base(grammar, function):
        if function.value not in ("ln", "log"):
            argument = grammar.text[function.end : before.end].strip("_ {}()")
            return ParseError(
                f"{name} has no base, and nothing to work on.",
                span=span,
                hint=f"Write {name}({argument}), say.",
                suggestion=f"{grammar.text[: function.end]}({argument}){grammar.text[before.end :].lstrip('})')}",
            )
        return ParseError(
            f"{name} has a base, but nothing to work on.", span=span, hint=f"Write {name}_2(x), say."
        )
    if before.kind != "function" and token.kind in ("end", "+", "-"):
        return ParseError(
            f"{name} has an exponent, but nothing to work on.", span=span, hint=f"Write {name}^2(x), say."
        )
    return ParseError(
        f"{name} has nothing to work on.",
        span=span,
        hint=f"Write {name}(x), say.",
        suggestion=f"{grammar.text[: function.end]}(x){grammar.text[function.end :]}"
        if token.kind == "end" and not _stands_behind(grammar, function)
        else None,
    )


def _has_base(grammar: Grammar, function: Token) -> bool:
    """Whether an underline stands right behind the function's name."""
    return grammar.text[function.end :].lstrip()[:1] == "_"


def _stands_behind(grammar: Grammar, function: Token) -> bool:
    """Whether an operand stands before the function's name, as in ``x factorial``."""
    words = grammar.text[: function.start].split()
    return bool(words) and (words[-1][-1].isalnum() or words[-1] in (")", "//"))
