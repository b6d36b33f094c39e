"""What a person sees when something of ours goes wrong that nobody thought of: a sentence, and a way on."""

from __future__ import annotations

import logging

import streamlit as st
from streamlit.navigation.page import Page

import derivlab as dl
from ui.query import Query
from ui.widgets import trouble

_LOG = logging.getLogger("derivlab.app")


def run(page: Page) -> None:
    """Run the page. Its own errors are said in words and logged, never shown as a traceback."""
    try:
        page.run()
    except dl.DerivlabError as error:
        trouble(error, key="page")
    except Exception:  # noqa: BLE001 (the last resort: everything else has its own words)
        _LOG.exception("The page %s failed.", page.title)
        with st.container(key="trouble_page", gap="xsmall"):
            st.markdown(
                ":material/error: **This cannot be shown: something went wrong on our side.** "
                "Change the input, or start afresh."
            )
            st.button("Start afresh", icon=":material/refresh:", on_click=Query("3x^2", {"x": "3"}).apply)
