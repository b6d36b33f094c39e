"""Tables of formulas that scroll sideways on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st


def wide_table(rows: Sequence[str], key: str) -> None:
    """A Markdown table from its lines, in a container that scrolls sideways where it is too wide."""
    with st.container(key=f"wide_{key}"):
        st.markdown("\n".join(rows))
