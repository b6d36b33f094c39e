"""Text to tokens: numbers, words and signs, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from string import ascii_letters

from derivlab.errors import ParseError, Span
from derivlab.expression.bounds import MAX_NESTING, MAX_WORD
from derivlab.expression.characters import FRACTIONS, LOWERED, RAISED, refused
from derivlab.expression.operands.numerals import read_fraction, read_number
from derivlab.expression.tree import Number


class Token:
    """A piece of the text: its kind, the text itself, where it stands, and what it means.

    ``kind`` is ``number``, ``word``, ``function``, ``constant``, ``variable``, ``end``, or the sign itself.
    ``gap`` tells whether white space stands before it.
    """

    __slots__ = ("end", "gap", "kind", "start", "text", "value")

    def __init__(
        self, kind: str, text: str, start: int, end: int, gap: bool = False, value: object = None
    ) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.gap = gap
        self.value = value

    def __repr__(self) -> str:
        return f"Token({self.kind!r}, {self.text!r}, {self.start}, {self.end})"

    @property
    def span(self) -> Span:
        """Where the token stands."""
        return Span(self.start, self.end)


_GREEK = "αβγδεζηθικλμνξπρςστυφχψωΓΔΘΛΞΣΦΨΩ"
_LETTER = f"A-Za-z{_GREEK}"
_LOWERED = "".join(LOWERED)

_PIECES = re.compile(
    rf"""
      [+^(),\[\]] | [0-9]+(?![0-9._eE{{])
    | (?:[0-9]+(?:_[0-9]{{3}}(?![0-9]))*(?:(?:\.|\{{,\}})[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?
    | [{_LETTER}](?:[{_LETTER}0-9{_LOWERED}]|_+(?=[{_LETTER}0-9]))*
    | \s+
    | \.\.\.|(?<!left)(?<!right)\.(?:[*^/+-]|[<>=!]=|[<>])
    | \*\*|//|<=|>=|===?|!==?|<>|=/=|~=|%%|:=|::|->|=>|=<|&&|\\[A-Za-z]+|\\.
    | [{"".join(RAISED)}]+(?:⁄(?:[{"".join(RAISED)}]+|[₀-₉]+))?
    | [{_LOWERED}]+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
"""Cuts a text into pieces without leaving a character out: the commonest signs and numbers first, as they are found
fastest; then number, word, white space, sign, superscripts, subscripts, any other."""

_NUMBER, _WORD, _SIGN, _RAISED, _LOW, _FRACTION = range(6)
_SORTS: dict[str, int] = (
    dict.fromkeys("0123456789", _NUMBER)
    | dict.fromkeys(ascii_letters + _GREEK, _WORD)
    | dict.fromkeys("-+*/^()[]{},;:|!=<>°%_.?&$'\"~√∛∜∞≤≥≠±∓∫∑∏∂∇∈∉∪∖∘⌊⌋⌈⌉‖∧∨¬→…⁄@#`\\", _SIGN)
    | dict.fromkeys(RAISED, _RAISED)
    | dict.fromkeys(LOWERED, _LOW)
    | dict.fromkeys(FRACTIONS, _FRACTION)
)
"""What a piece is, by its first character; the rest is white space or has no meaning."""
_POINTED = frozenset(
    {".", "...", *(f".{sign}" for sign in ("*", "^", "/", "+", "-", "<", ">", "<=", ">=", "==", "!="))}
)
"""Signs that begin with a point; with any other piece that does, a number begins."""
_KINDS = {
    "√": "function",
    "∛": "function",
    "∜": "function",
    "**": "^",
    ".^": "^",
    ".*": "*",
    "./": "/",
    "⁄": "/",
    "...": "…",
    ".+": "+",
    ".-": "-",
    ".<": "<",
    ".>": ">",
    ".<=": "<=",
    ".>=": ">=",
    ".==": "==",
    ".!=": "!=",
    "===": "==",
    "!==": "!=",
    "::": ".",
    "<>": "!=",
    "=/=": "!=",
    "~=": "!=",
    "%%": "%",
    "=<": "<=",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "&&": "and",
    "∧": "and",
    "∨": "or",
    "¬": "not",
    "~": "not",
    "→": "->",
    "=>": "->",
}
_PLAIN: dict[str, tuple[str, Number | None]] = (
    dict.fromkeys(ascii_letters, ("word", None))
    | {sign: (sign, None) for sign in "+-*/^=,()[]{}"}
    | {str(digits): ("number", Number(Fraction(digits))) for digits in range(100)}
)
"""Kind and value of the commonest pieces, about which nothing else need be asked."""
_RAISED_DIGITS = frozenset(letter for letter, plain in RAISED.items() if plain.isdecimal())
_ROOTS = {"√": "sqrt", "∛": "cbrt", "∜": "fourth_root"}
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
_PLAIN_HEIGHT = str.maketrans(RAISED | LOWERED | {"⁄": "/"})
ENDS_OPERAND = frozenset({"number", "variable", "constant", ")", "]", "}", "word", "fraction", "!", "°"})
"""The kinds of token behind which no operand need begin, in a text whose bars are not told apart."""


def tokenise(text: str) -> list[Token]:
    """The tokens of ``text``, closed by one of kind ``end``.

    Raises ParseError for a character that has no meaning here, for a number beyond the limits, and for
    brackets nested beyond them.
    """
    tokens: list[Token] = []
    append = tokens.append
    plain = _PLAIN.get
    end = 0
    gap = False
    for piece in _PIECES.findall(text):
        start = end
        end += len(piece)
        known = plain(piece)
        if known is not None:
            kind, value = known
            append(Token(kind, piece, start, end, gap, value))
            gap = False
            continue
        if piece == " ":
            gap = True
            continue
        sort = _SORTS.get(piece[0])
        if sort == _NUMBER or (sort == _SIGN and piece[0] == "." and piece not in _POINTED):
            append(Token("number", piece, start, end, gap, read_number(piece, start)))
        elif sort == _SIGN:
            append(Token(_KINDS.get(piece, piece), piece, start, end, gap, _ROOTS.get(piece)))
        elif sort == _WORD:
            if end - start > MAX_WORD:
                raise ParseError(
                    f"This word has more than {MAX_WORD} letters.",
                    span=Span(start, end),
                    hint="Write a * between factors, or shorten the name.",
                )
            append(Token("word", piece, start, end, gap, None))
        elif piece.isspace():
            gap = True
            continue
        elif sort == _RAISED:
            tokens += _raised(piece, start, gap, tokens)
        elif sort == _LOW:
            tokens += _lowered(piece, start, gap)
        elif sort == _FRACTION:
            append(Token("fraction", piece, start, end, gap, read_fraction(piece)))
        else:
            raise refused(piece, start, text)
        gap = False
    append(Token("end", "", len(text), len(text), gap))
    if sum(map(text.count, _OPENING)) > MAX_NESTING:
        _check_nesting(tokens)
    return tokens


def _check_nesting(tokens: list[Token]) -> None:
    """Refuse too many brackets inside brackets before anything is parsed."""
    nesting = 0
    for token in tokens:
        if token.kind in _OPENING:
            nesting += 1
            if nesting > MAX_NESTING:
                raise nested_too_deeply(token.span)
        elif token.kind in _CLOSING:
            nesting -= 1


def _raised(text: str, start: int, gap: bool, before: list[Token]) -> list[Token]:
    """Superscripts, as ``^(…)``; ``ˣ²`` among them is x^2, ``⁴⁄₃`` a fraction, ``⁻`` alone a calculator's minus."""
    end = start + len(text)
    over, slash, under = text.partition("⁄")
    if slash and under[0] in LOWERED:
        written = over.translate(_PLAIN_HEIGHT), under.translate(_PLAIN_HEIGHT)
        if written[0].isdecimal() and written[1].strip("0"):
            return [Token("fraction", text, start, end, gap, Fraction(*map(int, written)))]
        tokens = _raised(over, start, gap, before)
        tokens.append(Token("/", slash, start + len(over), start + len(over) + 1))
        return [*tokens, *_lowered(under, end - len(under), False)]
    last = before[-1].kind if before else ""
    if text == "⁻" and last not in ENDS_OPERAND:
        return [Token("-", text, start, end, gap)]
    tokens = [] if last == "^" else [Token("^", "^", start, start, gap)]
    tokens.append(Token("(", text[0], start, start))
    if len(text) == 1 and text in _RAISED_DIGITS:
        digit = RAISED[text]
        number = Token("number", digit, start, end, False, read_number(digit, start))
        return [*tokens, number, Token(")", text, end, end)]
    for token in tokenise(text.translate(_PLAIN_HEIGHT))[:-1]:
        letters = token.text.rstrip("0123456789")
        middle, after = start + token.start + len(letters), start + token.end
        if token.kind == "word" and letters != token.text:
            digits = token.text[len(letters) :]
            tokens += [
                Token("word", letters, start + token.start, middle),
                Token("^", "^", middle, middle),
                Token("number", digits, middle, after, False, read_number(digits, middle)),
            ]
        else:
            tokens.append(Token(token.kind, token.text, start + token.start, after, token.gap, token.value))
    return [*tokens, Token(")", text[-1], end, end)]


def _lowered(text: str, start: int, gap: bool) -> list[Token]:
    """Subscripts that stand behind no name, as ``_(…)``."""
    end = start + len(text)
    return [
        Token("_", text[0], start, start + 1, gap),
        Token("(", text[0], start, start),
        *(
            Token(each.kind, each.text, start + each.start, start + each.end, False, each.value)
            for each in tokenise(text.translate(_PLAIN_HEIGHT))[:-1]
        ),
        Token(")", text[-1], end, end),
    ]


def nested_too_deeply(span: Span) -> ParseError:
    """The answer to more brackets inside brackets than can be read."""
    return ParseError(
        "The formula is nested too deeply: too many parts inside parts.",
        span=span,
        hint="Take a part of it out, or write it with fewer brackets.",
    )


def onward(tokens: list[Token], place: int) -> Iterator[Token]:
    """The tokens from ``place`` on, without a copy of them."""
    for at in range(place, len(tokens)):
        yield tokens[at]


CLOSERS: dict[str, str] = {
    "(": ")",
    "[": "]",
    "{": "}",
    "⌊": "⌋",
    "⌈": "⌉",
    "open|": "close|",
    "|": "|",
    "‖": "‖",
}


STARTS = frozenset(
    {
        "number",
        "fraction",
        "function",
        "frac",
        "constant",
        "variable",
        "(",
        "[",
        "{",
        "⌊",
        "⌈",
        "open|",
        "cases",
        "truth",
    }
)
"""The kinds of token with which an operand begins, signs and bars aside."""

COMPARES = frozenset({"<", ">", "<=", ">=", "==", "!=", "=", "member"})
"""The kinds of token that compare two numbers."""
