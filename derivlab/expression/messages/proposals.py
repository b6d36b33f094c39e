"""What a whole text may mean that could not be read: words for signs, the number of an exercise, a stacked brace."""

from __future__ import annotations

import re
from collections.abc import Callable

from derivlab.errors import ParseError, Span
from derivlab.expression.messages import misjudged, phrases
from derivlab.expression.naming.names import FUNCTIONS

_DEFINITION = r"[A-Za-z]\w?\s*(?:\(\s*[a-zA-Z]\w?(?:\s*,\s*[a-zA-Z]\w?)*\s*\)\s*=(?!=)|=(?!=))"
_ITEM = re.compile(
    rf"\s*(?:(?:\(?(?:[0-9]{{1,2}}|[A-Za-z]|i{{2,3}}|i?v)\)|[0-9]{{1,2}}[.:])\s*(?={_DEFINITION})"
    r"|[-*•]\s+(?=[A-Za-z]\w?\s*\([^()]*\)\s*=)|(?:[0-9]{1,2}|[A-Za-z]|i{2,3}|i?v)\)\s*)"
)
_SENTENCE = re.compile(rf"\s*((?:[A-Za-z]+[\s:,]\s*|[0-9]+[.:]?\s+){{1,12}}?)(?={_DEFINITION})")
_INSTRUCTION = re.compile(
    r"\s*(?:(?:please|plot|graph|draw|sketch|find|the|a|derivatives?|of|differentiate|derive|compute|calculate|evaluate|simplify"
    r"|factor|expand|integrate|let|given|function|consider|that|solve|what|is|d/dx)[\s:]+)+",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\s*(?:the\s+)?(?:roots?|zero(?:e?s)?|minim(?:um|a)|maxim(?:um|a)|extrema|slope|tangent|graph|inverse|domain|range)\s+of\s+",
    re.IGNORECASE,
)
_POINT = re.compile(
    r"(.*\S)(?:\s+(?:at|when|where|for)\s+|\s*\|_?\s*)[A-Za-z]\w?\s*=\s*[-+\w./]+\s*", re.DOTALL
)
_EVERYWHERE = re.compile(
    r"(.*[^\s,])(?:\s*,)?\s+for\s+(?:(?:all|every|any|each)(?:\s+real)?(?:\s+numbers?)?|real)\s+[A-Za-z]\s*",
    re.DOTALL,
)
_INTERVAL = re.compile(
    r"(.*[^\s,;])(?:\s*[,;]\s*|\s+)(?:D(?:_?f)?\s*=\s*)?(\[[^\[\],;]+[,;][^\[\],;]+\]|(?<==)\s*[Rℝ])\s*",
    re.DOTALL,
)
_FROM_TO = re.compile(
    r"(.*[^\s,;])\s*,?\s+(?:from|between)\s+(?:[A-Za-z]\s*=\s*)?(\S+)\s+(?:to|and)\s+(?:[A-Za-z]\s*=\s*)?(\S+)\s*",
    re.DOTALL,
)
_IF_THEN = re.compile(
    r"(.*?)\bif\b\s*(.+?)\s*(?:\bthen\b|:|,)\s*(.+?)\s*[;,]?\s*\belse\b\s*:?\s*(.+)", re.DOTALL
)
_PAIR = re.compile(r"\s*[\[(\]]\s*[-+−]?[\d.]+\s*[,;|]\s*[-+−]?[\d.]+\s*[\])\[]\s*")
_FOREIGN = (
    (re.compile(r"\s*(?:\S+@\S+\.\w+|(?:https?://|www\.)\S+)\s*"), "an address"),
    (re.compile(r"\s*\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{2}|\d{4})\s*"), "a date"),
    (re.compile(r"\s*\d{1,2}:\d{2}(?::\d{2})?\s*"), "a time of day"),
)
_STACKED = re.compile(r"[█⎧⎨⎩⎪┤├]")
_ROOT = re.compile(r"√\((\w+)&([^&()]*)\)")
_LINE = re.compile(
    r"\s*(\S.*?)\s*(?:[,&]|\b(?:if|for|when)\b|\s(?=otherwise|else))(?:[\s,&]|if\b|for\b|when\b)*(\S.*?)[\s,;]*"
)
"""A line of a brace: a value and its condition."""
_BRACE_PARTS = str.maketrans("", "", "⎧⎨⎩⎪")


def retold(text: str, error: ParseError, can_be_read: Callable[[str], bool]) -> ParseError:
    """The error, or a better one where the whole text shows what is meant."""
    if len(text) > phrases.LONGEST:
        return error
    instruction = _INSTRUCTION.match(text)
    at_fault = text[error.span.start : error.span.end].lower()
    if instruction is not None and error.span.end <= instruction.end() and at_fault not in ("the", "of"):
        rest = text[instruction.end() :].rstrip(" .;,")
        if can_be_read(rest):
            error.suggestion = rest
            return error
    for tell in (_stacked, _numbered, _at_a_point, _on_an_interval, _everywhere, _asked, _no_formula):
        found = tell(text)
        if found is not None and (found.suggestion is None or can_be_read(found.suggestion)):
            return found
    said = phrases.said(text)
    if said is not None and said.suggestion is not None:
        if can_be_read(said.suggestion):
            return said
        if said.span.start < error.span.end and error.span.start < said.span.end:
            said.suggestion = None
            return said
    if error.suggestion is None:
        offers = (_uninstructed(text), _if_then(text))
        error.suggestion = next((offer for offer in offers if offer and can_be_read(offer)), None)
    return error


