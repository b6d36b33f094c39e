"""The query: everything that a link to a page holds, and its way to the widgets and back.

The state of the app is the URL. Each widget is bound to a query parameter by its key, so a link opens
the same view anywhere. A parameter is as hostile as typed text: it stays text until the core has read it,
and it is bounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlencode

import streamlit as st
from streamlit.errors import StreamlitAPIException

from ui.escape import tidy

LONGEST_FUNCTION = 60_000
"""Above what the parser takes, so that it is the parser who says that a text is too long."""
LONGEST_NUMBER = 200
WINDOW = ("lo", "hi", "ylo", "yhi")
"""The parameters of the window."""
HANDED = "to_"
"""Begins the parameters of a link from page to page; see ``take_over``."""
POINT = "at_"
"""The point's parameters are called ``at_x``, ``at_u`` …: one for each variable."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a page shows: a function, a point, a window, as typed; an empty window is automatic.

    ``more`` holds the page's own parameters by the key of their widget, ``lists`` those of several values.
    """

    f: str
    at: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lo: str = ""
    hi: str = ""
    more: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def parameters(self) -> dict[str, str]:
        """The query parameters, without the empty ones."""
        pairs = {"f": self.f, **{POINT + name: text for name, text in self.at.items()}}
        pairs |= {"lo": self.lo, "hi": self.hi, **self.more}
        return {key: text for key, text in pairs.items() if text}

    @property
    def handed(self) -> dict[str, str]:
        """The parameters of a link from page to page, which ``take_over`` reads."""
        return {HANDED + key: text for key, text in self.parameters.items()}

    def link(self, page: str = "") -> str:
        """The address that opens this query on ``page`` (the name of its file), on the person's server."""
        base = (st.context.url or "/").rstrip("/")
        path = f"{base}/{page}" if page else f"{base}/"
        return f"{path}?{urlencode({**self.parameters, **self.lists}, doseq=True)}"

    def apply(self) -> None:
        """Put it into the widgets. Only in a callback: before the widgets are made."""
        for key, text in {**dict.fromkeys(WINDOW, ""), **self.parameters}.items():
            st.session_state[key] = text


def asked(key: str, longest: int = LONGEST_NUMBER, default: str = "") -> str:
    """The text in the widget of this key, else in the URL, else ``default``: one line of bounded length."""
    held = st.session_state.get(key)
    if held is None:
        held = st.query_params.get(key, default)
    return tidy(str(held), longest)


def start_step() -> int:
    """The step that the link asks for, counted from 0; a link counts from 1, as the page does."""
    asked = st.query_params.get("step", "")
    return max(0, int(asked) - 1) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0


def take_over() -> None:
    """Put what another page's link hands over into the widgets. Before they are made.

    Streamlit leaves out of such a link the parameters that the page that is left has bound, so they have names of their own.
    """
    for key in [key for key in st.query_params if key.startswith(HANDED)]:
        text, name = st.query_params.pop(key), key.removeprefix(HANDED)
        if name in ("f", "wrt") or name.startswith(POINT):
            st.session_state[name] = tidy(text, LONGEST_FUNCTION)
            with suppress(StreamlitAPIException):  # refused while the page that was left still holds the name
                st.query_params[name] = st.session_state[name]
        if name == "f":
            st.session_state.pop("_default_f", None)  # it is meant, be it the other page's own example
