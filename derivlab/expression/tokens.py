"""Text to tokens: numbers, words and signs, each with its place in the text."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from string import ascii_letters
from unicodedata import numeric

from derivlab.errors import ParseError, Span
from derivlab.expression.bounds import MAX_DECIMAL_EXPONENT, MAX_DIGITS, MAX_NESTING, MAX_WORD
from derivlab.expression.characters import FRACTIONS, LOWERED, RAISED, refused
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
    | (?<!left)(?<!right)\.(?:[*^/+-]|[<>=!]=|[<>])|\*\*|//|<=|>=|===?|!==?|<>|=/=|~=|%%|:=|::|->|=>|=<|&&|\\[A-Za-z]+|\\.
    | [{"".join(RAISED)}]+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
"""Cuts a text into pieces without leaving a character out: the commonest signs and numbers first, as they are found
fastest; then number, word, white space, sign, superscripts, any other."""

_NUMBER, _WORD, _SIGN, _RAISED, _FRACTION = range(5)
_SORTS: dict[str, int] = (
    dict.fromkeys("0123456789", _NUMBER)
    | dict.fromkeys(ascii_letters + _GREEK, _WORD)
    | dict.fromkeys("-+*/^()[]{},;:|!=<>°%_.?&$'\"~√∛∜∞≤≥≠±∓∫∑∏∂∇∈∘⌊⌋⌈⌉‖∧∨¬→@#`\\", _SIGN)
    | dict.fromkeys(RAISED, _RAISED)
    | dict.fromkeys(FRACTIONS, _FRACTION)
)
"""What a piece is, by its first character; the rest is white space or has no meaning."""
_POINTED = frozenset(
    {".", *(f".{sign}" for sign in ("*", "^", "/", "+", "-", "<", ">", "<=", ">=", "==", "!="))}
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
_ROOTS = {"√": "sqrt", "∛": "cbrt", "∜": "fourth_root"}
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")


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
            tokens += _raised(piece, start, gap)
        elif sort == _FRACTION:
            append(Token("fraction", piece, start, end, gap, Fraction(numeric(piece)).limit_denominator(10)))
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


def _raised(text: str, start: int, gap: bool) -> list[Token]:
    """Superscripts, as ``^(…)``; ``ˣ²`` among them is x^2."""
    end = start + len(text)
    tokens = [Token("^", "^", start, start, gap), Token("(", text[0], start, start)]
    for token in tokenise("".join(RAISED[letter] for letter in text))[:-1]:
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


def nested_too_deeply(span: Span) -> ParseError:
    """The answer to more brackets inside brackets than can be read."""
    return ParseError(
        "The formula is nested too deeply: too many parts inside parts.",
        span=span,
        hint="Take a part of it out, or write it with fewer brackets.",
    )


@lru_cache(maxsize=1024)
def _whole(text: str) -> Number:
    return Number(Fraction(int(text)))


def read_number(text: str, start: int) -> Number:
    """The node of a decimal literal, which holds its exact value. Raises ParseError beyond the limits."""
    if len(text) <= 15 and text.isdecimal():
        return _whole(text)
    mantissa, _, exponent = text.replace("_", "").replace("{,}", ".").lower().partition("e")
    span = Span(start, start + len(text))
    if "{,}" in text and _THOUSANDS.fullmatch(mantissa):
        raise ParseError(
            f"{text} can be read in two ways.",
            span=span,
            hint=f"Write {mantissa.replace('.', '')} for thousands, or {mantissa} for a decimal number.",
        )
    if len(mantissa) > MAX_DIGITS:
        raise ParseError(
            f"This number has more than {MAX_DIGITS} digits.",
            span=span,
            hint="Round it: a computer's numbers hold about 16 digits.",
        )
    if exponent and (len(exponent) > 6 or abs(int(exponent)) > MAX_DECIMAL_EXPONENT):
        raise ParseError(
            f"The exponent {exponent[:12]} of this number is beyond {MAX_DECIMAL_EXPONENT}.",
            span=span,
            hint="The greatest number that a computer's floating point holds is about 1.8e308.",
        )
    whole, _, places = mantissa.partition(".")
    value = Fraction(int((whole + places) or "0"), 10 ** len(places))
    if exponent:
        value *= Fraction(10) ** int(exponent)
    if value >= _TOO_LARGE:
        raise ParseError(
            "This number is too large.",
            span=span,
            hint="The greatest number that a computer's floating point holds is about 1.8e308.",
        )
    return Number(value)


_THOUSANDS = re.compile("[1-9][0-9]{0,2}\\.[0-9]{3}")
_TOO_LARGE = 2**1024 - 2**970

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
