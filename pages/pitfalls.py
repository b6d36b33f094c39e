"""The Pitfalls page: each trap of autograd run for real, with torch's own words and the cure beside it."""

from __future__ import annotations

import streamlit as st

from derivlab.autodiff.pitfalls import Experiment, Pitfall, pitfalls, run
from ui import theme
from ui.escape import escape

PITFALLS = pitfalls()


def shown(experiment: Experiment, title: str, words: str) -> None:
    """The code of an experiment, and under it what it answered just now."""
    st.markdown(f"**{title}** &nbsp; {escape(words)}")
    outcome = run(experiment)
    st.code(outcome.code, language="python")
    st.code(outcome.text, language=None, wrap_lines=True)


def experiment_of(pitfall: Pitfall) -> None:
    """One pitfall: what happens on the left, why and the cure on the right."""
    left, right = st.columns(2, gap="medium")
    with left:
        shown(pitfall.mistake, ":material/error: What happens.", pitfall.why)
    with right:
        shown(pitfall.cure, ":material/check_circle: The cure.", pitfall.remedy)


theme.heading("Pitfalls of autograd")
st.markdown(
    "Guess first, then open. Every line of output below was printed by PyTorch "
    "just now, on this page's own run."
)
asked = st.query_params.get("pitfall", "")
known = {pitfall.key for pitfall in PITFALLS}
first = asked if asked in known else PITFALLS[0].key
for pitfall in sorted(PITFALLS, key=lambda pitfall: asked != pitfall.key):
    with st.expander(f"**{escape(pitfall.title)}** — {escape(pitfall.guess)}", expanded=pitfall.key == first):
        experiment_of(pitfall)
