"""What `record` returns: the tape that PyTorch wrote, as frozen plain data.

Three words are used as PyTorch uses them. A *leaf* is a tensor that nobody computed; with
``requires_grad=True`` it is where ``.grad`` is kept. The *tape* is the graph of backward nodes
(``PowBackward0``, …) that hangs on ``grad_fn``. A *cotangent* is the derivative of the output by one
tensor, on its way back from the output to the leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from math import prod
from typing import Literal

from derivlab.autodiff.local_rule import Formula
from derivlab.autodiff.tape_values import Value, flatten
from derivlab.errors import NOWHERE, Span
from derivlab.expression.function import Function
from derivlab.expression.tree import Node, size_of

Kind = Literal["leaf", "constant", "condition", "inner", "output"]
"""``condition`` is computed from the inputs but not on the tape: a comparison has no derivative."""

READABLE = 80
"""A subexpression of more nodes is shown by the names of its arguments."""


@dataclass(frozen=True, slots=True)
class TensorState:
    """The attributes of one tensor at one moment, as PyTorch answered them."""

    data: Value
    grad: Value | None
    grad_fn: str | None
    is_leaf: bool
    requires_grad: bool
    retains_grad: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backward node kept from the forward pass: ``_saved_self`` and the like.

    ``node`` is the id of the tensor that it is, or None for a plain number.
    """

    name: str
    value: Value | str | None
    node: int | None = None


@dataclass(frozen=True, slots=True)
class NextFunction:
    """One entry of ``grad_fn.next_functions``: the backward node, None for an argument without gradient."""

    name: str | None
    node: int | None


@dataclass(frozen=True, kw_only=True)
class GraphNode:
    """One tensor (or one plain number) of the computation.

    ``id`` counts in evaluation order. ``symbol`` is a short name (``x``, ``w3``, or the number itself).
    ``formula`` is the operation on the symbols of its arguments, ``tree`` the same written out to the
    inputs. ``spans`` are the places in the typed text that made it: one, or each place of a variable.
    ``grad_fn`` is what the tensor answers, ``tape`` the node of the tape behind it: a leaf has no
    ``grad_fn``, but an ``AccumulateGrad``.
    ``stage`` tells the forward pass from the gradient's own graph (``create_graph=True``).
    """

    id: int
    kind: Kind
    symbol: str
    formula: Formula
    tree: Node
    spans: tuple[Span, ...] = ()
    stage: Literal["forward", "gradient"] = "forward"
    value: Value
    shape: tuple[int, ...] = ()
    dtype: str = ""
    grad_fn: str | None = None
    tape: str | None = None
    saved: tuple[Saved, ...] = ()
    next_functions: tuple[NextFunction, ...] = ()
    before: TensorState | None = None
    after: TensorState | None = None
    retained: TensorState | None = None
    cotangent: Value | None = None

    @property
    def operation(self) -> str:
        """The operation's name in the table, or torch's own; empty for a leaf and a constant."""
        return self.formula.operation

    @property
    def expression(self) -> Node:
        """The operation on the symbols of its arguments."""
        return self.formula.expression

    @property
    def span(self) -> Span:
        """The first place in the typed text that made it."""
        return self.spans[0] if self.spans else NOWHERE

    @property
    def requires_grad(self) -> bool:
        """Whether a gradient can reach it."""
        return self.tape is not None

    @property
    def shown(self) -> Node:
        """The whole subexpression where it is readable, else the operation on its arguments' names."""
        return self.tree if size_of(self.tree) <= READABLE else self.expression

    @property
    def text(self) -> str:
        """The subexpression as text."""
        from derivlab.expression.show import to_text

        return to_text(self.shown)

    @property
    def latex(self) -> str:
        """The subexpression as LaTeX."""
        from derivlab.expression.show_latex import to_latex

        return to_latex(self.shown)


