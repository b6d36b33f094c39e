"""The Graph page: the autograd graph that PyTorch really recorded, step by step."""

from __future__ import annotations

import streamlit as st

import derivlab as dl
from ui import theme, widgets
from ui.graph import graph_player
from ui.graph.examples import GRAPHS
from ui.graph.panels import faults, gradient_words, script_panel, tensors_panel
from ui.graph.subject import Values, read_values, spread_out, subject_of
from ui.query import start_step

OF_F, OF_GRADIENT = "f", "its gradient"
PANELS = {"Tensors": tensors_panel, "Script": script_panel}

theme.heading("Graph")
row = widgets.input_row()
f = widgets.function_box("3x^2", starts=GRAPHS, row=row)
at: Values = dict(widgets.point_box(f.variables, row=row))
with row:
    widgets.gallery(GRAPHS)
picture = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="graph_options"):
    of = st.segmented_control(
        "The graph of",
        (OF_F, OF_GRADIENT),
        default=OF_F,
        key="of",
        bind="query-params",
        help="The gradient's own graph is what create_graph=True records. Its gradient is f″.",
    )
    wrt = None
    if of == OF_GRADIENT and f.variables:
        wrt = st.selectbox("by", f.variables, key="wrt", bind="query-params", width=110)
    for name in f.variables[:1]:
        many = st.text_input(
            f"Many values of {name} at once",
            key="many",
            bind="query-params",
            placeholder="1, 2, 3",
            width=260,
            help="A list such as 1, 2, 3. They are summed before .backward().",
        )
        if many:
            try:
                at = spread_out(at, name, read_values(many))
            except dl.DerivlabError as error:
                widgets.trouble(error, many, "many")
with picture:
    try:
        subject = subject_of(f, at, wrt)
    except dl.DerivlabError as error:
        widgets.trouble(error, f.source)
        st.stop()
    faults(subject.graph)
    gradient_words(subject)
    graph_player(subject.scene, theme.colors(), start=start_step(), keeps_step=True)
chosen = st.segmented_control(
    "More", list(PANELS), default="Tensors", key="more", bind="query-params", label_visibility="collapsed"
)
PANELS[chosen or "Tensors"](subject)
