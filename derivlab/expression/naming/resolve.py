"""Words to their meaning: modules, keywords, functions, variables, products; and what is noticed on the way."""

from __future__ import annotations

import re
from collections.abc import Collection
from string import ascii_lowercase

from derivlab.expression.conditions.restrictions import compares
from derivlab.expression.messages import misnamed
from derivlab.expression.naming.glued import join_digits, read_logarithm, read_modulo
from derivlab.expression.naming.greek_calls import TWO_READINGS, GreekCalls
from derivlab.expression.naming.names import (
    CAPITAL_WORDS,
    COMPARISONS,
    FUNCTIONS,
    KEYWORDS,
    NAMES_OF_C,
    SHORT_HYPERBOLIC,
    SHORT_KEYWORDS,
    canonical_name,
    in_any_case,
)
from derivlab.expression.naming.runs import split_word
from derivlab.expression.naming.words import MISSPELT, ONLY_CALLED, TAUGHT
from derivlab.expression.noticed import doubts
from derivlab.expression.noticed.notices import Notices
from derivlab.expression.programs.modules import (
    BY_PROGRAM,
    CONSTANTS_OF_PROGRAMS,
    METHODS,
    MODULES,
    meant_module,
)
from derivlab.expression.tokens import ENDS_OPERAND, Token, onward, tokenise

