"""That the browser's Back undoes the last change on a page; without it Back would leave the page.

All state is in the address, and Streamlit reads it again when Back is pressed: only the steps are missing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st


@cache
def _component() -> Any:
    script = Path(__file__).with_name("history.js").read_text("utf-8")
    return st.components.v2.component("derivlab_history", html="<i hidden></i>", js=script)


def keep_steps() -> None:
    """Keep a step for each change; called once, on every page."""
    with st.container(key="history", height=1, border=False):
        _component()(key="history_steps")
