r"""LaTeX commands brought to the tokens of plain text, so that ``\frac{1}{x}`` means what ``(1)/(x)`` means."""

from __future__ import annotations

from dataclasses import dataclass

from derivlab.errors import ParseError, Span
from derivlab.expression.latex import latex_words
from derivlab.expression.latex.latex_environments import read_environment
from derivlab.expression.latex.latex_layout import (
    count_behind,
    kind_ahead,
    skip_brace,
    skip_row_spacing,
    split_digits,
    take_index,
)
from derivlab.expression.latex.latex_texts import TEXTS, translate_words
from derivlab.expression.messages import misnamed, misnumbered
from derivlab.expression.naming.greek import GREEK_NAMES
from derivlab.expression.naming.names import CONSTANTS, FUNCTIONS, KEYWORDS
from derivlab.expression.noticed.notices import Notices
from derivlab.expression.operands.numerals import read_number
from derivlab.expression.tokens import Token


@dataclass(slots=True)
class Frame:
    """Something open: the arguments of a command, or a brace."""

    closes: str
    left: int = 0
    written: str = ""


def read_commands(tokens: list[Token], notices: Notices) -> list[Token]:
    """The tokens with every command replaced. Raises ParseError for a command that has no meaning here."""
    return Reader(tokens, notices).read()


