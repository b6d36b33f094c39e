"""The Curve page: a function, its derivatives and the tangent, as a picture and in figures."""

import streamlit as st

from ui import widgets
from ui.query import Query

st.title("Curve", anchor=False)
f = widgets.function_box("3x^2", examples=[widgets.Example("3x² at x = 3", Query("3x^2", {"x": "3"}))])
at = widgets.point_box(f.variables)
window = widgets.window_box()
