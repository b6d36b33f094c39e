"""What is said about equations and conditions that cannot be read as functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from derivlab.errors import ParseError, Span
from derivlab.expression.build import Term
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_LONG = 60
"""From so many characters on a formula is not repeated in a hint."""
_KNOWN_CALL = re.compile(r"\\?([A-Za-z]+)\s*\(\s*([A-Za-z]\w*)\s*\)")
"""``sinh(x)`` on the left of an equals sign."""
_CALLED = re.compile(r"(?<![A-Za-z])[fghFGH]\s*\(")
"""``f(x)`` in a condition."""
_BARE_CALL = re.compile(r"([fghFGH])\s*([xyztuv])")
"""``f x`` or ``fx`` there."""

_LOOP = re.compile(r"\bfor\s+[A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*\s+in\b")
"""``for x in …`` of a comprehension."""


def equation(grammar: Grammar, token: Token) -> ParseError:
    """An equals sign in the middle: an equation, not a function."""
    text = grammar.text
    after = grammar.tokens[grammar.place + 1]
    left = text[: token.start].strip()
    if grammar.head is not None:
        return ParseError(
            "There are two equals signs: one function has one.",
            span=token.span,
            hint="Type one function at a time, such as f(x) = x^2.",
            suggestion=None if "\n" in left else left or None,
        )
    if after.kind == "end":
        return ParseError(
            "After = nothing follows.",
            span=token.span,
            hint="Leave the = out, or write the name on its left: f(x) = 2x.",
            suggestion=left or None,
        )
    names = {each.value for each in grammar.tokens if each.kind == "variable"}
    if after.kind == "variable" and grammar.tokens[grammar.place + 2].kind == "end" and after.value == "y":
        return ParseError(
            "The name stands on the right of the equals sign.",
            span=token.span,
            hint="Write it on the left, as in y = x^2.",
            suggestion=f"y = {left}",
        )
    bare = _BARE_CALL.fullmatch(left)
    if bare is not None and after.kind != "end":
        head = f"{bare.group(1)}({bare.group(2)})"
        return ParseError(
            f"The variable of {bare.group(1)} needs brackets.",
            span=Span(grammar.tokens[0].start, grammar.tokens[grammar.place - 1].end),
            hint=f"Write {head} = … on the left.",
            suggestion=f"{head} = {text[token.end :].strip()}",
        )
    known = _KNOWN_CALL.fullmatch(left)
    if known is not None and after.kind != "end" and len(names) < 2:
        right = text[token.end :].strip()
        right = right if len(right) < _LONG else "…"
        return ParseError(
            f"This is an equation, not a function: {known.group(1)} has a fixed meaning here.",
            span=token.span,
            hint="Its solutions are the roots of the left side minus the right side; for the right side alone write "
            f"f({known.group(2)}) = {right}.",
            suggestion=_difference(text, token),
        )
    if len(names) < 2:
        return ParseError(
            "This is an equation, not a function.",
            span=token.span,
            hint="Type its left side minus its right side: the roots of that function solve the equation.",
            suggestion=_difference(text, token),
        )
    return ParseError(
        "This is an implicit equation: it ties the variables together and is not a function of them.",
        span=token.span,
        hint="Solve it for one variable, as in y = sqrt(1 - x^2), or type left side minus right side.",
        suggestion=_difference(text, token),
    )


def own_name(token: Token, name: str, equals: Token, others: Sequence[str], text: str) -> ParseError:
    """``y = x + y``, and ``x = x + 1``, which has no other variable."""
    if not others:
        return ParseError(
            f"{name} stands on both sides: this is an equation, not a function.",
            span=token.span,
            hint="Type its left side minus its right side: the roots of that function solve the equation.",
            suggestion=_difference(text, equals),
        )
    names = sorted({name, *others})
    head = f"{next(letter for letter in 'fghuvwFGH' if letter not in names[:8])}({', '.join(names)})"
    return ParseError(
        f"{name} stands on both sides: this is an implicit equation, not a function.",
        span=token.span,
        hint=f"Solve it for {name}, or give the function another name: {head} = …",
        suggestion=f"{head} = {text[equals.end :].strip()}",
    )


def value_of_variable(name: str, tokens: Sequence[Token], text: str) -> ParseError:
    """``x = 3``."""
    constant = f"y = {text[tokens[0].start : tokens[-1].start].strip()}"
    return ParseError(
        f"This gives {name} a value and is no function.",
        span=Span(0, len(text.rstrip())),
        hint=f"Type a function of {name}; the point has a box of its own. For a constant write {constant}.",
        suggestion=constant,
    )


def refuse_point(term: Term, text: str) -> None:
    """``x^2 for x = 3`` would be a function of a single point. Raises ParseError for it."""
    if (
        term.operation != "where"
        or term.parts[0].operation != "equal"
        or term.parts[2].operation != "undefined"
    ):
        return
    place = term.parts[0].start
    before = text[:place].rstrip()
    word = next((word for word in ("for", "when", "where") if before.endswith(word)), None)
    if word is not None:
        start = len(before) - len(word)
        raise point(Span(start, term.parts[0].end), text[:start])


def point(span: Span, formula: str) -> ParseError:
    """``x^2 at x = 3``: a formula, and the point at which somebody wants its value."""
    return ParseError(
        "This names a point, which does not belong in the formula.",
        span=span,
        hint="Type the formula alone; the point is chosen beside it.",
        suggestion=formula.strip(),
    )


def _difference(text: str, token: Token) -> str | None:
    left, right = text[: token.start].strip(), text[token.end :].strip()
    if "=" in right:
        return None
    if right == "0":
        return left
    if left == "0":
        return right
    return f"{left} - {right}" if right.isalnum() else f"{left} - ({right})"


def second_line(grammar: Grammar, before: Token, token: Token) -> ParseError:
    """A line end between two formulas."""
    return ParseError(
        "A second formula begins in a new line.",
        span=token.span,
        hint="Type one formula at a time; for a product write a * at the end of the line.",
        suggestion=grammar.text[: before.end],
    )


def entry(grammar: Grammar, bracket: Token) -> ParseError:
    """``sin(x)[0]``."""
    closing = grammar.tokens[grammar.place + 2]
    return ParseError(
        "Square brackets behind a value pick an entry of a list; here all values are single numbers.",
        span=Span(bracket.start, closing.end),
        hint="Leave them out, or write a * for a product.",
    )


def condition_as_whole(grammar: Grammar, term: Term) -> ParseError:
    """A text that is a condition and no function."""
    error = condition_as_number(term)
    if grammar.text.count("==") == 1 and term.operation == "equal":
        error.hint = "A function has one equals sign: y = x^2."
        error.suggestion = grammar.text.replace("==", "=")
    elif grammar.head is not None:
        error.hint = "If it is the domain, write it behind a comma, as in f(x) = x^2, x > 0."
    elif _CALLED.search(grammar.text):
        error.hint = "Write the formula itself in place of f(x), without the comparison."
    elif len(grammar.text) < _LONG:
        error.hint = "To see where it holds, write a function that is 1 there and 0 elsewhere."
        error.suggestion = f"{{1 if {grammar.text.strip()}, 0 otherwise}}"
    return error


def condition_as_number(term: Term) -> ParseError:
    """A condition where a number must stand."""
    return ParseError(
        "This is a condition, which holds or not; a number was expected.",
        span=term.span,
        hint="For a piecewise function write {x if x > 0, 0 otherwise}.",
    )


def arrow_for_comparison(grammar: Grammar, token: Token) -> ParseError:
    """``x => 1`` for ``x >= 1``."""
    return ParseError(
        "=> is an arrow here, not a comparison.",
        span=token.span,
        hint="For greater or equal write >=.",
        suggestion=f"{grammar.text[: token.start]}>={grammar.text[token.end :]}",
    )


def number_as_condition(grammar: Grammar, term: Term) -> ParseError:
    """A number where a condition must stand."""
    token = grammar.tokens[grammar.place]
    if token.text == "=>":
        return arrow_for_comparison(grammar, token)
    loop = _LOOP.search(grammar.text)
    if loop is not None and loop.start() <= term.start:
        return ParseError(
            "This is a loop of a program, and programs are never run here.",
            span=Span(*loop.span()),
            hint="Type the formula alone; values of its variables are chosen beside it.",
        )
    return ParseError(
        "A condition was expected here, such as x > 0.",
        span=term.span,
        hint="Compare it with something, as in {x if x > 0, 0 otherwise}.",
    )


def after_otherwise(grammar: Grammar, token: Token, has_pieces: bool) -> ParseError:
    """Something follows the last piece."""
    if not has_pieces:
        return ParseError(
            "Braces hold the pieces of a function, each with its condition.",
            span=token.span,
            hint="For example {x^2 if x < 0, x otherwise}.",
        )
    return ParseError(
        "After the piece without a condition no other can follow.",
        span=token.span,
        hint="Put it last: {x^2 if x < 0, x otherwise}.",
    )


def no_pieces(token: Token, end: int) -> ParseError:
    """``piecewise`` without a condition."""
    return ParseError(
        "A piecewise function needs a condition for each piece but the last.",
        span=Span(token.start, end),
        hint="For example piecewise(x > 0, x, 0).",
    )
