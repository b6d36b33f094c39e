"""The left side: ``f(x) =``, ``f(u, v) =``, ``y =``, ``lambda x:``, ``x -> ``, and its common mistakes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from derivlab.errors import ParseError, Span
from derivlab.expression.mappings import read_signature
from derivlab.expression.messages import misnamed
from derivlab.expression.naming.names import CONSTANTS, FUNCTIONS, KEYWORDS, NEEDS_BRACKET, canonical_name
from derivlab.expression.operations import NAMES, OPERATIONS
from derivlab.expression.tokens import CLOSERS, Token

_DERIVATIVE = re.compile(
    r"(?<![A-Za-z])d\s*\([^()]*\)\s*/\s*d[a-z](?![a-z(])|(?<![A-Za-z])d(?:\^?\d|²)?\s*[a-z]?\s*/\s*\(?\s*d\s*[a-zθ]|\\[cdt]?frac\s*\{\s*(?:\\mathrm\s*\{?\s*d\s*\}?|d)(?:\^\{?\d\}?)?\s*[a-z]?\s*\}\s*\{\s*(?:\\mathrm\s*\{?\s*d\s*\}?|d)\s*(?!\\cdot|\\times)[a-zA-Z\\]"
    r"|(?<![A-Za-z])d\s?[a-zA-Z][^/=+]{0,60}/\s*d[a-z](?![a-zA-Z(])"
)


_USUAL = frozenset("fghFGH")
"""Letters that name a function where a bracket follows, not a factor."""
_LONGEST = 60
"""More tokens than these are not looked at between the brackets of a left side."""
_CLOSING = frozenset({")", "]", "}"})
_TAKEN = frozenset(
    name
    for name, row in NAMES.items()
    if OPERATIONS[row].group
    in ("arithmetic", "constants", "powers", "exponentials", "trigonometric", "hyperbolic", "conditions")
)
"""Names that mean something fixed: ``sin(x) = x`` is an equation and defines nothing."""


_ARGUMENT = re.compile(rf"(?:{'|'.join(sorted(_TAKEN - CONSTANTS.keys()))})[xyzuvθ]")
"""``sinx``: the name of a function and what it is taken of."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on the left: name, variables (None: not declared) and where the formula begins."""

    name: str = "f"
    variables: tuple[str, ...] | None = None
    start: int = 0
    equals: Token | None = None
    domain: tuple[Token, ...] = ()


def unwrapped(tokens: list[Token]) -> list[Token]:
    r"""The tokens without braces around a whole definition, as in ``{\displaystyle y=x^{2}}``."""
    while tokens[0].kind == "{" and _is_wrapped(tokens):
        tokens = [*tokens[1:-2], tokens[-1]]
    return tokens


def _is_wrapped(tokens: list[Token]) -> bool:
    """Whether the first brace closes at the end and a definition, no pieces, stands inside."""
    depth = 0
    inside: set[str] = set()
    for place, token in enumerate(tokens):
        depth += (token.kind in ("(", "[", "{")) - (token.kind in _CLOSING)
        if depth == 0:
            is_last = place == len(tokens) - 2
            is_arrow = "->" in inside and not inside & {",", ";", "if", "row"}
            return is_last and (is_arrow or ("=" in inside and not inside & {",", ";", "if", ":", "row"}))
        if depth == 1:
            inside.add("if" if token.text in ("if", "otherwise", "else") else token.kind)
    return False


_NONE = Head()


def read_head(tokens: list[Token], text: str) -> Head:
    """The head of the text. Raises ParseError where it begins like one and is none."""
    signature = read_signature(tokens) if tokens[1:] and tokens[1].kind == ":" else None
    if signature is None:
        return _definition(tokens, text)
    head = _definition(tokens[signature.end :], text)
    name = head.name
    if head.equals is None and not _is_taken(tokens[0].text):
        name = canonical_name(tokens[0].text)
    return Head(name, head.variables, signature.end + head.start, head.equals, signature.domain)


