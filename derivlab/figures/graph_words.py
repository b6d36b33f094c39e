"""The words of the Graph page: what happens at each step, in symbols and in numbers.

A step is plain data: its phase, the node that it is about, a title, and lines. A line is a pair of a style
(``say``, ``math``, ``sum`` or ``warn``) and a text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from derivlab.autodiff.tape_nodes import Graph, GraphEdge, GraphNode
from derivlab.autodiff.tape_values import Value, flatten
from derivlab.expression.show import to_text
from derivlab.expression.tree import Node, Variable
from derivlab.figures.graph_symbols import (
    expression,
    in_brackets,
    name_of,
    number,
    partial,
    pretty,
    pretty_words,
    saved_value,
)

Phase = Literal["forward", "call", "backward"]
Line = tuple[str, str]

MOST_PATHS = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One moment of the story: ``node`` is what it is about, ``edges`` are the ones that carry something."""

    phase: Phase
    node: int
    title: str
    lines: tuple[Line, ...]
    edges: tuple[int, ...] = ()


def _tracked(graph: Graph, edges: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(edge for edge in edges if graph.edges[edge].tracked)


def _with_numbers(graph: Graph, node: GraphNode) -> str:
    arguments = tuple(graph.nodes[edge.source] for edge in graph.arguments(node.id))
    if node.formula.pattern is None or any(isinstance(argument.value, tuple) for argument in arguments):
        return ""
    numbered: tuple[Node, ...] = tuple(
        Variable(in_brackets(number(argument.value))) for argument in arguments
    )
    return pretty(to_text(node.formula.written_out(numbered)))


def forward_step(graph: Graph, node: GraphNode) -> Step:
    """The step in which the value of a node appears."""
    edges = graph.arguments_at(node.id)
    symbol = pretty(node.symbol)
    if node.kind == "leaf":
        said = (
            f"You give {symbol} = {number(node.value)}. It is a leaf: a tensor that nobody computed. "
            f"requires_grad=True tells PyTorch to keep its gradient in {symbol}.grad."
        )
        return Step("forward", node.id, f"{symbol} = {number(node.value)}", (("say", said),))
    worked = _with_numbers(graph, node)
    between = f"{worked} = " if worked not in {"", expression(node)} else ""
    lines: list[Line] = [*_first_way_back(graph, node), ("math", f"= {between}{number(node.value)}")]
    if node.kind == "condition":
        lines.append(("say", "A comparison has no derivative: nothing is written on the tape."))
    elif node.tape is not None:
        kept = ", ".join(
            f"{saved.name.removeprefix('_saved_')} = {saved_value(saved)}"
            for saved in node.saved
            if saved.value is not None and saved.name != "_saved_alpha"
        )
        keeps = f" It keeps {kept} for the way back." if kept else " It needs no number for the way back."
        lines.append(("say", f"PyTorch writes {node.tape} on the tape.{keeps}"))
    lines += [
        ("warn", pretty_words(fault.message))
        for fault in graph.faults
        if fault.node == node.id and _is_forward(fault.kind)
    ]
    return Step("forward", node.id, f"{symbol} = {expression(node)}", tuple(lines), edges)


def _first_way_back(graph: Graph, node: GraphNode) -> tuple[Line, ...]:
    """Where the gradient's own part of the graph begins, what it is; nothing elsewhere."""
    begins = next(
        (each.id for each in graph.nodes if each.stage == "gradient" and each.kind != "constant"), -1
    )
    if node.id != begins:
        return ()
    f, by = graph.function.name or "f", pretty(graph.wrt or "")
    words = (
        f"{f} is computed. Now torch.autograd.grad goes back from it to {by} for the first time. With "
        f"create_graph=True its products are put on the tape too, and they end in g = {partial(f, by)}:"
    )
    return (("say", words),)


def _is_forward(kind: str) -> bool:
    return kind in {"undefined", "infinite", "kink"}


def why_refused(graph: Graph) -> str:
    """In plain words why there is no way back."""
    if graph.create_graph and not any(node.stage == "gradient" for node in graph.nodes):
        f, by = graph.function.name or "f", pretty(graph.wrt or "")
        return f"{f} does not depend on {by}, so it has no gradient by {by}."
    return "Nothing that this output was computed from requires a gradient: it is a constant."


def call_step(graph: Graph) -> Step:
    """The step in which ``.backward()`` is called."""
    name, output = name_of(graph), graph.nodes[graph.output]
    if graph.backward_error:
        lines: tuple[Line, ...] = (
            ("say", "PyTorch refuses, in its own words:"),
            ("warn", graph.backward_error),
            ("say", why_refused(graph)),
        )
        return Step("call", graph.output, f"{name}.backward()", lines)
    many = (
        "The many values were summed first: .backward() starts from one number. "
        if output.operation == "sum"
        else ""
    )
    gradient = (
        f"g is ∂{graph.function.name}/∂{graph.wrt}, recorded with create_graph=True. "
        if graph.create_graph
        else ""
    )
    return Step(
        "call",
        graph.output,
        f"{name}.backward()",
        (
            ("say", f"{many}{gradient}The way back starts at the output with the seed 1:"),
            ("math", f"∂{name}/∂{name} = 1"),
        ),
    )


def _received(graph: Graph, node: GraphNode) -> tuple[Line, ...]:
    """What arrives at a node: one cotangent, or the sum where branches meet."""
    name = name_of(graph)
    arriving = [edge for edge in graph.uses(node.id) if edge.tracked and edge.contribution is not None]
    total = f"{partial(name, node.symbol)} = "
    if node.id == graph.output:
        return (("math", f"{total}1"),)
    if len(arriving) < 2:
        return (("math", f"{total}{number(node.cotangent)}"),)
    users = [graph.nodes[edge.target].symbol for edge in arriving]
    symbols = " + ".join(f"{partial(name, user)} · {partial(user, node.symbol)}" for user in users)
    summands = " + ".join(in_brackets(number(_of_shape(edge.contribution, node))) for edge in arriving)
    return (
        ("say", f"{len(arriving)} branches meet here, so their contributions are added:"),
        ("sum", f"{total}{symbols}"),
        ("sum", f"= {summands} = {number(node.cotangent)}"),
    )


def _of_shape(value: Value | None, node: GraphNode) -> Value | None:
    """A contribution to one number from many is their sum."""
    if isinstance(value, tuple) and not node.shape:
        return sum(flatten(value))
    return value


def sends(graph: Graph, edge: GraphEdge) -> tuple[Line, ...]:
    """What one edge carries back: the local derivative, and its product with the cotangent."""
    source, target = graph.nodes[edge.source], graph.nodes[edge.target]
    name = name_of(graph)
    local = partial(target.symbol, source.symbol)
    rule = pretty(edge.formula)
    worth = number(edge.local)
    lines: list[Line] = [
        ("math", f"{local} = {rule} = {worth}" if rule and rule != worth else f"{local} = {worth}")
    ]
    if edge.contribution is not None:
        product = f"{in_brackets(number(target.cotangent))} · {in_brackets(worth)}"
        share = f"{partial(name, target.symbol)} · {local} = {product} = {number(edge.contribution)}"
        lines.append(("math", f"to {pretty(source.symbol)}: {share}"))
    return tuple(lines)


def backward_step(graph: Graph, node: GraphNode) -> Step:
    """The step in which a node of the tape gets its cotangent and sends its contributions on."""
    symbol = pretty(node.symbol)
    faults = [
        ("warn", pretty_words(f.message))
        for f in graph.faults
        if f.node == node.id and not _is_forward(f.kind)
    ]
    if node.kind == "leaf":
        grad = None if node.after is None else node.after.grad
        lines = (
            *_received(graph, node),
            ("say", f"AccumulateGrad adds it to {symbol}.grad, which was None:"),
            ("math", f"{symbol}.grad = {number(grad)}"),
            *_paths(graph, node),
        )
        return Step(
            "backward",
            node.id,
            f"{symbol}.grad = {number(grad)}",
            lines,
            _tracked(graph, graph.uses_at(node.id)),
        )
    sent = [line for edge in graph.arguments(node.id) if edge.tracked for line in sends(graph, edge)]
    lines = (
        ("say", f"{node.tape} receives"),
        *_received(graph, node),
        ("say", "and multiplies it by its slopes:"),
        *sent,
        *faults,
    )
    tracked = _tracked(graph, graph.arguments_at(node.id))
    return Step("backward", node.id, f"{node.tape}: back from {symbol}", lines, tracked)


def _paths(graph: Graph, leaf: GraphNode) -> tuple[Line, ...]:
    """The chain rule's product along each path from the output to a leaf."""
    count = graph.count_paths(leaf.id)
    if count == 0 or leaf.id == graph.output:
        return ()
    head = "The chain rule along the path:" if count == 1 else f"The chain rule along the {count:,} paths:"
    lines: list[Line] = [("say", head)]
    for path in graph.paths(leaf.id, MOST_PATHS):
        if len(path) > 12:
            lines.append(("math", f"a path of {len(path)} factors"))
            continue
        symbols = " · ".join(
            partial(graph.nodes[e.target].symbol, graph.nodes[e.source].symbol) for e in path
        )
        factors = " · ".join(in_brackets(number(edge.local)) for edge in path)
        product = _product(path)
        worth = f"{factors} = {number(product)}" if product is not None and len(path) > 1 else factors
        lines += [("math", symbols), ("math", f"= {worth}")]
    if count > MOST_PATHS:
        lines.append(("say", f"… and {count - MOST_PATHS:,} more."))
    return tuple(lines)


def _product(path: tuple[GraphEdge, ...]) -> float | None:
    product = 1.0
    for edge in path:
        if edge.local is None or isinstance(edge.local, tuple):
            return None
        product *= edge.local
    return product


def steps_of(graph: Graph) -> tuple[Step, ...]:
    """The whole story: values forward, then ``.backward()``, then cotangents back to the leaves."""
    forward = [forward_step(graph, node) for node in graph.nodes if node.kind != "constant"]
    if graph.nodes[graph.output].kind == "constant":
        forward.append(forward_step(graph, graph.nodes[graph.output]))
    back = [backward_step(graph, graph.nodes[number]) for number in graph.order]
    return (*forward, call_step(graph), *(back if not graph.backward_error else ()))
