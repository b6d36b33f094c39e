"""The memory of the core: bounded by weight, the oldest forgotten first, right from several threads."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import numpy as np
import pytest

import derivlab as dl
from derivlab.autodiff.taylor import evaluator
from derivlab.expression.tree import Apply, flatten, unflatten
from derivlab.lowering.program import program_of
from derivlab.memory import BUDGET, HEAVIEST, MEMORY, Memory, remembered


@pytest.fixture
def small() -> Memory:
    """Room for ten results of 100 bytes."""
    return Memory(budget=5_000, heaviest=2_000)


def test_a_result_is_worked_out_once(small: Memory) -> None:
    """And again after it was forgotten."""
    asked = []

    @remembered(lambda _, x: 100, small)
    def square(x: int) -> int:
        asked.append(x)
        return x * x

    assert [square(3), square(3), square(4)] == [9, 9, 16]
    assert asked == [3, 4]
    square.cache_clear()  # type: ignore[attr-defined]
    assert (square(3), asked, len(small)) == (9, [3, 4, 3], 1)


def test_the_oldest_is_forgotten_first_and_the_weight_stays_within_its_bound(small: Memory) -> None:
    """Used is young again; every function's results count."""

    @remembered(lambda _, x: 100, small)
    def one(x: int) -> int:
        return x

    for x in range(10):
        one(x)
    one(0)
    one(10)
    assert small.weight <= 5_000
    assert small.get((one.__wrapped__, (0,))) is not None  # type: ignore[attr-defined]
    assert small.get((one.__wrapped__, (1,))) is None  # type: ignore[attr-defined]


def test_what_is_too_heavy_is_not_kept(small: Memory) -> None:
    """One giant does not drive out all the others."""

    @remembered(len, small)
    def giant() -> bytes:
        return bytes(3_000)

    assert len(giant()) == 3_000
    assert (len(small), small.weight) == (0, 0)


def test_threads_share_it(small: Memory) -> None:
    """Right answers and a right sum of weights, whoever drops what."""

    @remembered(lambda _, x: x, small)
    def twice(x: int) -> int:
        return 2 * x

    with ThreadPoolExecutor(8) as pool:
        asked = [k * k * 7919 % 53 for k in range(4_000)]
        assert list(pool.map(twice, asked)) == [2 * x for x in asked]
    assert small.weight == sum(weight for _, weight in small._found.values()) <= 5_000


def _formula(terms: int) -> dl.Function:
    """A sum of different terms, built without the parser, whose texts have a memory of their own."""
    forms = (
        "sin({a}x)/(x^2+{b})",
        "ln(x+{a})*cos(x^{b})",
        "sqrt({a}+x)",
        "{a}x^{b}",
        "where(x>{a},1/x,{b}*y)",
    )
    text = " + ".join(forms[k % 5].format(a=k + 2, b=k % 9 + 1) for k in range(terms))
    return dl.Function("f", ("x", "y"), unflatten(flatten(dl.parse(text).tree)))


def _use(f: dl.Function) -> None:
    """What the pages ask of a formula."""
    at = {"x": 1.3, "y": 0.4}
    dl.derivative(f, at, "x")
    dl.derivative(f, at, "x", order=4)
    dl.hessian(f, at)
    dl.jacobian([f], at)
    evaluator(f, "x", 2, at)(np.array([1.0, 2.0]))
    dl.sample(f, 1.0, 2.0, wrt="x", at=at)


@pytest.fixture
def traced() -> Iterator[None]:
    """Python's own count of allocated bytes, from an empty memory on."""
    MEMORY.forget()
    gc.collect()
    yield
    tracemalloc.stop()
    MEMORY.forget()


def test_the_weights_are_honest(traced: None) -> None:
    """What is kept of a long formula takes no more bytes than it is weighed."""
    _use(_formula(5))
    f = _formula(60)
    MEMORY.forget()
    tracemalloc.start()
    _use(f)
    gc.collect()
    kept = tracemalloc.get_traced_memory()[0]
    MEMORY.forget()
    gc.collect()
    assert 0 < kept - tracemalloc.get_traced_memory()[0] <= BUDGET
    assert kept - tracemalloc.get_traced_memory()[0] <= _weight_after(f)


def _weight_after(f: dl.Function) -> int:
    _use(f)
    return MEMORY.weight


def _trees() -> int:
    gc.collect()
    return sum(type(each) is Apply for each in gc.get_objects())


def test_no_other_memory_holds_on_to_a_tree() -> None:
    """Once the memory has forgotten it, a formula that was used is gone."""
    _use(_formula(5))  # what belongs to the operations of the table stays
    MEMORY.forget()
    before = _trees()
    f = _formula(23)
    _use(f)
    assert _trees() > before + 100
    MEMORY.forget()
    del f
    clear_texts()
    assert _trees() <= before + 20


def clear_texts() -> None:
    """Forget the texts that were parsed."""
    for name in ("parse", "tokens", "naming.spellings", "operands.numerals", "constants"):
        for each in vars(import_module(f"derivlab.expression.{name}")).values():
            if hasattr(each, "cache_clear"):
                each.cache_clear()


def test_an_ordinary_formula_is_remembered() -> None:
    """Its program is the same object the second time, and the longest ones are not too heavy to keep."""
    f = _formula(7)
    assert program_of(f.tree) is program_of(f.tree)
    assert HEAVIEST > 400 * 10_000
