"""What stands under the chart: points of interest, sign tables, the code, the data, the link."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

import derivlab as dl
from derivlab.export.table import to_csv
from derivlab.expression.show_latex import name_to_latex, to_latex
from derivlab.figures.numbers import full, latex, line_latex, text
from derivlab.figures.scene import Mark, Scene
from derivlab.figures.signs import MOST, signs_latex, signs_words
from ui.background import exact_formula
from ui.curve_features import asymptotes_of, featured, marks_of, sign_table
from ui.curve_view import Here
from ui.escape import escape
from ui.exact_places import exact_lines, exact_place, exact_places
from ui.several.formulas import when_ready
from ui.subject import Ends, Subject

if TYPE_CHECKING:
    from derivlab.curves.features import Features

TABS = ("Points of interest", "Signs", "Formulas", "Code", "Data", "Link")
ROWS = 401
MOST_ROWS = 40
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
    headers = [subject.variable, *(subject.label(k) for k in columns)]
    table = to_csv(headers, np.vstack([x, rows]).T.tolist())
    st.markdown(f"{ROWS} points from {text(window[0])} to {text(window[1])}; an empty field is undefined.")
    st.download_button("Download values.csv", table, "values.csv", "text/csv", on_click="ignore")
    st.code("\n".join(table.splitlines()[:8]) + "\n…", language=None)


def formulas_tab(subject: Subject, here: Here, orders: Sequence[int]) -> None:
    """The exact derivatives as text, to be copied, and the values with all their digits."""
    for order in dict.fromkeys((0, 1, *orders)):
        name = subject.label(order)
        if order:
            formula = exact_formula(subject.f, subject.variable, order)
            if isinstance(formula, dl.Function):
                st.caption(f"{escape(name)}({escape(subject.argument)}) =")
                st.code(formula.body, language=None, wrap_lines=True)
            elif formula is None:
                st.caption(f"{escape(name)}: being worked out …")
            else:
                st.caption(f"{escape(name)}: {escape(formula.message)} {escape(formula.hint)}")
        st.caption(
            f"{escape(name + subject.place(here.x, digits=17))} = {escape(full(here.values[order]))} with all digits"
        )


def points_tab(subject: Subject, window: Ends) -> None:
    """The points of interest as a table, and what holds for the whole function in words."""
    found = featured(subject, window)
    marks = marks_of(subject, found)
    shown = marks[:MOST_ROWS]
    lines = tuple(line for line in found.asymptotes if line.at is None)

    def asked_places(patience: float) -> object:
        return exact_places(subject.alone, window, patience)

    def asked_lines(patience: float) -> object:
        return exact_lines(subject.alone, lines, patience)

    def show() -> None:
        for sentence in whole_words(subject, found, exact_equations(subject, found)):
            st.markdown(sentence)
        if marks:
            _points_table(subject, window, shown)

    if not (marks or lines):
        show()
        st.markdown("No root, no turning point and no inflection in this window.")
        return
    when_ready([asked_places, asked_lines] if lines else [asked_places], show)
    if len(marks) > len(shown):
        st.caption(f"And {len(marks) - len(shown)} more: zoom in to see them.")


def exact_equations(subject: Subject, found: Features) -> dict[tuple[float, float, float | None], str]:
    """For each asymptote that SymPy knows by now: its slope, its intercept and its place, and its equation in LaTeX."""
    equations: dict[tuple[float, float, float | None], str] = {}
    lines = exact_lines(subject.alone, tuple(line for line in found.asymptotes if line.at is None), 0.0)
    for line, right in lines if isinstance(lines, tuple) else ():
        equations[line.slope, line.intercept, None] = f"{subject.height} = {right}"
    places = exact_places(subject.alone, found.window, 0.0)
    for line in found.asymptotes if isinstance(places, tuple) else ():
        exact = (
            exact_place(places, "pole", line.at) if line.at is not None and isinstance(places, tuple) else ""
        )
        if exact:
            equations[line.slope, line.intercept, line.at] = (
                f"{name_to_latex(subject.variable)} = {exact.strip('$')}"
            )
    return equations


def _points_table(subject: Subject, window: Ends, shown: Sequence[Mark]) -> None:
    places = exact_places(subject.alone, window, 0.0)
    exactly = [exact_place(places, mark.kind, mark.x) if isinstance(places, tuple) else "" for mark in shown]
    columns: dict[str, list[str]] = {
        "What": [mark.kind for mark in shown],
        subject.variable: [text(mark.x, digits=10) for mark in shown],
        f"{subject.name}({subject.argument})": [_height(mark) for mark in shown],
    }
    if any(exactly):
        columns[f"{subject.variable} exactly"] = exactly
    with st.container(key="points_table"):
        st.table(columns, border="horizontal", hide_index=True, width="content", alt="Points of interest")


def _height(mark: Mark) -> str:
    has_value = math.isfinite(mark.y) and mark.kind != "pole"
    return text(mark.y, digits=10) if has_value else "no value"


def whole_words(
    subject: Subject, found: Features, exact: Mapping[tuple[float, float, float | None], str] | None = None
) -> list[str]:
    """Symmetry, period and asymptotes, a sentence each, as Markdown; `exact` are equations that SymPy has found."""
    name, variable = escape(subject.name), name_to_latex(subject.variable)
    said = []
    if found.symmetry.parity == "even":
        said.append(f"{name} is **even**: the left half mirrors the right.")
    if found.symmetry.parity == "odd":
        said.append(f"{name} is **odd**: a half turn about the origin gives the same curve.")
    if found.symmetry.period_tree is not None:
        said.append(f"{name} repeats with **period** ${to_latex(found.symmetry.period_tree)}$.")
    known = exact or {}
    lines = []
    for line in asymptotes_of(subject, found):
        equation = known.get((line.slope, line.intercept, line.at))
        if equation is not None:
            lines.append(f"${equation}$ (exact)")
        elif line.at is None:
            lines.append(f"${subject.height} = {line_latex(line.slope, line.intercept, variable)}$")
        else:
            lines.append(f"${variable} = {latex(line.at, digits=7)}$")
    if lines:
        more = f" and {len(lines) - 12} more" if len(lines) > 12 else ""
        said.append(f"**Asymptotes**: {', '.join(lines[:12])}{more}.")
    if found.left_out:
        said.append(f":material/info: {escape(found.left_out)}.")
    return said


def alt_text(subject: Subject, scene: Scene, here: Here) -> str:
    """The chart in a sentence, for screen readers."""
    drawn = ", ".join(curve.label for curve in scene.curves)
    lo, hi = (text(end, digits=4) for end in scene.x)
    point = f"{subject.name}{subject.place(here.x)} = {text(here.y, digits=6)}"
    return f"{drawn} for {scene.variable} from {lo} to {hi}; {point}"


def left_out(scene: Scene) -> None:
    """What the picture does not show, in words."""
    empty = [drawn.label for drawn in scene.curves if not drawn.curve.segments]
    if empty:
        verb = "has" if len(empty) == 1 else "have"
        st.caption(f":material/info: {escape(', '.join(empty))} {verb} no value in this window.")
    for drawn in scene.curves:
        if drawn.curve.left_out:
            st.caption(f":material/info: {escape(drawn.label)}: {escape(drawn.curve.left_out)}.")
    logarithmic = [
        axis for axis, scale in ((scene.variable, scene.x_scale), ("y", scene.y_scale)) if scale == "log"
    ]
    if logarithmic:
        st.caption(
            f":material/info: A logarithmic axis shows positive values only: {escape(', '.join(logarithmic))} > 0."
        )


def link_tab(link: str) -> None:
    """The address of exactly this view."""
    st.markdown("This link opens the same function, point and window:")
    st.code(link, language=None, wrap_lines=True)


def signs_tab(subject: Subject, window: Ends) -> None:
    """Sign, monotonicity and convexity: a table each, as on a blackboard, and the same in words."""
    name, variable = name_to_latex(subject.name), name_to_latex(subject.variable)
    found = featured(subject, window)
    for order, title, above, below, level in QUESTIONS:
        stretches = (found.signs, found.monotonicity, found.convexity)[order]
        st.markdown(f"**{title}.** {escape(signs_words(stretches, subject.spoken, above, below, level))}")
        if 0 < len(stretches) <= MOST:
            table = sign_table(subject, found, order)
            with st.container(key=f"signs_{order}"):
                st.markdown(f"${signs_latex(table, variable, name, subject.label_latex(order))}$")
