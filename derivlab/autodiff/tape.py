"""`record`: run a typed function in PyTorch and return the graph that autograd really recorded.

Everything is read from torch: the backward nodes, what they saved, the attributes of the tensors before and
after ``.backward()``, and the local derivatives, by giving each backward node a cotangent of 1.
"""

from __future__ import annotations

import warnings
from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import torch
from torch import Tensor

from derivlab.autodiff.tape_faults import find_faults
from derivlab.autodiff.tape_nodes import (
    Graph,
    GraphEdge,
    GraphNode,
    NextFunction,
    Saved,
    TensorState,
)
from derivlab.autodiff.tape_recorder import Draft, Recorder
from derivlab.autodiff.tape_values import Value, read_point, value_of
from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.expression.show import to_text
from derivlab.expression.tree import Node, Variable
from derivlab.lowering.points import require_function

# `.grad` of an inner tensor is read on purpose: that it is None is what the page teaches.
warnings.filterwarnings("ignore", message="The .grad attribute of a Tensor that is not a leaf")


def record(
    f: Function, at: Mapping[str, Any], *, create_graph: bool = False, wrt: str | None = None
) -> Graph:
    """Record the autograd graph of ``f`` at a point as frozen plain data.

    ``at`` holds a number for each variable, or a sequence of numbers for several points at once; many values
    are summed before ``.backward()``. With ``create_graph=True`` the graph is that of ∂f/∂``wrt`` (by the
    first variable where ``wrt`` is None), the forward pass included: its gradient is the second derivative.
    Float64. Raises InputError for a point that does not fit the function.
    """
    f = require_function(f)
    if not isinstance(at, Mapping):
        raise InputError("The point must say which variable has which value.", hint='Write {"x": 3.0}.')
    recorder = Recorder(f, read_point(f, at))
    output = recorder.run()
    error = ""
    if create_graph:
        wrt = wrt or next(iter(f.variables), None)
        if wrt is None or wrt not in recorder.inputs:
            raise InputError(
                "There is no such variable to differentiate by.", hint="Take a variable of the function."
            )
        try:
            output = recorder.differentiate(output, wrt)
        except RuntimeError as refused:
            error = first_sentences(refused)
    return _Measured(recorder, output).graph(f, create_graph, wrt if create_graph else None, error)


def first_sentences(error: BaseException, most: int = 600) -> str:
    """What torch says of an error, in one line."""
    return " ".join(str(error).split())[:most]


