"""The formula on an edge: the operations table's rule, written in the symbols of the edge's neighbours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.tree import Apply, Node, Number, Variable, fold, rational, substitute
from derivlab.lowering.program import rules_of

ZERO, ONE, TWO = (Number(Fraction(n)) for n in range(3))


@dataclass(frozen=True, slots=True)
class Formula:
    """One operation on named arguments.

    ``operation`` is a name of the table, or torch's own where the table has none. ``pattern`` is the
    operation on places ``#0``, ``#1`` …, None where it is no operation of the table; ``arguments`` stand in
    the places.
    """

    operation: str
    arguments: tuple[Node, ...] = ()
    pattern: Node | None = None

    @property
    def expression(self) -> Node:
        """The operation on its arguments; one that the table does not know is written as a call."""
        if self.pattern is not None:
            return self.written_out(self.arguments)
        if not self.operation:
            return self.arguments[0]
        return Variable(_called(self.operation, self.arguments))

    def written_out(self, arguments: tuple[Node, ...]) -> Node:
        """The operation with other trees in its places."""
        if self.pattern is None:
            return Variable(_called(self.operation, self.arguments))
        return substitute(self.pattern, {_place(index): tree for index, tree in enumerate(arguments)})

    def local(self, slot: int) -> Node | None:
        """∂/∂(argument ``slot``) in the arguments' symbols, tidied; None where the table has no rule."""
        if self.operation == "sum":
            return ONE
        rule = None if self.pattern is None else _local_pattern(self.pattern, _place(slot))
        if rule is None:
            return None
        return tidy(substitute(rule, {_place(index): tree for index, tree in enumerate(self.arguments)}))


def _place(index: int) -> str:
    return f"#{index}"


def _called(name: str, arguments: tuple[Node, ...]) -> str:
    from derivlab.expression.show import to_text

    return f"{name}({', '.join(to_text(argument) for argument in arguments)})"


def plain(symbol: Node) -> Formula:
    """The formula of a leaf or a constant: itself."""
    return Formula("", (symbol,))


@lru_cache(maxsize=512)
def _pattern(operation: str, count: int) -> Node:
    return Apply(operation, tuple(Variable(_place(index)) for index in range(count)))


def of_operation(operation: str, arguments: tuple[Node, ...]) -> Formula:
    """An operation of the table on its arguments."""
    return Formula(operation, arguments, _pattern(operation, len(arguments)))


@lru_cache(maxsize=1)
def _operation_by_call() -> dict[str, str]:
    by_call = {
        row.torch.rsplit(".", 1)[-1]: name
        for name, row in OPERATIONS.items()
        if row.torch and name not in {"max", "min"}
    }
    return by_call | {"maximum": "max", "minimum": "min", "log_sigmoid_forward": "logsigmoid", "sgn": "sign"}


_COMPOUND: dict[str, Callable[..., Node]] = {
    "reciprocal": lambda u: Apply("divide", (ONE, u)),
    "rsub": lambda u, v: Apply("subtract", (v, u)),
    "rsqrt": lambda u: Apply("divide", (ONE, Apply("sqrt", (u,)))),
    "square": lambda u: Apply("power", (u, TWO)),
    "tanh_backward": lambda g, y: Apply("multiply", (g, Apply("subtract", (ONE, Apply("power", (y, TWO)))))),
    "sigmoid_backward": lambda g, y: Apply(
        "multiply", (Apply("multiply", (g, y)), Apply("subtract", (ONE, y)))
    ),
    "threshold_backward": lambda g, u, t: Apply("where", (Apply("greater", (u, t)), g, ZERO)),
}


@lru_cache(maxsize=512)
def _pattern_of_call(name: str, count: int) -> Node | None:
    places = tuple(Variable(_place(index)) for index in range(count))
    if name in _COMPOUND:
        made = _COMPOUND[name]
        return made(*places[: made.__code__.co_argcount]) if count >= made.__code__.co_argcount else None
    operation = _operation_by_call().get(name)
    if operation is None:
        return None
    least, most = OPERATIONS[operation].arity
    if count < least:
        return None
    return Apply(operation, places if most is None else places[:most])


