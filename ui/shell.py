"""That a page is always shown inside the app, also when a link to it is the first thing a fresh server is asked.

Streamlit takes a folder called ``pages`` for its older kind of app until ``st.navigation`` has run once in the
process: it would then run a page's script alone, without ``app.py`` and all that the app shares.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

_INSIDE = "inside_the_app"


def enter() -> None:
    """Note for this session that ``app.py`` has run; called by it, before the page."""
    st.session_state[_INSIDE] = True


def require() -> None:
    """Start again through ``app.py`` where a page was run alone; called by each page's heading."""
    if _INSIDE not in st.session_state:
        PagesManager.uses_pages_directory = False
        st.rerun()
