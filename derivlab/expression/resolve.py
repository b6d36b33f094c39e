"""Words to their meaning: modules, keywords, functions, variables, products; and what is noticed on the way."""

from __future__ import annotations

import re
from collections.abc import Collection

from derivlab.expression import misnamed
from derivlab.expression.calls import KEYWORD_ARGUMENTS, LAYERS
from derivlab.expression.names import (
    FUNCTIONS,
    GREEK_NAMES,
    KEYWORDS,
    SHORT_HYPERBOLIC,
    canonical_name,
    in_any_case,
    meaning_of,
    split_word,
)
from derivlab.expression.notices import Notices
from derivlab.expression.tokens import Token, read_number
from derivlab.expression.words import MISSPELT, ONLY_CALLED, TAUGHT

MODULES = frozenset(
    [
        "torch",
        "np",
        "numpy",
        "math",
        "sp",
        "sympy",
        "F",
        "nn",
        "functional",
        "special",
        "jnp",
        "jax",
        "tf",
        "cmath",
        "scipy",
        "Math",
        "linalg",
        "autograd",
        "random",
        "mp",
        "mpmath",
        "sc",
        "cp",
        "keras",
    ]
)
_IN_MATH = {"remainder": "ieee_remainder"}
"""Names that mean something else behind ``math.`` than behind ``np.`` or ``torch.``."""
_OPENING = ("(", "[", "{")
_MODULO = re.compile("mod[0-9]+")
_MOST_LETTERS = 3
"""More letters than these before a function's name are a name that is not known."""
_TWO_READINGS = frozenset({"sigma", "gamma", "psi", "σ", "γ", "ψ"})
_ENDS_OPERAND = frozenset({"number", "variable", "constant", ")", "]", "}", "word", "fraction", "!", "°"})


