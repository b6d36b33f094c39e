"""What is said about the arguments of calls: too many, too few, unknown by name, empty."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivlab.errors import ParseError, Span
from derivlab.expression import misnamed
from derivlab.expression.build import Term
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.spellings import SPELLINGS
from derivlab.expression.tokens import Token
from derivlab.expression.words import TAUGHT, VALUES

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar


def empty_part(token: Token) -> ParseError:
    """A brace of a LaTeX command with nothing in it."""
    return ParseError(
        "A part of this fraction or root is empty.",
        span=Span(max(0, token.start - 1), token.end),
        hint=r"Write for example \frac{1}{x} or \sqrt{x}.",
    )


def trailing_comma(grammar: Grammar, token: Token) -> ParseError:
    """A comma before a closing bracket, or between the braces of a fraction whose lower one is empty."""
    if not token.text:
        return empty_part(token)
    return ParseError(
        "After this comma nothing follows.",
        span=token.span,
        hint="Leave it out, or add an argument.",
        suggestion=grammar.text[: token.start] + grammar.text[token.end :],
    )


_DECIMAL_COMMA = re.compile("[0-9]+,[0-9]+")


def wrong_count(grammar: Grammar, name: str, token: Token, count: int, end: int) -> ParseError:
    """A call with too few or too many arguments."""
    row = OPERATIONS.get(name)
    comma = _DECIMAL_COMMA.search(grammar.text, token.end, end)
    if comma:
        return ParseError(
            "Decimal numbers are written with a point here.",
            span=Span(*comma.span()),
            hint=f"Write {comma.group().replace(',', '.')} for {comma.group()}.",
            suggestion=f"{grammar.text[: comma.start()]}{comma.group().replace(',', '.')}{grammar.text[comma.end() :]}",
        )
    counts = sorted(
        {*SPELLINGS.get(name, ()), *(() if row is None else (row.arity[0], row.arity[1] or row.arity[0]))}
    )
    if name in ("ln", "log"):
        counts = [1, 2]
    wanted = " or ".join(map(str, counts))
    if row is not None and row.arity[1] is None:
        wanted = f"at least {row.arity[0]}"
    noun = "argument" if wanted == "1" else "arguments"
    example = row.example if row is not None else f"{token.text}({', '.join('xyz'[: counts[0]])})"
    if count == 0 and token.text in TAUGHT:
        return misnamed.taught(token)
    return ParseError(
        f"{token.text} takes {wanted} {noun}, here it has {count}.",
        span=Span(token.start, max(end, token.end)),
        hint=f"For example {example}",
        suggestion=grammar.text[: end - 1] + "x" + grammar.text[end - 1 :]
        if count == 0 and counts[0] == 1
        else None,
    )


def unknown_keyword(key: str, token: Token, term: Term) -> ParseError:
    """An argument by a name that is not known."""
    return ParseError(
        f"{token.text} takes no argument called {key} here.",
        span=term.span,
        hint="Write the arguments by place, as in clamp(x, 0, 1).",
    )


def place_after_name(token: Token) -> ParseError:
    """An argument by place after one by name."""
    return ParseError(
        "Arguments by name come last.", span=token.span, hint="Write for example clamp(x, min=0)."
    )


def no_value(term: Term) -> ParseError:
    """``None`` where a number must stand."""
    return ParseError("None has no value.", span=term.span, hint="Leave it out, or write a number there.")


def many_values(token: Token) -> ParseError:
    """A call along a dimension."""
    return ParseError(f"{token.text} with a dimension takes many values.", span=token.span, hint=VALUES)


def not_two_parts(token: Token, end: int) -> ParseError:
    """A fraction with a comma in one of its parts."""
    return ParseError(
        "A fraction has one formula above and one below.",
        span=Span(token.start, max(end, token.end)),
        hint=r"Write \frac{1}{x}, say.",
    )
