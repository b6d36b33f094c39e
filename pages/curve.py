"""The Curve page: a function, its derivatives and the tangent, as a picture and in figures."""

from __future__ import annotations

import streamlit as st

from derivlab.figures.curve import curve_figure
from ui import curve_sections, theme, widgets
from ui.chart import chart
from ui.curve_answers import answers
from ui.curve_controls import controls, link_of, steady, subject_box, take_point, take_window
from ui.curve_view import here_at, inspected, opening, pictured
from ui.examples import CURVES
from ui.overlay import overlay
from ui.query import LONGEST_FUNCTION, asked

CHART = "curve_chart"
colors = theme.colors()
theme.heading("Curve")
row = widgets.input_row()
f = widgets.function_box("3x^2", starts=CURVES, row=row)
subject, x = subject_box(f, row)
with row:
    widgets.gallery(CURVES)


def moved() -> None:
    """The point was dragged."""
    take_point(subject.variable, st.session_state["overlay"].moved)


def viewed() -> None:
    """The window was zoomed or panned, or sent back to automatic."""
    view = st.session_state["overlay"].view
    take_window(view)


picture, panel = st.columns([2.6, 1], gap="medium")
with picture:
    wanted = controls(subject)
    report = inspected(subject, x)
    here = here_at(subject, x, wanted.orders, report)
    scene, handle = pictured(subject, wanted, here, report, colors, CHART)
    with st.container(key=CHART):
        chart(curve_figure(scene, colors), key="curve", alt=curve_sections.alt_text(subject, scene, here))
        overlay(handle, colors, key="overlay", on_moved=moved, on_view=viewed)
    curve_sections.left_out(scene)
with panel, st.container(key="panel", border=True):
    answers(subject, here, wanted.orders, report, colors)

with st.container(key="below", horizontal=True, vertical_alignment="center"):
    tab = st.segmented_control(
        "More",
        curve_sections.TABS,
        default=curve_sections.TABS[0],
        key="tab",
        bind="query-params",
        required=True,
        label_visibility="collapsed",
    )
    with st.container(key="manual", horizontal_alignment="right"):
        st.caption("Drag the point or press the arrow keys. Ctrl and scroll zoom, a double click resets.")
if tab == "Points of interest":
    curve_sections.points_tab(subject, scene.x)
elif tab == "Signs":
    curve_sections.signs_tab(subject, scene.x)
elif tab == "Formulas":
    curve_sections.formulas_tab(subject, here, wanted.orders)
elif tab == "Code":
    curve_sections.code_tab(subject, here)
elif tab == "Data":
    curve_sections.data_tab(subject, wanted.orders, scene.x)
elif tab == "Link":
    opens = wanted.x or opening(subject, x)
    curve_sections.link_tab(
        link_of(asked("f", LONGEST_FUNCTION), subject, wanted.x or steady(subject, x, opens), opens)
    )
