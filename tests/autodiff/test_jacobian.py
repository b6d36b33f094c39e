"""Hessians and Jacobians: shapes, order of variables, sparsity, batched passes."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sympy
import torch

import derivlab as dl
from derivlab.autodiff import compressed
from derivlab.autodiff.sparsity import colours, hessian_rows, members
from derivlab.expression.parse import parse
from derivlab.lowering.program import program_of
from derivlab.lowering.to_torch import lower_all


def rosenbrock(n: int) -> dl.Function:
    """Σ 100·(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²."""
    x = [f"x_{i}" for i in range(n)]
    terms = [f"100*({x[i + 1]} - {x[i]}^2)^2 + (1 - {x[i]})^2" for i in range(n - 1)]
    return parse(f"f({', '.join(x)}) = {' + '.join(terms)}")


def test_the_tutorials_hessian_and_jacobian() -> None:
    """In the order of f.variables, one row for each function."""
    f = parse("f(u, v) = u^3 + v^2 + 4uv")
    np.testing.assert_array_equal(dl.hessian(f, {"u": 3, "v": 4}), [[18, 4], [4, 2]])
    found = dl.jacobian([f, parse("g(u, v) = u*sin(v)")], {"u": 3, "v": 4})
    np.testing.assert_allclose(found, [[43, 20], [math.sin(4), 3 * math.cos(4)]], rtol=1e-15)


def test_the_declared_order_is_kept() -> None:
    """f(b, a) has b first."""
    f = parse("f(b, a) = a^2*b")
    np.testing.assert_array_equal(dl.hessian(f, {"a": 3.0, "b": 5.0}), [[0, 6], [6, 10]])
    np.testing.assert_array_equal(dl.jacobian([f], {"a": 3.0, "b": 5.0}), [[9, 30]])


def test_columns_of_functions_with_different_variables() -> None:
    """The order of the point where no function has them all, or the order that is asked for."""
    functions = [parse("2y"), parse("3x")]
    np.testing.assert_array_equal(dl.jacobian(functions, {"x": 1, "y": 1}), [[0, 2], [3, 0]])
    np.testing.assert_array_equal(dl.jacobian(functions, {"x": 1, "y": 1}, wrt=("y", "x")), [[2, 0], [0, 3]])
    np.testing.assert_array_equal(dl.jacobian(functions, {"x": 1, "y": 1, "z": 2}, wrt="z"), [[0], [0]])


def test_many_points() -> None:
    """(n, n, *points) and (outputs, inputs, *points), blocks joined."""
    f = parse("f(x, y) = x^2*y + sin(x*y)")
    x, y = np.random.default_rng(2).normal(size=(2, 3, 12_000))
    symbols = sympy.symbols("x y")
    expression = symbols[0] ** 2 * symbols[1] + sympy.sin(symbols[0] * symbols[1])
    found = dl.hessian(f, {"x": x, "y": y})
    assert found.shape == (2, 2, 3, 12_000)
    for i in range(2):
        for j in range(2):
            exact = sympy.lambdify(symbols, sympy.diff(expression, symbols[i], symbols[j]), "numpy")
            np.testing.assert_allclose(found[i, j], exact(x, y), rtol=1e-10, atol=1e-10)
    assert dl.jacobian([f, f, f], {"x": x, "y": 1.0}).shape == (3, 2, 3, 12_000)
    assert dl.hessian(f, {"x": [], "y": 1.0}).shape == (2, 2, 0)


def test_flat_linear_and_undefined() -> None:
    """Zeros for what does not curve, NaN outside the domain."""
    assert dl.hessian(parse("5"), {}).shape == (0, 0)
    np.testing.assert_array_equal(dl.hessian(parse("2x + 3y"), {"x": 1, "y": 2}), np.zeros((2, 2)))
    np.testing.assert_array_equal(dl.jacobian([parse("5"), parse("x")], {"x": 1}), [[0], [1]])
    assert np.isnan(dl.hessian(parse("ln(x) + y^2"), {"x": -1, "y": 1})).all()
    np.testing.assert_array_equal(
        np.isnan(dl.jacobian([parse("ln(x)"), parse("x")], {"x": -1})), [[True], [False]]
    )
    assert np.isnan(dl.hessian(parse("ln(x)"), {"x": [-1, 1]})[0, 0]).tolist() == [True, False]


def test_pieces_leak_nothing() -> None:
    """The branch that is not taken is undefined at the point."""
    f = parse("f(x, y) = {ln(x)*y if x > 0, x^2*y otherwise}")
    np.testing.assert_allclose(dl.hessian(f, {"x": -2.0, "y": 3.0}), [[6, -4], [-4, 0]])
    np.testing.assert_allclose(dl.jacobian([f], {"x": -2.0, "y": 3.0}), [[-12, 4]])


def test_orders_that_torch_loses_come_from_taylor() -> None:
    """sinc″(0) is −π²/3."""
    found = dl.hessian(parse("f(x, y) = gamma(x)*sinc(y)"), {"x": 1.0, "y": 0.0})
    gamma_second = 0.5772156649015329**2 + math.pi**2 / 6
    np.testing.assert_allclose(found, [[gamma_second, 0], [0, -(math.pi**2) / 3]], rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("batched", [0, 10**9])
@pytest.mark.parametrize("n", [2, 5, 12])
def test_one_by_one_and_batched_passes_agree_with_torch(
    n: int, batched: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ways through the passes give torch.func.hessian's matrix, for a sparse and a dense function."""
    monkeypatch.setattr(compressed, "BATCHED", batched)
    names = ", ".join(f"x_{i}" for i in range(n))
    total = " + ".join(f"x_{i}" for i in range(n))
    for f in (rosenbrock(n), parse(f"f({names}) = sin({total})*e^(x_0) + ({total})^3")):
        point = [0.3 + 0.1 * i for i in range(n)]
        call = lower_all((f.tree,), f.variables)
        expected = torch.func.hessian(lambda x, call=call: call(list(x))[0])(
            torch.tensor(point, dtype=torch.float64)
        )
        found = dl.hessian(f, dict(zip(f.variables, point, strict=True)))
        np.testing.assert_allclose(found, expected.numpy(), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("batched", [0, 10**9])
def test_jacobians_agree_with_torch(batched: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten functions, some of which share variables and some not, against torch.func.jacrev."""
    monkeypatch.setattr(compressed, "BATCHED", batched)
    names = [f"x{i}" for i in range(10)]
    head = f"f({', '.join(names)}) = "
    functions = [parse(f"{head}sin(x{i})*x{(i * 3) % 10} + x{(i + 1) % 10}^2") for i in range(10)]
    point = [0.2 + 0.07 * i for i in range(10)]
    call = lower_all(tuple(f.tree for f in functions), tuple(names))
    expected = torch.func.jacrev(lambda x: torch.stack(call(list(x))))(
        torch.tensor(point, dtype=torch.float64)
    )
    found = dl.jacobian(functions, dict(zip(names, point, strict=True)))
    np.testing.assert_allclose(found, expected.numpy(), rtol=1e-13, atol=1e-14)


def test_a_chain_of_neighbours_needs_three_passes() -> None:
    """Rosenbrock's Hessian is a band of three diagonals, however many variables it has."""
    f = rosenbrock(40)
    rows = hessian_rows(program_of(f.tree), f.variables)
    assert [members(row) for row in rows[:3]] == [[0, 1], [0, 1, 2], [1, 2, 3]]
    groups = colours(rows)
    assert len(groups) == 3
    assert sorted(i for group in groups for i in group) == list(range(40))
    for group in groups:
        reached = [j for i in group for j in members(rows[i])]
        assert len(reached) == len(set(reached))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x + y", [0b00, 0b00]),
        ("x*y", [0b10, 0b01]),
        ("x^2 + sin(y)", [0b01, 0b10]),
        ("x/y", [0b11, 0b11]),
        ("(x + 1)/3 + |y|", [0b00, 0b00]),
        ("e^(x + y)", [0b11, 0b11]),
        ("max(x^2, y)", [0b01, 0b00]),
    ],
)
def test_structure_is_read_off_the_program(text: str, expected: list[int]) -> None:
    """Which second derivatives can be other than zero."""
    f = parse(f"f(x, y) = {text}")
    rows = hessian_rows(program_of(f.tree), f.variables)
    for row, needed in zip(rows, expected, strict=True):
        assert row & needed == needed
        if "/" not in text:
            assert row == needed


def test_bad_lists_of_functions_are_input_errors() -> None:
    """None at all, texts, or a number; a single function is a list of one."""
    for bad in ([], ["x"], "x", 3, [parse("x"), None]):
        with pytest.raises(dl.InputError):
            dl.jacobian(bad, {"x": 1})
    np.testing.assert_array_equal(dl.jacobian(parse("x^2"), {"x": 3}), [[6]])
    with pytest.raises(dl.InputError):
        dl.jacobian([parse("x")], {"x": 1}, wrt="y")
