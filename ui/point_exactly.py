"""The limits and slopes at a special point exactly, once SymPy has confirmed them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import streamlit as st

from derivlab.expression.show_latex import to_latex
from derivlab.figures.numbers import latex
from ui.exact_places import LONGEST, exact_point
from ui.several.formulas import when_ready

if TYPE_CHECKING:
    from derivlab.curves.confirm import Confirmation, Verdict
    from derivlab.curves.differentiability import PointReport
    from ui.subject import Subject

PLAIN = frozenset({"smooth", "outside", "oscillation"})
"""Kinds of points that have no limits or slopes of interest."""


def point_exactly(subject: Subject, report: PointReport) -> None:
    """A line under the words: the same values exactly, or that SymPy says otherwise; nothing where it is silent."""
    if report.kind in PLAIN:
        return

    def asked(patience: float) -> object:
        return exact_point(subject.alone, report.at, report, patience)

    def show() -> None:
        found = exact_point(subject.alone, report.at, report, 0.0)
        said = confirmed_words(found) if found is not None and not isinstance(found, Exception) else ""
        if said:
            st.markdown(f":small[:gray[{said}]]")

    when_ready([asked], show)


def confirmed_words(found: Confirmation) -> str:
    """What SymPy says in a sentence or two, as Markdown; empty where it says nothing."""
    if found.is_contradicted:
        return "SymPy comes to another result here; the values above were checked with many digits close to the point."
    sides = [_both("limit", found.left, found.right), _both("slope", found.slope_left, found.slope_right)]
    said = ", ".join(part for part in sides if part)
    return f"Exactly, by SymPy: {said}." if said else ""


def _both(what: str, left: Verdict, right: Verdict) -> str:
    one, other = _exactly(left), _exactly(right)
    if one and other:
        return f"{what} {one}" if one == other else f"{what} {one} on the left and {other} on the right"
    if one or other:
        return f"{what} {one or other} on the {'left' if one else 'right'}"
    return ""


def _exactly(verdict: Verdict) -> str:
    """The value as Markdown, where SymPy agrees."""
    if not verdict.agrees or verdict.number is None:
        return ""
    if verdict.exact is None:
        return f"${latex(verdict.number)}$" if math.isinf(verdict.number) else ""
    written = to_latex(verdict.exact)
    return f"${written}$" if len(written) <= LONGEST else ""
