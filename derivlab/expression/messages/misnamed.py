"""What is said about names and calls that cannot be read: what they are not, and what may be meant."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from derivlab.errors import ParseError, Span
from derivlab.expression.build import Term
from derivlab.expression.naming import neighbours
from derivlab.expression.naming.words import CALCULUS, INSIDE, MISSPELT, SIGNS, TAUGHT
from derivlab.expression.programs.modules import TYPES
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar


_ABOUT_TENSORS = frozenset({"T", "mT", "shape", "dtype", "device", "ndim", "size", "dim", "numel", "is_leaf"})
_WORD_BEFORE = re.compile("[A-Za-z_]+$")


def unknown_function(token: Token, text: str) -> ParseError:
    """A name before a bracket that is no function."""
    guess = neighbours.transposed(token.text) or neighbours.nearest(token.text.lstrip("\\") or token.text)
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


def unknown_word(token: Token, word: str, text: str) -> ParseError:
    """``ohterwise`` for ``otherwise``."""
    return ParseError(
        f"{token.text} is not a word that is known here.",
        span=token.span,
        hint=f"Did you mean {word}?",
        suggestion=f"{text[: token.start]}{word}{text[token.end :]}",
    )


def misspelt_inside(token: Token, text: str, declared: Collection[str]) -> ParseError | None:
    """``2senx``: a run of letters in which a name from another language stands; None where none does."""
    found = INSIDE.search(token.text.lower())
    if found is None or (declared and set(found.group()) <= {"e", *declared}):
        return None
    if found.span() == (0, len(token.text)):
        return unknown_function(token, text)
    name = token.text[slice(*found.span())]
    start = token.start + found.start()
    return unknown_function(Token("word", name, start, start + len(name)), text)


def unknown_in_module(token: Token, text: str) -> ParseError:
    """A name behind ``torch.`` or ``np.`` that is not known: only one that differs by a slip is offered."""
    if token.text in TYPES:
        return ParseError(
            f"{token.text} is a type of numbers, and no function.",
            span=token.span,
            hint="Leave it out: all numbers here are float64.",
        )
    error = unknown_function(token, text)
    guess = neighbours.transposed(token.text) or neighbours.nearest(token.text)
    if guess is not None and token.text.lower() not in MISSPELT and not neighbours.is_slip(token.text, guess):
        error.hint = "The Language page lists all that are."
        error.suggestion = None
    return error


def unknown_module(token: Token, meant: str, text: str) -> ParseError:
    """``Torch.sin(x)`` and ``pytorch.sin(x)``."""
    return ParseError(
        f"{token.text} is no module that is known here.",
        span=token.span,
        hint=f"Did you mean {meant}?",
        suggestion=text[: token.start] + meant + text[token.end :],
    )


def unknown_command(name: str, token: Token) -> ParseError:
    r"""A LaTeX command that is not known; ``\sinx`` begins with one that is."""
    from derivlab.expression.latex import latex_words
    from derivlab.expression.naming.greek import GREEK_NAMES
    from derivlab.expression.naming.names import FUNCTIONS, NEEDS_BRACKET

    if len(name) < 2:
        return ParseError(
            "A backslash begins a LaTeX command, but no command follows.",
            span=token.span,
            hint="Leave the backslash out.",
        )
    known = (*FUNCTIONS, *GREEK_NAMES, *latex_words.ARGUMENTS, *latex_words.SIGNS)
    guess = MISSPELT.get(name.lower()) or neighbours.transposed(name)
    alike = tuple(sorted({each for each in known if each[0] == name[:1]}))
    if guess is None and alike:
        guess = neighbours.nearest(name, alike, cutoff=0.8)
    for length in range(len(name) - 1, 1, -1):
        if name[:length] in FUNCTIONS and name[:length] not in NEEDS_BRACKET and _is_argument(name[length:]):
            stroke = "\\" if name[length:] in GREEK_NAMES else ""
            guess = f"{name[:length]} {stroke}{name[length:]}"
            break
    return ParseError(
        f"The LaTeX command {token.text[:30]} has no meaning in a formula.",
        span=token.span,
        hint=f"Did you mean \\{guess}?" if guess else "Leave it out, or write the formula as plain text.",
    )


def _is_argument(name: str) -> bool:
    r"""Whether what follows a function's name in one command is what it may be taken of: ``\sinx``, ``\costheta``."""
    from derivlab.expression.naming.runs import stands_alone

    return len(name) == 1 or (len(name) > 2 and stands_alone(name))


