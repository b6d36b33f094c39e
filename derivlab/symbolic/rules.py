"""The rules of differentiation at work: which one a formula asks for, and what it makes of the parts."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.expression.operations import ARGUMENTS
from derivlab.expression.show import choices
from derivlab.expression.tree import (
    Apply,
    Node,
    Number,
    Variable,
    postorder,
    size_of,
    substitute,
    variables_of,
)
from derivlab.symbolic.arrange import ONE, ZERO, negative, power, product, quotient, total
from derivlab.symbolic.differentiate import require_rule
from derivlab.symbolic.step import Rule, Steps
from derivlab.symbolic.terms import as_power, as_quotient, factors_of, multiplied, terms_of

TWO = Number(Fraction(2))
LARGEST = 20_000
"""Nodes of the longest derivative that is still written out."""

_Asking: TypeAlias = Generator[Node, "Steps", "Steps"]
"""A rule at work: it asks for the steps of a part, and returns its own."""
_Combining: TypeAlias = Callable[[Sequence[Node]], Node]
"""The right side of a rule, made of the derivatives of its parts."""


class Differentiation:
    """The differentiation of one function by one variable."""

    def __init__(self, f: Function, wrt: str) -> None:
        self.f = f
        self.wrt = wrt
        self.x = Variable(wrt)
        taken = variables_of(f.tree) | {*f.variables, wrt}
        self.inner = next(name for name in ("u", "v", "w", "s", "z", "u_0") if name not in taken)
        self.depending: dict[Node, bool] = {}
        for node in postorder(f.tree):
            if node not in self.depending:
                parts = node.arguments if isinstance(node, Apply) else ()
                self.depending[node] = node == self.x or any(self.depending[part] for part in parts)

    def run(self) -> Steps:
        """All steps, by a loop of our own: a sum may be a thousand terms deep."""
        waiting: list[_Asking] = [self.rule_for(self.f.tree)]
        answer: Steps | None = None
        while True:
            try:
                part = next(waiting[-1]) if answer is None else waiting[-1].send(answer)
            except StopIteration as done:
                answer = done.value
                waiting.pop()
                if not waiting:
                    return answer
            else:
                waiting.append(self.rule_for(part))
                answer = None

    def rule_for(self, node: Node) -> _Asking:
        """The rule that the operation at the top asks for."""
        if not self.depends(node):
            return self.known("constant", node, ZERO)
        if not isinstance(node, Apply):
            return self.known("identity", node, ONE)
        match node.operation:
            case "negate" | "multiply":
                return self.multiple(node)
            case "add" | "subtract":
                return self.sum(node)
            case "divide":
                return self.quotient(node)
            case "where":
                return self.piecewise(node)
            case "power" if all(self.depends(part) for part in node.arguments):
                return self.power_of_functions(node)
        varying = [place for place, part in enumerate(node.arguments) if self.depends(part)]
        if len(varying) > 1:
            return self.several(node)
        return self.function(node, varying[0])

    def depends(self, node: Node) -> bool:
        """Whether the variable occurs in the node."""
        if node not in self.depending:
            self.depending[node] = self.wrt in variables_of(node)
        return self.depending[node]

    # ── the rules ────────────────────────────────────────────────────────────────────────────────

    def known(self, rule: Rule, node: Node, derivative: Node) -> _Asking:
        """A derivative that needs no other."""
        yield from ()
        return self.made(rule, node, (), lambda _: derivative)

    def sum(self, node: Apply) -> _Asking:
        """(u + v)′ = u′ + v′."""
        terms = terms_of(node)
        parts = yield from _each(term for term, _ in terms)
        signs = [sign for _, sign in terms]
        return self.made("sum", node, parts, lambda inner: total(map(_signed, inner, signs)))

    def multiple(self, node: Apply) -> _Asking:
        """(cu)′ = cu′, and (uv)′ = u′v + uv′ where no factor is constant."""
        factors = factors_of(node)
        constants = [factor for factor in factors if not self.depends(factor)]
        varying = [factor for factor in factors if self.depends(factor)]
        if constants:
            parts = yield from _each([multiplied(varying)])
            return self.made("constant multiple", node, parts, lambda inner: product([*constants, *inner]))
        parts = yield from _each(varying)

        def combined(inner: Sequence[Node], joined: _Combining = product) -> Node:
            return total(
                joined([*varying[:place], derivative, *varying[place + 1 :]])
                for place, derivative in enumerate(inner)
            )

        shown = partial(combined, joined=multiplied)
        return self.made("product", node, parts, combined, shown=shown)

    def quotient(self, node: Apply) -> _Asking:
        """(u/v)′ = (u′v − uv′)/v², and shorter where a part is constant."""
        top, bottom = node.arguments
        if not self.depends(bottom):
            parts = yield from _each([top])
            return self.made("constant multiple", node, parts, lambda inner: quotient(inner[0], bottom))
        if not self.depends(top):
            rewritten = as_power(top, bottom)
            if rewritten is not None:
                parts = yield from _each([rewritten])
                return self.made("rewriting", node, parts, lambda inner: as_quotient(inner[0]))
            fixed = [factor for factor in factors_of(bottom) if not self.depends(factor)]
            if fixed:
                varying = multiplied([factor for factor in factors_of(bottom) if self.depends(factor)])
                parts = yield from _each([Apply("divide", (ONE, varying))])
                number = quotient(top, product(fixed))
                return self.made("constant multiple", node, parts, lambda inner: product([number, *inner]))
            parts = yield from _each([bottom])
            return self.made(
                "reciprocal",
                node,
                parts,
                lambda inner: negative(quotient(product([top, inner[0]]), power(bottom, TWO))),
            )
        parts = yield from _each([top, bottom])

        below = power(bottom, TWO)

        def combined(inner: Sequence[Node]) -> Node:
            return quotient(total([product([inner[0], bottom]), negative(product([top, inner[1]]))]), below)

        def shown(inner: Sequence[Node]) -> Node:
            first, second = multiplied([inner[0], bottom]), multiplied([top, inner[1]])
            return Apply("divide", (Apply("subtract", (first, second)), below))

        return self.made("quotient", node, parts, combined, shown=shown)

    def power_of_functions(self, node: Apply) -> _Asking:
        """(u^v)′ = u^v (v′ ln u + v u′/u)."""
        base, exponent = node.arguments
        parts = yield from _each([base, exponent])
        logarithm = Apply("ln", (base,))
        return self.made(
            "power of functions",
            node,
            parts,
            lambda inner: product(
                [
                    node,
                    total([product([inner[1], logarithm]), quotient(product([exponent, inner[0]]), base)]),
                ]
            ),
        )

    def function(self, node: Apply, place: int) -> _Asking:
        """g′(x) by the table, and (g(u))′ = g′(u) u′."""
        argument = node.arguments[place]
        if argument == self.x:
            rule, derivative = self.derivative_of(node, place)
            return (yield from self.known(rule, node, derivative))
        free = Variable(self.inner)
        outside = Apply(node.operation, (*node.arguments[:place], free, *node.arguments[place + 1 :]))
        rule, derivative = self.derivative_of(outside, place)
        names = (self.inner, *sorted(variables_of(outside) - {self.inner}))
        before = Function(self.f.name, names, outside)
        outer = Steps(rule, before, Function(self.f.name, names, derivative), self.inner)
        slope = substitute(derivative, {self.inner: argument})
        parts = yield from _each([argument])
        return self.made(
            "chain",
            node,
            parts,
            lambda inner: product([*inner, slope]),
            outer,
            lambda inner: Apply("multiply", (slope, inner[0])),
        )

    def derivative_of(self, node: Apply, place: int) -> tuple[Rule, Node]:
        """The derivative of an operation by the one argument that varies and is a variable."""
        if node.operation == "power":
            base, exponent = node.arguments
            if place == 0:
                return "power", product([exponent, power(base, total([exponent, negative(ONE)]))])
            if base == Apply("e"):
                return "exponential", node
            return "exponential", product([node, Apply("ln", (base,))])
        outer = require_rule(node.operation, place, self.wrt)
        derivative = substitute(outer, dict(zip(ARGUMENTS, node.arguments, strict=False)))
        return ("exponential" if node.operation == "exp" else "function"), derivative

    def several(self, node: Apply) -> _Asking:
        """(g(u, v))′ = ∂g/∂u u′ + ∂g/∂v v′."""
        varying = [place for place, part in enumerate(node.arguments) if self.depends(part)]
        names = dict(zip(ARGUMENTS, node.arguments, strict=False))
        slopes = [substitute(require_rule(node.operation, place, self.wrt), names) for place in varying]
        parts = yield from _each(node.arguments[place] for place in varying)
        return self.made(
            "several arguments",
            node,
            parts,
            lambda inner: total(map(product, zip(inner, slopes, strict=True))),
        )

    def piecewise(self, node: Apply) -> _Asking:
        """Each piece by itself; nothing is said of the places where two of them meet."""
        pieces, otherwise = choices(node)
        values = [value for _, value in pieces] + ([] if otherwise is None else [otherwise])
        parts = yield from _each(values)

        def combined(inner: Sequence[Node]) -> Node:
            if otherwise is not None and len({*inner}) == 1:
                return inner[0]
            whole: Node = Apply("undefined") if otherwise is None else inner[-1]
            for (condition, _), value in zip(reversed(pieces), reversed(inner[: len(pieces)]), strict=True):
                whole = Apply("where", (condition, value, whole))
            return whole

        return self.made("piecewise", node, parts, combined)

    def made(
        self,
        rule: Rule,
        node: Node,
        parts: Sequence[Steps],
        combined: _Combining,
        outer: Steps | None = None,
        shown: _Combining | None = None,
    ) -> Steps:
        """The step, from the right side of its rule and the steps inside it. Raises InputError if it is too long.

        ``shown`` is the right side as the textbook has it, where it is arranged in another way afterwards.
        """
        places = tuple([f"d_{number}" for number in range(len(parts))])  # typed, it would be d0
        after = combined([part.after.tree for part in parts])
        if size_of(after) > LARGEST:
            raise InputError(
                f"The derivative, written out by the rules, has more than {LARGEST:,} parts.",
                hint="Look at a part of the function.",
            )
        return Steps(
            rule,
            Function(self.f.name, self.f.variables, node),
            Function(self.f.name, self.f.variables, after),
            self.wrt,
            tuple(parts),
            (shown or combined)([Variable(place) for place in places]),
            places,
            outer,
        )


def _each(parts: Iterable[Node]) -> Generator[Node, Steps, list[Steps]]:
    """Ask for the steps of several parts."""
    found: list[Steps] = []
    for part in parts:
        found.append((yield part))  # noqa: PERF401 - no comprehension can yield
    return found


def _signed(node: Node, sign: int) -> Node:
    return node if sign > 0 else negative(node)
