"""The Mapping page: vector functions, their Jacobian, and what it does to a small square."""

from __future__ import annotations

import streamlit as st

import derivlab as dl
from derivlab.multivariable.vector_function import linearize
from ui import theme, widgets
from ui.several import mapping_panels as panels
from ui.several.vector_box import vector_box
from ui.several.vector_examples import MAPPINGS

PANELS = {
    "Square": panels.square_panel,
    "Field": panels.field_panel,
    "Chain rule": panels.chain_panel,
    "Forward and backward": panels.passes_panel,
}

theme.heading("Vector functions")
colors = theme.colors()
row = widgets.input_row()
vector = panels.spread_out(
    vector_box("F(x, y) = (x^2 y, x + sin y)", key="F", label="Type a vector function", row=row, echo=False)
)
at = widgets.point_box(vector.variables, {"x": "1", "y": "2", "r": "2", "theta": "pi/6"}, row=row)
with row:
    widgets.gallery(MAPPINGS)
try:
    near = linearize(vector, at)
except dl.InputError as error:
    widgets.trouble(error, key="mapping")
    st.stop()
panels.jacobian_line(vector, near)
chosen = st.segmented_control(
    "Look at",
    list(PANELS),
    default="Square",
    key="mapping",
    bind="query-params",
    label_visibility="collapsed",
)
PANELS[chosen or "Square"](vector, near, colors)