def _uninstructed(text: str) -> str | None:
    """``the derivative of x squared`` without its instruction, and in signs."""
    instruction = _INSTRUCTION.match(text)
    if instruction is None:
        return None
    rest = text[instruction.end() :]
    said = phrases.in_signs(rest)
    return rest if said is None else said[0]


def _if_then(text: str) -> str | None:
    """``if x > 0 then x else -x`` in our notation."""
    found = _IF_THEN.fullmatch(text) if "else" in text else None
    if found is None:
        return None
    head, condition, value, otherwise = found.groups()
    return f"{head}{{{value} if {condition}, {otherwise} otherwise}}"


def _numbered(text: str) -> ParseError | None:
    """``1. f(x) = x²``, ``(a) f(x) = x^2``, ``Exercise 3: y = x^2``."""
    found = _ITEM.match(text)
    if found is None:
        found = _SENTENCE.match(text)
        if found is None or any(word in FUNCTIONS for word in re.findall("[A-Za-z]+", found.group(1))):
            return None
        if all(len(word) < 3 for word in re.findall("[A-Za-z]+", found.group(1))):
            return None
    return ParseError(
        "Something stands before the formula that does not belong to it.",
        span=Span(0, len(text[: found.end()].rstrip())),
        hint="Type the formula alone, without the number of an exercise and without a sentence.",
        suggestion=text[found.end() :].rstrip(" .;,"),
    )


def _at_a_point(text: str) -> ParseError | None:
    """``x^2 at x = 3``."""
    found = _POINT.fullmatch(text)
    if found is None:
        return None
    start = found.end(1) + len(text[found.end(1) :]) - len(text[found.end(1) :].lstrip())
    return misjudged.point(Span(start, len(text.rstrip())), found.group(1))


def _on_an_interval(text: str) -> ParseError | None:
    """``x^2 from 0 to 1``, ``x^2 [0,1]``, ``f(x) = x^2; D = [0,1]``."""
    found = _FROM_TO.fullmatch(text) or _INTERVAL.fullmatch(text)
    if found is None:
        return None
    interval = f"[{found.group(2)}, {found.group(3)}]" if found.re is _FROM_TO else found.group(2).strip()
    return ParseError(
        "An interval stands behind the formula.",
        span=Span(found.end(1), len(text.rstrip())),
        hint=f"If the function is wanted only there, write on {interval}; the window is chosen beside the formula.",
        suggestion=f"{found.group(1)} on {interval}",
    )


def _everywhere(text: str) -> ParseError | None:
    """``x^2 for all x``."""
    found = _EVERYWHERE.fullmatch(text)
    if found is None:
        return None
    return ParseError(
        "That the formula holds for all real numbers need not be said.",
        span=Span(text.rindex("for"), len(text.rstrip())),
        hint="Type the formula alone.",
        suggestion=found.group(1),
    )


def _asked(text: str) -> ParseError | None:
    """``roots of x^2``."""
    found = _ASKED.match(text)
    if found is None:
        return None
    return ParseError(
        f"“{found.group().strip()}” asks for something, and is no part of the formula.",
        span=Span(found.start(), len(text[: found.end()].rstrip())),
        hint="Type the function; what is known of it is shown beside it.",
        suggestion=text[found.end() :],
    )


def _no_formula(text: str) -> ParseError | None:
    """A point, an interval, an address, a date: nothing of it is a formula."""
    span = Span(0, len(text.rstrip()))
    if _PAIR.fullmatch(text):
        return ParseError(
            "This is a point or an interval, not a function.",
            span=span,
            hint="Type a function, such as x^2; points and windows are chosen beside it.",
        )
    for pattern, name in _FOREIGN:
        if pattern.fullmatch(text):
            return ParseError(
                f"This is {name}, not a function.", span=span, hint="Type a function of x, such as x^2."
            )
    return None


def _stacked(text: str) -> ParseError | None:
    """Braces and roots as Word writes them in one line, and braces drawn over several lines."""
    root = _ROOT.search(text)
    if root is not None:
        index, radicand = root.groups()
        plain = {"2": f"sqrt({radicand})", "3": f"cbrt({radicand})"}.get(index, f"root({radicand}, {index})")
        return ParseError(
            "& stands between the index of a root and what the root is taken of, as Word writes it.",
            span=Span(*root.span()),
            hint=f"Write {plain}.",
            suggestion=f"{text[: root.start()]}{plain}{text[root.end() :]}",
        )
    mark = _STACKED.search(text)
    if mark is None:
        return None
    return ParseError(
        "A brace over several lines cannot be read in this form.",
        span=Span(*mark.span()),
        hint="Write the pieces in one line: {x^2 if x < 0, x if x >= 0}.",
        suggestion=_in_one_line(text),
    )


def _in_one_line(text: str) -> str | None:
    """``{█(x^2,&x<0@x,&x≥0)┤`` and the lines of a drawn brace, with the pieces in one line; None where that is unclear."""
    start = re.search("[{█⎧⎨⎪⎩]", text)
    if start is None:
        return None
    head = text[: start.start()]
    if "█" in text:
        inner = text[text.index("█") + 1 :].rstrip("┤} \n")
        lines = inner.removeprefix("(").removesuffix(")").split("@")
    else:
        lines = text[start.start() :].translate(_BRACE_PARTS).splitlines()
    pieces: list[str] = []
    for line in lines:
        if not line.strip():
            continue
        parts = _LINE.fullmatch(line)
        if parts is None:
            return None
        value, condition = parts.groups()
        is_last = condition in ("otherwise", "else")
        pieces.append(f"{value} {'otherwise' if is_last else 'if ' + condition}")
    return f"{head}{{{', '.join(pieces)}}}" if pieces else None
