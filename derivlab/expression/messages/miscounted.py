"""What is said about the arguments of calls: too many, too few, unknown by name, empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from derivlab.errors import ParseError, Span
from derivlab.expression.build import Term
from derivlab.expression.messages import misnamed
from derivlab.expression.naming import neighbours
from derivlab.expression.naming.spellings import SPELLINGS
from derivlab.expression.naming.words import TAUGHT
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.programs.program_words import VALUES
from derivlab.expression.programs.signatures import places_of
from derivlab.expression.tokens import Token

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
    if not counts:
        counts = [2]
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


def unknown_keyword(
    grammar: Grammar, name: str, key: str, token: Token, term: Term, free: Sequence[str] = ()
) -> ParseError:
    """An argument by a name that is not known, or that was given before; ``free`` are those that may be given."""
    start = grammar.text.rfind(key, 0, term.start)
    span = Span(start, term.end)
    if any(key == place.names[0] for place in places_of(name)):
        return given_twice(key, span)
    options = [place.names[0] for place in places_of(name)[1:] if place.has_effect and place.names[0] in free]
    guess = options[0] if len(options) == 1 else neighbours.nearest(key, tuple(options)) if options else None
    hint = f"Its arguments by name are {' and '.join(options)}." if len(options) > 1 else ""
    return ParseError(
        f"{token.text} takes no argument called {key} here.",
        span=span,
        hint=f"Did you mean {guess}?" if guess else hint or "Leave it out, or write the arguments by place.",
        suggestion=f"{grammar.text[:start]}{guess}{grammar.text[start + len(key) :]}" if guess else None,
    )


def given_twice(key: str, span: Span) -> ParseError:
    """An argument by name that was given before, by name or by place."""
    return ParseError(f"{key} was given before.", span=span, hint="Leave one of the two out.")


def unknown_option(grammar: Grammar, key: str, term: Term, known: tuple[str, ...]) -> ParseError:
    """A text that an argument cannot be set to."""
    shown = grammar.text[term.start : term.end]
    return ParseError(
        f"{shown} cannot be the value of {key}.",
        span=term.span,
        hint=f"It is {' or '.join(repr(each) for each in known)}.",
    )


def no_type(term: Term) -> ParseError:
    """``x.astype(2)``."""
    return ParseError(
        "The name of a type was expected here.",
        span=term.span,
        hint="Leave it out: all numbers here are float64.",
    )


def layer_without_input(grammar: Grammar, token: Token, opening: Token, end: int) -> ParseError:
    """``nn.LeakyReLU(0.2)`` and ``nn.LeakyReLU(0.2, x)``: the value stands in brackets of its own."""
    text = grammar.text
    shown = f"{token.text}(…)"
    inside = text[opening.end : end - 1]
    options, comma, value = inside.rpartition(",")
    if not comma or "=" in value or not any(each.isalpha() for each in value):
        options, value = inside, "x"
    call = f"({options.strip()})({value.strip()})"
    return ParseError(
        f"{shown} makes a layer, and no value was put into it.",
        span=Span(token.start, end),
        hint=f"Options stand in the first brackets, the value in a second pair: {token.text}{call}.",
        suggestion=text[: token.end] + call + text[end:],
    )


def place_after_name(token: Token) -> ParseError:
    """An argument by place after one by name."""
    return ParseError(
        "Arguments by name come last.", span=token.span, hint="Write for example clamp(x, min=0)."
    )


def no_value(term: Term) -> ParseError:
    """``None``, a text or a type where a number must stand."""
    if term.option:
        return ParseError(
            f"{term.option} is no number.", span=term.span, hint="Leave it out, or write a number there."
        )
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
