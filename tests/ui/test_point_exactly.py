"""Exact values beside the numbers of a special point, and the words for an edge without a limit."""

from __future__ import annotations

import math

import derivlab as dl
from derivlab.curves.confirm import Confirmation, Verdict, confirm_point
from ui.curve_sections import whole_words
from ui.curve_view import here_at, inspected
from ui.exact_places import exact_lines, exact_place, exact_places, exact_point
from ui.point_exactly import confirmed_words
from ui.point_words import describe
from ui.subject import Subject


def words_at(typed: str, x: float) -> str:
    """What is said of a point once SymPy has had its time."""
    return confirmed_words(confirm_point(dl.parse(typed), x, budget=60.0))


def test_both_sides_are_named() -> None:
    """One limit of a hole, two of a jump, with the infinite ones of a pole."""
    assert words_at("sin(x)/x", 0.0) == "Exactly, by SymPy: limit $1$, slope $0$."
    jump = words_at("atan(1/x)", 0.0)
    assert r"limit $-\frac{\pi}{2}$ on the left and $\frac{\pi}{2}$ on the right" in jump
    assert (
        words_at("tan(x)", math.pi / 2)
        == r"Exactly, by SymPy: limit $\infty$ on the left and $-\infty$ on the right."
    )


def test_the_page_does_not_wait() -> None:
    """Asked without patience there is nothing yet; asked again there is an answer."""
    f = dl.parse("(e^x-1)/x")
    report = dl.inspect_point(f, 0.0)
    assert exact_point(f, 0.0, report, patience=0.0) is None
    assert isinstance(exact_point(f, 0.0, report, patience=60.0), Confirmation)


def test_a_contradiction_is_told() -> None:
    """Where SymPy comes to another result, the reader hears of it."""
    none = Verdict(None)
    found = Confirmation(dl.parse("0").tree, Verdict(1.0, dl.parse("2").tree, False), none, none, none)
    assert confirmed_words(found).startswith("SymPy comes to another result")


def test_poles_and_corners_are_named_exactly() -> None:
    """The poles of tan are at π/2 + kπ, the corners of |x² - 2| at ±√2."""
    places = exact_places(dl.parse("tan(x)"), (-5.0, 5.0), patience=60.0)
    assert isinstance(places, tuple)
    assert exact_place(places, "pole", math.pi / 2) == r"$\frac{\pi}{2}$"
    places = exact_places(dl.parse("abs(x^2-2)"), (-5.0, 5.0), patience=60.0)
    assert isinstance(places, tuple)
    assert exact_place(places, "corner", math.sqrt(2)) == r"$\sqrt{2}$"


def test_asymptotes_are_named_exactly() -> None:
    """x·arctan x runs to the line πx/2 - 1 on the right, and the sentence says that this is exact."""
    subject = Subject(dl.parse("x*atan(x)"), "x")
    found = dl.features(subject.alone, -10, 10)
    lines = exact_lines(subject.alone, found.asymptotes, patience=60.0)
    assert isinstance(lines, tuple)
    named = {line.side: latex for line, latex in lines}
    assert r"\pi" in named["right"]
    exact = {(line.slope, line.intercept, line.at): f"y = {latex}" for line, latex in lines}
    said = " ".join(whole_words(subject, found, exact))
    assert said.count("(exact)") == 2


def test_the_edge_of_ln_is_an_asymptote() -> None:
    """ln goes on only to the right of 0, and falls without bound towards it."""
    subject = Subject(dl.parse("ln(x)"), "x")
    report = inspected(subject, 0.0)
    assert (report.kind, report.right) == ("edge", -math.inf)
    title, sentences = describe(report, subject, here_at(subject, 0.0, (1,), report))
    assert title == "The edge of the domain."
    assert "falls without bound: a vertical asymptote" in " ".join(sentences)
    assert dl.features(subject.alone, -5, 5).asymptotes.vertical == (0.0,)
