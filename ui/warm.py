"""What the process gets ready while the first page is on its way."""

from __future__ import annotations

import gc
import threading

import streamlit as st

from derivlab.symbolic import worker


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Once a process: torch on one thread, symbolic workers started, the loaded kept out of collections."""
    worker.start()
    threading.Thread(target=_load, name="warm-up", daemon=True).start()


def _load() -> None:
    import torch

    torch.set_num_threads(1)
    gc.freeze()
