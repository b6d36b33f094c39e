"""The Curve page: a function, its derivatives and the tangent, as a picture and in figures."""

from __future__ import annotations

import numpy as np
import streamlit as st

from derivlab.figures.curve import curve_figure
from ui import theme, widgets
from ui.chart import chart
from ui.curve_controls import controls, forget_window, take_point, take_window
from ui.curve_view import Here, Subject, handle_for, pictured
from ui.examples import CURVES
from ui.overlay import overlay

colors = theme.colors()
theme.heading("Curve")
row = widgets.input_row()
f = widgets.function_box("3x^2", examples=CURVES, row=row)
variable = f.variables[0] if f.variables else "x"
at = widgets.point_box((variable,), row=row)
subject = Subject(f, variable)
x = at[variable]


def moved() -> None:
    """The point was dragged."""
    take_point(variable, float(st.session_state["overlay"].moved))


def viewed() -> None:
    """The window was zoomed or panned, or sent back to automatic."""
    view = st.session_state["overlay"].view
    if view is None:
        forget_window()
    else:
        take_window(tuple(view["x"]), tuple(view["y"]))


picture, panel = st.columns([2.7, 1], gap="medium")
with picture:
    wanted = controls(variable)
    values = np.asarray(subject.evaluate(max((*wanted.orders, 1)))(np.array([x])))[:, 0]
    here = Here(x, tuple(values.tolist()), bool(np.isfinite(values[:2]).all()))
    scene = pictured(subject, wanted, here, colors)
    with st.container(key="curve_chart"):
        chart(curve_figure(scene, colors), key="curve", alt=f"{f.body}")
        overlay(handle_for(scene, here, "curve_chart"), colors, key="overlay", on_moved=moved, on_view=viewed)
with panel:
    widgets.answers([(f"f({x})", f"{here.y}", "")])