def over_many(token: Token) -> ParseError:
    """``sum_{n=1}^5``: a word that is known, with an index."""
    sign = {"sum": "∑", "prod": "∏"}.get(token.text)
    if sign is None:
        return taught(token)
    message, hint = SIGNS[sign]
    return ParseError(message, span=token.span, hint=hint)


def taught(token: Token) -> ParseError:
    """A word that is known, but is no function of one number."""
    message, hint = TAUGHT.get(token.text) or TAUGHT[token.text.lower()]
    return ParseError(message.format(token.text), span=token.span, hint=hint)


def undeclared(tokens: list[Token], name: str, declared: tuple[str, ...], text: str) -> ParseError:
    """Variables that the left side does not name; ``tokens`` are the first of each."""
    token = tokens[0]
    listed = ", ".join(declared)
    if token.value == name:
        return ParseError(
            f"{name} is being defined here and cannot stand in its own formula.",
            span=token.span,
            hint="Write the formula out without it.",
        )
    if token.text in ("f", "g", "h", "F", "G", "H") and text[token.end : token.end + 1] == "(":
        return ParseError(
            f"{token.text}(…) is another function, whose formula is not known here.",
            span=token.span,
            hint=f"Write the formula of {token.text} in its place.",
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
    head = f"{name}({', '.join([*declared, *(str(each.value) for each in tokens)])})"
    equals = text.find("=")
    return ParseError(
        f"{token.text} is not among the variables of {name}({listed}).",
        span=token.span,
        hint=f"Write {head} = … to make it one.",
        suggestion=f"{head} ={text[equals + 1 :]}" if equals >= 0 and ":" not in text[:equals] else None,
    )


def program(text: str) -> ParseError:
    """Two underlines belong to a program."""
    place = text.index("__")
    return ParseError(
        "Two underlines belong to a program, and programs are never run here.",
        span=Span(place, place + 2),
        hint="Type one formula, such as x^2*sin(x).",
    )


def derivative_asked(function: Token, stroke: Token) -> ParseError:
    """``f'(x)``."""
    return ParseError(
        f"{function.text}' asks for a derivative, which is what is computed here anyway.",
        span=Span(function.start, stroke.end),
        hint=CALCULUS,
    )


def attribute(grammar: Grammar, point: Token, name: Token) -> ParseError:
    """``x.name`` that is no method of ours."""
    if name.text in TAUGHT:
        return taught(name)
    if name.text in _ABOUT_TENSORS:
        return ParseError(
            f"{point.text}{name.text} asks about a tensor, not about its value.",
            span=Span(point.start, name.end),
            hint="Leave it out: all values here are single numbers.",
        )
    guess = neighbours.nearest(name.text) if name.kind not in ("end", "number") else None
    if guess is not None and not neighbours.is_slip(name.text, guess):
        guess = None
    return ParseError(
        f"{point.text}{name.text[:30]} cannot be used here.",
        span=Span(point.start, max(name.end, point.end)),
        hint=f"Did you mean .{guess}()?"
        if guess
        else "Methods look like x.exp(), x.pow(2) or x.clamp(min=0).",
    )


def no_module(grammar: Grammar, left: Term, name: Token, end: int) -> ParseError:
    """``foo.sin(x)`` where foo is no module that is known."""
    shown = grammar.text[left.start : left.end]
    word = _WORD_BEFORE.search(grammar.text, 0, left.end)
    if word is not None and word.start() < left.start:
        return ParseError(
            f"{word.group()} is no module that is known here.",
            span=Span(word.start(), left.end),
            hint=f"Leave it out and write {name.text}(…); of modules, torch, np and math are known.",
            suggestion=grammar.text[: word.start()] + grammar.text[name.start :],
        )
    return ParseError(
        f"{name.text} takes one argument: either what stands before the point, or what stands in the brackets.",
        span=Span(left.start, end),
        hint=f"Write {name.text}({shown}) or {shown}.{name.text}(); of modules, torch, np and math are known.",
    )


def needs_bracket(token: Token) -> ParseError:
    """``max x``: a function that is one only before a bracket."""
    return ParseError(
        f"{token.text} needs brackets around what it works on.",
        span=token.span,
        hint=f"Write {token.text}(…), or put a * between the letters for their product.",
    )
