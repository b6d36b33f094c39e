"""Numbers as people write them for points and windows."""

from __future__ import annotations

import math

import pytest

from derivlab import ParseError
from derivlab.expression.constants import parse_number
from derivlab.expression.operations import OPERATIONS

NUMBERS = [
    ("3", 3.0),
    ("-1/3", -1 / 3),
    ("pi/2", math.pi / 2),
    ("π", math.pi),
    ("sqrt(2)", math.sqrt(2)),
    ("√2/2", math.sqrt(2) / 2),
    ("2e-3", 2e-3),
    ("1e308", 1e308),
    ("e^2", math.e**2),
    ("30°", math.pi / 6),
    ("(-8)^(1/3)", -2.0),
    ("(-8)^(2/3)", 4.0),
    ("5!", 120.0),
    ("½", 0.5),
    ("sec(1)", 1 / math.cos(1)),
    ("gamma(0.5)", math.sqrt(math.pi)),
    ("softplus(0)", math.log(2)),
    ("{1 if 2 > 1, 0}", 1.0),
    (r"\frac{\pi}{4}", math.pi / 4),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS, ids=[text for text, _ in NUMBERS])
def test_number(text: str, number: float) -> None:
    """The value is that of the formula."""
    assert math.isclose(parse_number(text), number, rel_tol=1e-14)


@pytest.mark.parametrize(
    "text", ["x", "2x", "1/0", "0/0", "ln(0)", "sqrt(-1)", "arcsin(2)", "1,500", "", "inf", "10^400"]
)
def test_no_number(text: str) -> None:
    """A variable, an undefined value, a value beyond floating point or no formula at all is refused."""
    with pytest.raises(ParseError) as caught:
        parse_number(text)
    assert caught.value.hint


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, row in OPERATIONS.items()
        if row.group not in ("conditions", "constants") and name not in ("digamma", "polygamma", "erfinv")
    ],
)
def test_every_operation_has_a_value(name: str) -> None:
    """At the row's own points the value of a typed constant is a number."""
    row = OPERATIONS[name]
    for point in row.test_points:
        arguments = ", ".join(f"({number!r})" for number in point)
        text = {"negate": f"-({point[0]!r})", "factorial": f"({point[0]!r})!"}.get(name)
        if row.group == "arithmetic" and text is None:
            sign = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}[name]
            text = sign.join(f"({number!r})" for number in point)
        assert math.isfinite(parse_number(text or f"{name}({arguments})"))
