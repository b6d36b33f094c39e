"""Where an exact derivative holds: 1/x is the derivative of ln x for x > 0 only.

What a derivative needs is read off the function's own tree: the domain of each operation, and that no operation stands
at a kink. What the formula of the derivative asks for by itself (1/(2·sqrt(x)) needs x > 0) is not said again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from derivlab.expression.operations import OPERATIONS
from derivlab.expression.parse import parse_rule
from derivlab.expression.tree import (
    Apply,
    Node,
    Variable,
    fold,
    postorder,
    rational,
    size_of,
    variables_of,
)
from derivlab.lowering.domain import (
    NEVER,
    ZERO,
    applied,
    both,
    clauses_of,
    condition_of,
    domain_of,
    value_needs,
    whole_numbers,
)
from derivlab.lowering.intervals import Range
from derivlab.lowering.program import is_real_root
from derivlab.memory import remembered, weight_of
from derivlab.symbolic.condition import MANY, NOWHERE, Condition, condition, is_not_whole
from derivlab.symbolic.line_sets import ALL, LineSet
from derivlab.symbolic.solving import solve

LONGEST = 2_000
"""Nodes of a formula whose conditions are looked for."""
MOST = 12
"""Conditions that anybody reads."""

_JUMPS = frozenset(
    (
        "sign",
        "floor",
        "ceil",
        "round",
        "trunc",
        "frac",
        "mod",
        "heaviside",
        "where",
        "undefined",
        "atan2",
        "acot",
    )
)
"""Operations whose values can jump where they are defined."""
_SIGNS = {
    "less": frozenset((-1,)),
    "less_equal": frozenset((-1, 0)),
    "greater": frozenset((1,)),
    "greater_equal": frozenset((0, 1)),
    "equal": frozenset((0,)),
    "not_equal": frozenset((-1, 1)),
}
"""The signs that left − right may have."""
_BY_SIGNS = {signs: name for name, signs in _SIGNS.items()}
_MIRRORED = {
    "less": "greater",
    "less_equal": "greater_equal",
    "greater": "less",
    "greater_equal": "less_equal",
}


@remembered(lambda _, tree, formula, wrt: weight_of(tree, formula))
def valid_where(tree: Node, formula: Node, wrt: tuple[str, ...]) -> Condition | None:
    """Where ``formula`` is the derivative of ``tree`` by the names in ``wrt``; None where the formula itself says it.

    A condition on one variable is solved where it is linear or quadratic, and stays as it is elsewhere.
    """
    moving = set(wrt) & variables_of(tree)
    if not wrt:
        return None
    if max(size_of(tree), size_of(formula)) > LONGEST:
        return MANY
    is_continuous = len(wrt) == 1 and not any(_jumps(node) for node in postorder(formula))

    def needs(node: Apply, ranges: Mapping[Node, Range]) -> Node | None:
        found = value_needs(node, ranges)
        if moving & variables_of(node):
            if found is not None and node.operation != "power":
                found = _inside(found)
            for kink in _kinks(node, ranges, corners=not is_continuous):
                found = both(found, kink)
        return found

    needed, shown = (
        [_canonical(clause) for clause in clauses_of(condition)]
        for condition in (condition_of(tree, needs), domain_of(formula))
    )
    if NEVER in needed:
        return NOWHERE
    if len(needed) > MOST:
        return None if set(needed) <= set(shown) else MANY
    return condition([*_on_a_line(needed, shown), *_others(needed, shown)])


def _inside(domain: Node) -> Node:
    """The domain of an operation without its ends, where the slope is infinite (sqrt at 0, arcsin at 1)."""

    def combine(node: Node, arguments: tuple[Node, ...]) -> Node:
        strict = {"less_equal": "less", "greater_equal": "greater"}
        return (
            Apply(strict.get(node.operation, node.operation), arguments) if isinstance(node, Apply) else node
        )

    return fold(domain, combine)


def _jumps(node: Node) -> bool:
    return isinstance(node, Apply) and (node.operation in _JUMPS or OPERATIONS[node.operation].is_condition)


def _kinks(node: Apply, ranges: Mapping[Node, Range], *, corners: bool) -> Iterable[Node]:
    """What keeps an operation off its kinks; its ``corners``, where it is continuous, only if asked."""
    if node.operation == "power":
        exponent = rational(node.arguments[1])
        if exponent is not None and 0 < exponent < 1:
            needed = "u != 0" if is_real_root(exponent) else "u > 0"
            yield from _asked(parse_rule(needed), node, ranges)
        return
    if node.operation == "where" and corners:
        for test in postorder(node.arguments[0]):
            if isinstance(test, Apply) and test.operation in _SIGNS:
                left, right = test.arguments
                yield Apply("not_equal", (left, right))
        return
    row = OPERATIONS[node.operation]
    if row.arity[1] is None:  # max and min of several
        pairs = [(u, v) for place, u in enumerate(node.arguments) for v in node.arguments[:place]]
        yield from (Apply("not_equal", (v, u)) for u, v in pairs if corners)
        return
    for kink in row.kinks:
        if corners or kink.kind != "corner":
            apart = whole_numbers(Apply("not_equal", (parse_rule(kink.at), ZERO)))
            yield from _asked(apart, node, ranges)


def _asked(needed: Node, node: Apply, ranges: Mapping[Node, Range]) -> Iterable[Node]:
    found = applied(needed, node, ranges)
    return [] if found is None else [found]


def _canonical(clause: Node) -> Node:
    """A clause in the form in which two can be compared: ``x + 1 > 0`` as ``x > -1``, x + 1 not whole as x."""

    def combine(node: Node, arguments: tuple[Node, ...]) -> Node:
        if not isinstance(node, Apply):
            return node
        node = Apply(node.operation, arguments)
        if is_not_whole(node):
            return _not_whole(node.arguments[0])
        names = variables_of(node) if node.operation in _SIGNS else ()
        solved = solve(node, *names) if len(names) == 1 else None
        simple = None if solved is None else solved.condition(Variable(*names))
        return node if simple is None else simple

    return fold(clause, combine)


def _not_whole(inner: Node) -> Node:
    match inner:
        case Apply("add" | "subtract", (u, number)) if (
            shift := rational(number)
        ) is not None and shift.denominator == 1:
            inner = u
        case Apply("divide", (u, number)) if rational(number) == 1:
            inner = u
    return Apply("not_equal", (inner, Apply("floor", (inner,))))


def _on_a_line(needed: Sequence[Node], shown: Sequence[Node]) -> list[Node]:
    """The solved conditions on single variables that the formula does not show, as conditions again."""
    found: list[Node] = []
    names = sorted({name for clause in needed for name in variables_of(clause)})
    for name in names:
        whole, known = _solved(needed, name), _solved(shown, name)
        if whole.is_empty:
            return [NEVER]
        if not known.is_within(whole):
            condition = whole.condition(Variable(name))
            if condition is not None:
                found.append(condition)
    return found


def _solved(clauses: Sequence[Node], name: str) -> LineSet:
    """What the clauses on one variable leave of the line, those that are not solved left out."""
    found = ALL
    for clause in clauses:
        if variables_of(clause) == {name}:
            part = solve(clause, name)
            found = found if part is None else found & part
    return found


def _others(needed: Sequence[Node], shown: Sequence[Node]) -> list[Node]:
    """The conditions that cannot be solved and that the formula does not show."""
    wanted, known = _by_sides(needed), _by_sides(shown)
    found: list[Node] = []
    for sides, signs in wanted.items():
        if not isinstance(sides, tuple):
            if sides not in known:
                found.append(sides)
        elif not known.get(sides, frozenset((-1, 0, 1))) <= signs:
            found.append(_comparison(_BY_SIGNS[signs], sides) if signs in _BY_SIGNS else NEVER)
    return found


def _by_sides(clauses: Sequence[Node]) -> dict[Node | tuple[Node, ...], frozenset[int]]:
    """For both sides of each comparison the signs that are left; other conditions as they are."""
    found: dict[Node | tuple[Node, ...], frozenset[int]] = {}
    for clause in clauses:
        names = variables_of(clause)
        if len(names) == 1 and solve(clause, *names) is not None:
            continue
        if isinstance(clause, Apply) and clause.operation in _SIGNS and not is_not_whole(clause):
            sides = clause.arguments
            found[sides] = found.get(sides, frozenset((-1, 0, 1))) & _SIGNS[clause.operation]
        else:
            found[clause] = frozenset()
    return found


def _comparison(operation: str, sides: tuple[Node, ...]) -> Node:
    """A comparison as a person writes it: u − v with 0 as u with v, what has a variable on the left."""
    match sides:
        case (Apply("subtract", (u, v)), zero) if zero == ZERO:
            sides = u, v
    if not variables_of(sides[0]):
        return Apply(_MIRRORED.get(operation, operation), sides[::-1])
    return Apply(operation, sides)