_OPENING = ("(", "[", "{")
_CONVERSIONS = frozenset({"int", "bool"})
"""Names that make a number of a condition, and something else of a number."""
_COMPARES = frozenset({"<", ">", "<=", ">=", "==", "!=", "and", "or", "not"})
_LOGARITHM = re.compile("(log|lg)([0-9]+)")
_MODULO = re.compile("mod[0-9]+")
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
        self.greek: GreekCalls | None = None
        self.place = 0
        """Where the token behind the word stands."""

    def resolve(self) -> list[Token]:
        """All tokens, with no word left. Raises ParseError for a word that is known to be meant otherwise."""
        tokens = self.tokens
        append = self.done.append
        module = ""
        place = 0
        count = len(tokens)
        while place < count:
            token = tokens[place]
            place += 1
            if token.kind != "word":
                append(token)
                continue
            text = token.text
            if text in _LETTERS and not module:
                token.kind, token.value = "variable", text
                append(token)
                continue
            after = tokens[place]
            if after.kind == "." and text not in self.declared:
                follows = tokens[place + 1]
                if follows.kind == "(" and not follows.gap and _is_function(text):
                    place += 1  # Julia's sin.(x)
                    after = follows
                elif follows.kind == "word" and not (self.done and self.done[-1].kind == "." and not module):
                    if text in MODULES:
                        module = module or text
                        place += 1
                        continue
                    meant = meant_module(text) if len(text) > 1 and not module else None
                    if meant is not None:
                        raise misnamed.unknown_module(token, meant, self.text)
            self.place = place
            if module:
                self.from_program(token, after, module)
            elif self.done and self.done[-1].kind == "." and not self.done[-1].gap:
                self.called(token)
            elif text in ("arc", "ar") and after.kind == "word" and not self.declared:
                after.text = text + after.text
                after.start, after.gap = token.start, token.gap
                after.value = "joined"
            else:
                self.word(token, after)
            module = ""
        return self.done

    def from_program(self, token: Token, after: Token, module: str) -> None:
        """A name behind ``torch.``, ``np.`` and the like."""
        before_bracket = after.kind == "("
        name = token.text
        special = BY_PROGRAM.get(module, {}).get(name)
        if special is not None:
            token.kind, token.value = "function", special
            self.done.append(token)
            return
        if name in _CONVERSIONS and before_bracket and self.compares():
            self.conversion(token)
            return
        if name in TAUGHT or (name.lower() in TAUGHT and name not in FUNCTIONS):
            raise misnamed.taught(token)
        if name in CONSTANTS_OF_PROGRAMS:
            self.constant(token)
            return
        if name[0] == "A" and name[1:] in FUNCTIONS:
            name = name.lower()  # Math.Asin
        found = in_any_case(name, before_bracket) or {"E": ("constant", "e"), "pi": ("constant", "pi")}.get(
            name
        )
        if found is None or found[0] == "variable":
            raise misnamed.unknown_in_module(token, self.text)
        token.kind, token.value = found
        if token.value == "log" and token.text == "log":
            token.value = "ln"
        self.done.append(token)

    def constant(self, token: Token) -> None:
        """``math.tau``, which is 2*pi, and the like."""
        start, end = token.start, token.end
        self.done.append(Token("(", token.text, start, start, token.gap))
        for each in tokenise(CONSTANTS_OF_PROGRAMS[token.text])[:-1]:
            kind, value = each.kind, each.value
            if kind == "word":
                kind, value = in_any_case(each.text, before_bracket=True) or ("variable", each.text)
            self.done.append(Token(kind, each.text, start, end, False, value))
        self.done.append(Token(")", "", end, end))

    def conversion(self, token: Token) -> None:
        """``int(x > 0)``, which counts 1 where the condition holds."""
        token.kind, token.value = "function", "float"
        self.done.append(token)

    def compares(self) -> bool:
        """Whether a comparison stands in the bracket that opens here."""
        depth = 0
        for token in onward(self.tokens, self.place):
            depth += (token.kind in _OPENING) - (token.kind in (")", "]", "}"))
            if depth == 0 or token.kind in _COMPARES:
                return depth > 0
        return False

    def called(self, token: Token) -> None:
        """A name behind a point: a method."""
        found = in_any_case(METHODS.get(token.text, token.text), before_bracket=True)
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
        if before_bracket and text in COMPARISONS and not self.has_comma():
            before_bracket = False
        if text in SHORT_HYPERBOLIC and after.kind == "^":
            before_bracket = self.is_power_before_bracket()
        opening = self.greek_call(text, after) if text in TWO_READINGS else None
        if text in TWO_READINGS:
            before_bracket = opening is not None
        if text not in self.declared:
            if text in KEYWORDS and self.keyword(token, after):
                return
            if text in TAUGHT and (before_bracket or text not in ONLY_CALLED):
                if text in _CONVERSIONS and before_bracket and self.compares():
                    self.conversion(token)
                    return
                if text not in ONLY_CALLED or not self.declared or not set(text) <= {*self.declared}:
                    raise misnamed.taught(token)
            is_function = before_bracket and text in FUNCTIONS
            if text[0].isupper() and len(text) > 2 and text.lower() in TAUGHT and not is_function:
                raise misnamed.taught(token)
        if token.value == "whole":
            self.whole(token, after)
            return
        found = in_any_case(text, before_bracket, self.declared)
        if found is not None:
            token.kind, token.value = found
            if found[0] == "function" and opening is not None:
                doubts.note_greek(self, token, opening)
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

    def greek_call(self, letter: str, after: Token) -> Token | None:
        """The bracket in which the argument stands, if a Greek letter of two readings is a function here."""
        if self.greek is None:
            self.greek = GreekCalls(self.tokens)
        return self.greek.opening(letter, after)

    def is_power_before_bracket(self) -> bool:
        """``ch^2(x)``."""
        ahead = self.tokens[self.place + 1 : self.place + 3]
        return [each.kind for each in ahead] == ["number", "("] and not ahead[1].gap

    def keyword(self, token: Token, after: Token) -> bool:
        """Whether the word is a keyword here."""
        text = token.text
        kind = KEYWORDS[text]
        before = self.done[-1].kind if self.done else ""
        if (
            kind == "mod"
            and after.kind in _OPENING
            and (token.value == "whole" or before not in ENDS_OPERAND or self.has_comma())
        ):
            return False
        if text in SHORT_KEYWORDS and not (
            token.gap and after.gap and self.text.find("{", 0, token.start) >= 0
        ):
            return False
        if text == "where" and after.kind in _OPENING and self.has_comma():
            return False
        if text in CAPITAL_WORDS and not (
            token.gap and (text == "NOT" or before in ENDS_OPERAND) and compares(self.text)
        ):
            return False
        token.kind = kind
        self.is_piecewise = self.is_piecewise or kind in ("if", "otherwise")
        self.done.append(token)
        return True

    def has_comma(self) -> bool:
        """Whether a comma stands in the bracket that opens here, not deeper."""
        depth = 0
        for token in onward(self.tokens, self.place):
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
        opening = self.greek_call(text, after) if text in TWO_READINGS else None
        if text in TWO_READINGS:
            before_bracket = opening is not None
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
        if token.kind == "function" and opening is not None:
            doubts.note_greek(self, token, opening)
        self.done.append(token)


def _is_function(name: str) -> bool:
    """Whether a name before a bracket is a function's."""
    found = in_any_case(name, before_bracket=True)
    return found is not None and found[0] == "function"
