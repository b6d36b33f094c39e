"""The Graph page: the autograd graph that PyTorch really recorded, step by step."""

from __future__ import annotations

import streamlit as st

import derivlab as dl
from ui import theme, widgets
from ui.graph import graph_player
from ui.graph.subject import subject_of
from ui.query import Query
from ui.widgets import Example

GRAPHS = (
    Example("3x² at x = 3", Query("3x^2", {"x": "3"})),
    Example("Two variables", Query("f(u, v) = u^3 + v^2 + 4uv", {"u": "3", "v": "4"})),
)

theme.heading("Graph")
row = widgets.input_row()
f = widgets.function_box("3x^2", examples=GRAPHS, row=row)
at = widgets.point_box(f.variables, row=row)
try:
    subject = subject_of(f, tuple(at.items()), None)
except dl.DerivlabError as error:
    widgets.trouble(error)
    st.stop()
graph_player(subject.scene, theme.colors())
