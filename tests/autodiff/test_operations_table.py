"""The whole table of operations: torch, SymPy, mpmath and the derivative rules say the same."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
import torch

from derivlab.autodiff.taylor import taylor
from derivlab.expression.function import Function
from derivlab.expression.operations import ARGUMENTS, OPERATIONS, Operation
from derivlab.expression.parse import parse_rule
from derivlab.expression.tree import Apply, Node, Number, Variable, substitute
from derivlab.lowering.to_torch import lower
from tests.autodiff.reference import REFERENCE, partial

ROWS = [row for row in OPERATIONS.values() if row.test_points]
TOLERANCE = 1e-12
TORCH_TOLERANCE = {"digamma": 1e-9, "polygamma": 1e-9}  # torch's trigamma has nine digits


def tree_of(row: Operation, point: tuple[float, ...]) -> Node:
    """The operation on its variables; what must be a literal or a condition is one."""
    if row.name == "polygamma":
        return Apply(row.name, (Number(Fraction(point[0])), Variable("v")))
    if row.name == "where":
        condition = Apply("not_equal", (Variable("u"), Number(Fraction(0))))
        return Apply(row.name, (condition, Variable("v"), Variable("w")))
    return Apply(row.name, tuple(Variable(name) for name in ARGUMENTS[: len(point)]))


def by_torch(tree: Node, point: tuple[float, ...]) -> tuple[float, list[float]]:
    """Value and partial derivatives as torch and its autograd give them."""
    leaves = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in point]
    y = lower(tree, ARGUMENTS[: len(point)])(leaves)
    if not y.requires_grad:
        return float(y), [0.0] * len(leaves)
    slopes = torch.autograd.grad(y, leaves, allow_unused=True)
    return float(y.detach()), [0.0 if slope is None else float(slope) for slope in slopes]


def differs(a: float, b: object, tolerance: float = TOLERANCE) -> bool:
    """Whether two numbers are apart by more than the tolerance, relative or absolute."""
    return not abs(a - float(b)) <= tolerance * max(1.0, abs(float(b)))


def disagreements(row: Operation) -> list[str]:
    """All that does not fit together in a row, as sentences."""
    found = []
    tolerance = TORCH_TOLERANCE.get(row.name, TOLERANCE)
    for point in row.test_points:
        tree = parse_rule(row.definition) if row.definition else tree_of(row, point)
        value, slopes = by_torch(tree, point)
        with mpmath.workdps(50):
            expected = REFERENCE[row.name](*(mpmath.mpf(number) for number in point))
        if differs(value, expected, tolerance):
            found.append(f"{row.name}{point}: torch says {value}, mpmath {mpmath.nstr(expected, 17)}")
        for place, rule in enumerate(row.rules):
            if not rule:
                continue
            exact = partial(REFERENCE[row.name], point, place)
            told = f"mpmath {mpmath.nstr(exact, 17)}"
            ruled, _ = by_torch(substitute_order(parse_rule(rule), row, point), point)
            if differs(ruled, exact, tolerance):
                found.append(f"{row.name}{point}: the rule {rule} says {ruled}, {told}")
            if differs(slopes[place], exact, tolerance):
                found.append(f"{row.name}{point}: autograd says {slopes[place]}, {told}")
    return found


def substitute_order(rule: Node, row: Operation, point: tuple[float, ...]) -> Node:
    """polygamma's order must be a literal."""
    if row.name != "polygamma":
        return rule
    return substitute(rule, {"u": Number(Fraction(point[0]))})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_torch_mpmath_and_the_rule_agree(row: Operation) -> None:
    """At each of its test points a row's value and slopes are the same from torch, mpmath and its rule."""
    assert disagreements(row) == []


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.sympy and row.name != "where"], ids=lambda row: row.name
)
def test_sympy_agrees(row: Operation) -> None:
    """The SymPy function that a row names has the row's values."""
    call = getattr(sympy, row.sympy)
    for point in row.test_points:
        value, _ = by_torch(tree_of(row, point), point)
        exact = call(*(sympy.Rational(number) for number in point)).evalf(30)
        if exact.is_real:  # SymPy's cube root of a negative number is another, complex one
            assert not differs(value, exact, TORCH_TOLERANCE.get(row.name, TOLERANCE)), (point, value, exact)
        else:
            assert row.name == "cbrt"


@pytest.mark.parametrize("row", [row for row in ROWS if any(row.rules)], ids=lambda row: row.name)
def test_taylor_agrees_with_the_reference(row: Operation) -> None:
    """Taylor propagation gives the value and the first derivatives of every row, by NumPy and by torch."""
    for point in row.test_points:
        names = ARGUMENTS[: len(point)]
        f = Function("f", names, tree_of(row, point))
        for place, rule in enumerate(row.rules):
            if not rule:
                continue
            exact = partial(REFERENCE[row.name], point, place)
            for count in (1, 1_000):
                at = {name: np.full(count, value) for name, value in zip(names, point, strict=True)}
                rows = taylor(f, at, names[place], 1)
                assert not differs(rows[0, -1], REFERENCE[row.name](*map(mpmath.mpf, point)))
                assert not differs(rows[1, -1], exact), (point, names[place])


@pytest.mark.parametrize("row", [row for row in ROWS if row.kinks], ids=lambda row: row.name)
def test_kinks_say_what_torch_answers(row: Operation) -> None:
    """At each kink of the table PyTorch's autograd gives the derivative that the table tells of."""
    for kink in row.kinks:
        _, slopes = by_torch(tree_of(row, kink.example), kink.example)
        assert slopes[0] == kink.torch or (math.isnan(slopes[0]) and math.isnan(kink.torch)), kink
        at_kink, _ = by_torch(parse_rule(kink.at), kink.example)
        assert abs(at_kink) < 1e-12, f"{kink.at} is not 0 at {kink.example}"


@pytest.mark.parametrize("row", [row for row in ROWS if row.domain], ids=lambda row: row.name)
def test_points_lie_in_the_domain(row: Operation) -> None:
    """A row is tested at points of its own domain."""
    for point in row.test_points:
        leaves = [torch.tensor(value, dtype=torch.float64) for value in point]
        assert bool(lower(parse_rule(row.domain), ARGUMENTS[: len(point)])(leaves))


def test_every_row_with_a_rule_has_a_reference() -> None:
    """No operation is left out of these checks."""
    assert {row.name for row in OPERATIONS.values() if row.rules} <= set(REFERENCE)
    assert all(row.test_points for row in OPERATIONS.values() if row.rules)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("sin", {"rules": ("1.0001*cos(u)",)}),
        ("tanh", {"rules": ("1 + tanh(u)^2",)}),
        ("divide", {"rules": ("1/v", "u/v^2")}),
        ("sec", {"definition": "1/sin(u)"}),
        ("acos", {"rules": ("1/sqrt(1 - u^2)",)}),
        ("mod", {"rules": ("1", "-u/v")}),
        ("exp", {"rules": ("exp(u) + 1e-9",)}),
    ],
)
def test_the_checker_catches_a_planted_mistake(name: str, change: dict[str, object]) -> None:
    """A wrong rule or definition does not pass this check."""
    assert disagreements(OPERATIONS[name]) == []
    assert disagreements(replace(OPERATIONS[name], **change)) != []