class _Measured:
    """The live tensors of a recorder, run backward and read out."""

    def __init__(self, recorder: Recorder, output: int) -> None:
        self.drafts = recorder.drafts
        self.output = output
        self.error = ""
        self.before: dict[int, TensorState] = {}
        self.after: dict[int, TensorState] = {}
        self.retained: dict[int, TensorState] = {}
        self.by_grad_fn = {draft.grad_fn: draft.id for draft in self.drafts if draft.grad_fn is not None}
        self.tensors = [draft for draft in self.drafts if isinstance(draft.operand, Tensor)]
        self.leaves = [draft for draft in self.drafts if draft.kind == "leaf"]
        self.reached: frozenset[int] = frozenset()
        self.next: dict[int, tuple[tuple[Any, int | None], ...]] = {}

    def graph(self, f: Function, create_graph: bool, wrt: str | None, error: str) -> Graph:
        self._follow()
        self._run_backward(error)
        cotangents = {number: state.grad for number, state in self.retained.items()}
        edges, into, out_of = self._edges()
        nodes = tuple(self._node(draft, cotangents.get(draft.id)) for draft in self.drafts)
        graph = Graph(
            function=f,
            at=tuple((_name_of(leaf.symbol), value_of(leaf.operand)) for leaf in self.leaves),
            nodes=nodes,
            edges=tuple(edges),
            output=self.output,
            order=self._order(),
            backward_error=self.error,
            create_graph=create_graph,
            wrt=wrt,
            _into=tuple(tuple(row) for row in into),
            _out_of=tuple(tuple(row) for row in out_of),
        )
        return _with_faults(graph)

    # ── the tape ──────────────────────────────────────────────────────────────────────────────────

    def _follow(self) -> None:
        """Read ``next_functions`` of every node, and what the output's node reaches."""
        accumulators: dict[Any, int] = {}
        for draft in self.drafts:
            if draft.grad_fn is None:
                continue
            found: list[tuple[Any, int | None]] = []
            for function, _ in draft.grad_fn.next_functions:
                number = self.by_grad_fn.get(function)
                if function is not None and number is None:
                    number = accumulators.get(function)
                    if number is None and hasattr(function, "variable"):
                        place = function.variable
                        number = next((leaf.id for leaf in self.leaves if leaf.operand is place), None)
                        if number is not None:
                            accumulators[function] = number
                found.append((function, number))
            self.next[draft.id] = tuple(found)
        reached: set[int] = set()
        pending = [self.output] if self._on_tape(self.output) else []
        while pending:
            number = pending.pop()
            if number in reached:
                continue
            reached.add(number)
            pending.extend(other for _, other in self.next.get(number, ()) if other is not None)
        self.reached = frozenset(reached)

    def _on_tape(self, number: int) -> bool:
        draft = self.drafts[number]
        return draft.grad_fn is not None or draft.kind == "leaf"

    def _order(self) -> tuple[int, ...]:
        """The order of the backward pass: newest first, a leaf as soon as all its cotangents are there."""
        waiting = dict.fromkeys(self.reached, 0)
        for number in self.reached:
            for _, other in self.next.get(number, ()):
                if other is not None:
                    waiting[other] += 1
        order: list[int] = []
        for number in sorted(self.reached, reverse=True):
            if self.drafts[number].kind == "leaf":
                if number == self.output:
                    order.append(number)
                continue
            order.append(number)
            for _, other in self.next.get(number, ()):
                if other is None:
                    continue
                waiting[other] -= 1
                if waiting[other] == 0 and self.drafts[other].kind == "leaf":
                    order.append(other)
        return tuple(order)

    # ── backward ──────────────────────────────────────────────────────────────────────────────────

    def _run_backward(self, error: str) -> None:
        """``.backward()`` as a person calls it, then again with ``retain_grad()`` on all inner tensors."""
        for leaf in self.leaves:
            leaf.operand.grad = None
        self.before = {draft.id: _state(draft.operand) for draft in self.tensors}
        result = self.drafts[self.output].operand
        self.error = error
        if not error:
            try:
                torch.autograd.backward(torch.as_tensor(result), retain_graph=True)
            except RuntimeError as refused:
                self.error = first_sentences(refused)
        self.after = {draft.id: _state(draft.operand) for draft in self.tensors}
        if self.error:
            return
        for draft in self.tensors:
            if draft.kind == "leaf":
                draft.operand.grad = None
            elif draft.operand.requires_grad:
                draft.operand.retain_grad()
        torch.autograd.backward(result, retain_graph=True)
        self.retained = {draft.id: _state(draft.operand) for draft in self.tensors}

    def _edges(self) -> tuple[list[GraphEdge], list[list[int]], list[list[int]]]:
        edges: list[GraphEdge] = []
        into: list[list[int]] = [[] for _ in self.drafts]
        out_of: list[list[int]] = [[] for _ in self.drafts]
        for draft in self.drafts:
            slopes, sent = self._measure(draft)
            free = [
                index for index, (_, number) in enumerate(self.next.get(draft.id, ())) if number is not None
            ]
            for slot, source in enumerate(draft.arguments):
                found = next((i for i in free if self.next[draft.id][i][1] == source), None)
                if found is not None:
                    free.remove(found)
                into[draft.id].append(len(edges))
                out_of[source].append(len(edges))
                edges.append(
                    GraphEdge(
                        source=source,
                        target=draft.id,
                        slot=slot,
                        tracked=found is not None,
                        local=None if found is None else _at(slopes, found),
                        contribution=None if found is None else _at(sent, found),
                        of=draft.formula,
                    )
                )
        return edges, into, out_of

    def _measure(self, draft: Draft) -> tuple[Sequence[Value | None], Sequence[Value | None]]:
        """What the backward node sends on for a cotangent of 1, and for the one that really came."""
        if draft.grad_fn is None:
            return (), ()
        state = self.retained.get(draft.id)
        with torch.no_grad():
            slopes = _call(draft.grad_fn, torch.ones_like(draft.operand))
            cotangent = draft.operand.grad if state is not None and draft.id in self.reached else None
            sent = () if cotangent is None else _call(draft.grad_fn, cotangent)
        return slopes, sent

    def _node(self, draft: Draft, cotangent: Value | None) -> GraphNode:
        function = draft.grad_fn
        tape = type(function).__name__ if function is not None else None
        if draft.kind == "leaf":
            tape = "AccumulateGrad"
        is_tensor = isinstance(draft.operand, Tensor)
        return GraphNode(
            id=draft.id,
            kind="output" if draft.id == self.output and draft.kind == "inner" else draft.kind,
            symbol=_name_of(draft.symbol),
            formula=draft.formula,
            tree=draft.tree,
            spans=draft.spans,
            stage=draft.stage,
            value=value_of(draft.operand),
            shape=tuple(draft.operand.shape) if is_tensor else (),
            dtype=str(draft.operand.dtype).removeprefix("torch.")
            if is_tensor
            else type(draft.operand).__name__,
            grad_fn=None if function is None else tape,
            tape=tape,
            saved=() if function is None else self._saved(function),
            next_functions=tuple(
                NextFunction(None if other is None else _name(other), number)
                for other, number in self.next.get(draft.id, ())
            ),
            before=self.before.get(draft.id),
            after=self.after.get(draft.id),
            retained=self.retained.get(draft.id),
            cotangent=cotangent if draft.id in self.reached else None,
        )

    def _saved(self, function: Any) -> tuple[Saved, ...]:
        kept = []
        for name in _saved_names(cast("Hashable", type(function))):
            value = getattr(function, name)
            if isinstance(value, Tensor):
                owner = self.by_grad_fn.get(value.grad_fn) if value.grad_fn is not None else None
                if owner is None and value.requires_grad:
                    owner = next((leaf.id for leaf in self.leaves if leaf.operand is value), None)
                kept.append(Saved(name, value_of(value), owner))
            elif value is None or isinstance(value, (bool, int, float)):
                kept.append(Saved(name, None if value is None else value_of(value)))
            else:
                kept.append(Saved(name, str(value)))
        return tuple(kept)


