"""Slips of one sign or word, conditions in brackets and capitals, kinks as PyTorch has them, and linear time."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction

import pytest
import torch
from torch import nn
from torch.nn import functional

from derivlab import ParseError, derivative, parse, value
from tests.expression.refusal import is_read_or_refused

POINTS = (0.7, -1.2, 2.3, 0.31, -0.45)

MEANINGS: list[tuple[str, Callable[[float], float]]] = [
    ("{-x, not (x > 0); 2, otherwise}", lambda x: -x if x <= 0 else 2),
    ("{-x, !(x > 0); 2, otherwise}", lambda x: -x if x <= 0 else 2),
    ("{-x, (x > 0) & (x < 2); 2, otherwise}", lambda x: -x if 0 < x < 2 else 2),
    ("{x + 1, (x < 0) | (x > 1); x^2, otherwise}", lambda x: x + 1 if x < 0 or x > 1 else x * x),
    ("{x, (x > 0); 0, otherwise}", lambda x: max(x, 0)),
    ("{x if x > 0 AND x < 1, 0}", lambda x: x if 0 < x < 1 else 0),
    ("{x if x < 0 OR x > 1, 0}", lambda x: x if x < 0 or x > 1 else 0),
    ("{x if NOT x > 0, 0}", lambda x: min(x, 0)),
    ("IF(x > 0 AND x < 1, x, 0)", lambda x: x if 0 < x < 1 else 0),
    ("IF( AND (x > 0, x < 1), x, 0)", lambda x: x if 0 < x < 1 else 0),
    ("torch.gt(x, 0)*x", lambda x: max(x, 0)),
    ("x^2*np.logical_not(x > 0)", lambda x: x * x if x <= 0 else 0),
    ("torch.logical_and(x > 0, x < 1)*x", lambda x: x if 0 < x < 1 else 0),
    ("torch.rsub(x, 1)", lambda x: 1 - x),
    ("(lambda x: x**2)", lambda x: x * x),
    ("(lambda x: x**2)(x)", lambda x: x * x),
    ("½x + ¾", lambda x: x / 2 + 3 / 4),
]


@pytest.mark.parametrize(("text", "meaning"), MEANINGS, ids=[text for text, _ in MEANINGS])
def test_value(text: str, meaning: Callable[[float], float]) -> None:
    """The text means what it means where it comes from, and its printed forms are read back."""
    function = parse(text)
    assert parse(function.text) == function
    assert parse(function.latex).tree == function.tree
    for x in POINTS:
        assert value(function, {"x": x}) == pytest.approx(meaning(x))


KINKS: list[tuple[str, Callable[[torch.Tensor], torch.Tensor], tuple[float, ...]]] = [
    ("F.relu6(x)", functional.relu6, (0, 6)),
    ("F.hardtanh(x, -2, 2)", lambda x: functional.hardtanh(x, -2, 2), (-2, 2)),
    ("nn.Hardtanh(0, 1)(x)", lambda x: functional.hardtanh(x, 0, 1), (0, 1)),
    ("F.hardtanh(x)", functional.hardtanh, (-1, 1)),
    ("F.hardswish(x)", functional.hardswish, (-3, 3)),
    ("F.hardsigmoid(x)", functional.hardsigmoid, (-3, 3)),
    ("torch.clamp(x, -1, 1)", lambda x: torch.clamp(x, -1, 1), (-1, 1)),
    ("F.softshrink(x)", functional.softshrink, (-0.5, 0.5)),
    ("F.hardshrink(x)", functional.hardshrink, (-0.5, 0.5)),
    ("F.leaky_relu(x, 0.2)", lambda x: functional.leaky_relu(x, 0.2), (0,)),
    ("F.elu(x, alpha=2)", lambda x: functional.elu(x, alpha=2), (0,)),
    ("nn.CELU(0.5)(x)", nn.CELU(0.5), (0,)),
    ("F.selu(x)", functional.selu, (0,)),
    ("F.prelu(x, 0.25)", lambda x: functional.prelu(x, torch.tensor(0.25, dtype=torch.float64)), (0,)),
    ("F.threshold(x, 0.5, 20)", lambda x: functional.threshold(x, 0.5, 20), (0.5,)),
    ("torch.maximum(x, -x)", lambda x: torch.maximum(x, -x), (0,)),
]


@pytest.mark.parametrize(("text", "meant", "places"), KINKS, ids=[text for text, *_ in KINKS])
def test_kinks_are_those_of_torch(
    text: str, meant: Callable[[torch.Tensor], torch.Tensor], places: tuple[float, ...]
) -> None:
    """At the kink and beside it value and derivative are what PyTorch answers to the same call."""
    function = parse(text)
    for place in places:
        for x in (place - 0.25, place, place + 0.25):
            leaf = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
            result = meant(leaf)
            result.backward()  # type: ignore[no-untyped-call]
            assert leaf.grad is not None
            assert value(function, {"x": x}) == pytest.approx(result.item(), abs=1e-7)
            assert derivative(function, {"x": x}) == pytest.approx(leaf.grad.item(), abs=1e-7)


REFUSALS: list[tuple[str, str, str | None]] = [
    ("{x^2 if x < 0, x ohterwise}", "ohterwise is not a word", "{x^2 if x < 0, x otherwise}"),
    ("x if x > 0 esle 0", "esle is not a word", "x if x > 0 else 0"),
    ("x if x >  else 0", "Something is missing after >.", None),
    ("-1 < x <=  ? x : 0", "Something is missing after <=.", None),
    ("if x > then x else 0", "Something is missing after >.", None),
    ("{x => 1: sin x, 2}", "=> is an arrow here", "{x >= 1: sin x, 2}"),
    ("Piecewise((2, x => 1), (0, True))", "=> is an arrow here", "Piecewise((2, x >= 1), (0, True))"),
    ("x if else 0", "“else” belongs in a piecewise formula", None),
    ("null", "null is not a real number", None),
    ("torch.gt(x, 0)", "This is a condition", "{1 if torch.gt(x, 0), 0 otherwise}"),
]


@pytest.mark.parametrize(("text", "message", "suggestion"), REFUSALS, ids=[text for text, *_ in REFUSALS])
def test_refused(text: str, message: str, suggestion: str | None) -> None:
    """The message names the slip, and what is offered can be read."""
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert message in caught.value.message
    assert caught.value.hint
    if suggestion is not None:
        assert caught.value.suggestion == suggestion
        parse(suggestion)


REPEATED = [
    *(
        "$",
        "sin⁻¹x",
        "{x}",
        "{x>0:x}",
        "{x,x>0}",
        "x<0||",
        "x mod(x,2)+",
        "ch^2(x)+",
        "lt(x,1)+",
        "int(x>0)+",
    ),
    *("\\dfrac12", "d x", "x<0,", "|x", "½", "log x", "x[0]+", "where(x<1,1,2)+", "{x, (x>0);", "x si "),
]


@pytest.mark.parametrize("text", REPEATED)
def test_time_is_linear(text: str) -> None:
    """Twelve times the text takes no hundred times the time, and never long."""
    is_read_or_refused("x" + text * 5)
    seconds = [_seconds("x" + text * (length // len(text))) for length in (4_000, 48_000)]
    assert seconds[1] < max(60 * seconds[0], 0.6)
    assert seconds[1] < 2


def _seconds(text: str) -> float:
    """How long it takes to read or to refuse the text, at best of three times."""
    seconds = []
    gc.disable()
    try:
        for blanks in range(3):  # another text each time, since texts are remembered
            start = time.process_time()
            with suppress(ParseError):
                parse(text + " " * blanks)
            seconds.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(seconds)


def test_fractions_of_one_sign() -> None:
    """Each sign has its exact value."""
    for sign, exact in (
        ("½", Fraction(1, 2)),
        ("⅓", Fraction(1, 3)),
        ("⅞", Fraction(7, 8)),
        ("⅒", Fraction(1, 10)),
    ):
        assert parse(sign + "x") == parse(f"{exact.numerator}/{exact.denominator}*x")
