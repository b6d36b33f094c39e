"""More of what people type means what a mathematician would read, by values that Python computes."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable

import pytest

from derivlab import parse, value
from tests.expression import collected_readings, further_readings
from tests.expression.corpus import CORPUS
from tests.expression.further_readings import Reading

READINGS = [*further_readings.READINGS, *collected_readings.READINGS]
SECTIONS = further_readings.SECTIONS | collected_readings.SECTIONS

POINTS = (0.7, -1.2, 2.3, 0.25, -0.6, 1.05)


def _points(variables: tuple[str, ...]) -> dict[str, list[float]]:
    """Six points, in which no two variables have the same value."""
    return {
        name: [POINTS[(turn + place) % 6] + 0.1 * place for turn in range(6)]
        for place, name in enumerate(variables)
    }


def _expected(meaning: Callable[..., float], at: tuple[float, ...]) -> float:
    """The value by plain Python; NaN where it has none that is real."""
    try:
        found = meaning(*at)
    except (
        ValueError,
        ZeroDivisionError,
        OverflowError,
        TypeError,
    ):  # TypeError: a complex number was compared
        return math.nan
    return math.nan if isinstance(found, complex) else float(found)


def test_readings_are_new() -> None:
    """No text stands twice, here or in the first corpus."""
    texts = [text for text, _ in READINGS]
    assert len(texts) == len({*texts} - {text for text, _, _ in CORPUS}) >= 1_960


@pytest.mark.parametrize(("text", "meaning"), READINGS, ids=[text for text, _ in READINGS])
def test_reading(text: str, meaning: Callable[..., float]) -> None:
    """The variables are those of the hand-written Python, and so is the value at six points, or that it has none."""
    function = parse(text)
    assert [*function.variables] == [name.rstrip("_") for name in inspect.signature(meaning).parameters]
    at = _points(function.variables)
    wanted = [_expected(meaning, point) for point in zip(*at.values(), strict=True)] or [meaning()]
    found = [float(each) for each in value(function, at)] if at else [float(value(function, {}))]
    assert any(not math.isnan(each) for each in wanted)
    for one, other in zip(found, wanted, strict=True):
        assert math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12) or (
            math.isnan(one) and math.isnan(other)
        )


@pytest.mark.parametrize("section", SECTIONS.values(), ids=SECTIONS)
def test_printed_forms(section: list[Reading]) -> None:
    """Canonical text and LaTeX are read as the function that they were printed from, also within brackets."""
    assert [text for text, _ in section if not _prints_well(text)] == []


def _prints_well(text: str) -> bool:
    function = parse(text)
    named = [function.text, f"{function.heading} = {function.latex}"]
    bare = [function.latex, f" ( {function.body} )\n"] if function.text == function.body else []
    return all(parse(form) == function for form in named) and all(
        parse(form).tree == function.tree for form in bare
    )
