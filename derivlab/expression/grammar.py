"""The grammar: tokens to a term by precedence climbing. One grammar for all that is typed."""

from __future__ import annotations

from collections.abc import Sequence

from derivlab.errors import ParseError, Span
from derivlab.expression import build
from derivlab.expression.bounds import MAX_DEPTH, MAX_FRAMES
from derivlab.expression.build import Term
from derivlab.expression.function import Notice
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.precedence import BETWEEN, Infix, Level
from derivlab.expression.tokens import Token
from derivlab.expression.tree import Number

CLOSERS = {"(": ")", "[": "]", "{": "}"}
_STARTS = frozenset({"number", "function", "constant", "variable", "(", "["})
_INVERSES = {
    name: "a" + name
    for name in ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "sech", "csch", "coth")
}


class Grammar:
    """Reads one expression from tokens; ``notices`` collects the readings that could have been others."""

    def __init__(self, tokens: Sequence[Token], source: str) -> None:
        self.tokens = tokens
        self.source = source
        self.place = 0
        self.frames = 0
        self.bars: list[int] = [0]
        self.notices: list[Notice] = []

    # ── expressions ──────────────────────────────────────────────────────────────────────────────

    def expression(self, level: int = Level.CHOICE) -> Term:
        """All that binds at least as tightly as ``level``."""
        self.frames += 1
        if self.frames > MAX_FRAMES:
            raise ParseError(
                f"The formula is nested more than {MAX_DEPTH} levels deep.",
                span=self.tokens[self.place].span,
                hint="Take a part of it out, or write it with fewer brackets.",
            )
        left = self.operand(level)
        tokens = self.tokens
        while True:
            token = tokens[self.place]
            infix = BETWEEN.get(token.kind)
            if infix is not None:
                if infix.level < level:
                    break
                self.place += 1
                right = self.expression(infix.level + (not infix.groups_right))
                left = self.joined(infix, left, right)
            elif token.kind == "!":
                self.place += 1
                left = build.apply("factorial", (left,), left.start, token.end)
            elif self.starts_factor(token):
                if level > Level.PRODUCT:
                    break
                self.refuse_neighbours(token)
                right = self.expression(Level.PRODUCT + 1)
                left = build.apply("multiply", (left, right), left.start, right.end)
            else:
                break
        self.frames -= 1
        return left

    def joined(self, infix: Infix, left: Term, right: Term) -> Term:
        """Two operands and the operator between them; ``a < b < c`` is ``a < b and b < c``."""
        if infix.level == Level.COMPARISON:
            middle = left.last if left.last is not None and not left.bracketed else left
            term = build.apply(infix.operation, (middle, right), middle.start, right.end)
            if middle is not left:
                term = build.apply("and", (left, term), left.start, right.end)
            term.last = right
            return term
        if infix.operation == "floor_divide":
            quotient = build.apply("divide", (left, right), left.start, right.end)
            return build.apply("floor", (quotient,), left.start, right.end)
        return build.apply(infix.operation, (left, right), left.start, right.end)

    def starts_factor(self, token: Token) -> bool:
        """Whether a factor begins here whose sign of multiplication was left out."""
        return token.kind in _STARTS or (token.kind == "|" and not self.bars[-1])

    def refuse_neighbours(self, token: Token) -> None:
        """Two numbers side by side are no product."""
        before = self.tokens[self.place - 1]
        if token.kind == "number" and before.kind == "number":
            raise ParseError(
                "Two numbers stand side by side.",
                span=Span(before.start, token.end),
                hint=f"For their product write {before.text}*{token.text}.",
                suggestion=f"{self.source[: before.end]}*{self.source[token.start :]}",
            )

    # ── operands ─────────────────────────────────────────────────────────────────────────────────

    def operand(self, level: int) -> Term:
        """A number, a name, a call, a bracket, or a sign before one of them."""
        token = self.tokens[self.place]
        kind = token.kind
        if kind == "number":
            self.place += 1
            return build.number(token.value, token.start, token.end)  # type: ignore[arg-type]
        if kind == "variable":
            self.place += 1
            return build.variable(str(token.value), token.start, token.end)
        if kind == "constant":
            self.place += 1
            return build.apply(str(token.value), (), token.start, token.end)
        if kind == "function":
            return self.call(token)
        if kind in ("(", "["):
            return self.bracket(token)
        if kind == "|":
            return self.bars_around(token)
        if kind in ("+", "-"):
            return self.signed(level)
        if kind == "not":
            self.place += 1
            term = self.expression(max(level, Level.NOT))
            return build.apply("not", (term,), token.start, term.end)
        if kind == "{":
            return self.pieces(token)
        raise self.missing(token)

    def signed(self, level: int) -> Term:
        """Signs and what they stand before."""
        signs: list[Token] = []
        while self.tokens[self.place].kind in ("+", "-"):
            signs.append(self.tokens[self.place])
            self.place += 1
        term = self.expression(max(level, Level.SIGN + 1))
        for sign in reversed(signs):
            if sign.kind == "-":
                term = build.apply("negate", (term,), sign.start, term.end)
        return term

    def bracket(self, token: Token) -> Term:
        """A bracket, which makes its content one piece."""
        self.place += 1
        self.bars.append(0)
        term = self.expression()
        self.bars.pop()
        closing = self.expect(CLOSERS[token.kind], token)
        return term.widened(token.start, closing.end)

    def pieces(self, token: Token) -> Term:
        """``{value if condition, value if condition, value otherwise}``."""
        self.place += 1
        found: list[tuple[Term, Term]] = []
        otherwise: Term | None = None
        while True:
            value = self.expression(Level.CHOICE + 1)
            keyword = self.tokens[self.place]
            if keyword.kind == "if":
                self.place += 1
                found.append((self.expression(Level.CHOICE + 1), value))
            else:
                self.place += keyword.kind == "otherwise"
                otherwise = value
                break
            if self.tokens[self.place].kind != ",":
                break
            self.place += 1
        end = self.expect("}", token).end
        rest = otherwise or build.apply("undefined", (), end, end)
        for condition, value in reversed(found):
            rest = build.apply("where", (condition, value, rest), value.start, end)
        return rest.widened(token.start, end)

    def bars_around(self, token: Token) -> Term:
        """Bars of an absolute value."""
        self.place += 1
        self.bars[-1] += 1
        term = self.expression()
        closing = self.expect("|", token)
        self.bars[-1] -= 1
        return build.apply("abs", (term,), token.start, closing.end)

    def expect(self, kind: str, opening: Token) -> Token:
        """The closing sign that belongs to ``opening``."""
        token = self.tokens[self.place]
        if token.kind != kind:
            if token.kind == "end":
                raise ParseError(
                    f"The {opening.text} is never closed.",
                    span=opening.span,
                    hint=f"Add a {kind} where it ends.",
                    suggestion=self.source + kind,
                )
            raise self.surprise(token)
        self.place += 1
        return token

    # ── calls ────────────────────────────────────────────────────────────────────────────────────

    def call(self, token: Token) -> Term:
        """A function, its power or base if it has one, and its arguments."""
        self.place += 1
        name = str(token.value)
        exponent: Term | None = None
        base: Term | None = None
        while self.tokens[self.place].kind in ("^", "_"):
            is_power = self.tokens[self.place].kind == "^"
            self.place += 1
            if is_power:
                exponent = self.expression(Level.POWER)
            else:
                base = self.operand(Level.ATOM)
        if exponent is not None and build.is_minus_one(exponent) and name in _INVERSES:
            name, exponent = _INVERSES[name], None
        opening = self.tokens[self.place]
        if opening.kind in ("(", "["):
            arguments, end = self.arguments(opening)
        else:
            argument = self.bare_argument(token)
            arguments, end = [argument], argument.end
        if base is not None:
            arguments.append(base)
        term = self.applied(name, token, arguments, end)
        if exponent is not None:
            term = build.apply("power", (term, exponent), token.start, end)
        return term

    def arguments(self, opening: Token) -> tuple[list[Term], int]:
        """What stands in the brackets of a call, and where it ends."""
        self.place += 1
        self.bars.append(0)
        terms: list[Term] = []
        closer = CLOSERS[opening.kind]
        if self.tokens[self.place].kind != closer:
            terms.append(self.expression())
            while self.tokens[self.place].kind == ",":
                self.place += 1
                terms.append(self.expression())
        self.bars.pop()
        return terms, self.expect(closer, opening).end

    def bare_argument(self, function: Token) -> Term:
        """An argument without brackets: the product that follows, up to a function, a sum or a division."""
        token = self.tokens[self.place]
        if token.kind not in ("+", "-", "|") and token.kind not in _STARTS:
            raise ParseError(
                f"{function.text} has nothing to work on.",
                span=Span(function.start, max(function.end, token.start)),
                hint=f"Write {function.text}(x), say.",
            )
        left = self.expression(Level.PRODUCT + 1)
        while True:
            token = self.tokens[self.place]
            follows = self.tokens[self.place + 1] if token.kind == "*" else token
            if follows.kind == "function":
                break
            if token.kind == "*":
                self.place += 1
            elif self.starts_factor(token):
                self.refuse_neighbours(token)
            else:
                break
            right = self.expression(Level.PRODUCT + 1)
            left = build.apply("multiply", (left, right), left.start, right.end)
        return left

    def applied(self, name: str, token: Token, arguments: list[Term], end: int) -> Term:
        """The operation on its arguments, if their number is right."""
        if name in ("ln", "log"):
            name = _logarithm(arguments)
        least, most = OPERATIONS[name].arity
        if len(arguments) < least or (most is not None and len(arguments) > most):
            raise self.wrong_arity(token, least, most, len(arguments), end)
        if name in ("max", "min"):
            term = arguments[0]
            for argument in arguments[1:]:
                term = build.apply(name, (term, argument), token.start, end)
            return term
        return build.apply(name, tuple(arguments), token.start, end)

    # ── faults ───────────────────────────────────────────────────────────────────────────────────

    def wrong_arity(self, token: Token, least: int, most: int | None, got: int, end: int) -> ParseError:
        """A call with too few or too many arguments."""
        wanted = (
            f"{least}" if least == most else f"at least {least}" if most is None else f"{least} or {most}"
        )
        noun = "argument" if wanted == "1" else "arguments"
        return ParseError(
            f"{token.text} takes {wanted} {noun}, here it has {got}.",
            span=Span(token.start, end),
            hint=f"For example {OPERATIONS[str(token.value)].example}.",
        )

    def missing(self, token: Token) -> ParseError:
        """Nothing to work on where a number, a variable or a function must stand."""
        before = self.tokens[self.place - 1] if self.place else None
        if token.kind == "end":
            if before is None:
                return ParseError("There is no formula here.", hint="Type a function of x, such as x^2.")
            return ParseError(
                f"Something is missing after {before.text}.",
                span=Span(before.start, before.end),
                hint="A number, a variable, a function or a bracket must follow.",
                suggestion=self.source[: before.start].rstrip() or None,
            )
        if token.kind in BETWEEN and before is None:
            return ParseError(
                f"{token.text} needs something on its left.",
                span=token.span,
                hint="Begin with a number, a variable, a function or a bracket.",
            )
        if token.kind in BETWEEN and before is not None:
            return ParseError(
                f"Something is missing between {before.text} and {token.text}.",
                span=Span(before.start, token.end),
                hint="Two signs of calculation cannot follow each other.",
                suggestion=self.source[: before.end] + self.source[token.end :],
            )
        return self.surprise(token)

    def surprise(self, token: Token) -> ParseError:
        """A sign that cannot stand where it does."""
        if token.kind == "end":
            return ParseError("The formula ends too early.", span=token.span, hint="Add what is missing.")
        if token.kind in (")", "]", "}"):
            return ParseError(
                f"This {token.text} closes nothing.",
                span=token.span,
                hint="Leave it out, or open a bracket before it.",
                suggestion=self.source[: token.start] + self.source[token.end :],
            )
        return ParseError(
            f"{token.text} cannot stand here.",
            span=token.span,
            hint="A number, a variable, a function or a bracket was expected.",
        )


def _logarithm(arguments: list[Term]) -> str:
    """Which logarithm it is; the base, if it is an argument, is taken out where the name says it."""
    if len(arguments) == 2 and isinstance(arguments[1].node, Number):
        known = {2: "log2", 10: "log10"}.get(arguments[1].node.value)  # type: ignore[call-overload]
        if known is not None:
            del arguments[1]
            return str(known)
    return "ln" if len(arguments) == 1 else "log"
