"""The grammar: tokens to a term by precedence climbing. One grammar for all that is typed."""

from __future__ import annotations

from derivlab.expression import build
from derivlab.expression.bounds import MAX_DEPTH, MAX_FRAMES
from derivlab.expression.build import Term, apply, pair, variable
from derivlab.expression.conditions import choices, gaps, memberships, pieces, restrictions
from derivlab.expression.messages import misjudged, misnumbered, mistakes
from derivlab.expression.noticed import readings
from derivlab.expression.noticed.notices import Notices
from derivlab.expression.operands import bars, calls, literals, postfix
from derivlab.expression.operands.bars import AROUND, BARS
from derivlab.expression.precedence import BETWEEN, Infix, Level
from derivlab.expression.programs import comments
from derivlab.expression.tokens import CLOSERS, STARTS, Token, nested_too_deeply
from derivlab.expression.tree import Variable

_REMAINDERS = frozenset({"%", "//", "mod"})
"""Operators that a sign before their left side belongs to, as in Python."""
_PLAIN_FACTORS = frozenset({"variable", "function"})
"""The kinds of factor about which nothing need be asked right behind a number or a letter."""
_ENDS = frozenset({"end", ")", ",", "]", "}", "⌋", "⌉", "close|", "row", "endcases", ";", ":", "otherwise"})
"""The kinds of token with which an expression ends, whatever its level."""


