"""The app: the list of its pages, the theme, and what all pages share. Start: ``streamlit run app.py``."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import last_resort, shell, theme, warm
from ui.history import keep_steps

ROOT = Path(__file__).parent

# group → file in pages/ and title; the first is the home page, and one without a file is not listed.
# No icons: Streamlit would fetch the one of the current page from a third party for the browser's tab.
PAGES = {
    "Explore": (
        ("curve", "Curve"),
        ("partials", "Partials"),
        ("extrema", "Extrema"),
        ("vector", "Vector"),
        ("mapping", "Mapping"),
        ("plane_curves", "Plane curves"),
    ),
    "Autograd": (
        ("graph", "Graph"),
        ("pitfalls", "Pitfalls"),
        ("accuracy", "Accuracy"),
    ),
    "Learn": (
        ("tutorial", "Tutorial"),
        ("steps", "Steps"),
        ("practice", "Practice"),
        ("language", "Language"),
    ),
}

pages = {
    group: [
        st.Page(f"pages/{name}.py", title=title, default=name == "curve")
        for name, title in rows
        if (ROOT / "pages" / f"{name}.py").exists()
    ]
    for group, rows in PAGES.items()
}
page = st.navigation({group: found for group, found in pages.items() if found}, position="top")
st.set_page_config(
    page_title=f"{page.title} · derivlab", page_icon=str(ROOT / "ui" / "icon.svg"), layout="wide"
)
st.logo(str(ROOT / "ui" / "logo.svg"), size="medium")
theme.apply()
shell.enter()
keep_steps()
warm.warm_up()
last_resort.run(page)
