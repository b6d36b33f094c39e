"""The few styles of the pages on several variables that the theme's settings cannot say."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_STYLES = Path(__file__).with_name("style.html")


def style() -> None:
    """Put the point over its map, formulas into the formulas' type, wide tables into a frame that scrolls."""
    st.html(_STYLES)
