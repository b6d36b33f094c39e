"""The Extrema page: where f is largest and smallest, freely and on a curve, and how to walk there."""

from __future__ import annotations

import streamlit as st

from derivlab.multivariable.view import surface
from ui import theme
from ui.several.constraint_panel import constraint_panel
from ui.several.critical_panel import critical_panel
from ui.several.descent_panel import descent_panel
from ui.several.examples import OPTIMA
from ui.several.subject import read_subject

PANELS = {
    "Critical points": critical_panel,
    "Descent": descent_panel,
    "Constraint": constraint_panel,
}

theme.heading("Highest and lowest points")
colors = theme.colors()
subject = read_subject("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", {"x": "0", "y": "-1"}, OPTIMA)
chosen = st.segmented_control(
    "Look at",
    list(PANELS),
    default="Critical points",
    key="extrema",
    bind="query-params",
    label_visibility="collapsed",
)
PANELS[chosen or "Critical points"](subject, surface(subject.f, subject.window, subject.at), colors)
