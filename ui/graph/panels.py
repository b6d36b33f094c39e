"""What stands under the graph: the table of tensors, the script, what was found at this point."""

from __future__ import annotations

import streamlit as st

from derivlab.autodiff.tape_nodes import Graph, GraphNode
from derivlab.figures.graph import dot
from derivlab.figures.graph_symbols import expression, number, pretty, pretty_words
from derivlab.figures.graph_words import why_refused
from ui.escape import escape
from ui.graph.subject import Subject

MOST_ROWS = 300
MOST_FAULTS = 3


def faults(graph: Graph) -> None:
    """What went wrong where, in words; nothing where nothing did."""
    with st.container(key="faults", gap="xsmall"):
        if graph.backward_error:
            st.markdown(
                f":material/block: PyTorch refuses: “{escape(graph.backward_error)}” "
                f"{escape(why_refused(graph))}"
            )
        for fault in graph.faults[:MOST_FAULTS]:
            st.markdown(f":material/warning: {escape(pretty_words(fault.message))}")
        if len(graph.faults) > MOST_FAULTS:
            st.caption(f"… and {len(graph.faults) - MOST_FAULTS} more, marked ⚠ in the graph.")


def tensors_panel(subject: Subject) -> None:
    """Every tensor with its attributes before and after .backward(), as torch answered them."""
    graph = subject.graph
    nodes = [node for node in graph.nodes if node.before is not None]
    st.dataframe(
        [_row(node) for node in nodes[:MOST_ROWS]],
        hide_index=True,
        width="stretch",
        height=min(33 * (len(nodes) + 1) + 6, 420),
    )
    if len(nodes) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS} of {len(nodes):,} tensors.")
    st.markdown(
        "A **leaf** is a tensor that nobody computed. A leaf with `requires_grad=True` is where "
        "`.grad` is kept. "
        "An inner tensor has a `grad_fn` and `requires_grad=True` too, but its `.grad` stays `None`, "
        "unless `retain_grad()` was called on it before `.backward()`. `data` never changes."
    )


def _row(node: GraphNode) -> dict[str, str]:
    before, after, retained = node.before, node.after, node.retained
    assert before is not None  # noqa: S101  (only tensors have rows)
    named = pretty(node.symbol)
    if node.kind == "constant":
        named += " (a constant)"
    elif node.kind != "leaf":
        named += f" = {expression(node)}"
    return {
        "tensor": named,
        "data": number(before.data),
        "grad before": number(before.grad),
        "grad after": "–" if after is None else number(after.grad),
        "after, with retain_grad()": "–" if retained is None else number(retained.grad),
        "grad_fn": before.grad_fn or "None",
        "is_leaf": str(before.is_leaf),
        "requires_grad": str(before.requires_grad),
        "retains_grad": str(before.retains_grad) + (" → True" if retained and retained.retains_grad else ""),
    }


def gradient_words(subject: Subject) -> None:
    """What the graph of a gradient is."""
    graph = subject.graph
    if graph.wrt is None or graph.backward_error:
        return
    f, by = escape(graph.function.name or "f"), escape(pretty(graph.wrt))
    st.markdown(
        f"`create_graph=True` puts the way back from {f} to {by} on the tape as well: the shaded boxes. They end in "
        f"**g = ∂{f}/∂{by}**, a tensor with a graph of its own. So `g.backward()` works, and it leaves the "
        "**second** derivatives in `.grad`."
    )


def script_panel(subject: Subject) -> None:
    """The script for this function and point, to copy or to keep; and the graph as DOT."""
    st.code(subject.script, language="python")
    with st.container(horizontal=True):
        st.download_button(
            "Script", subject.script, "autograd.py", "text/x-python", icon=":material/download:"
        )
        st.download_button(
            "Graph as DOT", dot(subject.graph), "graph.dot", "text/plain", icon=":material/download:"
        )
    st.caption(
        "It runs as it stands and prints the numbers of this page. NaN flows in it as PyTorch lets it flow."
    )
