"""Exact derivatives: the formulas, the budget, the workers."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import mpmath
import pytest
import sympy

import derivlab as dl
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.tree import Variable
from derivlab.lowering.from_sympy import from_sympy
from derivlab.lowering.to_sympy import to_sympy
from derivlab.symbolic import worker

ROOT = Path(__file__).parents[2]
X = sympy.Symbol("x", real=True)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("3x^2", "6*x"),
        ("6x^2 + 2x + 4", "12*x + 2"),
        ("sin(x)", "cos(x)"),
        ("e^x", "e^x"),
        ("exp(-x^2)", "-2*x*e^(-x^2)"),
        ("ln(x)", "1/x"),
        ("abs(x)", "sign(x)"),
        ("x*abs(x)", "2*abs(x)"),
        ("x^(1/3)", "1/(3*x^(2/3))"),
        ("floor(x)", "0"),
        ("5", "0"),
        ("sqrt(x)", "1/(2*sqrt(x))"),
        ("cbrt(x)", "1/(3*x^(2/3))"),
        ("sqrt(x^2)", "sign(x)"),
        ("x^x", "x^x*(ln(x) + 1)"),
        ("sigmoid(x)", "(1 - sigmoid(x))*sigmoid(x)"),
        ("ln|x|", "1/x"),
        ("x!", "gamma(x + 1)*digamma(x + 1)"),
    ],
)
def test_the_formula_is_the_one_a_textbook_prints(typed: str, wanted: str) -> None:
    """Plain derivatives come in the form that a person expects."""
    assert dl.exact(dl.parse(typed), wrt="x").text == wanted


@pytest.mark.parametrize(
    ("text", "order", "answer"),
    [
        ("x^2 {0 <= x}", 1, "{2*x if x >= 0}"),
        ("x^2 {0 <= x}", 2, "{2 if x >= 0}"),
        ("sin(x) {x > 0} + x", 1, "{cos(x) if x > 0} + 1"),
    ],
)
def test_outside_of_the_pieces_there_is_no_derivative(text: str, order: int, answer: str) -> None:
    """Where a function has no piece its derivative has none: it is not 0 there."""
    assert dl.exact(dl.parse(text), order=order).text == answer


def test_the_tutorials_partial_derivatives() -> None:
    """∂f/∂u = 3u² + 4v and ∂f/∂v = 4u + 2v for f = u³ + v² + 4uv."""
    f = dl.parse("f(u, v) = u^3 + v^2 + 4uv")
    assert dl.exact(f, wrt="u").text == "3*u^2 + 4*v"
    assert dl.exact(f, wrt="v").text == "4*u + 2*v"
    assert dl.exact(f, wrt=("u", "v")).text == "4"


@pytest.mark.parametrize(
    "typed",
    [
        "x^x",
        "sin(x)^2*cos(3x)",
        "ln(sqrt(x^2 + 1))",
        "x^3*e^(-x)/(1 + x^2)",
        "atan(1/x)",
        "tanh(x)^3",
        "2^x*x^2",
        "sin(cos(tan(x)))",
        "erf(x)*gamma(x)",
        "sigmoid(x)*softplus(x)",
        "where(x > 1, x^2, sin(x))",
        "max(x^2, x)",
        "cbrt(x^2 + x)",
        "x^(2/3)*x^(1/5)",
        "log(x, 3) + log2(x) + log10(x)",
        "hypot(x, 2)*sinc(x)",
    ],
)
@pytest.mark.parametrize("order", [1, 2, 3])
def test_the_formula_has_the_value_of_the_derivative(typed: str, order: int) -> None:
    """At 50 digits the formula agrees with mpmath's numerical derivative of the function itself."""
    f = dl.parse(typed)
    formula = dl.exact(f, wrt="x", order=order, budget=20.0).sympy
    mpmath.mp.dps = 50
    expression = to_sympy(f.tree)
    for at in ("0.7", "1.9"):
        point = mpmath.mpf(at)
        wanted = mpmath.diff(lambda t: _number(expression, t), point, order)
        assert abs(_number(formula, point) - wanted) <= mpmath.mpf("1e-12") * (1 + abs(wanted))


def _number(expression: object, at: mpmath.mpf) -> mpmath.mpf:
    digits = mpmath.mp.dps + 10
    point = sympy.Float(mpmath.nstr(at, digits), digits)
    return mpmath.mpf(str(sympy.N(expression.subs(X, point), digits)))  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", [name for name, row in OPERATIONS.items() if row.test_points])
def test_every_operation_comes_back_from_sympy(name: str) -> None:
    """Each row goes to SymPy and back, and has the same values on the way."""
    f = dl.parse(OPERATIONS[name].example)
    back = from_sympy(to_sympy(f.tree))
    symbols = sorted(f.variables)
    for row in OPERATIONS[name].test_points[:2]:
        values = [sympy.Rational(str(abs(value) / 3 + 0.1)) for value in row]
        at = {sympy.Symbol(s, real=True): value for s, value in zip(symbols, values, strict=False)}
        there, again = (complex(to_sympy(tree).subs(at).evalf()) for tree in (f.tree, back))
        assert abs(there - again) < 1e-12 * (1 + abs(there))