@dataclass(frozen=True, kw_only=True)
class GraphEdge:
    """``source`` is the argument number ``slot`` of ``target``; the cotangent flows the other way.

    ``local`` is ∂target/∂source as PyTorch's backward node gives it for a cotangent of 1, elementwise.
    ``contribution`` is what really flowed: the cotangent of ``target`` times ``local``. ``of`` is the
    operation of ``target``. An edge that is not ``tracked`` carries no gradient.
    """

    source: int
    target: int
    slot: int
    tracked: bool
    local: Value | None = None
    contribution: Value | None = None
    of: Formula | None = field(default=None, repr=False)

    @property
    def rule(self) -> Node | None:
        """The formula of ``local`` in the symbols of the two; None where the table has none."""
        return self.of.local(self.slot) if self.tracked and self.of is not None else None

    @property
    def formula(self) -> str:
        """The local derivative as text, empty where there is none."""
        from derivlab.expression.show import to_text

        rule = self.rule
        return "" if rule is None else to_text(rule)

    @property
    def formula_latex(self) -> str:
        """The local derivative as LaTeX, empty where there is none."""
        from derivlab.expression.show_latex import to_latex

        rule = self.rule
        return "" if rule is None else to_latex(rule)


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the record needs a word of warning.

    ``message`` is a sentence for a person. ``node`` is where it begins.
    """

    node: int
    kind: Literal[
        "undefined", "infinite", "kink", "gradient undefined", "gradient infinite", "leak", "slope of nothing"
    ]
    message: str


@dataclass(frozen=True, kw_only=True)
class Graph:
    """The recorded tape of ``function`` at one point (or at many points at once).

    ``nodes`` are in evaluation order, ``node.id`` is the index. ``edges`` are grouped by target, in the order
    of the target's arguments. ``order`` is the ids in which the backward pass visits them. ``backward_error``
    is PyTorch's own text where ``.backward()`` was refused, else empty.
    """

    function: Function
    at: tuple[tuple[str, Value], ...]
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    output: int
    order: tuple[int, ...] = ()
    faults: tuple[Fault, ...] = ()
    backward_error: str = ""
    create_graph: bool = False
    wrt: str | None = None
    _into: tuple[tuple[int, ...], ...] = field(default=(), repr=False)
    _out_of: tuple[tuple[int, ...], ...] = field(default=(), repr=False)

    @cached_property
    def leaves(self) -> tuple[GraphNode, ...]:
        """The variables, in the order of ``function.variables``."""
        return tuple(node for node in self.nodes if node.kind == "leaf")

    @cached_property
    def gradient(self) -> dict[str, Value | None]:
        """``.grad`` of each leaf after ``.backward()``, as PyTorch left it."""
        return {leaf.symbol: None if leaf.after is None else leaf.after.grad for leaf in self.leaves}

    def arguments_at(self, node: int) -> tuple[int, ...]:
        """The indices in ``edges`` of `arguments`."""
        return self._into[node]

    def uses_at(self, node: int) -> tuple[int, ...]:
        """The indices in ``edges`` of `uses`."""
        return self._out_of[node]

    def arguments(self, node: int) -> tuple[GraphEdge, ...]:
        """The edges into ``node`` from its arguments."""
        return tuple(self.edges[index] for index in self._into[node])

    def uses(self, node: int) -> tuple[GraphEdge, ...]:
        """The edges to the operations that take ``node``: the branches whose cotangents are summed."""
        return tuple(self.edges[index] for index in self._out_of[node])

    def count_paths(self, leaf: int) -> int:
        """How many tracked paths lead from ``leaf`` to the output."""
        counts = [0] * len(self.nodes)
        counts[leaf] = 1
        for node in range(leaf + 1, len(self.nodes)):
            counts[node] = sum(counts[edge.source] for edge in self.arguments(node) if edge.tracked)
        return counts[self.output]

    def paths(self, leaf: int, limit: int = 12) -> tuple[tuple[GraphEdge, ...], ...]:
        """The first ``limit`` tracked paths from the output down to ``leaf``, each a tuple of edges."""
        return tuple(islice(self._walk(leaf), limit))

    def _walk(self, leaf: int) -> Iterator[tuple[GraphEdge, ...]]:
        reaches = {leaf}
        for node in range(leaf + 1, len(self.nodes)):
            if any(edge.tracked and edge.source in reaches for edge in self.arguments(node)):
                reaches.add(node)
        if self.output not in reaches:
            return
        pending: list[tuple[int, tuple[GraphEdge, ...]]] = [(self.output, ())]
        while pending:
            node, path = pending.pop()
            if node == leaf:
                yield path
                continue
            pending.extend(
                (edge.source, (*path, edge))
                for edge in reversed(self.arguments(node))
                if edge.tracked and edge.source in reaches
            )


def product_sum(graph: Graph) -> dict[str, float | tuple[float, ...] | None]:
    """The gradient from the edges alone: products of local derivatives, summed where branches meet.

    The chain rule, worked out from the numbers on the edges without PyTorch; it must agree with
    ``graph.gradient``. Tensors of many values are flat tuples; None where no tracked path leads to the leaf.
    """
    if not graph.nodes[graph.output].requires_grad:
        return dict.fromkeys((leaf.symbol for leaf in graph.leaves), None)
    sums: dict[int, list[float]] = {
        graph.output: [1.0] * max(1, prod(graph.nodes[graph.output].shape)),
    }
    for target in range(graph.output, -1, -1):
        if target not in sums:
            continue
        for edge in graph.arguments(target):
            if not edge.tracked or edge.local is None:
                continue
            wide = prod(graph.nodes[edge.source].shape)
            flow, local = sums[target], flatten(edge.local)
            length = max(len(flow), len(local))
            terms = [flow[i % len(flow)] * local[i % len(local)] for i in range(length)]
            held = sums.setdefault(edge.source, [0.0] * wide)
            for index, term in enumerate(terms):
                held[index % wide] += term
    found: dict[str, float | tuple[float, ...] | None] = {}
    for leaf in graph.leaves:
        got = sums.get(leaf.id)
        found[leaf.symbol] = None if got is None else got[0] if leaf.shape == () else tuple(got)
    return found