class Reader:
    """Goes through the tokens from the left; ``done`` are those that are read, ``todo`` the others in reverse."""

    def __init__(self, tokens: list[Token], notices: Notices) -> None:
        self.todo = tokens[::-1]
        self.notices = notices
        self.done: list[Token] = []
        self.open: list[Frame] = []
        self.cases: list[bool] = []
        """For each environment that is open, whether it holds the pieces of a function."""
        self.after = count_behind(self.todo)
        self.is_braced = False
        self.is_aligned = False

    def read(self) -> list[Token]:
        """All tokens, with no command left."""
        while self.todo:
            token = self.todo.pop()
            if token.kind[0] == "\\":
                self.command(token)
            elif self.is_layout(token):
                continue
            elif self.open and self.open[-1].closes == "argument":
                self.argument(token)
            else:
                self.plain(token)
        while len(self.done) > 1 and self.done[-2].kind in ("row", ",", ";", "."):
            del self.done[-2]
        return self.done

    def is_layout(self, token: Token) -> bool:
        """Whether the token only sets the formula: a space, a mark of alignment, a dollar sign around it."""
        if token.kind == "$":
            return self.is_at_edge() or any(frame.written in ("name", "endcases") for frame in self.open)
        if token.kind == "&" and True not in self.cases:
            return self.is_aligned or kind_ahead(self.todo) == "="
        before = self.done[-1] if self.done else token
        if token.kind == "&":  # a column of its own for the word
            return KEYWORDS.get(before.text) in ("if", "otherwise")
        return token.text == "~" or (token.kind == ":" and before.kind == "&")

    def is_at_edge(self) -> bool:
        """Whether nothing stands before this place, or nothing after it."""
        return not self.done or len(self.todo) <= self.after

    def emit(self, kind: str, token: Token, value: object = None) -> None:
        """Add a token of this kind where ``token`` stands."""
        self.done.append(Token(kind, token.text, token.start, token.end, token.gap, value))

    def plain(self, token: Token) -> None:
        """A token outside of a command's arguments; brackets are followed so that arguments end rightly."""
        kind = token.kind
        if kind == "number" and len(token.text) > 1 and self.done and self.done[-1].kind in ("^", "_"):
            self.todo += split_digits(self.done, token, self.notices)
        if kind == "{" and [each.kind for each in self.todo[-3:]] == ["}", "word", "\\rm"]:
            self.todo[-1] = token
            self.named("mathrm", token)
            return
        if kind == "{" and self.done and self.done[-1].kind in ("^", "_"):
            self.open.append(Frame("}", written=")"))
            token.kind = "("
        elif kind in ("{", "(", "["):
            self.open.append(Frame({"{": "}", "(": ")", "[": "]"}[kind], written=kind))
        elif self.open and kind == self.open[-1].closes:
            frame = self.open.pop()
            if not frame.written:
                self.finished(token)
                return
            if frame.written == "name":
                return
            if frame.written in (")", "endcases"):
                token.kind = frame.written
                if frame.written == "endcases":
                    self.cases.pop()
        self.done.append(token)

    def argument(self, token: Token) -> None:
        """The first token of a command's argument: a brace, or a single sign, digit or letter."""
        if token.kind in ("{", "("):
            self.open.append(Frame("}" if token.kind == "{" else ")"))
            return
        if token.kind in ("number", "word") and len(token.text) > 1 and token.text[0].isalnum():
            rest = token.text[1:]
            kind = "number" if rest[0].isdigit() and token.kind == "number" else token.kind
            if kind == "number" and not rest.isdecimal():
                self.done.append(token)
                self.finished(token)
                return
            middle = token.start + 1
            value = _number(rest, middle) if kind == "number" else None
            self.todo.append(Token(kind, rest, middle, token.end, False, value))
            first = _number(token.text[0], token.start) if token.kind == "number" else None
            token = Token(token.kind, token.text[0], token.start, middle, token.gap, first)
        if token.kind == "end":
            raise ParseError(
                "The formula ends inside a LaTeX command.",
                span=Span(max(0, token.start - 1), token.end),
                hint=r"\frac needs two braces: \frac{1}{x}; \sqrt needs one: \sqrt{x}.",
            )
        self.done.append(token)
        self.finished(token)

    def finished(self, token: Token) -> None:
        """An argument is complete: open the next one, or close the command, which may complete another."""
        place = Token("", "", token.end, token.end)
        while self.open and self.open[-1].closes == "argument":
            frame = self.open[-1]
            frame.left -= 1
            if frame.left:
                self.emit(",", place)
                return
            self.open.pop()
            self.emit(")", Token("", token.text, token.start, token.end))

    def command(self, token: Token) -> None:
        """A backslash and what follows it."""
        name = token.text[1:]
        is_argument = bool(self.open) and self.open[-1].closes == "argument"
        if name in ("left", "right") and self.todo:
            self.delimiter(name, token)
        elif name in latex_words.DROPPED:
            return
        elif name in latex_words.ARGUMENTS:
            self.with_arguments(name, token)
        elif name in latex_words.NAMED:
            self.named(name, token)
        elif name in latex_words.DISCARDED:
            skip_brace(self.todo)
        elif name in latex_words.TAUGHT:
            raise ParseError(
                f"The LaTeX command {token.text} cannot be read.",
                span=token.span,
                hint=latex_words.TAUGHT[name],
            )
        elif name in ("begin", "end"):
            read_environment(self, name, token)
        elif name == "cases" and kind_ahead(self.todo) == "{":  # plain TeX
            self.todo.pop()
            self.open.append(Frame("}", written="endcases"))
            self.cases.append(True)
            self.emit("cases", token)
        elif name == "not" and kind_ahead(self.todo) in ("=", "=="):
            equals = self.todo.pop()
            self.done.append(Token("!=", token.text + equals.text, token.start, equals.end, token.gap))
        elif name in latex_words.SIGNS:
            self.sign(latex_words.SIGNS[name], token)
        else:
            self.word(name, token)
            if is_argument:
                self.finished(token)

    def delimiter(self, side: str, token: Token) -> None:
        """What follows ``\\left`` or ``\\right``."""
        sign = self.todo.pop()
        kind = sign.kind
        if kind[0] == "\\":
            kind = latex_words.SIGNS.get(sign.text[1:], kind)
        if kind not in latex_words.DELIMITERS:
            self.todo.append(sign)
            return
        if kind == ".":
            return
        if kind == "{" and self.todo and self.todo[-1].kind == "\\begin":
            self.is_braced = True
            return
        if kind in ("|", "‖"):
            kind = "open|" if side == "left" else "close|"
        self.plain(Token(kind, token.text + sign.text, token.start, sign.end, token.gap))

    def sign(self, kind: str, token: Token) -> None:
        """A sign of calculation; ``^\\circ`` is degrees."""
        name = token.text[1:]
        if kind == "°" and self.done and self.done[-1].kind == "^":
            self.done.pop()
        elif name == "circ" and [each.kind for each in self.done[-2:]] != ["^", "("]:
            kind = "∘"
        elif kind == "°" and len(self.done) > 1 and self.done[-1].kind == "(" and self.done[-2].kind == "^":
            del self.done[-2:]
            self.open.pop()
            if self.todo and self.todo[-1].kind == "}":
                self.todo.pop()
        elif kind == "row":
            skip_row_spacing(self.todo)
        elif name == "%":
            raise misnumbered.percent(token)
        self.plain(Token(kind, token.text, token.start, token.end, token.gap))

    def with_arguments(self, name: str, token: Token) -> None:
        r"""``\frac`` and ``\sqrt`` as calls."""
        if name == "sqrt" and self.todo and self.todo[-1].kind == "[":
            index = take_index(self.todo)
            if len(index) == 1 and index[0].text in ("2", "3"):
                self.emit("function", token, {"2": "sqrt", "3": "cbrt"}[index[0].text])
                self.emit("(", token)
            else:
                self.emit("function", token, "nth_root")
                self.emit("(", token)
                end = index[-1].end
                self.done += read_commands([*index, Token("end", "", end, end)], self.notices)[:-1]
                self.emit(",", token)
        else:
            self.emit("frac", token, "frac") if name != "sqrt" else self.emit("function", token, name)
            self.emit("(", token)
        self.open.append(Frame("argument", latex_words.ARGUMENTS[name]))

    def named(self, name: str, token: Token) -> None:
        r"""``\operatorname{…}``, ``\mathrm{…}`` and ``\text{…}``: a single word is one name."""
        ahead = self.todo[-3:][::-1]
        if name == "operatorname" and ahead and ahead[0].text == "*":
            self.todo.pop()
            ahead = self.todo[-3:][::-1]
        if name in TEXTS and ahead and ahead[0].kind == "{" and not self.is_index():
            translate_words(self.todo)
            ahead = self.todo[-3:][::-1]
        kinds = [each.kind for each in ahead]
        if kinds == ["{", "word", "}"] or (
            kinds[:1] + kinds[2:] == ["{", "}"] and kinds[1] in latex_words.SHOWN
        ):
            del self.todo[-3:]
            word = ahead[1].text
            is_stem = bool(self.todo) and self.todo[-1].kind == "_"
            meant = word if is_stem else latex_words.SHOWN.get(word, word)
            is_argument = bool(self.open) and self.open[-1].closes == "argument"
            self.done.append(Token("word", meant, token.start, ahead[2].end, token.gap, "whole"))
            if is_argument:
                self.finished(ahead[2])
        elif kinds[:2] == ["{", "}"]:
            raise ParseError(
                f"{token.text} holds nothing.",
                span=Span(token.start, ahead[1].end),
                hint="Leave it out, or write a name between its braces.",
            )
        elif ahead and ahead[0].kind == "{":
            self.todo.pop()
            inner = next((each for each in reversed(self.todo) if each.kind != "$"), None)
            if inner is not None and inner.kind == "}":
                raise ParseError(
                    f"{token.text} holds no name.",
                    span=Span(token.start, inner.end),
                    hint="Leave it out, or write a name between its braces.",
                )
            self.open.append(Frame("}", written="name"))

    def is_index(self) -> bool:
        """Whether this place is in the index of a variable."""
        before = [each.kind for each in self.done[-2:]]
        return before[-1:] == ["_"] or before == ["_", "("]

    def word(self, name: str, token: Token) -> None:
        """A command that is a function's name, a Greek letter or a constant."""
        known = name in latex_words.WORDS
        name = latex_words.WORDS.get(name, name)
        if not known and name not in FUNCTIONS and name not in CONSTANTS and name not in GREEK_NAMES:
            raise misnamed.unknown_command(name, token)
        self.done.append(Token("word", name, token.start, token.end, token.gap, "whole"))


def _number(text: str, start: int) -> object:
    return read_number(text, start) if text.isdecimal() else None
