"""Texts that hold several functions: vectors such as ``F(x, y) = (x^2 y, x + sin y)``, and equations such
as ``x^2 + y^2 = 1``.

Only the splitting is done here, at commas and equals signs outside of all brackets; each piece goes through
``parse``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from derivlab.errors import ParseError, Span
from derivlab.expression.function import Function, Notice
from derivlab.expression.parse import parse
from derivlab.expression.tree import Apply, Number

MOST_COMPONENTS = 12

_HEADER = re.compile(r"\s*([^\W\d_]\w*)\s*(?:\(\s*([^\W\d_]\w*(?:\s*,\s*[^\W\d_]\w*)*)\s*\))?\s*=(?!=)")
_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = frozenset(_OPENING.values())


@dataclass(frozen=True)
class Piece:
    """A part of a text and where it begins there."""

    text: str
    start: int


@dataclass(frozen=True)
class VectorFunction:
    """A function with several outputs; each component is a Function of all the ``variables``, in the same
    order.
    """

    name: str = field(compare=False)
    variables: tuple[str, ...]
    components: tuple[Function, ...]
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def body(self) -> str:
        """The components as canonical text in brackets."""
        return f"({', '.join(component.body for component in self.components)})"

    @property
    def text(self) -> str:
        """Canonical text with name and variables, which ``parse_vector`` reads back."""
        return f"{self.name}({', '.join(self.variables)}) = {self.body}"

    @property
    def latex(self) -> str:
        """The components as LaTeX, one under the other."""
        rows = r" \\ ".join(component.latex for component in self.components)
        return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"

    @property
    def heading(self) -> str:
        """Name and variables as LaTeX."""
        return self.components[0].heading


@dataclass(frozen=True)
class Equation:
    """left = right; ``function`` is left − right, so that the curve is where it is zero."""

    left: Function
    right: Function
    function: Function

    @property
    def latex(self) -> str:
        """The equation as LaTeX."""
        return f"{self.left.latex} = {self.right.latex}"

    @property
    def text(self) -> str:
        """The equation as canonical text."""
        return f"{self.left.body} = {self.right.body}"


def split(text: str, mark: str) -> tuple[Piece, ...]:
    """The pieces of ``text`` between ``mark``s (one character) that stand outside of all brackets.

    An ``=`` that belongs to ``<=``, ``>=``, ``!=`` or ``==`` is no mark. Raises ParseError for a closing
    bracket that was never opened, and for an opening one that is never closed.
    """
    pieces: list[Piece] = []
    opened: list[int] = []
    start = 0
    for place, letter in enumerate(text):
        if letter in _OPENING:
            opened.append(place)
        elif letter in _CLOSING:
            if not opened:
                raise ParseError(
                    f"This “{letter}” closes nothing.",
                    span=Span(place, place + 1),
                    hint="Remove it, or open one before.",
                )
            opened.pop()
        elif letter == mark and not opened and not _is_comparison(text, place):
            pieces.append(Piece(text[start:place], start))
            start = place + 1
    if opened:
        place = opened[-1]
        raise ParseError(
            f"This “{text[place]}” is never closed.",
            span=Span(place, place + 1),
            hint=f"Add a “{_OPENING[text[place]]}”.",
        )
    pieces.append(Piece(text[start:], start))
    return tuple(pieces)


def _is_comparison(text: str, place: int) -> bool:
    if text[place] != "=":
        return False
    return text[place - 1 : place] in {"<", ">", "!", "="} or text[place + 1 : place + 2] == "="


def unwrap(piece: Piece) -> Piece:
    """The inside of brackets that go around the whole piece; the piece itself where there are none."""
    inner = piece.text.strip()
    if not inner or inner[0] not in _OPENING or inner[-1] != _OPENING[inner[0]]:
        return piece
    depth = 0
    for place, letter in enumerate(inner):
        depth += (letter in _OPENING) - (letter in _CLOSING)
        if depth == 0 and place < len(inner) - 1:
            return piece
    return Piece(inner[1:-1], piece.start + piece.text.index(inner) + 1)


def parse_vector(text: str) -> VectorFunction:
    """Read ``F(x, y) = (x^2 y, x + sin y)``; the header and the brackets may be left out.

    Raises ParseError with the place in the whole text.
    """
    header = _HEADER.match(text)
    name = header.group(1) if header else "F"
    declared = tuple(re.findall(r"\w+", header.group(2))) if header and header.group(2) else None
    start = header.end() if header else 0
    body = Piece(text[start:], start)
    try:
        inside = unwrap(body)
        pieces = split(inside.text, ",")
    except ParseError as error:
        raise _moved(error, start) from None
    if len(pieces) == 1:
        inside, pieces = body, (Piece(body.text, 0),)
    if len(pieces) > MOST_COMPONENTS:
        raise ParseError(
            f"At most {MOST_COMPONENTS} components, not {len(pieces)}.",
            span=Span(start, len(text)),
            hint="Take some away.",
        )
    parts: list[Function] = []
    notices: list[Notice] = []
    for number, piece in enumerate(pieces):
        place = inside.start + piece.start
        if not piece.text.strip():
            raise ParseError(
                f"Component {number + 1} is empty.",
                span=Span(max(0, place - 1), place + len(piece.text)),
                hint="Components stand between commas: (x^2 y, x + sin y).",
            )
        part, found = _parse_at(text, place, piece.text, declared)
        parts.append(part)
        notices += found
    variables = (
        declared if declared is not None else tuple(sorted({v for part in parts for v in part.variables}))
    )
    components = tuple(Function(name, variables, part.tree) for part in parts)
    return VectorFunction(name, variables, components, tuple(notices))


def parse_equation(text: str) -> Equation:
    """Read ``x^2 + y^2 = 1``: an equation with one equals sign. Raises ParseError with the place in the
    whole text.
    """
    sides = split(text, "=")
    if len(sides) != 2:
        raise ParseError(
            "An equation has one equals sign."
            if len(sides) < 2
            else f"There are {len(sides) - 1} equals signs.",
            span=Span(sides[-1].start - 1, sides[-1].start) if len(sides) > 2 else Span(len(text), len(text)),
            hint="Write it like x^2 + y^2 = 1.",
        )
    for side, name in zip(sides, ("left", "right"), strict=True):
        if not side.text.strip():
            raise ParseError(
                f"There is nothing on the {name} of the equals sign.",
                span=Span(side.start, side.start + len(side.text)),
                hint="Write it like x^2 + y^2 = 1.",
            )
    left, right = (_parse_at(text, side.start, side.text, None)[0] for side in sides)
    tree = left.tree if right.tree == Number(Fraction(0)) else Apply("subtract", (left.tree, right.tree))
    variables = tuple(sorted({*left.variables, *right.variables}))
    return Equation(left, right, Function("F", variables, tree))


def _parse_at(
    text: str, place: int, part: str, declared: tuple[str, ...] | None
) -> tuple[Function, list[Notice]]:
    """Parse a part of a longer text; what is said of places in it is moved to places in the whole."""
    head = f"F({', '.join(declared)}) = " if declared is not None else ""
    shift = place - len(head)
    try:
        found = parse(head + part)
    except ParseError as error:
        raise _moved(error, shift, text, place, part, head) from None
    end = place + len(part)
    notices = [
        Notice(
            notice.message,
            _shifted(notice.span, shift, len(text)),
            None if notice.instead is None else text[:place] + notice.instead.removeprefix(head) + text[end:],
        )
        for notice in found.notices
    ]
    return found, notices


def _shifted(span: Span, shift: int, longest: int) -> Span:
    return Span(*(min(max(end + shift, 0), longest) for end in span))


def _moved(
    error: ParseError, shift: int, text: str = "", place: int = 0, part: str = "", head: str = ""
) -> ParseError:
    """The same error, told of the whole text."""
    suggestion = error.suggestion
    if suggestion is not None:
        suggestion = (
            text[:place] + suggestion.removeprefix(head) + text[place + len(part) :] if text else None
        )
    return ParseError(
        error.message,
        span=_shifted(error.span, shift, len(text) or 1 << 30),
        hint=error.hint,
        suggestion=suggestion,
    )
