"""What is said about numbers that cannot be read: grouped digits, two points, percent, too large."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivlab.errors import ParseError, Span
from derivlab.expression.bounds import MAX_EXPONENT
from derivlab.expression.build import Term
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_GROUPED = re.compile(
    r"[0-9]{1,3}(?:(?:[ '\u2009\u202f\u00a0][0-9]{3})+(?:[.,][0-9]+)?|(?:,[0-9]{3})+(?:\.[0-9]+)?|(?:\.[0-9]{3})+,[0-9]+"
    r"|(?:\.[0-9]{3}){2,})(?![0-9])"
)


SEVERAL_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?![0-9])")


def grouped(text: str, place: int) -> ParseError | None:
    """A number with commas, spaces or strokes between groups of three digits; None where there is none."""
    found = _GROUPED.match(text, place)
    if found is None:
        return None
    shown = found.group()
    signs = re.findall("[^0-9]", shown)
    whole, point, places = shown.rpartition(signs[-1]) if len(set(signs)) > 1 else (shown, "", "")
    joined = re.sub("[^0-9]", "", whole) + point.replace(",", ".") + places
    return ParseError(
        "Digits are not grouped here.",
        span=Span(*found.span()),
        hint=f"Write {joined} for {found.group()}.",
        suggestion=text[:place] + joined + text[found.end() :],
    )


LISTED = re.compile(r"[0-9]+(?:,[0-9]+){2,}")


def several(text: str, span: Span) -> ParseError:
    """``1,2,3``: more commas than a decimal number has; ``span`` is where the last of them stands."""
    listed = LISTED.match(text, span.start)
    return ParseError(
        "Several numbers stand here with commas between them.",
        span=span if listed is None else Span(*listed.span()),
        hint="A function has one formula; a decimal number has one point, as in 1.5.",
    )


def two_numbers(grammar: Grammar, before: Token, token: Token) -> ParseError:
    """Two numbers side by side."""
    text = grammar.text
    span = Span(before.start, token.end)
    groups = grouped(text, before.start)
    if groups is not None:
        return groups
    if text[before.end] == "\\":
        return ParseError(
            "Digits are not grouped here.",
            span=span,
            hint=f"Write {before.text}{token.text} for one number.",
            suggestion=text[: before.end] + text[token.start :],
        )
    follows = grammar.tokens[grammar.place + 1 : grammar.place + 3]
    if token.gap and [each.kind for each in follows] == ["/", "number"]:
        mixed = f"({before.text} + {text[token.start : follows[1].end]})"
        return ParseError(
            "Two numbers stand side by side.",
            span=Span(before.start, follows[1].end),
            hint=f"For the mixed number write {mixed}.",
            suggestion=text[: before.start] + mixed + text[follows[1].end :],
        )
    if not token.gap:
        return ParseError(
            "A number has at most one decimal point.",
            span=span,
            hint="Leave one of the points out.",
            suggestion=text[: before.end] + text[token.start :].replace(".", "", 1),
        )
    return ParseError(
        "Two numbers stand side by side.",
        span=span,
        hint=f"For their product write {before.text}*{token.text}.",
        suggestion=f"{text[: before.end]}*{text[token.start :]}",
    )


def refuse_percent(grammar: Grammar, sign: Token) -> None:
    """``50% x`` is no remainder. Raises ParseError for it."""
    number, after = grammar.tokens[grammar.place - 1], grammar.tokens[grammar.place + 1]
    text = grammar.text
    if number.kind != "number" or sign.gap:
        return
    if not after.gap and after.kind != "number":
        grammar.notices.add(
            f"percent {sign.start}",
            f"{number.text}% was read as the remainder of a division, not as percent.",
            Span(number.start, sign.end),
            (sign.start, sign.end, "/100*"),
        )
    if not after.gap:
        return
    raise ParseError(
        "% is the remainder of a division here, not percent.",
        span=Span(number.start, sign.end),
        hint=f"For {number.text} percent write {number.text}/100.",
        suggestion=f"{text[: number.start]}{number.text}/100*{text[sign.end :].strip().removeprefix('of ')}",
    )


def percent_at_end(grammar: Grammar, sign: Token) -> ParseError:
    """``x + 5%``: nothing follows of which a remainder could be taken."""
    text = grammar.text
    number = grammar.tokens[grammar.place - 2]
    before = grammar.tokens[max(0, grammar.place - 3)]
    what = text[number.start : number.end] if number.kind == "number" else "5"
    divided = f"{text[: sign.start].rstrip()}/100{text[sign.end :]}"
    if number.kind == "number" and before.kind in ("^", "/"):
        divided = f"{text[: number.start]}({number.text}/100){text[sign.end :]}"
    return ParseError(
        "% is the remainder of a division here, not percent.",
        span=Span(number.start, sign.end),
        hint=f"For {what} percent write {what}/100.",
        suggestion=divided,
    )


def percent(sign: Token) -> ParseError:
    r"""``\%``, which LaTeX has for percent only."""
    return ParseError(
        "Percent cannot be read here.", span=sign.span, hint="For 5 percent of x write 5/100*x."
    )


def large_exponent(exponent: Term) -> ParseError:
    """An exponent past the limit."""
    return ParseError(
        f"This exponent is larger than {MAX_EXPONENT:,}.",
        span=exponent.span,
        hint="Use a smaller one: such a power cannot be computed or drawn.",
    )


def too_large(term: Term) -> ParseError:
    """A constant that no floating-point number can hold."""
    return ParseError(
        "This number is too large or too close to zero for a computer's floating point.",
        span=term.span,
        hint="The range is from about 1e-308 to 1.8e308.",
    )


def double_factorial(token: Token) -> ParseError:
    """``n!!``."""
    return ParseError(
        "!! is the double factorial, which is not known here.",
        span=token.span,
        hint="For the factorial of a factorial write (n!)!",
    )


_BASES = {"x": 16, "b": 2, "o": 8}


def other_base(digits: str, span: Span) -> ParseError:
    """``0x10``, ``0b101``, ``0o17``."""
    base = _BASES[digits[1].lower()]
    return ParseError(
        f"{digits} looks like a number of a program in base {base}.",
        span=span,
        hint=f"Write numbers in base 10: {int(digits, 0)}.",
    )