def _definition(tokens: list[Token], text: str) -> Head:
    if ("d" in text and "/" in text) or "frac" in text:
        asked = _DERIVATIVE.search(text)
        if asked:
            raise ParseError(
                "This asks for a derivative, which is what is computed here anyway.",
                span=Span(*asked.span()),
                hint="Type the function itself, without d/dx.",
            )
    head = _named_head(tokens, text)
    if head.equals is not None and tokens[head.start].kind == "word":
        again = _named_head(tokens[head.start :], text)
        is_chain = (head.variables is None) != (again.variables is None) and again.name not in (
            head.variables or ()
        )
        if again.equals is not None and is_chain:  # y = f(x) = x^2
            name = again.name if head.variables is None else head.name
            variables = again.variables if head.variables is None else head.variables
            head = Head(name, variables, head.start + again.start, again.equals)
    arrow = _arrow_head(tokens, head.start)
    if arrow is not None:
        head = Head(head.name, arrow.variables, arrow.start, head.equals)
    for name in head.variables or ():
        if not name.isascii():
            raise ParseError(
                f"{name} cannot be the name of a variable.",
                span=tokens[0].span,
                hint="Use a letter, a word, or one of them with a number behind it.",
            )
        if name in CONSTANTS or name in ("True", "False", "None"):
            raise ParseError(
                f"{name} is a fixed number and cannot be a variable.",
                span=tokens[0].span,
                hint="Give the variable another name.",
            )
        if name in KEYWORDS or (name in FUNCTIONS and name not in NEEDS_BRACKET):
            what = "belongs to conditions" if name in KEYWORDS else "is a function"
            raise ParseError(
                f"{name} {what} and cannot be a variable.",
                span=tokens[0].span,
                hint="Give the variable another name.",
            )
    if head.variables is not None and len(set(head.variables)) < len(head.variables):
        raise ParseError(
            "A variable is named twice on the left side.",
            span=Span(tokens[0].start, tokens[head.start - 1].end),
            hint="Name each variable once, as in f(x, y) = x*y.",
        )
    return head


def _named_head(tokens: list[Token], text: str) -> Head:
    first = tokens[0]
    if first.kind == "=":
        raise ParseError(
            "Nothing stands on the left of =.",
            span=first.span,
            hint="Leave the = out, or write f(x) = before the formula.",
            suggestion=text[first.end :].strip() or None,
        )
    if first.kind != "word":
        return _NONE
    if first.text == "def":
        raise ParseError(
            "This is a program, and programs are never run here.",
            span=first.span,
            hint="Write the function as a formula: f(x) = x^2.",
        )
    _refuse_prime(tokens, text)
    place, names = _names(tokens, 1)
    if tokens[place].kind in ("=", ":=") or (names and tokens[place].kind == "->"):
        if not _is_name(first) if names is None else _is_taken(first.text):
            return _NONE
        return Head(canonical_name(first.text), names, place + 1, tokens[place])
    if tokens[1].kind == "^":
        return _inverse_head(tokens)
    if names is None and tokens[1].kind == ":" and _arrow_head(tokens, 2) is not None:
        return Head(canonical_name(first.text), None, 2)
    if names and tokens[place].kind == ":" and tokens[1].kind == "(" and not _is_taken(first.text):
        raise ParseError(
            "A function is defined with an equals sign, not with a colon.",
            span=tokens[place].span,
            hint=f"Write {text[first.start : tokens[place - 1].end]} = … on the left.",
            suggestion=f"{text[: tokens[place].start].rstrip()} ={text[tokens[place].end :]}",
        )
    if names is None and tokens[1].kind == "(":
        _refuse_values(tokens)
    return _NONE


def _inverse_head(tokens: list[Token]) -> Head:
    """``f^-1(x) =``, ``f⁻¹(x) =``, ``f^{-1}(x) =``."""
    first = tokens[0]
    bracketed = tokens[2].kind in ("(", "{")
    exponent = tokens[2 + bracketed : 4 + bracketed]
    place = 4 + 2 * bracketed
    if [each.text for each in exponent] != ["-", "1"] or len(tokens) <= place or _is_taken(first.text):
        return _NONE
    place, names = _names(tokens, place)
    if not names or first.text in names or tokens[place].kind not in ("=", ":="):
        return _NONE
    return Head(f"{canonical_name(first.text).partition('_')[0]}_inverse", names, place + 1, tokens[place])