def test_the_real_root_is_real() -> None:
    """(−8)^(1/3) is −2 and (−8)^(2/3) is 4, as a student expects, not a complex number."""
    assert to_sympy(dl.parse("(-8)^(1/3)").tree) == -2
    assert to_sympy(dl.parse("(-8)^(2/3)").tree) == 4
    assert to_sympy(dl.parse("x^(1/3)").tree).subs(X, -27) == -3


def _hostile(terms: int) -> list[list[object]]:
    """(x+1)(x²+2)…: to find its critical points takes SymPy minutes."""
    product: list[list[object]] = [["number", "1"]]
    for k in range(1, terms):
        n = len(product)
        product += [["variable", "x"], ["number", str(k)], ["power", n, n + 1], ["add", n + 2, n + 1]]
        product += [["multiply", n - 1, n + 3]]
    return product


def test_a_class_of_hostile_formulas_does_not_pile_up() -> None:
    """Thirty at once, none of which SymPy can finish: each is answered soon, most that all are busy, and
    right after them an ordinary formula is worked out.
    """
    worker.ask("simplified", [["number", "1"]])

    def outcome(number: int) -> str:
        try:
            worker.ask("critical_points", _hostile(60 + number), ["x"], budget=1.0)
        except dl.TimedOut as error:
            return type(error).__name__
        return "answered"

    began = time.monotonic()
    with ThreadPoolExecutor(30) as pool:
        found = Counter(pool.map(outcome, range(30)))
    assert time.monotonic() - began < 15
    assert set(found) == {"TimedOut", "Busy"}
    assert found["Busy"] > found["TimedOut"] >= 2
    rows = [["variable", "x"], ["number", "9"], ["power", 0, 1]]
    assert worker.ask("derivative", rows, ["x"])[-1][0] == "multiply"
    assert not worker._host.waiting  # type: ignore[union-attr]


def test_a_short_formula_goes_before_a_giant_one() -> None:
    """While both workers are taken, x^9 typed after ten giants is the next to be served."""
    worker.ask("simplified", [["number", "1"]])

    def giant(number: int) -> None:
        with suppress(dl.TimedOut):
            worker.ask("critical_points", _hostile(60 + number), ["x"], budget=2.0)

    with ThreadPoolExecutor(10) as pool:
        for number in range(10):
            pool.submit(giant, number)
        while len(worker._host.waiting) < 10:  # type: ignore[union-attr]
            time.sleep(0.01)
        rows = [["variable", "x"], ["number", "9"], ["power", 0, 1]]
        assert worker.ask("derivative", rows, ["x"], budget=4.0)[-1][0] == "multiply"
        assert worker._host.waiting, "the giants are still there"  # type: ignore[union-attr]


def test_a_full_queue_refuses_at_once() -> None:
    """One more than the bound is told that all are busy, without waiting."""
    worker.ask("simplified", [["number", "1"]])
    host = worker._host
    assert host is not None
    with host.lock:
        host.waiting.update({-k: worker._Asked() for k in range(1, worker.QUEUE + 1)})
    try:
        with pytest.raises(dl.Busy, match="Too many"):
            worker.ask("simplified", [["number", "1"]])
    finally:
        with host.lock:
            for k in range(1, worker.QUEUE + 1):
                host.waiting.pop(-k)


def test_work_past_its_budget_is_stopped_and_the_next_is_served() -> None:
    """A tower that SymPy cannot finish raises TimedOut, and the workers answer again after it."""
    worker.ask("simplified", [["number", "1"]])
    began = time.monotonic()
    rows = [["variable", "x"], ["number", "9"], ["power", 0, 1]]
    with pytest.raises(dl.TimedOut):
        worker.ask("critical_points", _hostile(60), ["x"], budget=0.5)
    assert time.monotonic() - began < 10
    assert worker.ask("derivative", rows, ["x"])[-1][0] == "multiply"


def test_no_worker_outlives_the_program() -> None:
    """Killed without a chance to clean up, the program leaves no host and no worker behind."""
    script = (
        "import time, derivlab as dl\n"
        "from derivlab.symbolic import worker\n"
        "dl.exact(dl.parse('x^2'), wrt='x')\n"
        "print(worker._host.process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        family = [int(program.stdout.readline())]
        for pid in family:
            family.extend(_children_of(pid))
        program.kill()
    assert len(family) >= 3
    for _ in range(100):
        if not any(map(_alive, family)):
            break
        time.sleep(0.1)
    assert not [pid for pid in family if _alive(pid)]


def _alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def _children_of(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(stat.parent.name))
        except OSError:
            continue
    return found


def test_an_order_that_cannot_be_is_refused_in_words() -> None:
    """A negative or a fractional order and a forgotten variable each say what to do."""
    f = dl.parse("x*y")
    with pytest.raises(dl.InputError, match="by which variable"):
        dl.exact(f)
    with pytest.raises(dl.InputError, match="whole number"):
        dl.exact(f, wrt="x", order=-1)


def test_a_variable_that_does_not_occur_gives_zero() -> None:
    """The derivative by an absent variable is 0."""
    assert dl.exact(dl.parse("x^2"), wrt="t").text == "0"
    assert Variable("x") == dl.parse("x").tree
