"""The answer in figures beside the chart: values, exact formulas, the tangent, what kind of point it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

import derivlab as dl
from derivlab.curves.undefined import why_undefined
from derivlab.expression.show_latex import name_to_latex
from derivlab.figures import numbers
from derivlab.figures.palette import Palette
from derivlab.symbolic.validity import valid_where
from ui.background import exact_formula
from ui.curve_view import Here
from ui.escape import escape
from ui.point_exactly import point_exactly
from ui.point_words import describe
from ui.query import LONGEST_FUNCTION, POINT, Query, asked
from ui.subject import Subject
from ui.theme import tinted

if TYPE_CHECKING:
    from derivlab.curves.differentiability import PointReport

LONGEST_FORMULA = 700
"""LaTeX longer than this is no longer read at a glance; the tab below the chart has it."""


def answers(
    subject: Subject, here: Here, orders: Sequence[int], report: PointReport, colors: Palette
) -> None:
    """The panel: first the numbers, then what they mean, then the formulas as they come."""
    with st.container(key="answers", gap="xsmall"):
        for order in dict.fromkeys((0, 1, *orders)):
            _value(subject, here, order, colors)
        if here.smooth:
            st.markdown(":small[:gray[Derivative by PyTorch autograd.]]")
    with st.container(key="meaning", gap="small"):
        kind, sentences = describe(report, subject, here)
        st.markdown(f"**{kind}** {' '.join(sentences)}")
        point_exactly(subject, report)
        if here.smooth:
            st.markdown(f"Tangent: {tinted(_tangent(subject, here), colors.point)}")
    formulas(subject, [order for order in dict.fromkeys((1, *orders)) if order], colors)
    st.page_link(
        "pages/steps.py",
        label="Worked out step by step",
        icon=":material/format_list_numbered:",
        query_params=_the_same(subject),
    )


def _the_same(subject: Subject) -> dict[str, str]:
    """The function and the point as the parameters of a link: of itself it would open another page empty."""
    at = {name: asked(POINT + name) for name in (subject.variable, *dict(subject.others))}
    more = {"wrt": subject.variable} if subject.is_partial else {}
    return Query(asked("f", LONGEST_FUNCTION), at, more=more).handed


def _value(subject: Subject, here: Here, order: int, colors: Palette) -> None:
    """One line: the value of one order at the point, or why there is none."""
    name = f"{subject.label_latex(order)}{subject.place_latex(here.x)}"
    value = here.values[order]
    beyond = here.values[order + 1] if order + 1 < len(here.values) else 0.0
    if math.isfinite(value):
        uncertain = numbers.uncertainty(value, here.x, beyond)
        shown = f"{name} = {numbers.latex(value, uncertain, digits=10)}"
    else:
        shown = rf"{name}\ \text{{is undefined}}"
    st.markdown(tinted(shown, colors.order(order)))
    if order == 0 and not math.isfinite(value):
        reason = why_undefined(subject.f, subject.point(here.x))
        if reason:
            st.caption(f"It would need {escape(reason)}.")


def _tangent(subject: Subject, here: Here) -> str:
    """The tangent as LaTeX: y = m x + b, with another letter where y is a variable."""
    slope, x = here.values[1], here.x
    free = here.y - slope * x
    if abs(free) <= numbers.uncertainty(here.y) + 4 * numbers.uncertainty(slope * x):
        free = 0.0
    return f"{subject.height} = {numbers.line_latex(slope, free, name_to_latex(subject.variable))}"


def formulas(subject: Subject, orders: Sequence[int], colors: Palette) -> None:
    """The exact derivatives. While SymPy works on one, this part alone looks again."""
    waiting = any(exact_formula(subject.f, subject.variable, order) is None for order in orders[:3])

    @st.fragment(run_every=0.5 if waiting else None)
    def show() -> None:
        found = [(order, exact_formula(subject.f, subject.variable, order)) for order in orders[:3]]
        with st.container(key="formulas", gap="xsmall"):
            for order, formula in found:
                _formula(subject, order, formula, colors)
        if waiting and all(formula is not None for _, formula in found):
            st.rerun()

    show()


def _formula(
    subject: Subject, order: int, formula: dl.Function | dl.DerivlabError | None, colors: Palette
) -> None:
    name = subject.label_latex(order)
    if not subject.is_partial:
        name += f"({name_to_latex(subject.variable)})"
    if formula is None:
        st.markdown(f"{tinted(name + ' =', colors.order(order))} :gray[working it out …]")
    elif isinstance(formula, dl.DerivlabError):
        st.caption(f"{escape(subject.label(order))}: {escape(formula.message)}")
    elif len(formula.latex) > LONGEST_FORMULA:
        st.caption(f"{escape(subject.label(order))} is a long formula: see Formulas below.")
    else:
        domain = valid_where(subject.f.tree, formula.tree, (subject.variable,) * order)
        where = f" &nbsp;${domain.phrase}$" if domain else ""
        shown = tinted(f"{name} = {formula.latex}", colors.order(order))
        st.markdown(f"{shown}{where} &nbsp;:small[:gray[exact]]")