def _is_name(word: Token) -> bool:
    """Whether ``word =`` names a function: ``y =``, ``y1 =``, ``area =``, ``KE =``, but not ``xy =`` and ``sinx =``."""
    if _is_taken(word.text) or _ARGUMENT.fullmatch(word.text):
        return False
    return word.text.isupper() or len(word.text.rstrip("0123456789_₀₁₂₃₄₅₆₇₈₉")) != 2 or word.value == "whole"


def _is_taken(name: str) -> bool:
    """Whether a name, or what it is an index of, means something fixed."""
    return name in _TAKEN or canonical_name(name).partition("_")[0].rstrip("0123456789") in _TAKEN


def _names(tokens: list[Token], place: int) -> tuple[int, tuple[str, ...] | None]:
    """The names in brackets that begin at ``place`` and where they end; None where there are none."""
    if tokens[place].kind not in ("(", "["):
        return place, None
    start = place
    closer = CLOSERS[tokens[place].kind]
    names: list[str] = []
    place += 1
    if tokens[place].kind == closer:
        return place + 1, ()
    while tokens[place].kind == "word" and tokens[place + 1].kind in (",", closer, ";"):
        names.append(canonical_name(tokens[place].text))
        place += 2
        if tokens[place - 1].kind == closer:
            return place, tuple(names)
    return start, None


def _arrow_head(tokens: list[Token], start: int) -> Head | None:
    """``x -> …``, ``(x, y) -> …``, ``lambda x, y: …`` or ``@(x, y) …`` from ``start`` on."""
    place = start
    if tokens[place].kind == "@":
        after, found = _names(tokens, place + 1)
        return Head("f", found, after) if found else None
    if tokens[place].kind == "word" and tokens[place].text == "lambda" and tokens[place + 1].kind == "word":
        names: list[str] = []
        place += 1
        while tokens[place].kind == "word" and tokens[place + 1].kind in (",", ":"):
            names.append(canonical_name(tokens[place].text))
            place += 2
            if tokens[place - 1].kind == ":":
                return Head("f", tuple(names), place)
        return None
    if tokens[place].kind == "word" and tokens[place + 1].kind == "->":
        if tokens[place].text[:3] == "lim":  # limx→0
            raise misnamed.taught(Token("word", "lim", tokens[place].start, tokens[place].end))
        return Head("f", (canonical_name(tokens[place].text),), place + 2)
    after, found = _names(tokens, place)
    if found and tokens[after].kind == "->":
        return Head("f", found, after + 1)
    return None


def _refuse_prime(tokens: list[Token], text: str) -> None:
    first, second = tokens[0], tokens[1]
    if second.kind in ("'", '"') and len(first.text) == 1 and tokens[2].kind in ("(", "=", "'"):
        is_second = second.kind == '"' or tokens[2].kind == "'"
        strokes = text[second.start : tokens[2].end if tokens[2].kind == "'" else second.end]
        raise ParseError(
            f"{first.text}{strokes} is the {'second ' * is_second}derivative, which is what is computed here.",
            span=Span(first.start, first.end + len(strokes)),
            hint=f"Type the function itself, as {first.text}(x) = …, without the stroke.",
        )


def _refuse_values(tokens: list[Token]) -> None:
    """``f(2) = 3`` names no variable."""
    place = 2
    while tokens[place].kind in ("number", ",", "-", "word"):
        place += 1
    is_point = place > 2 and not any(each.kind == "word" for each in tokens[2:place])
    if is_point and tokens[place].kind == ")" and tokens[place + 1].kind == "=":
        raise ParseError(
            "The brackets on the left must name the variables.",
            span=Span(tokens[1].start, tokens[place].end),
            hint=f"Write {tokens[0].text}(x) = … with a letter; the point is typed in its own box.",
        )
    if tokens[0].text not in _USUAL:
        return
    depth, place = 1, 2
    while depth and tokens[place].kind not in ("end", "=") and place < _LONGEST:
        depth += (tokens[place].kind in ("(", "[", "{")) - (tokens[place].kind in _CLOSING)
        place += 1
    if not depth and tokens[place].kind == "=":
        raise ParseError(
            "The brackets on the left must name the variables.",
            span=Span(tokens[1].start, tokens[place - 1].end),
            hint=f"Write {tokens[0].text}(x) = … with a letter alone in the brackets.",
        )
