"""What is said when the text cannot be read: where, what was expected, and what may be meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivlab.errors import ParseError, Span
from derivlab.expression.bounds import MAX_EXPONENT
from derivlab.expression.build import Term
from derivlab.expression.operations import NAMES, OPERATIONS
from derivlab.expression.spellings import SPELLINGS
from derivlab.expression.tokens import Token
from derivlab.expression.words import CALCULUS, MISSPELT, TAUGHT, VALUES

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_CLOSING = {")": "(", "]": "[", "}": "{", "⌋": "⌊", "⌉": "⌈", "close|": "|", "|": "|", "‖": "‖"}
_OPERATORS = frozenset(
    {"+", "-", "*", "/", "^", "%", "//", "mod", "<", ">", "<=", ">=", "==", "!=", "=", "and", "or"}
)
_KEYWORDS = frozenset({"if", "otherwise", "not", ",", ";", ":", "?", "&"})
_EXPECTED = "A number, a variable, a function or a bracket must stand here."
_SIGNS = {
    "∞": ("∞ is not a real number.", "Use a large number instead, or leave the bound out."),
    "±": ("± stands for two functions at once.", "Type one of them, with + or with -."),
    "∓": ("∓ stands for two functions at once.", "Type one of them, with + or with -."),
    "∫": ("Integrals cannot be read here.", "Type a function that is written without an integral sign."),
    "∑": ("Sums over many terms cannot be read here.", "Write the terms out, with + between them."),
    "∏": ("Products over many factors cannot be read here.", "Write the factors out, with * between them."),
    "∂": ("This asks for a derivative, which is what is computed here anyway.", CALCULUS),
    "∇": ("This asks for a gradient, which is what is computed here anyway.", CALCULUS),
    "∘": ("∘ puts functions one inside the other.", "Write it out: sin(ln(x)) for sin ∘ ln."),
    "∈": ("∈ asks whether a number lies in a set.", "Write it as a comparison: 0 <= x <= 1."),
    "…": ("Dots leave out something that must be written.", "Write all the terms, or a formula for them."),
    "'": ("Quotes do not belong in a formula.", "Leave them out."),
    '"': ("Quotes do not belong in a formula.", "Leave them out."),
    "`": ("This sign does not belong in a formula.", "Leave it out."),
    "@": ("@ multiplies matrices; here all values are single numbers.", "Use * for a product."),
    "#": ("# does not belong in a formula.", "Leave it out, and what follows it if it is a comment."),
    "\\": ("A backslash begins a LaTeX command, but no command follows.", "Write \\sin x, or sin x."),
    ":=": (":= gives a name to a value, as in a program.", "Write f(x) = at the beginning, or leave it out."),
    "&": ("& stands between two conditions.", "Write for example 0 < x and x < 1."),
    ";": ("A semicolon cannot stand here.", "Type one formula at a time."),
    ":": ("A colon cannot stand here.", "In a piecewise formula: {x > 0: x, 0}. For a division use /."),
    "?": ("A question mark cannot stand here.", "Type the formula alone."),
    "none": ("None has no value.", _EXPECTED),
    "otherwise": ("“otherwise” belongs in a piecewise formula.", "For example {x if x > 0, 0 otherwise}."),
    "if": ("“if” stands behind a value.", "For example {x if x > 0, 0 otherwise}."),
    "_": ("An underline joins a variable and its index.", "For example x_1."),
    "$": (
        "A dollar sign stands inside the formula.",
        "Keep dollar signs at its two ends only, or leave them out.",
    ),
    ".": ("A point cannot stand here.", "Decimal numbers look like 1.5; methods like x.exp()."),
    "->": ("An arrow cannot stand here.", "Write f(x) = x^2, or x -> x^2."),
    "°": ("A degree sign stands behind a number.", "For example sin(30°)."),
    "!": ("! stands behind a number: n! is the factorial.", "For example 5! or (x+1)!"),
}


_GROUPED = re.compile(r"[0-9]{1,3}(?:[ ,'.\u2009\u202f\u00a0][0-9]{3})+(?![0-9])")
_SEVERAL_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?![0-9])")


def nearest(name: str, known: tuple[str, ...] = (), cutoff: float = 0.7) -> str | None:
    """The known name that is most like ``name``; None where none is."""
    import difflib

    if not known and name.lower() in MISSPELT:
        return MISSPELT[name.lower()]
    if len(name) > 20:
        return None
    names = known or tuple(name for name in (*NAMES, *SPELLINGS) if len(name) > 1)
    for wanted in (name, name.lower()):
        found = difflib.get_close_matches(wanted, names, 1, cutoff)
        if found:
            return found[0]
    return None


def expect(grammar: Grammar, kind: str, opening: Token) -> Token:
    """Take the sign that closes what ``opening`` opened. Raises ParseError where another stands there."""
    token = grammar.tokens[grammar.place]
    if token.kind == kind:
        grammar.place += 1
        return token
    closing = {"close|": "|", "endcases": "\\end{cases}"}.get(kind, kind)
    if token.kind == "end":
        raise ParseError(
            f"The {opening.text} is never closed.",
            span=opening.span,
            hint=f"Add a {closing} where it ends.",
            suggestion=grammar.text.rstrip() + closing,
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
        return ParseError(
            "A part of this fraction or root is empty.",
            span=Span(max(0, token.start - 1), token.end),
            hint=r"Write for example \frac{1}{x} or \sqrt{x}.",
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
    if token.kind == "," and before is not None and before.kind in ("(", "[", ","):
        return ParseError(
            "Something is missing before this comma.",
            span=token.span,
            hint="Write an argument there, or leave the comma out.",
            suggestion=(text[: token.start] + text[token.end :]) or None,
        )
    if before is not None and before.kind in _KEYWORDS and (token.kind == "end" or token.kind in _CLOSING):
        return ParseError(f"Something is missing after {before.text}.", span=before.span, hint=_EXPECTED)
    if before is not None and before.kind in _OPERATORS and (token.kind == "end" or token.kind in _CLOSING):
        what = "An exponent" if before.kind == "^" else "Something"
        return ParseError(
            f"{what} is missing after {before.text or '^'}.",
            span=before.span,
            hint="Write a number, a variable, a function or a bracket there, or leave the sign out.",
            suggestion=(text[: before.start].rstrip() + text[token.start :]) or None,
        )
    if before is not None and before.kind == "%":
        return ParseError(
            "% was read as the remainder.", span=before.span, hint="For 50 percent write 50/100."
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
    if kind in ("and", "or", "mod", *_OPERATORS):
        return ParseError(
            f"{token.text} cannot stand here.",
            span=token.span,
            hint="It stands between two numbers or two conditions.",
        )
    if kind in _SIGNS:
        message, hint = _SIGNS[kind]
        return ParseError(message, span=token.span, hint=hint)
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


def grouped(text: str, place: int) -> ParseError | None:
    """A number with commas, spaces or strokes between groups of three digits; None where there is none."""
    found = _GROUPED.match(text, place)
    if found is None:
        return None
    joined = re.sub("[^0-9]", "", found.group())
    return ParseError(
        "Digits are not grouped here.",
        span=Span(*found.span()),
        hint=f"Write {joined} for {found.group()}.",
        suggestion=text[:place] + joined + text[found.end() :],
    )


def unknown_call(grammar: Grammar) -> ParseError | None:
    """``f(x, y)`` where f is no function: a name before the bracket in which a comma stands."""
    depth = 0
    for place in range(grammar.place - 1, 0, -1):
        kind = grammar.tokens[place].kind
        depth += (kind in (")", "]")) - (kind in ("(", "["))
        if depth < 0:
            name = grammar.tokens[place - 1]
            return unknown_function(name, grammar.text) if name.kind == "variable" else None
    return None


def comma(grammar: Grammar, token: Token) -> ParseError:
    """A comma outside of any call: a decimal comma, a grouped number, or several functions."""
    tokens = grammar.tokens
    before, after = tokens[grammar.place - 1], tokens[grammar.place + 1]
    text = grammar.text
    if before.kind == "number" and _SEVERAL_GROUPS.match(text, before.start):
        return grouped(text, before.start) or surprise(grammar, after)
    if before.kind == after.kind == "number" and not after.gap and before.end == token.start:
        span = Span(before.start, after.end)
        pointed = text[: token.start] + "." + text[token.end :]
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
            suggestion=pointed,
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
    return ParseError(
        "A comma separates two formulas here, but one function has one formula.",
        span=token.span,
        hint="Type one function at a time; several outputs belong to the Vector page.",
        suggestion=text[: token.start].strip() or None,
    )


def trailing_comma(grammar: Grammar, token: Token) -> ParseError:
    """A comma before a closing bracket."""
    return ParseError(
        "After this comma nothing follows.",
        span=token.span,
        hint="Leave it out, or add an argument.",
        suggestion=grammar.text[: token.start] + grammar.text[token.end :],
    )


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
            suggestion=left or None,
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


def _difference(text: str, token: Token) -> str | None:
    left, right = text[: token.start].strip(), text[token.end :].strip()
    return f"{left} - ({right})" if "=" not in right else None


def two_numbers(grammar: Grammar, before: Token, token: Token) -> ParseError:
    """Two numbers side by side."""
    text = grammar.text
    span = Span(before.start, token.end)
    groups = grouped(text, before.start)
    if groups is not None:
        return groups
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


def no_argument(grammar: Grammar, function: Token, token: Token) -> ParseError:
    """A function with nothing to work on."""
    name = function.text.lstrip("\\")
    span = Span(function.start, max(function.end, token.start))
    if token.kind == "keyword" or token.kind == "^":
        return missing(grammar, token)
    if token.kind in ("*", "/", "^"):
        return ParseError(
            f"{name} has nothing to work on: {token.text} follows it.",
            span=Span(function.start, token.end),
            hint=f"Write {name}(x), say.",
            suggestion=grammar.text[: token.start] + grammar.text[token.end :].lstrip(),
        )
    before = grammar.tokens[grammar.place - 1]
    if before.kind != "function" and token.kind == "end" and "_" in grammar.text[function.end : before.end]:
        return ParseError(
            f"{name} has a base, but nothing to work on.", span=span, hint=f"Write {name}_2(x), say."
        )
    if before.kind != "function" and token.kind == "end":
        return ParseError(
            f"{name} has an exponent, but nothing to work on.", span=span, hint=f"Write {name}^2(x), say."
        )
    return ParseError(
        f"{name} has nothing to work on.",
        span=span,
        hint=f"Write {name}(x), say.",
        suggestion=f"{grammar.text[: function.end]}(x){grammar.text[function.end :]}"
        if token.kind == "end"
        else None,
    )


def wrong_count(grammar: Grammar, name: str, token: Token, count: int, end: int) -> ParseError:
    """A call with too few or too many arguments."""
    row = OPERATIONS.get(name)
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
        return taught(token)
    return ParseError(
        f"{token.text} takes {wanted} {noun}, here it has {count}.",
        span=Span(token.start, max(end, token.end)),
        hint=f"For example {example}",
        suggestion=grammar.text[: end - 1] + "x" + grammar.text[end - 1 :]
        if count == 0 and counts[0] == 1
        else None,
    )


def unknown_function(token: Token, text: str) -> ParseError:
    """A name before a bracket that is no function."""
    guess = nearest(token.text)
    if guess is None:
        return ParseError(
            f"{token.text[:40]} is not a function that is known here.",
            span=token.span,
            hint="The Language page lists all that are. For a product of letters write each * out.",
        )
    return ParseError(
        f"{token.text[:40]} is not a function that is known here.",
        span=token.span,
        hint=f"Did you mean {guess}?",
        suggestion=text[: token.start] + guess + text[token.end :],
    )


def taught(token: Token) -> ParseError:
    """A word that is known, but is no function of one number."""
    message, hint = TAUGHT[token.text]
    return ParseError(message.format(token.text), span=token.span, hint=hint)


def undeclared(token: Token, name: str, declared: tuple[str, ...], text: str) -> ParseError:
    """A variable that the left side does not name."""
    listed = ", ".join(declared)
    if token.value == name:
        return ParseError(
            f"{name} is being defined here and cannot stand in its own formula.",
            span=token.span,
            hint="Write the formula out without it.",
        )
    stem = str(token.value).rstrip("0123456789")
    if stem in declared and stem != token.value:
        power = f"{stem}^{str(token.value)[len(stem) :]}"
        return ParseError(
            f"{token.text} is not among the variables of {name}({listed}).",
            span=token.span,
            hint=f"Did you mean the power {power}?",
            suggestion=text[: token.start] + power + text[token.end :],
        )
    head = f"{name}({listed}, {token.value})" if listed else f"{name}({token.value})"
    equals = text.find("=")
    return ParseError(
        f"{token.text} is not among the variables of {name}({listed}).",
        span=token.span,
        hint=f"Write {head} = … to make it one.",
        suggestion=f"{head} ={text[equals + 1 :]}" if equals >= 0 else None,
    )


def program(text: str) -> ParseError:
    """Two underlines belong to a program."""
    place = text.index("__")
    return ParseError(
        "Two underlines belong to a program, and programs are never run here.",
        span=Span(place, place + 2),
        hint="Type one formula, such as x^2*sin(x).",
    )


def own_name(token: Token, name: str) -> ParseError:
    """``y = x + y``."""
    return ParseError(
        f"{name} stands on both sides: this is an implicit equation, not a function.",
        span=token.span,
        hint=f"Solve it for {name}, or give the function another name: f(x, {name}) = …",
    )


def percent(grammar: Grammar, number: Token, sign: Token) -> ParseError:
    """``50% x``."""
    text = grammar.text
    return ParseError(
        "% is the remainder of a division here, not percent.",
        span=Span(number.start, sign.end),
        hint=f"For {number.text} percent write {number.text}/100.",
        suggestion=f"{text[: number.start]}{number.text}/100*{text[sign.end :].strip().removeprefix('of ')}",
    )


def condition_as_whole(grammar: Grammar, term: Term) -> ParseError:
    """A text that is a condition and no function."""
    error = condition_as_number(term)
    if grammar.text.count("==") == 1 and term.operation == "equal":
        error.hint = "A function has one equals sign: y = x^2."
        error.suggestion = grammar.text.replace("==", "=")
    return error


def condition_as_number(term: Term) -> ParseError:
    """A condition where a number must stand."""
    return ParseError(
        "This is a condition, which holds or not; a number was expected.",
        span=term.span,
        hint="For a piecewise function write {x if x > 0, 0 otherwise}.",
    )


def number_as_condition(grammar: Grammar, term: Term) -> ParseError:
    """A number where a condition must stand."""
    return ParseError(
        "A condition was expected here, such as x > 0.",
        span=term.span,
        hint="Compare it with something, as in {x if x > 0, 0 otherwise}.",
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


def many_values(token: Token) -> ParseError:
    """A call along a dimension."""
    return ParseError(f"{token.text} with a dimension takes many values.", span=token.span, hint=VALUES)


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
    return ParseError("None has no value.", span=term.span, hint=_EXPECTED)


def double_factorial(token: Token) -> ParseError:
    """``n!!``."""
    return ParseError(
        "!! is the double factorial, which is not known here.",
        span=token.span,
        hint="For the factorial of a factorial write (n!)!",
    )


def derivative_asked(function: Token, stroke: Token) -> ParseError:
    """``f'(x)``."""
    return ParseError(
        f"{function.text}' asks for a derivative, which is what is computed here anyway.",
        span=Span(function.start, stroke.end),
        hint=CALCULUS,
    )


