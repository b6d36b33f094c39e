"""Words to their meaning: modules, keywords, functions, variables, products; and what is noticed on the way."""

from __future__ import annotations

import re
from collections.abc import Collection
from string import ascii_lowercase

from derivlab.expression import doubts, misnamed
from derivlab.expression.arguments import KEYWORD_ARGUMENTS, LAYERS
from derivlab.expression.glued import join_digits, read_logarithm, read_modulo
from derivlab.expression.greek import GREEK_NAMES
from derivlab.expression.names import (
    COMPARISONS,
    FUNCTIONS,
    KEYWORDS,
    NAMES_OF_C,
    SHORT_HYPERBOLIC,
    SHORT_KEYWORDS,
    canonical_name,
    in_any_case,
    split_word,
)
from derivlab.expression.notices import Notices
from derivlab.expression.numerals import read_number
from derivlab.expression.tokens import ENDS_OPERAND, Token
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
_LOGARITHM = re.compile("(log|lg)([0-9]+)")
_MODULO = re.compile("mod[0-9]+")
_TWO_READINGS = frozenset({"sigma", "gamma", "psi", "σ", "γ", "ψ"})
_LETTERS = frozenset(ascii_lowercase) - {"e"}
"""The letters that are variables wherever they stand alone."""


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
        append = self.done.append
        in_module = False
        place = 0
        count = len(tokens)
        while place < count:
            token = tokens[place]
            place += 1
            if token.kind != "word":
                append(token)
                continue
            text = token.text
            if text in _LETTERS and not in_module:
                token.kind, token.value = "variable", text
                append(token)
                continue
            after = tokens[place]
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
        if after.kind == "number" and after.text[0] == "." and not after.gap:
            join_digits(token, after, self.declared)
        text = token.text
        before_bracket = after.kind in _OPENING
        if before_bracket and text in COMPARISONS and not self.has_comma(after):
            before_bracket = False
        if text in SHORT_HYPERBOLIC and after.kind == "^":
            before_bracket = self.is_power_before_bracket(after)
        if text not in self.declared:
            if text in KEYWORDS and self.keyword(token, after):
                return
            if text in TAUGHT and (before_bracket or text not in ONLY_CALLED):
                raise misnamed.taught(token)
            if text[0].isupper() and len(text) > 2 and text.lower() in TAUGHT and text not in FUNCTIONS:
                raise misnamed.taught(token)
        if token.value == "whole":
            self.whole(token, after)
            return
        found = in_any_case(text, before_bracket, self.declared)
        if found is not None:
            token.kind, token.value = found
            if found[0] == "function" and text in _TWO_READINGS:
                doubts.note_greek(self, token)
            elif text in NAMES_OF_C and found[0] == "function":
                doubts.note_name_of_c(self, token)
            if text in SHORT_HYPERBOLIC and not self.declared:
                doubts.note_hyperbolic(self, token)
            self.done.append(token)
            return
        based = _LOGARITHM.fullmatch(text) if before_bracket and not self.declared else None
        if based is not None:
            read_logarithm(self, token, *based.groups())
            return
        if _MODULO.fullmatch(text) and self.done and self.done[-1].kind in ENDS_OPERAND:
            read_modulo(self, token)
            return
        pieces = split_word(token, before_bracket, self.declared)
        pieces[-1].end = token.end
        doubts.look_at_run(self, token, pieces, before_bracket, after)
        self.done += pieces

    def is_power_before_bracket(self, sign: Token) -> bool:
        """``ch^2(x)``."""
        place = self.tokens.index(sign)
        ahead = self.tokens[place + 1 : place + 3]
        return [each.kind for each in ahead] == ["number", "("] and not ahead[1].gap

    def keyword(self, token: Token, after: Token) -> bool:
        """Whether the word is a keyword here."""
        text = token.text
        kind = KEYWORDS[text]
        before = self.done[-1].kind if self.done else ""
        if (
            kind == "mod"
            and after.kind in _OPENING
            and (token.value == "whole" or before not in ENDS_OPERAND or self.has_comma(after))
        ):
            return False
        if text in SHORT_KEYWORDS and not (token.gap and after.gap and "{" in self.text[: token.start]):
            return False
        if text == "where" and after.kind in _OPENING and self.has_comma(after):
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

    def whole(self, token: Token, after: Token) -> None:
        r"""A LaTeX command or the word inside ``\mathrm{…}``; the one inside ``\operatorname{…}`` is a function."""
        text = token.text.lstrip("\\")
        before_bracket = after.kind in _OPENING
        found = in_any_case(text, before_bracket or text in SHORT_HYPERBOLIC, self.declared)
        if (
            found is None
            and len(text) > 1
            and "_" not in text
            and (
                before_bracket
                or self.text.startswith("\\operatorname", token.start)
                or (text.lower() in MISSPELT and after.kind in ("word", "number", "^"))
            )
        ):
            raise misnamed.unknown_function(token, self.text)
        token.kind, token.value = found or ("variable", canonical_name(text))
        if token.kind == "function" and text in _TWO_READINGS:
            doubts.note_greek(self, token)
        self.done.append(token)


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