def _name_of(symbol: Node) -> str:
    return symbol.name if isinstance(symbol, Variable) else to_text(symbol)


def _with_faults(graph: Graph) -> Graph:
    from dataclasses import replace

    faults = find_faults(graph)
    return replace(graph, faults=faults) if faults else graph


def _call(function: Any, cotangent: Tensor) -> tuple[Value | None, ...]:
    sent = function(cotangent)
    parts = sent if isinstance(sent, tuple) else (sent,)
    return tuple(None if part is None else value_of(_stored(part)) for part in parts)


def _stored(part: Tensor) -> Tensor:
    """The tensor itself, or zeros with storage where autograd answers zeros without."""
    return torch.zeros(part.shape, dtype=part.dtype) if part._is_zerotensor() else part


def _at(values: Sequence[Value | None], index: int) -> Value | None:
    return values[index] if index < len(values) else None


def _name(function: Any) -> str:
    return type(function).__name__


@lru_cache(maxsize=1024)
def _saved_names(kind: Hashable) -> tuple[str, ...]:
    return tuple(name for name in dir(kind) if name.startswith("_saved_"))


def _state(tensor: Tensor) -> TensorState:
    function, gradient = tensor.grad_fn, tensor.grad
    return TensorState(
        data=value_of(tensor),
        grad=None if gradient is None else value_of(gradient),
        grad_fn=None if function is None else type(function).__name__,
        is_leaf=tensor.is_leaf,
        requires_grad=tensor.requires_grad,
        retains_grad=tensor.retains_grad,
    )
