"""The Partials page: f over two of its variables, its partial derivatives, and what follows from them."""

from __future__ import annotations

import streamlit as st

from derivlab.multivariable.view import surface
from ui import theme
from ui.several import panels
from ui.several.bending_panel import bending_panel
from ui.several.direction_panel import direction_panel
from ui.several.examples import SURFACES
from ui.several.pictures import pictures
from ui.several.subject import read_subject

PANELS = {
    "Slices": panels.slices_panel,
    "All partials": panels.table_panel,
    "Direction": direction_panel,
    "Bending": bending_panel,
}

theme.heading("Partial derivatives")
colors = theme.colors()
subject = read_subject("f(u, v) = u^3 + v^2 + 4uv", {"u": "3", "v": "4"}, SURFACES)
panels.answer_line(subject)
with st.container(key="choices", horizontal=True, vertical_alignment="center", gap="medium"):
    chosen = st.segmented_control(
        "Look at",
        list(PANELS),
        default="Slices",
        key="panel",
        bind="query-params",
        label_visibility="collapsed",
    )
    with_field = st.toggle("Gradients all over the map", key="field", bind="query-params")
panel = PANELS[chosen or "Slices"](subject, colors)
seen = surface(subject.f, subject.window, subject.at)
pictures(subject, seen, colors, field=with_field, **panel.pictures)
panel.show()
