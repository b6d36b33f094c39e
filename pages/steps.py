"""The Steps page: the derivative worked out by the rules of the textbook, one at a time."""

from __future__ import annotations

import streamlit as st

import derivlab as dl
from derivlab.expression.show_latex import name_to_latex
from ui import theme, widgets
from ui.query import take_over
from ui.steps_panel import STARTS, result, solution

theme.heading("Steps")
take_over()
row = widgets.input_row()
f = widgets.function_box("x^2 sin(x)", starts=STARTS, row=row)
at = widgets.point_box(f.variables, row=row)
wrt = f.variables[0] if f.variables else "x"
with row:
    if len(f.variables) > 1:
        wrt = (
            st.selectbox(
                "by",
                f.variables,
                key="wrt",
                bind="query-params",
                width=110,
                help=f"The others are held, as if they were numbers: ${name_to_latex(f.name)}$ by one of them.",
            )
            or wrt
        )
    widgets.gallery(STARTS)
try:
    root = dl.steps(f, wrt)
except dl.DerivlabError as error:
    widgets.trouble(error, f.source)
    st.stop()
steps, panel = st.columns([2, 1], gap="medium")
with steps:
    is_finished = solution(root, len(f.variables) > 1)
with panel, st.container(key="panel", border=True):
    if is_finished:
        result(f, root, at, theme.colors())
    else:
        st.markdown("The answer comes with the last line. What do you expect the next one to be?")
