"""What a person must be told about a graph: where it became undefined, infinite or a corner, and why."""

from __future__ import annotations

from functools import lru_cache
from math import isfinite, isinf, isnan
from typing import TYPE_CHECKING

from derivlab.autodiff.tape_nodes import Fault, Graph, GraphEdge, GraphNode
from derivlab.autodiff.tape_values import flatten, is_finite
from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.tree import Apply

if TYPE_CHECKING:
    from derivlab.expression.function import Function

MOST_FAULTS = 12
KINDS = {
    "corner": "has a corner",
    "jump": "jumps",
    "edge": "stands on the edge of where it is defined",
    "vertical tangent": "has a vertical tangent",
    "cusp": "has a cusp",
}


def find_faults(graph: Graph) -> tuple[Fault, ...]:
    """Where the numbers go wrong: the first nodes that are not finite, kinks, and gradients that break."""
    faults: list[Fault] = []
    for node in graph.nodes:
        faults.extend(_forward(graph, node))
    for number in graph.order:
        faults.extend(_backward(graph, graph.nodes[number]))
    return (*faults[:MOST_FAULTS], *_slope_of_nothing(graph))


def _slope_of_nothing(graph: Graph) -> list[Fault]:
    """A finite gradient of an undefined value: torch's backward formulas do not ask whether there is a value."""
    if not any(isnan(value) for value in flatten(graph.nodes[graph.output].value)):
        return []
    for leaf in graph.leaves:
        if leaf.after is not None and leaf.after.grad is not None and is_finite(leaf.after.grad):
            told = f"The value is NaN, and yet PyTorch fills {leaf.symbol}.grad"
            return [Fault(graph.output, "slope of nothing", f"{told}: a slope of nothing. Do not use it.")]
    return []


def _forward(graph: Graph, node: GraphNode) -> list[Fault]:
    arguments = [graph.nodes[edge.source] for edge in graph.arguments(node.id)]
    if not is_finite(node.value):
        if node.kind == "leaf" or all(is_finite(argument.value) for argument in arguments):
            return [_not_finite(node, arguments)]
        return []
    row = OPERATIONS.get(node.operation)
    if row is None or not row.kinks or not node.requires_grad:
        return []
    points = [flatten(argument.value) for argument in arguments]
    length = max(map(len, points), default=0)
    for index in range(length):
        at = tuple(values[index % len(values)] for values in points)
        for kink in row.kinks:
            if _is_zero(kink.at, at):
                return [_kink(graph, node, kink.kind, at, index)]
    return []


def _not_finite(node: GraphNode, arguments: list[GraphNode]) -> Fault:
    undefined = any(isnan(value) for value in flatten(node.value))
    made_by = node.tree.operation if isinstance(node.tree, Apply) and not node.operation else node.operation
    row = OPERATIONS.get(made_by)
    where = f"{node.symbol} = {node.text}" if arguments else node.text
    given = ", ".join(f"{a.symbol} = {_short(a)}" for a in arguments if a.kind != "constant")
    reason = row.reason if row is not None and row.reason else ""
    if made_by == "undefined":
        reason = "the function has no value in this piece"
    with_given = f" with {given}" if given else ""
    if undefined:
        because = reason or "the operation has no value there"
        return Fault(node.id, "undefined", f"{where}{with_given} is NaN, not a number: {because}.")
    because = reason or "the number is too large for float64"
    return Fault(node.id, "infinite", f"{where}{with_given} is infinite: {because}.")


def _short(node: GraphNode) -> str:
    values = flatten(node.value)
    return format(values[0], ".6g") if len(values) == 1 else "many values"


def _kink(graph: Graph, node: GraphNode, kind: str, at: tuple[float, ...], index: int) -> Fault:
    answers = []
    for edge in graph.arguments(node.id):
        if edge.tracked and edge.local is not None:
            values = flatten(edge.local)
            answers.append(
                f"{format(values[index % len(values)], '.6g')} for {graph.nodes[edge.source].symbol}"
            )
    what = KINDS.get(kind, "is not smooth")
    place = ", ".join(format(value, ".6g") for value in at)
    told = f" PyTorch's {node.tape} answers {' and '.join(answers)}." if answers else ""
    return Fault(
        node.id,
        "kink",
        f"{node.symbol} = {node.text} {what} at {place}: it has no derivative there.{told}",
    )


def _backward(graph: Graph, node: GraphNode) -> list[Fault]:
    """Edges on which a finite cotangent becomes infinite or NaN."""
    if not is_finite(node.cotangent) or node.cotangent is None:
        return []
    return [
        _broken(graph, node, edge)
        for edge in graph.arguments(node.id)
        if edge.tracked and edge.contribution is not None and not is_finite(edge.contribution)
    ]


def _broken(graph: Graph, node: GraphNode, edge: GraphEdge) -> Fault:
    source = graph.nodes[edge.source]
    cotangents, sent = flatten(node.cotangent or 0.0), flatten(edge.contribution or 0.0)
    locals_ = flatten(edge.local or 0.0)
    index = next(i for i, value in enumerate(sent) if not isfinite(value))
    cotangent = cotangents[index % len(cotangents)]
    local = locals_[index % len(locals_)]
    slope = f"∂{node.symbol}/∂{source.symbol}"
    if isnan(sent[index]) and cotangent == 0:
        return Fault(
            node.id,
            "leak",
            f"A cotangent of 0 meets the slope {slope} = {_number(local)}, and 0 × {_number(local)} is NaN. "
            "So NaN leaks out of a branch whose value was not used.",
        )
    if isinf(sent[index]):
        return Fault(node.id, "gradient infinite", f"The slope {slope} = {_number(local)} here.")
    return Fault(
        node.id,
        "gradient undefined",
        f"The slope {slope} is {_number(local)} here, so the gradient of {source.symbol} is not a number.",
    )


def _number(value: float) -> str:
    if isnan(value):
        return "NaN"
    if isinf(value):
        return "∞" if value > 0 else "−∞"
    return format(value, ".6g")


@lru_cache(maxsize=128)
def _kink_function(text: str) -> Function:
    from derivlab.expression.parse import parse

    return parse(text)


def _is_zero(text: str, at: tuple[float, ...]) -> bool:
    import torch

    from derivlab.lowering.to_torch import lower

    kink = _kink_function(text)
    point = dict(zip(ARGUMENTS, at, strict=False))
    if any(not isfinite(value) for value in at):
        return False
    tensors = [torch.tensor(point[name], dtype=torch.float64) for name in kink.variables]
    found = float(lower(kink.tree, kink.variables)(tensors))
    return abs(found) <= (1e-12 * max(1.0, *(abs(value) for value in at)) if "(" in text else 0.0)
