"""The look: which palette is on the screen, and the few styles that the theme's settings cannot say."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from derivlab.figures.palette import Palette, Style, palette
from ui import shell

_STYLES = Path(__file__).with_name("style.html")


def apply() -> None:
    """Put the styles on the page; called once, before the page runs."""
    st.html(_STYLES)


def colors() -> Palette:
    """The palette of the mode that the person's browser shows."""
    return palette(dark=st.context.theme.type == "dark")


def heading(title: str) -> None:
    """The page's title for screen readers and search; the navigation already shows it to the eye.

    Its height keeps the page from jumping while the styles that hide it are on their way.
    """
    shell.require()
    with st.container(key="heading", height=1, border=False):
        st.title(title, anchor=False)


def tinted(latex: str, style: Style) -> str:
    """A formula in the colour of what it stands for, as Markdown."""
    return rf"$\textcolor{{{style.color}}}{{{latex}}}$"