def stroke(grammar: Grammar, left: Term, token: Token) -> ParseError:
    """A quote behind an operand."""
    after = grammar.tokens[grammar.place + 1]
    number = grammar.tokens[grammar.place - 1]
    if number.kind == after.kind == "number" and not after.gap:
        return grouped(grammar.text, number.start) or surprise(grammar, after)
    if after.kind in ("variable", "constant") and not after.gap and not token.gap:
        message, hint = _SIGNS["'"]
        return ParseError(message, span=token.span, hint=hint)
    return ParseError(
        "The stroke ' asks for a derivative, which is what is computed here anyway.",
        span=token.span,
        hint=CALCULUS,
    )


def attribute(grammar: Grammar, point: Token, name: Token) -> ParseError:
    """``x.name`` that is no method of ours."""
    if name.text in TAUGHT:
        return taught(name)
    guess = nearest(name.text) if name.kind not in ("end", "number") else None
    return ParseError(
        f"{point.text}{name.text[:30]} cannot be used here.",
        span=Span(point.start, max(name.end, point.end)),
        hint=f"Did you mean .{guess}()?"
        if guess
        else "Methods look like x.exp(), x.pow(2) or x.clamp(min=0).",
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


def hexadecimal(zero: Token, rest: Token) -> ParseError:
    """``0x10``."""
    return ParseError(
        f"0{rest.text} looks like a number of a program in base 16.",
        span=Span(zero.start, rest.end),
        hint="Write numbers in base 10.",
    )


def not_two_parts(token: Token, end: int) -> ParseError:
    """A fraction with a comma in one of its parts."""
    return ParseError(
        "A fraction has one formula above and one below.",
        span=Span(token.start, max(end, token.end)),
        hint=r"Write \frac{1}{x}, say.",
    )