class Resolver:
    """Gives each word its meaning; ``runs`` collects the unknown runs of letters that were read as products."""

    def __init__(self, tokens: list[Token], declared: Collection[str], text: str, notices: Notices) -> None:
        self.tokens = tokens
        self.declared = declared
        self.text = text
        self.notices = notices
        self.done: list[Token] = []
        self.runs: dict[str, list[Token]] = {}
        self.is_piecewise = False

    def resolve(self) -> list[Token]:
        """All tokens, with no word left. Raises ParseError for a word that is known to be meant otherwise."""
        tokens = self.tokens
        in_module = False
        place = 0
        while place < len(tokens):
            token = tokens[place]
            place += 1
            if token.kind != "word":
                self.done.append(token)
                continue
            after = tokens[place]
            text = token.text
            if len(text) == 1 and "a" <= text <= "z" and text != "e" and not in_module:
                token.kind, token.value = "variable", text
                self.done.append(token)
                continue
            if (
                after.kind == "."
                and tokens[place + 1].kind == "word"
                and text in MODULES
                and text not in self.declared
                and not (self.done and self.done[-1].kind == "." and not in_module)
            ):
                in_module = True
                place += 1
                continue
            if in_module:
                self.from_program(token, after)
            elif self.done and self.done[-1].kind == "." and not self.done[-1].gap:
                self.called(token)
            elif text in ("arc", "ar") and after.kind == "word" and not self.declared:
                after.text = text + after.text
                after.start, after.gap = token.start, token.gap
                after.value = "joined"
            else:
                self.word(token, after)
            in_module = False
        return self.done

    def from_program(self, token: Token, after: Token) -> None:
        """A name behind ``torch.``, ``np.`` and the like."""
        before_bracket = after.kind == "("
        name = token.text
        if name in TAUGHT:
            raise misnamed.taught(token)
        if name == "tau":
            self.constant_times_two(token)
            return
        found = in_any_case(name, before_bracket) or {"E": ("constant", "e"), "pi": ("constant", "pi")}.get(
            name
        )
        if found is None or found[0] == "variable":
            raise misnamed.unknown_function(token, self.text)
        if name in _IN_MATH and self.text[: token.start].rstrip(".").endswith("math"):
            found = ("function", _IN_MATH[name])
        if name == "sinc" and self.text[: token.start].rstrip(".").endswith(("sp", "sympy")):
            found = ("function", "unnormalised_sinc")
        token.kind, token.value = found
        if token.value == "log" and token.text == "log":
            token.value = "ln"
        self.done.append(token)

    def constant_times_two(self, token: Token) -> None:
        """``math.tau``, which is 2*pi."""
        start, end = token.start, token.end
        self.done += [
            Token("(", token.text, start, start, token.gap),
            Token("number", "2", start, end, False, read_number("2", start)),
            Token("*", "*", end, end),
            Token("constant", "pi", end, end, False, "pi"),
            Token(")", "", end, end),
        ]

    def called(self, token: Token) -> None:
        """A name behind a point: a method."""
        found = in_any_case(token.text, before_bracket=True)
        if found is not None:
            token.kind, token.value = found
        if token.value == "log":
            token.value = "ln"
        self.done.append(token)

    def word(self, token: Token, after: Token) -> None:
        """Any other word."""
        text = token.text
        before_bracket = after.kind in _OPENING
        if text not in self.declared:
            if text in KEYWORDS and self.keyword(token, after):
                return
            if text in TAUGHT and (before_bracket or text not in ONLY_CALLED):
                raise misnamed.taught(token)
            if text[0].isupper() and len(text) > 2 and text.lower() in TAUGHT and text not in FUNCTIONS:
                raise misnamed.taught(token)
        if token.value == "whole":
            self.whole(token, before_bracket)
            return
        found = (
            in_any_case(text, before_bracket)
            if not self.declared
            else meaning_of(text, before_bracket, self.declared)
        )
        if found is not None:
            token.kind, token.value = found
            if found[0] == "function" and text in _TWO_READINGS:
                self.two_readings(token, after)
            if text in SHORT_HYPERBOLIC and not self.declared:
                self.short_hyperbolic(token)
            self.done.append(token)
            return
        if after.kind == "number" and after.text[0] == "." and not after.gap:
            _join_base(token, after)
        if _MODULO.fullmatch(text) and self.done and self.done[-1].kind in _ENDS_OPERAND:
            self.modulo(token)
            return
        pieces = split_word(token, before_bracket, self.declared)
        pieces[-1].end = token.end
        self.doubt(token, pieces, before_bracket, after)
        self.done += pieces

    def keyword(self, token: Token, after: Token) -> bool:
        """Whether the word is a keyword here."""
        text = token.text
        kind = KEYWORDS[text]
        before = self.done[-1].kind if self.done else ""
        if (
            kind == "mod"
            and after.kind in _OPENING
            and (token.value == "whole" or before not in _ENDS_OPERAND or self.has_comma(after))
        ):
            return False
        token.kind = kind
        self.is_piecewise = self.is_piecewise or kind in ("if", "otherwise")
        self.done.append(token)
        return True

    def has_comma(self, opening: Token) -> bool:
        """Whether a comma stands in the bracket that opens here, not deeper."""
        depth = 0
        for token in self.tokens[self.tokens.index(opening) :]:
            depth += (token.kind in _OPENING) - (token.kind in (")", "]", "}"))
            if depth == 0:
                return False
            if depth == 1 and token.kind == ",":
                return True
        return False

    def whole(self, token: Token, before_bracket: bool) -> None:
        r"""A LaTeX command or the word inside ``\mathrm{…}``."""
        text = token.text.lstrip("\\")
        found = meaning_of(text, before_bracket or text in SHORT_HYPERBOLIC, self.declared)
        if found is None and before_bracket and len(text) > 1 and "_" not in text:
            raise misnamed.unknown_function(token, self.text)
        token.kind, token.value = found or ("variable", canonical_name(text))
        if token.kind == "function" and text in _TWO_READINGS and text != "sigma":
            self.two_readings(token, None)
        self.done.append(token)

    def two_readings(self, token: Token, after: Token | None) -> None:
        """A Greek letter before a bracket."""
        named = {
            "digamma": "the digamma function",
            "gamma": "the gamma function",
            "sigmoid": "the sigmoid function",
        }
        self.notices.add(
            f"greek {token.text}",
            f"{token.text}(…) was read as {named[str(token.value)]}, not as a product.",
            token.span,
            (token.end, token.end, "*"),
        )

    def modulo(self, token: Token) -> None:
        """``x mod3``."""
        middle = token.start + len("mod")
        digits = token.text[len("mod") :]
        self.done += [
            Token("mod", "mod", token.start, middle, token.gap),
            Token("number", digits, middle, token.end, False, read_number(digits, middle)),
        ]

    def short_hyperbolic(self, token: Token) -> None:
        """``sh(x)``."""
        self.notices.add(
            f"short {token.text}",
            f"{token.text}(…) was read as the hyperbolic function {token.value}, not as a product.",
            token.span,
            (token.start, token.end, "*".join(token.text) + "*"),
        )

    def doubt(self, token: Token, pieces: list[Token], before_bracket: bool, after: Token) -> None:
        """What a run of letters might have been instead of the product that it was read as."""
        text = token.text
        if token.value == "index":
            return
        if text.lower() in MISSPELT and (before_bracket or len(text) > 3):
            raise misnamed.unknown_function(token, self.text)
        kinds = [piece.kind for piece in pieces]
        letters = (
            "function" not in kinds
            and "number" not in kinds
            and all(len(piece.text) == 1 for piece in pieces)
        )
        if letters and len(pieces) > 1:
            if text in FUNCTIONS and not before_bracket:
                raise misnamed.needs_bracket(token)
            if self.is_mistyped(text, before_bracket):
                raise misnamed.unknown_function(token, self.text)
            if kinds.count("variable") > 1 and not self.declared:
                self.runs.setdefault(text, []).append(token)
        if (
            before_bracket
            and not self.declared
            and "function" not in kinds
            and misnamed.nearest(text, cutoff=0.8)
        ):
            raise misnamed.unknown_function(token, self.text)
        self.doubt_letters_before(token, pieces, before_bracket)
        doubled = kinds[0] == "function" and len(pieces) == 2 and pieces[1].text == pieces[0].text[-1]
        if doubled and (before_bracket or (after.gap and after.kind == "word")):
            raise misnamed.unknown_function(token, self.text)
        for place, piece in enumerate(pieces[:-1]):
            if piece.kind != "function":
                continue
            rest = self.text[piece.end : token.end]
            if piece.text in ("log2", "log10"):
                digits = piece.text[3:]
                self.notices.add(
                    f"base {piece.start}",
                    f"{piece.text}{rest} was read as {piece.text}({rest}), not as log({digits}{rest}).",
                    piece.span,
                    (piece.start, token.end, f"log({digits}{rest})"),
                )
            elif (
                piece.text[0] == "a"
                and kinds[1] != "number"
                and meaning_of(piece.text[1:], False) is not None
                and not place
            ):
                self.notices.add(
                    f"arc {piece.start}",
                    f"{piece.text}{rest} was read as arc{piece.text[1:]}({rest}), not as a*{piece.text[1:]}({rest}).",
                    piece.span,
                    (piece.start, piece.start + 1, "a*"),
                )

    def doubt_letters_before(self, token: Token, pieces: list[Token], before_bracket: bool) -> None:
        """``abcsin(x)``: letters that run into a function's name are a product, or a name that is not known."""
        kinds = [piece.kind for piece in pieces]
        if self.declared or "function" not in kinds:
            return
        first = kinds.index("function")
        letters = [piece.text for piece in pieces[:first] if piece.kind == "variable"]
        if before_bracket and (pieces[-1].kind == "variable" or len(letters) > 1):
            meant = misnamed.nearest(token.text, cutoff=0.75)
            if len(letters) > _MOST_LETTERS or (meant is not None and meant not in token.text):
                raise misnamed.unknown_function(token, self.text)
        if len(letters) > 1:
            self.notices.add(
                f"letters {token.start}",
                f"{token.text} was read as the product {'*'.join(letters)} before {pieces[first].text}.",
                token.span,
            )

    def is_mistyped(self, text: str, before_bracket: bool) -> bool:
        """Whether a run of letters is more likely a function's name with a mistake than a product."""
        if len(text) < 3:
            return False
        if text.lower() in MISSPELT:
            return True
        if before_bracket:
            return len(text) > 3 or misnamed.nearest(text, cutoff=0.75) is not None
        return len(text) > 3 and misnamed.nearest(text, cutoff=0.8) is not None


def _join_base(word: Token, after: Token) -> None:
    """``log_0.5``: the base is cut as ``log_0`` and ``.5``."""
    stem, line, digits = word.text.rpartition("_")
    if line and digits.isdecimal() and stem.lower().endswith("log"):
        word.text, word.end = stem + line, word.end - len(digits)
        after.text, after.start = digits + after.text, word.end
        after.value = read_number(after.text, after.start)


def is_keyword_argument(tokens: list[Token], place: int) -> bool:
    """Whether the word at ``place`` names an argument, as in ``clamp(x, min=0)``."""
    token, after = tokens[place], tokens[place + 1]
    before = tokens[place - 1].kind if place else ""
    return (
        token.text in KEYWORD_ARGUMENTS
        and after.kind == "="
        and (
            before == ","
            or (before == "(" and (token.text not in GREEK_NAMES or tokens[place - 2].text in LAYERS))
        )
    )
