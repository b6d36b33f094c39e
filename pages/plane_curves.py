"""The Plane curves page: curves that are no graph of a function, implicit and parametric."""

from __future__ import annotations

import streamlit as st

from ui import theme
from ui.several.curve_panels import implicit_panel, parametric_panel

theme.heading("Curves in the plane")
chosen = st.segmented_control(
    "Given by",
    ["Implicit", "Parametric"],
    default="Implicit",
    key="curve",
    bind="query-params",
    label_visibility="collapsed",
)
(parametric_panel if chosen == "Parametric" else implicit_panel)(theme.colors())
