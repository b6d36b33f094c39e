"""Formulas said in words: ``the square root of x plus 1``, brought to signs so that they can be offered."""

from __future__ import annotations

import re
from functools import partial

from derivlab.errors import ParseError, Span

LONGEST = 300
"""Longer texts are no sentences."""

_NUMBERS = {
    word: str(place)
    for place, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1
    )
}
_ORDINALS = {
    word: str(place)
    for place, word in enumerate(("second", "third", "fourth", "fifth", "sixth", "seventh"), 2)
}
_FUNCTIONS = {
    "sine": "sin",
    "cosine": "cos",
    "tangent": "tan",
    "cotangent": "cot",
    "secant": "sec",
    "cosecant": "csc",
    "arcsine": "arcsin",
    "arccosine": "arccos",
    "arctangent": "arctan",
    "logarithm": "log",
    "exponential": "exp",
} | {name: name for name in ("sin", "cos", "tan", "log", "ln", "exp", "abs", "sqrt")}

_ROWS: tuple[tuple[str, str], ...] = (
    (r"f of ([a-z])(?= is\b| equals\b| =)", r"f(\1)"),
    # comparisons
    (r"(?:is )?not equal to", "!="),
    (r"(?:is )?(?:less|smaller) than or equal(?:s)?(?: to)?|is at most", "<="),
    (r"(?:is )?(?:greater|larger|bigger|more) than or equal(?:s)?(?: to)?|is at least", ">="),
    (r"(?:is )?(?:less|smaller) than", "<"),
    (r"(?:is )?(?:greater|larger|bigger|more) than", ">"),
    (r"(?:is )?equal to|equals", "="),
    # functions
    (r"(?:cube|cubic|3rd|third) root(?: of)?", "cbrt "),
    (r"(?:square|sq\.?|2nd|second) root(?: of)?|root of", "sqrt "),
    (r"abs(?:olute)?[ -]?value(?: of)?|modulus of", "abs "),
    (r"log(?:arithm)?(?: to)?(?: the)? base (\w+)(?: of)?", r"log_\1 "),
    (r"natural log(?:arithm)?(?: of)?", "ln "),
    (r"inverse (sin|cos|tan)(?:e|gent)?(?: of)?", r"arc\1 "),
    (rf"({'|'.join(_FUNCTIONS)}) of", "function"),
    (r"(sine|cosine|tangent|logarithm)(?= [\w(])", "function"),
    (r"square of ([\w.]+)", r"\1^2"),
    (r"cube of ([\w.]+)", r"\1^3"),
    (r"sum of ([\w.]+) and ([\w.]+)", r"(\1 + \2)"),
    (r"difference (?:of|between) ([\w.]+) and ([\w.]+)", r"(\1 - \2)"),
    (r"product of ([\w.]+) and ([\w.]+)", r"\1*\2"),
    (r"quotient of ([\w.]+) and ([\w.]+)", r"\1/\2"),
    # powers
    (r"(?:raised )?to the power(?: of)?|raised to(?: the)?", "^"),
    (rf"to the ({'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th)|[a-z])(?:th)?(?: power)?", "ordinal"),
    (r"squared", "^2"),
    (r"cubed", "^3"),
    # parts and multiples
    (r"(\d+(?:\.\d+)?) per ?cent(?: of)?", r"\1/100*"),
    (r"(?:(?:a|one)[ -])?half(?: of| the)*(?= [\w(])", "1/2*"),
    (r"(?:a|one)[ -]third(?: of)?(?= [\w(])", "1/3*"),
    (r"(?:a|one)[ -]quarter(?: of)?(?= [\w(])", "1/4*"),
    (r"twice|double", "2*"),
    (r"(\d+(?:\.\d+)?) ?deg(?:rees?)?", r"\1°"),
    # signs of calculation
    (r"plus|added to", "+"),
    (r"minus", "-"),
    (r"negative", "-"),
    (r"multiplied by|times", "*"),
    (r"divided by|over", "/"),
    (rf"({'|'.join(_NUMBERS)})", "number"),
    (r"the", ""),
)

_PHRASES = tuple(
    (re.compile(rf"(?<![\w\\])(?:{pattern})(?!\w)", re.IGNORECASE), replacement)
    for pattern, replacement in _ROWS
)

SILENT = frozenset({"deg", "half", "value", "base", "multiplied", "twice", "percent", "third", "quarter"})
"""Words of these phrases that would be read as products of their letters."""


def in_signs(text: str) -> tuple[str, Span, str, str] | None:
    """The text with its phrases in signs, and of the first its place, the phrase itself and its sign; None without any."""
    first: tuple[Span, str, str] | None = None
    changed = text
    for pattern, replacement in _PHRASES:
        found = pattern.search(changed)
        if found is None:
            continue
        place = pattern.search(text)
        if replacement and place is not None and (first is None or place.start() < first[0].start):
            first = Span(*place.span()), place.group(), _sign(replacement, place).strip()
        changed = pattern.sub(partial(_sign, replacement), changed)
    if first is None:
        return None
    changed = re.sub(r"\s+(?=\^)|(?<=\^)\s+|(?<=[0-9]\*)\s+", "", changed)
    return re.sub(r"\s{2,}", " ", changed).strip(), *first


def _sign(replacement: str, found: re.Match[str]) -> str:
    word = (found.group(1) or "").lower() if found.re.groups else ""
    if replacement == "number":
        return _NUMBERS[word]
    if replacement == "function":
        return f"{_FUNCTIONS[word]} "
    if replacement == "ordinal":
        return "^" + _ORDINALS.get(word, re.sub("(?<=[0-9])[a-z]+", "", word))
    return found.expand(replacement)


def said(text: str) -> ParseError | None:
    """What is said about a formula in words, with the same in signs; None where there is none."""
    found = in_signs(text) if len(text) <= LONGEST else None
    if found is None:
        return None
    changed, span, phrase, sign = found
    return ParseError(
        f"“{phrase.strip()}” is said in words; formulas are written with signs.",
        span=span,
        hint=f"Write {sign} for it.",
        suggestion=changed,
    )
