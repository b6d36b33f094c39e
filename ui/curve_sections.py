"""What stands under the chart: points of interest, sign tables, the code, the data, the link."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import streamlit as st

import derivlab as dl
from derivlab.curves.variation import variation
from derivlab.export.table import to_csv
from derivlab.expression.show import name_to_latex
from derivlab.figures.curve import Scene
from derivlab.figures.numbers import text
from derivlab.figures.palette import derivative_latex, derivative_name
from derivlab.figures.signs import MOST, signs_latex, signs_words
from ui.background import exact_formula
from ui.curve_view import Here, featured, marks_of
from ui.escape import escape
from ui.subject import Ends, Subject

TABS = ("Points of interest", "Signs", "Formulas", "Code", "Data", "Link")
ROWS = 401
QUESTIONS = (
    (0, "Sign", "is positive", "is negative", "is zero"),
    (1, "Monotonicity", "rises", "falls", "is level"),
    (2, "Convexity", "bends upwards", "bends downwards", "is straight"),
)


def code_tab(subject: Subject, here: Here) -> None:
    """The PyTorch program that gives these numbers."""
    script = dl.to_python(subject.f, subject.point(here.x), wrt=subject.variable)
    st.markdown("This program runs as it stands and prints the numbers above.")
    st.code(script, language="python", height=320)
    st.download_button("Download derivative.py", script, "derivative.py", "text/x-python", on_click="ignore")


def data_tab(subject: Subject, orders: Sequence[int], window: tuple[float, float]) -> None:
    """The values on the window as a table to download."""
    columns = sorted({0, 1, *orders})
    x = np.linspace(*window, ROWS)
    rows = np.asarray(subject.evaluate(max(columns))(x))[columns]
    rows[~np.isfinite(rows)] = math.nan
    headers = [subject.variable, *(derivative_name(subject.name, k) for k in columns)]
    table = to_csv(headers, np.vstack([x, rows]).T.tolist())
    st.markdown(f"{ROWS} points from {text(window[0])} to {text(window[1])}; an empty field is undefined.")
    st.download_button("Download values.csv", table, "values.csv", "text/csv", on_click="ignore")
    st.code("\n".join(table.splitlines()[:8]) + "\n…", language=None)


def formulas_tab(subject: Subject, orders: Sequence[int]) -> None:
    """The exact derivatives as text, to be copied."""
    for order in [order for order in dict.fromkeys((1, *orders)) if order]:
        formula = exact_formula(subject.f, subject.variable, order)
        name = derivative_name(subject.name, order)
        if isinstance(formula, dl.Function):
            st.caption(f"{escape(name)}({escape(subject.variable)}) =")
            st.code(formula.body, language=None, wrap_lines=True)
        elif formula is None:
            st.caption(f"{escape(name)}: being worked out …")
        else:
            st.caption(f"{escape(name)}: {escape(formula.message)} {escape(formula.hint)}")


def points_tab(subject: Subject, window: Ends) -> None:
    """The points of interest as a table."""
    marks = marks_of(subject, featured(subject, window))
    if not marks:
        st.markdown("No root, no extremum and no inflection in this window.")
        return
    columns: dict[str, list[str]] = {
        "": [mark.kind for mark in marks],
        subject.variable: [text(mark.x, digits=10) for mark in marks],
        f"{subject.name}({subject.variable})": [text(mark.y, digits=10) for mark in marks],
    }
    st.table(columns, border="horizontal", hide_index=True, alt="Points of interest")


def alt_text(scene: Scene, here: Here) -> str:
    """The chart in a sentence, for screen readers."""
    drawn = ", ".join(curve.label for curve in scene.curves)
    lo, hi = (text(end, digits=4) for end in scene.x)
    point = f"{scene.name}({text(here.x)}) = {text(here.y, digits=6)}"
    return f"{drawn} for {scene.variable} from {lo} to {hi}; {point}"


def left_out(scene: Scene) -> None:
    """What the picture does not show, in words."""
    for curve in scene.curves:
        if curve.curve.left_out:
            st.caption(f":material/info: {escape(curve.label)}: {escape(curve.curve.left_out)}.")
        elif not curve.curve.segments:
            st.caption(f":material/info: {escape(curve.label)} has no value in this window.")


def link_tab(link: str) -> None:
    """The address of exactly this view."""
    st.markdown("This link opens the same function, point and window:")
    st.code(link, language=None, wrap_lines=True)


def signs_tab(subject: Subject, window: tuple[float, float], cuts: Sequence[float]) -> None:
    """Sign, monotonicity and convexity: a table each, as on a blackboard, and the same in words."""
    name, variable = name_to_latex(subject.name), name_to_latex(subject.variable)
    for order, title, above, below, level in QUESTIONS:
        found = variation(subject.evaluate(order), order, window, cuts)
        st.markdown(f"**{title}.** {escape(signs_words(found, subject.name, above, below, level))}")
        if len(found.stretches) <= MOST:
            ends = np.array([window[0], *(stretch.hi for stretch in found.stretches)])
            values = np.asarray(subject.evaluate(1)(ends))[0].tolist()
            with st.container(key=f"signs_{order}"):
                st.markdown(
                    f"${signs_latex(found, variable, (derivative_latex(name, order), name), values)}$"
                )