def of_call(name: str, arguments: tuple[Node, ...]) -> Formula:
    """What torch's own operation ``name`` computes, in terms of the table where it can be said."""
    pattern = _pattern_of_call(name, len(arguments))
    operation = pattern.operation if isinstance(pattern, Apply) and name not in _COMPOUND else name
    return Formula(operation, arguments, pattern)


@lru_cache(maxsize=1024)
def _local_pattern(pattern: Node, place: str) -> Node | None:
    """The derivative of a short pattern by one place, by the table's rules and the chain rule."""
    missing = False

    def combine(node: Node, slopes: tuple[Node, ...]) -> Node:
        nonlocal missing
        if not isinstance(node, Apply):
            return ONE if node == Variable(place) else ZERO
        total: Node = ZERO
        for slot, slope in enumerate(slopes):
            if slope == ZERO:
                continue
            rule = _rule(node, slot)
            if rule is None:
                missing = True
                return ZERO
            total = tidy(Apply("add", (total, Apply("multiply", (rule, slope)))))
        return total

    found = fold(pattern, combine)
    return None if missing else found


def _rule(node: Apply, slot: int) -> Node | None:
    rules = rules_of(node.operation)
    rule = rules[slot] if slot < len(rules) else None
    if rule is None:
        return None
    return substitute(rule, dict(zip(ARGUMENTS, node.arguments, strict=False)))


def tidy(tree: Node) -> Node:
    """The tree with literals worked out and factors 1, terms 0 and exponents 1 dropped."""
    return fold(tree, _tidy_one)


def literal(fraction: Fraction) -> Node:
    """The tree that writes an exact number."""
    top = Number(Fraction(abs(fraction.numerator)))
    whole = fraction.denominator == 1
    size: Node = top if whole else Apply("divide", (top, Number(Fraction(fraction.denominator))))
    return Apply("negate", (size,)) if fraction < 0 else size


def _tidy_one(node: Node, arguments: tuple[Node, ...]) -> Node:
    if not isinstance(node, Apply):
        return node
    exact = _work_out(node.operation, [rational(argument) for argument in arguments])
    if exact is not None:
        return literal(exact)
    match node.operation, arguments:
        case ("multiply", (left, right)) if ONE in arguments:
            return right if left == ONE else left
        case ("multiply", _) if ZERO in arguments:
            return ZERO
        case ("add", (left, right)) if ZERO in arguments:
            return right if left == ZERO else left
        case ("subtract", (left, right)) if right == ZERO:
            return left
        case ("subtract", (left, right)) if left == ZERO:
            return Apply("negate", (right,))
        case ("divide", (left, right)) if right == ONE:
            return left
        case ("power", (base, exponent)) if exponent in {ZERO, ONE}:
            return base if exponent == ONE else ONE
        case ("negate", (Apply("negate", (inner,)),)):
            return inner
    return Apply(node.operation, arguments)


def _work_out(operation: str, literals: list[Fraction | None]) -> Fraction | None:
    """The exact result of arithmetic on literals, None for anything else."""
    known = [number for number in literals if number is not None]
    if not known or len(known) != len(literals):
        return None
    first, last = known[0], known[-1]
    match operation:
        case "add":
            return first + last
        case "subtract":
            return first - last
        case "multiply":
            return first * last
        case "negate":
            return -first
        case "divide" if last:
            return first / last
        case "power" if last.denominator == 1 and abs(last) <= 8 and (first or last > 0):
            return first**last.numerator
    return None


def symbol_letter(names: tuple[str, ...]) -> str:
    """A letter for the inner nodes' names that no variable begins with."""
    taken = {name[:1] for name in names}
    return next((letter for letter in "wtzvsabcdghkmnpqr" if letter not in taken), "node")
