"""Reading numbers and queries."""

from __future__ import annotations

import math
from urllib.parse import parse_qs, urlsplit

import pytest

import derivlab as dl
from ui.query import Query
from ui.widgets import read, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3.0),
        ("-1/3", -1 / 3),
        ("pi/2", math.pi / 2),
        ("sqrt(2)", math.sqrt(2)),
        ("2e-3", 2e-3),
        ("1,5", 1.5),
        ("−0,25", -0.25),
        ("√2", math.sqrt(2)),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    """A box for a number takes any constant of the language."""
    assert read_number(text) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    "text", ["nan", "inf", "x", "1,5,", "1,500", "1/0", "ln(-1)", "", "1e400", "9^999", "__import__('os')"]
)
def test_what_is_no_number_is_said_in_words(text: str) -> None:
    """An error to show, never an exception, never NaN or infinity."""
    found = read_number(text)
    assert isinstance(found, dl.DerivlabError)
    assert found.message


@pytest.mark.parametrize("text", ["x^", "sin(", "", "<script>", "x" * 60_000])
def test_what_is_no_function_is_an_error_to_show(text: str) -> None:
    """Reading a function never raises."""
    assert isinstance(read(text), dl.ParseError)


def test_a_link_holds_the_query_and_nothing_empty() -> None:
    """Function, point, window and lists stand in the address, percent-encoded."""
    query = Query("3x^2+1", {"x": "pi/2"}, "-1", "", {"tab": "Link"}, {"d": ("f", "f′")})
    asked = parse_qs(urlsplit(query.link("partials")).query)
    assert asked == {"f": ["3x^2+1"], "at_x": ["pi/2"], "lo": ["-1"], "tab": ["Link"], "d": ["f", "f′"]}
    assert urlsplit(query.link("partials")).path == "/partials"
