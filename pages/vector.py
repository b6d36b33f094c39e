"""The Vector page: many values of x at once, and the derivative at every one of them."""

from __future__ import annotations

import streamlit as st

import derivlab as dl
from derivlab.multivariable.many_values import slopes_at_all
from derivlab.multivariable.value_list import LONGEST, read_values
from ui import theme, widgets
from ui.escape import tidy
from ui.query import Query
from ui.several import values_panels as panels
from ui.several.look import style

EXAMPLES = (
    widgets.Example("x² over −10 … 10", Query("x^2", more={"values": "linspace(-10, 10, 20)"})),
    widgets.Example("Three values", Query("x^3 - x", more={"values": "1, 2, 3"})),
    widgets.Example("A sine, 200 values", Query("sin(x)", more={"values": "linspace(0, 2pi, 200)"})),
    widgets.Example("relu: a corner", Query("relu(x)", more={"values": "linspace(-3, 3, 25)"})),
    widgets.Example(
        "ln x: gaps where it is undefined", Query("ln(x)", more={"values": "linspace(-2, 6, 33)"})
    ),
    widgets.Example("A million values", Query("sin(x)/x", more={"values": "linspace(-50, 50, 1000000)"})),
)
PANELS = {
    "Step by step": panels.steps_panel,
    "Table": panels.table_panel,
    "Why the sum works": panels.why_panel,
    "Any v": panels.product_panel,
    "Coupled outputs": panels.coupled_panel,
}

theme.heading("Many values at once")
style()
colors = theme.colors()
row = widgets.input_row()
f = widgets.function_box("x^2", starts=EXAMPLES, row=row)
with row:
    with st.container(width=330):
        typed = st.text_input(
            f"Values of {f.variables[0] if f.variables else 'x'}",
            value="linspace(-10, 10, 20)",
            key="values",
            live=True,
            bind="query-params",
            help="A list such as 1, 2, 3, or linspace(first, last, how many).",
        )
    widgets.gallery(EXAMPLES)
text = tidy(typed or "", LONGEST + 1)
try:
    found = slopes_at_all(f, read_values(text))
    st.session_state["_good_values"] = text
except dl.DerivlabError as error:
    widgets.trouble(error, text, "values")
    if len(f.variables) > 1:
        st.page_link("pages/partials.py", label="Open the Partials page", icon=":material/arrow_forward:")
        st.stop()
    found = slopes_at_all(f, read_values(st.session_state.get("_good_values", "linspace(-10, 10, 20)")))
panels.answer_line(f, found)
chosen = st.segmented_control(
    "Look at",
    list(PANELS),
    default="Step by step",
    key="values_panel",
    bind="query-params",
    label_visibility="collapsed",
)
PANELS[chosen or "Step by step"](f, found, colors)