class Grammar:
    """Reads one expression from ``tokens``; ``text`` is what they were cut from."""

    def __init__(self, tokens: list[Token], text: str, notices: Notices) -> None:
        self.tokens = tokens
        self.text = text
        self.place = 0
        self.frames = 0
        self.inside = 0
        self.bars = [0]
        self.notices = notices
        self.large: list[Term] = []
        self.head: Token | None = None
        self.trusted = False
        self.declared: tuple[str, ...] = ()

    # ── expressions ──────────────────────────────────────────────────────────────────────────────

    def expression(self, level: int = Level.CHOICE, is_signed: bool = False) -> Term:
        """All that binds at least as tightly as ``level``.

        ``is_signed`` tells that a sign stands before it: ``-x % 3`` is the remainder of -x.
        """
        tokens = self.tokens
        token = tokens[self.place]
        kind = token.kind
        if kind == "variable":
            self.place += 1
            left = Term(variable(token.value), token.start, token.end)
        elif kind == "number":
            self.place += 1
            left = Term(token.value, token.start, token.end, "", (), 0, True)  # type: ignore[arg-type]
            if len(token.text) > 3 or tokens[self.place].kind == "fraction":
                left = literals.looked_at(self, token, left)
        else:
            self.frames += 1
            if self.frames > MAX_FRAMES:
                raise nested_too_deeply(token.span)
            left = self.operand(level)
            self.frames -= 1
        kind = tokens[self.place].kind
        if kind in _ENDS:
            return left
        infix = BETWEEN.get(kind)
        if infix is not None and infix.level < level:
            return left
        self.frames += 1
        if self.frames > MAX_FRAMES:
            raise nested_too_deeply(token.span)
        over: Term | None = None  # the quotient whose denominator may have been meant to go on
        while True:
            token = tokens[self.place]
            kind = token.kind
            infix = BETWEEN.get(kind)
            if infix is not None:
                if infix.level < level or (is_signed and kind in _REMAINDERS):
                    break
                if not infix.is_arithmetic:
                    left = self.joined(infix, left)
                    over = None
                    continue
                self.place += 1
                right = self.expression(infix.right_level)
                if left.is_condition or right.is_condition:
                    left, right = self.number(left), self.number(right)
                operation = infix.operation
                base = left
                left = pair(operation, base, right, operation != "power")
                if operation == "power":
                    readings.look_at_power(self, left, base, right)
                elif operation == "divide" and not token.gap:
                    readings.note_quotient(self, base, right)
            elif kind in _ENDS:
                break
            elif kind in STARTS or (kind in BARS and self.starts_factor(token)):
                if kind == "{" and restrictions.is_restriction(self):
                    if level > Level.CHOICE:
                        break
                    left = restrictions.restricted(self, left)
                    continue
                if kind == "|" and left.is_condition:
                    if level > Level.OR:
                        break
                    after = tokens[self.place + 1]
                    self.place += 2 if after.kind == "|" and not after.gap else 1
                    right = self.condition(self.expression(Level.OR + 1))
                    left = apply("or", (left, right), left.start, right.end)
                    continue
                if level > Level.PRODUCT:
                    break
                if (
                    left.parts
                    or token.gap
                    or kind not in _PLAIN_FACTORS
                    or tokens[self.place - 1].text == "0"
                ):
                    readings.look_at_neighbours(self, left, token)
                if over is None and left.operation == "divide" and readings.may_go_on(self, left, token):
                    over = left
                right = self.expression(Level.PRODUCT + 1)
                if left.is_condition or right.is_condition:
                    if right.is_condition and not left.is_condition:
                        restrictions.note_factor(self, token, right)
                    left, right = self.number(left), self.number(right)
                left = pair("multiply", left, right, True)
                if over is not None:
                    readings.note_fraction(self, over, left)
                continue
            elif kind in _POSTFIX:
                left = _POSTFIX[kind](self, left, token)
            elif kind == "&" and left.is_condition and level <= Level.AND:
                self.place += 1
                right = self.condition(self.expression(Level.AND + 1))
                left = apply("and", (left, right), left.start, right.end)
            elif kind == "if" and level <= Level.CHOICE:
                left = choices.conditional(self, left)
            elif kind == "?" and level <= Level.CHOICE:
                left = choices.question(self, left)
            elif kind == "member" and level <= Level.COMPARISON:
                left = memberships.member(self, left)
            elif kind == "on" and level <= Level.CHOICE:
                left = memberships.on(self, left)
            else:
                break
            over = None
        self.frames -= 1
        return left

    def joined(self, infix: Infix, left: Term) -> Term:
        """An operand, the operator behind it, which is no sign of calculation, and its right side."""
        operation = infix.operation
        token = self.tokens[self.place]
        if token.kind == "=" and not self.inside:
            raise misjudged.equation(self, token)
        if token.kind == "%":
            misnumbered.refuse_percent(self, token)
            comments.note_sign(self, token)
        self.place += 1
        right = self.expression(infix.right_level)
        if infix.level == Level.COMPARISON:
            return self.compared(operation, left, right)
        if infix.level < Level.COMPARISON:
            return apply(operation, (self.condition(left), self.condition(right)), left.start, right.end)
        parts = (self.number(left), self.number(right))
        if operation == "floor_divide":
            comments.note_sign(self, token)
            quotient = apply("divide", parts, left.start, right.end)
            return apply("floor", (quotient,), left.start, right.end)
        return apply(operation, parts, left.start, right.end)

    def compared(self, operation: str, left: Term, right: Term) -> Term:
        """A comparison, which may go on from an earlier one."""
        middle = left if left.last is None or left.bracketed else left.last
        right = self.number(right)
        if middle is not left:
            gaps.look_at_chain(self, left, operation, middle, right.end)
        term = apply(operation, (self.number(middle), right), middle.start, right.end)
        if middle is not left:
            term = apply("and", (left, term), left.start, right.end)
        term.last = right
        return term

    def number(self, term: Term) -> Term:
        """The term as a number: a condition in brackets counts 1 where it holds, else 0, as in programs."""
        if not term.is_condition:
            return term
        if not term.bracketed:
            raise misjudged.condition_as_number(term)
        one, zero = build.number(1, term.start, term.end), build.number(0, term.start, term.end)
        return apply("where", (term, one, zero), term.start, term.end)

    def condition(self, term: Term) -> Term:
        """The term, which must be a condition."""
        if not term.is_condition and not (self.trusted and isinstance(term.node, Variable)):
            raise misjudged.number_as_condition(self, term)
        return term

    def starts_factor(self, token: Token) -> bool:
        """Whether a factor begins here whose sign of multiplication was left out."""
        if token.kind not in BARS:
            return token.kind in STARTS
        if not self.bars[-1]:
            return True
        after = self.tokens[self.place + 1]
        return token.gap and not after.gap and (after.kind in STARTS or after.kind == "-")

    # ── operands ─────────────────────────────────────────────────────────────────────────────────

    def operand(self, level: int) -> Term:
        """A number, a name, a call, a bracket, or a sign before one of them."""
        token = self.tokens[self.place]
        kind = token.kind
        if kind == "number":
            return literals.literal(self, token)
        if kind == "variable":
            self.place += 1
            return Term(variable(token.value), token.start, token.end)
        if kind in ("(", "["):
            return self.bracket(token)
        if kind in ("function", "frac"):
            return calls.call(self, token)
        if kind in ("+", "-"):
            return self.signed(level)
        if kind == "constant":
            self.place += 1
            end = postfix.empty_call(self, token) or token.end
            return apply(str(token.value), (), token.start, end)
        if kind in AROUND:
            return bars.around(self, token)
        if kind == "fraction":
            self.place += 1
            return literals.fraction(token)
        if kind == "not":
            self.place += 1
            self.frames += 1
            term = self.condition(self.expression(max(level, Level.NOT)))
            self.frames -= 1
            return apply("not", (term,), token.start, term.end)
        if kind in ("{", "cases"):
            return pieces.braces(self, token)
        if kind == "if" and not choices.is_call(self):
            return choices.if_then(self)
        if kind == "if":
            return calls.call(self, Token("function", token.text, token.start, token.end, token.gap, "where"))
        if kind == "truth":
            self.place += 1
            return pieces.truth(token)
        if kind == "!" and self.tokens[self.place + 1].kind == "(":
            return choices.opposite(self, token)
        raise mistakes.missing(self, token)

    def signed(self, level: int) -> Term:
        """Signs and what they stand before."""
        signs: list[Token] = []
        while self.tokens[self.place].kind in ("+", "-"):
            signs.append(self.tokens[self.place])
            self.place += 1
            if len(signs) > MAX_DEPTH:
                raise nested_too_deeply(self.tokens[self.place].span)
        self.frames += 2
        term = self.number(self.expression(max(level, Level.SIGN + 1), is_signed=True))
        self.frames -= 2
        for sign in reversed(signs):
            if sign.kind == "-":
                term = apply("negate", (term,), sign.start, term.end)
        return term

    def bracket(self, token: Token) -> Term:
        """A bracket, which makes its content one piece."""
        self.place += 1
        self.enter(2)
        term = self.expression()
        self.leave(2)
        closing = mistakes.expect(self, CLOSERS[token.kind], token)
        return term.widened(token.start, closing.end)

    def enter(self, frames: int) -> None:
        """Go into a bracket, where bars are counted anew and ``=`` compares.

        ``frames`` is how many calls of functions lie between the expression outside and the one inside.
        """
        self.bars.append(0)
        self.inside += 1
        self.frames += frames

    def leave(self, frames: int) -> None:
        """Come out of what ``enter`` went into."""
        self.frames -= frames
        self.inside -= 1
        self.bars.pop()


_POSTFIX = {
    "!": postfix.factorial,
    "°": postfix.degrees,
    ".": postfix.method,
    "'": postfix.prime,
}
