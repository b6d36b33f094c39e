"""Sign tables say in LaTeX and in words what the stretches say."""

from __future__ import annotations

import math

from derivlab.curves.variation import Stretch
from derivlab.figures.signs import Table, signs_latex, signs_words

CUBIC = (Stretch(-3.0, -1.0, 1), Stretch(-1.0, 1.0, -1), Stretch(1.0, 3.0, 1))


def test_the_table_has_a_column_for_each_end_and_each_stretch() -> None:
    """x³ − 3x rises to 2, falls to −2, rises again."""
    table = Table(1, CUBIC, (24.0, 0.0, 0.0, 24.0), (-18.0, 2.0, -2.0, 18.0))
    latex = signs_latex(table, "x", "f", "f'")
    assert r"x & -3 &  & -1 &  & 1 &  & 3" in latex
    assert r"f' &  & + & 0 & - & 0 & + & " in latex
    assert r"f & -18 & \nearrow & 2 & \searrow & -2 & \nearrow & 18" in latex


def test_where_nothing_is_defined_stands_a_double_line() -> None:
    """1/x has no value at 0."""
    table = Table(
        0, (Stretch(-1.0, 0.0, -1), Stretch(0.0, 1.0, 1)), (-1.0, math.nan, 1.0), (-1.0, math.nan, 1.0)
    )
    assert r"- & \Vert & +" in signs_latex(table, "x", "f", "f")


def test_the_words_name_every_stretch() -> None:
    """The sentence lists where f rises and where it falls."""
    words = signs_words(CUBIC, "f", "rises", "falls", "is level")
    assert words == "f rises from −3 to −1 and from 1 to 3; it falls from −1 to 1."
