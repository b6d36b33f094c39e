"""What is said when the text cannot be read: where, what was expected, and what may be meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivlab.errors import ParseError, Span
from derivlab.expression.build import Term
from derivlab.expression.messages import miscounted, misjudged, misnamed, misnumbered
from derivlab.expression.naming.words import CALCULUS, SIGNS
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_CLOSING = {")": "(", "]": "[", "}": "{", "⌋": "⌊", "⌉": "⌈", "close|": "|", "|": "|", "‖": "‖"}
_OPERATORS = frozenset(
    {"+", "-", "*", "/", "^", "%", "//", "mod", "<", ">", "<=", ">=", "==", "!=", "=", "and", "or"}
)
_KEYWORDS = frozenset({"if", "otherwise", "not", ",", ";", ":", "?", "&"})
_AFTER_OPERAND = frozenset({"end", ",", "otherwise", "then", "?", ":"})
_EXPECTED = "A number, a variable, a function or a bracket must stand here."


_DECIMAL_COMMA = re.compile("(?<=[0-9]),(?=[0-9])")
_LETTERS_BEFORE = re.compile("[A-Za-z]+$")
_QUOTES = str.maketrans("", "", "'\"`")


def expect(grammar: Grammar, kind: str, opening: Token) -> Token:
    """Take the sign that closes what ``opening`` opened. Raises ParseError where another stands there."""
    token = grammar.tokens[grammar.place]
    if token.kind == kind:
        grammar.place += 1
        return token
    closing = {"close|": "|", "endcases": "}" if opening.text == "\\cases" else "\\end{cases}"}.get(
        kind, kind
    )
    if opening.text[:5] == "\\left":
        closing = "\\right" + {"}": "\\}"}.get(closing, closing)
    elif opening.text[:1] == "\\" and kind == ")":  # the brace of a command
        closing = "}"
    if token.kind == "end":
        raise ParseError(
            f"The {opening.text} is never closed.",
            span=opening.span,
            hint=f"Add a {closing} where it ends.",
            suggestion=grammar.text.rstrip().removesuffix("\\right.") + closing,
        )
    if token.kind in (")", "]", "}") and kind in (")", "]", "}"):
        raise ParseError(
            f"A {opening.text} was opened, but {token.text} closes it.",
            span=Span(opening.start, token.end),
            hint=f"Close it with {closing}.",
            suggestion=grammar.text[: token.start] + closing + grammar.text[token.end :],
        )
    raise surprise(grammar, token)


def missing(grammar: Grammar, token: Token) -> ParseError:
    """Nothing to work on where a number, a variable or a function must stand."""
    before = grammar.tokens[grammar.place - 1] if grammar.place else None
    text = grammar.text
    if token.kind == "end" and (before is None or before.kind in ("=", ":=", "->")):
        if before is None and grammar.head is not None:
            before = grammar.head
        if before is None:
            return ParseError(
                "There is no formula here.", span=token.span, hint="Type a function of x, such as x^2."
            )
        return ParseError(
            f"The right side of {before.text} is empty.",
            span=before.span,
            hint="Write the formula there, such as x^2.",
        )
    if token.kind == "end" and before is not None and before.kind in ("|", "‖"):
        return unclear_bars(before)
    if (not token.text and token.kind != "end") or (before is not None and not before.text):
        return miscounted.empty_part(token)
    if token.kind == "^" and token.start == token.end:
        return ParseError(
            f"{text[token.start]} needs something on its left.",
            span=Span(token.start, token.start + 1),
            hint="A raised sign is an exponent: write x² or x^2.",
        )
    if token.kind in ("endcases", "&", "row") and (before is None or before.kind in ("cases", "row", "&")):
        return ParseError(
            "A piece of this formula is empty.",
            span=Span(before.start if before is not None else token.start, token.end),
            hint=r"Each line of \begin{cases} is a value, an & and a condition: x^2 & x < 0.",
        )
    if token.text == r"\prime":
        return ParseError(
            "The stroke ' asks for a derivative, which is what is computed here anyway.",
            span=token.span,
            hint=CALCULUS,
        )
    if token.kind in ("open|", "close|"):
        token.text = "|"
    if token.kind in _CLOSING and before is not None and before.kind in ("(", "[", "{", "|"):
        return ParseError(
            "There is nothing inside these brackets.",
            span=Span(before.start, token.end),
            hint="Write something between them, or leave them out.",
        )
    if token.kind == "," and (before is None or before.kind in ("(", "[", ",")):
        return ParseError(
            "Something is missing before this comma.",
            span=token.span,
            hint="Write an argument there, or leave the comma out.",
            suggestion=(text[: token.start] + text[token.end :]) or None,
        )
    if token.kind == "!" and grammar.inside and (before is None or before.kind not in _OPERATORS):
        return ParseError(
            "! stands behind a number: n! is the factorial.",
            span=token.span,
            hint="For the opposite of a condition write not: {1 if not x > 0, 0 otherwise}.",
            suggestion=f"{text[: token.start]}not {text[token.end :]}",
        )
    if before is not None and before.kind in _KEYWORDS and (token.kind == "end" or token.kind in _CLOSING):
        return ParseError(f"Something is missing after {before.text}.", span=before.span, hint=_EXPECTED)
    if before is not None and before.kind == "%" and before.text == "%":
        return misnumbered.percent_at_end(grammar, before)
    if (
        before is not None
        and before.kind in _OPERATORS
        and (token.kind in _AFTER_OPERAND or token.kind in _CLOSING)
    ):
        what = "An exponent" if before.kind == "^" else "Something"
        return ParseError(
            f"{what} is missing after {before.text or '^'}.",
            span=before.span,
            hint="Write a number, a variable, a function or a bracket there, or leave the sign out.",
            suggestion=(_without_signs(text[: before.start]) + text[token.start :]) or None,
        )
    if token.kind in _OPERATORS and token.kind not in ("and", "or", "mod"):
        if before is None or before.kind in ("(", "[", "{", ",", "="):
            return ParseError(
                f"{token.text} needs something on its left.",
                span=token.span,
                hint="Begin with a number, a variable, a function or a bracket.",
                suggestion=text[: token.start] + text[token.end :].lstrip() or None,
            )
        if before.kind in _OPERATORS:
            return ParseError(
                f"{before.text} and {token.text} stand side by side: something is missing between them.",
                span=Span(before.start, token.end),
                hint="Leave one of them out, or write something between them.",
                suggestion=text[: before.end] + text[token.end :],
            )
    return surprise(grammar, token)


def _without_signs(text: str) -> str:
    """The text without the signs of calculation at its end."""
    return text.rstrip("+-*/^ ×·÷−")


def surprise(grammar: Grammar, token: Token) -> ParseError:
    """A sign that cannot stand where it does."""
    text = grammar.text
    kind = token.kind
    if kind == "end":
        before = grammar.tokens[grammar.place - 1]
        return ParseError(f"Something is missing after {before.text}.", span=before.span, hint=_EXPECTED)
    if kind in _CLOSING and kind != "|":
        return ParseError(
            f"This {token.text} closes nothing.",
            span=token.span,
            hint=f"Leave it out, or open a {_CLOSING[kind]} before it.",
            suggestion=(text[: token.start] + text[token.end :]).strip() or None,
        )
    if kind in ("|", "‖"):
        return unclear_bars(token)
    if kind == ",":
        return comma(grammar, token)
    if token.text == "=>":
        return misjudged.arrow_for_comparison(grammar, token)
    if kind in ("and", "or", "mod", *_OPERATORS):
        return ParseError(
            f"{token.text} cannot stand here.",
            span=token.span,
            hint="It stands between two numbers or two conditions.",
        )
    if kind in SIGNS:
        message, hint = SIGNS[kind]
        bare = text.translate(_QUOTES).strip() if kind in ("'", '"', "`") else None
        if kind in (";", "?"):
            bare = (text[: token.start].rstrip() + ("" if kind == ";" else text[token.end :])).strip()
        after = grammar.tokens[grammar.tokens.index(token) + 1]
        if kind == ":" and after.kind == "number":
            bare = f"{text[: token.start]}/{text[token.end :]}"
        if kind in ("∈", "∉") and after.text in ("N", "Z", "Q"):
            message, hint = (
                "Functions here are of all real numbers.",
                "Leave out that the variable is a whole number.",
            )
        if kind in ("if", "otherwise"):
            message = f"“{token.text}” {message.partition('” ')[2]}"
        return ParseError(message, span=token.span, hint=hint, suggestion=bare)
    if kind == "row":
        return ParseError("A line ends here.", span=token.span, hint="Type one formula, in one line.")
    return ParseError(f"{token.text[:40]} cannot stand here.", span=token.span, hint=_EXPECTED)


def unclear_bars(token: Token) -> ParseError:
    """A bar that may open or close."""
    return ParseError(
        "It is not clear which of the bars open and which close.",
        span=token.span,
        hint="Write abs(x) for |x|, or a * before a bar that opens.",
    )


def unknown_call(grammar: Grammar) -> ParseError | None:
    """``f(x, y)`` where f is no function: a name before the bracket in which a comma stands."""
    depth = 0
    for place in range(grammar.place - 1, 0, -1):
        kind = grammar.tokens[place].kind
        depth += (kind in (")", "]")) - (kind in ("(", "["))
        if depth < 0:
            name = grammar.tokens[place - 1]
            if name.kind != "variable":
                return None
            stem = _LETTERS_BEFORE.search(grammar.text, 0, name.end)
            start = stem.start() if stem is not None else name.start
            whole = Token("word", grammar.text[start : name.end], start, name.end)
            return misnamed.unknown_function(whole, grammar.text)
    return None


def comma(grammar: Grammar, token: Token) -> ParseError:
    """A comma outside of any call: a decimal comma, a grouped number, or several functions."""
    tokens = grammar.tokens
    before, after = tokens[grammar.place - 1], tokens[grammar.place + 1]
    text = grammar.text
    if before.kind == "number" and misnumbered.SEVERAL_GROUPS.match(text, before.start):
        return misnumbered.grouped(text, before.start) or surprise(grammar, after)
    if before.kind == after.kind == "number" and not after.gap and before.end == token.start:
        groups = misnumbered.grouped(text, before.start) if "." in before.text + after.text else None
        if groups is not None:
            return groups
        span = Span(before.start, after.end)
        if "." in before.text + after.text or misnumbered.LISTED.match(text, before.start):
            return misnumbered.several(text, span)
        if len(after.text) == 3 and after.text.isdecimal() and before.text.isdecimal() and before.text != "0":
            joined = text[: token.start] + text[token.end :]
            return ParseError(
                f"{before.text},{after.text} can be read in two ways.",
                span=span,
                hint=f"Write {before.text}{after.text} for thousands, or {before.text}.{after.text} for a decimal number.",
                suggestion=joined,
            )
        return ParseError(
            "Decimal numbers are written with a point here.",
            span=span,
            hint=f"Write {before.text}.{after.text} for {before.text},{after.text}.",
            suggestion=_DECIMAL_COMMA.sub(".", text),
        )
    call = unknown_call(grammar)
    if call is not None:
        return call
    if after.kind == "end":
        return ParseError(
            "The formula ends with a comma.",
            span=token.span,
            hint="Leave it out.",
            suggestion=text[: token.start],
        )
    if after.kind == "variable" and tokens[grammar.place + 2].kind == "=":
        names = {each.value for each in tokens[: grammar.place] if each.kind == "variable"}
        if after.value in names:
            return misjudged.point(token.span, text[: token.start])
    unread = next((each for each in tokens[grammar.place :] if each.kind in ("∈", "∉")), None)
    if unread is not None:
        return surprise(grammar, unread)
    return ParseError(
        "A comma separates two formulas here, but one function has one formula.",
        span=token.span,
        hint="Type one function at a time; several outputs belong to the Vector page.",
        suggestion=text[: token.start].strip() or None,
    )


def stroke(grammar: Grammar, left: Term, token: Token) -> ParseError:
    """A quote behind an operand."""
    after = grammar.tokens[grammar.place + 1]
    number = grammar.tokens[grammar.place - 1]
    if number.kind == after.kind == "number" and not after.gap:
        return misnumbered.grouped(grammar.text, number.start) or surprise(grammar, after)
    if after.kind in ("variable", "constant") and not after.gap and not token.gap:
        message, hint = SIGNS["'"]
        return ParseError(message, span=token.span, hint=hint)
    return ParseError(
        "The stroke ' asks for a derivative, which is what is computed here anyway.",
        span=token.span,
        hint=CALCULUS,
    )
