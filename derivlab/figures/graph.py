"""A recorded graph as what a browser draws: nodes, edges, steps and words as plain data; and as DOT.

Nothing is computed here: the numbers come from the record, the places of the boxes from the browser.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from derivlab.autodiff.tape_nodes import Graph, GraphEdge, GraphNode, TensorState
from derivlab.expression.tree import postorder
from derivlab.figures.formula import formula
from derivlab.figures.graph_symbols import (
    expression,
    name_of,
    number,
    partial,
    pretty,
    pretty_words,
    saved_value,
)
from derivlab.figures.graph_words import steps_of
from derivlab.lowering.to_python import Script

LONGEST_LABEL = 22
SHORT = 4
"""Digits on the drawing; the words beside it have more."""
Scene = dict[str, Any]


def scene(graph: Graph, script: Script | None = None) -> Scene:
    """Everything that the Graph page's drawing needs, ready for JSON; the code beside it is ``script``."""
    places = _places(graph)
    return {
        "name": name_of(graph),
        "source": graph.function.source,
        "formula": formula(graph.function.tree),
        "places": {str(place): node for place, node in places.items()},
        "nodes": [_node(graph, node) for node in graph.nodes],
        "edges": [_edge(graph, edge) for edge in graph.edges],
        "output": graph.output,
        "steps": [asdict(step) for step in steps_of(graph)],
        "refused": graph.backward_error,
        "script": script.text.splitlines() if script else [],
        "lines": _lines(graph, script, places),
        "call": (script.backward_line or 0) - 1 if script else -1,
    }


def _places(graph: Graph) -> dict[int, int]:
    """For each node of the tree (by its index in postorder) the node of the graph that holds its value.

    A part that was folded into a constant belongs to the constant.
    """
    if not graph.function.spans:
        return {}
    by_span: dict[tuple[int, int], int] = {}
    for node in graph.nodes:
        if node.operation != "sum":
            by_span.update(dict.fromkeys(node.spans, node.id))
    places: dict[int, int] = {}
    missing: list[int] = []
    for place, (_, span) in enumerate(
        zip(postorder(graph.function.tree), graph.function.spans, strict=False)
    ):
        if span in by_span:
            places[place] = by_span[span]
            for inner in missing:
                places[inner] = by_span[span]
            missing = []
        else:
            missing.append(place)
    return places


def _lines(graph: Graph, script: Script | None, places: dict[int, int]) -> dict[str, int]:
    """For each node of the graph the line of the script, counted from 0, that computes it."""
    if script is None:
        return {}
    lines = {places[place]: line - 1 for place, line in script.line_of.items() if place in places}
    lines |= {leaf.id: script.leaf_line[leaf.symbol] - 1 for leaf in graph.leaves}
    lines |= {node.id: script.result_line - 1 for node in graph.nodes if node.stage == "gradient"}
    by_span = {graph.nodes[node].spans: line for node, line in lines.items() if graph.nodes[node].spans}
    hidden = {node.id: by_span[node.spans] for node in graph.nodes if node.spans in by_span}
    return {str(node): line for node, line in (hidden | lines).items()}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"


def _node(graph: Graph, node: GraphNode) -> Scene:
    symbol = pretty(node.symbol)
    label = symbol if node.kind in {"leaf", "constant"} else expression(node)
    reached = node.cotangent is not None
    return {
        "id": node.id,
        "kind": "output" if node.id == graph.output and node.kind != "leaf" else node.kind,
        "symbol": symbol,
        "label": _short(label),
        "text": pretty(node.text),
        "value": number(node.value),
        "gradient": number(node.cotangent, SHORT) if reached else "",
        "partial": partial(name_of(graph), node.symbol),
        "tape": node.tape or "",
        "stage": node.stage,
        "shape": list(node.shape),
        "dtype": node.dtype,
        "spans": [list(span) for span in node.spans],
        "saved": [[s.name, saved_value(s), s.node] for s in node.saved],
        "next": [[follow.name, follow.node] for follow in node.next_functions],
        "before": _state(node.before),
        "after": _state(node.after),
        "retained": _state(node.retained),
        "faults": [pretty_words(fault.message) for fault in graph.faults if fault.node == node.id],
    }


def _state(state: TensorState | None) -> list[str] | None:
    """The attributes in the order data, grad, grad_fn, is_leaf, requires_grad, retains_grad."""
    if state is None:
        return None
    return [
        number(state.data),
        number(state.grad),
        state.grad_fn or "None",
        str(state.is_leaf),
        str(state.requires_grad),
        str(state.retains_grad),
    ]


def _edge(graph: Graph, edge: GraphEdge) -> Scene:
    return {
        "source": edge.source,
        "target": edge.target,
        "slot": edge.slot,
        "tracked": edge.tracked,
        "partial": partial(graph.nodes[edge.target].symbol, graph.nodes[edge.source].symbol),
        "rule": _short(pretty(edge.formula)) if edge.tracked else "",
        "local": number(edge.local, SHORT) if edge.tracked else "",
        "sent": number(edge.contribution) if edge.contribution is not None else "",
    }


def dot(graph: Graph, *, constants: bool = True) -> str:
    """The graph in Graphviz's language, values and gradients in the boxes; ``constants`` have boxes too."""
    hidden = set() if constants else {node.id for node in graph.nodes if node.kind == "constant"}
    lines = ["digraph tape {", '  rankdir="LR"; node [shape=box, style=rounded];']
    shapes = {"leaf": "shape=oval", "constant": "shape=plaintext", "output": "peripheries=2"}
    for node in graph.nodes:
        if node.id in hidden:
            continue
        words = [
            pretty(node.symbol) if node.kind in {"leaf", "constant"} else expression(node),
            number(node.value),
        ]
        if node.cotangent is not None:
            words.append(f"{partial(name_of(graph), node.symbol)} = {number(node.cotangent)}")
        label = "\\n".join(word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
        lines.append(f'  n{node.id} [label="{label}" {shapes.get(node.kind, "")}];')
    for edge in graph.edges:
        if edge.source in hidden:
            continue
        label = f'label="{number(edge.local)}"' if edge.tracked else "style=dashed"
        lines.append(f"  n{edge.source} -> n{edge.target} [{label}];")
    return "\n".join([*lines, "}"])
