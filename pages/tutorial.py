"""The Tutorial page: a guided tour from one derivative to partial derivatives and many values."""

from __future__ import annotations

import streamlit as st

import derivlab as dl
from ui import theme
from ui.tour import PARTS, ask

theme.heading("Tutorial")
names = [f"{number}. {part.title}" for number, part in enumerate(PARTS, 1)]


def turn(to: int) -> None:
    """Callback: go to another part."""
    st.session_state["part"] = names[to]


chosen = st.segmented_control(
    "Part",
    names,
    default=names[0],
    key="part",
    bind="query-params",
    label_visibility="collapsed",
    required=True,
)
here = names.index(chosen) if chosen in names else 0
part = PARTS[here]
f = dl.parse(part.text)
st.header(part.title, anchor=False)
st.markdown(part.words)
with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    st.markdown(f"${f.heading} = {f.latex}$", width="content")
if ask(part, here, f):
    st.markdown(part.after)
    part.show(f, part.at)
with st.container(horizontal=True):
    if here > 0:
        st.button("Back", on_click=turn, args=(here - 1,), icon=":material/arrow_back:")
    if here < len(PARTS) - 1:
        st.button("Next part", on_click=turn, args=(here + 1,), icon=":material/arrow_forward:")
