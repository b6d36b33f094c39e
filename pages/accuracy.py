"""The Accuracy page: the derivative as a limit, the error of small steps, and forward against reverse."""

from __future__ import annotations

import streamlit as st

from ui import theme, widgets
from ui.graph.accuracy_panels import error_panel, limit_panel, modes_panel
from ui.graph.examples import ACCURACY

PANELS = ("Error against step", "From secant to tangent", "Forward and reverse")

theme.heading("Accuracy")
row = widgets.input_row()
f = widgets.function_box("sin(x)", starts=ACCURACY, row=row)
at = widgets.point_box(f.variables or ("x",), row=row)
with row:
    widgets.gallery(ACCURACY)
chosen = st.segmented_control(
    "Look at", PANELS, default=PANELS[0], key="look", bind="query-params", label_visibility="collapsed"
)
if chosen == PANELS[2]:
    modes_panel(f, at, theme.colors())
elif len(f.variables) > 1:
    st.info("This part takes a function of one variable. Type one above, or look at Forward and reverse.")
else:
    variable = f.variables[0] if f.variables else "x"
    show = limit_panel if chosen == PANELS[1] else error_panel
    show(f, variable, at[variable], theme.colors())
