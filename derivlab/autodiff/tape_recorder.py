"""Running a typed function in torch while writing down every node of the tape that appears.

The program is run as typed: nothing shared, nothing cured. `CallLog` sees the calls below autograd, so the
nodes that one operation hides (``1/x`` is a reciprocal and a product) and those of the gradient come with
their values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from typing import Any, Literal

import torch
from torch import Tensor

from derivlab.autodiff.local_rule import Formula, literal, of_call, of_operation, plain, symbol_letter
from derivlab.autodiff.tape_nodes import Kind
from derivlab.autodiff.torch_calls import Call, CallLog
from derivlab.errors import NOWHERE, Span
from derivlab.expression.function import Function
from derivlab.expression.tree import Apply, Node, Number, Variable, postorder, size_of
from derivlab.lowering.program import NUMBER, VARIABLE, Instruction, program_of
from derivlab.lowering.to_torch import CONSTANTS, call_of, fold_constant, literal_value

Stage = Literal["forward", "gradient"]
SHORT = 4
"""A constant of at most so many nodes stands for itself; a longer one gets a symbol."""


@dataclass(slots=True)
class Draft:
    """A node while it is being recorded: the live tensor beside what will be kept of it."""

    id: int
    kind: Kind
    symbol: Node
    formula: Formula
    tree: Node
    spans: tuple[Span, ...]
    stage: Stage
    operand: Any
    arguments: tuple[int, ...]
    grad_fn: Any


@dataclass(slots=True)
class _Entry:
    """The result of an instruction, and its node once something takes it."""

    operand: Any
    tree: Node
    span: Span = NOWHERE
    node: int | None = None


@dataclass(slots=True)
class Recorder:
    """The drafts in evaluation order, and where to find them again by what torch shows of them."""

    function: Function
    inputs: dict[str, Tensor]
    drafts: list[Draft] = field(default_factory=list)
    _by_grad_fn: dict[Any, int] = field(default_factory=dict)
    _by_tensor: dict[int, int] = field(default_factory=dict)
    _leaves: dict[str, int] = field(default_factory=dict)
    _letter: str = ""
    _count: int = 0

    def __post_init__(self) -> None:
        self._letter = symbol_letter(self.function.variables)
        spans: dict[str, list[Span]] = {}
        for place, span in zip(postorder(self.function.tree), self.function.spans, strict=False):
            if isinstance(place, Variable):
                spans.setdefault(place.name, []).append(span)
        for name, tensor in self.inputs.items():
            leaf = Variable(name)
            self._leaves[name] = self._add(
                "leaf", tensor, plain(leaf), leaf, spans=tuple(spans.get(name, ())), symbol=leaf
            )

    # ── the function ──────────────────────────────────────────────────────────────────────────────

    def run(self) -> int:
        """Run the function; the id of its output, summed where it is many numbers."""
        program = program_of(self.function.tree, share=False, guard=False)
        places = list(postorder(self.function.tree))
        spans = self.function.spans or (NOWHERE,) * len(places)
        last = {step.origin: index for index, step in enumerate(program.instructions)}
        entries: list[_Entry] = []
        with torch.enable_grad(), CallLog() as log:
            for index, step in enumerate(program.instructions):
                origin, typed = step.origin, None
                if last[origin] == index:
                    typed = places[origin]
                elif step.operation == NUMBER and _is_power(places[origin]):
                    origin -= 1  # the exponent stands just before its power
                log.calls.clear()
                entries.append(self._step(step, entries, typed, spans[origin], log))
            output = self._node_of(entries[program.result])
            return self._total(output, "forward")

    def _step(
        self, step: Instruction, entries: list[_Entry], typed: Node | None, span: Span, log: CallLog
    ) -> _Entry:
        if step.operation == NUMBER:
            return _Entry(literal_value(step.value), typed or literal(step.value), span)
        if step.operation == VARIABLE:
            return _Entry(self.inputs[step.name], Variable(step.name), span, self._leaves[step.name])
        given = [entries[argument] for argument in step.arguments]
        constants = [None if isinstance(entry.operand, Tensor) else entry.operand for entry in given]
        tree = typed or Apply(step.operation, tuple(entry.tree for entry in given))
        if None not in constants:
            value = fold_constant(step, constants) if constants else CONSTANTS[step.operation]
            return _Entry(value, tree, span)
        made = _Entry(call_of(step, constants, exact=False)(*(entry.operand for entry in given)), tree, span)
        made.node = self._operation(step.operation, tuple(map(self._node_of, given)), made, log.calls)
        return made

    def _operation(
        self, operation: str, arguments: tuple[int, ...], made: _Entry, calls: Sequence[Call]
    ) -> int:
        fresh = [call for call in calls if self._is_fresh(call)]
        if len(fresh) > 1:
            for call in fresh[:-1]:
                self._hidden(call, arguments, made.span, "forward")
            return self._hidden(fresh[-1], arguments, made.span, "forward", made.tree)
        kind: Kind = "inner"
        if made.operand.grad_fn is None:
            varies = any(self.drafts[argument].kind != "constant" for argument in arguments)
            kind = "condition" if varies else "constant"
        formula = of_operation(operation, self._symbols(arguments))
        return self._add(kind, made.operand, formula, made.tree, spans=(made.span,), arguments=arguments)

    def _total(self, node: int, stage: Stage) -> int:
        """Add ``.sum()``, which makes one number of many so that ``.backward()`` can start."""
        many = self.drafts[node]
        if not isinstance(many.operand, Tensor) or many.operand.numel() == 1:
            return node
        formula = Formula("sum", (many.symbol,))
        total = many.operand.sum()
        return self._add(
            "constant" if total.grad_fn is None else "inner",
            total,
            formula,
            formula.expression,
            spans=many.spans,
            arguments=(node,),
            stage=stage,
        )

    # ── the gradient's own graph ──────────────────────────────────────────────────────────────────

    def differentiate(self, output: int, wrt: str) -> int:
        """Differentiate the output by ``wrt`` with ``create_graph=True``; the id of the gradient."""
        with torch.enable_grad(), CallLog() as log:
            (gradient,) = torch.autograd.grad(
                torch.as_tensor(self.drafts[output].operand), self.inputs[wrt], create_graph=True
            )
            for call in log.calls.copy():
                if self._is_fresh(call):
                    self._hidden(call, (), NOWHERE, "gradient")
            node = self._known(gradient)
            if node is None:
                node = self._constant(gradient, "gradient")
            return self._total(node, "gradient")

    # ── drafts ────────────────────────────────────────────────────────────────────────────────────

    def _is_fresh(self, call: Call) -> bool:
        if not call.computes:
            return False
        grad_fn = call.result.grad_fn
        return grad_fn is not None and grad_fn not in self._by_grad_fn

    def _hidden(
        self, call: Call, near: tuple[int, ...], span: Span, stage: Stage, tree: Node | None = None
    ) -> int:
        arguments = tuple(self._argument(argument, near, stage) for argument in _flat(call.arguments))
        formula = of_call(call.name, self._symbols(arguments))
        whole = tree or formula.written_out(tuple(self.drafts[argument].tree for argument in arguments))
        return self._add(
            "inner", call.result, formula, whole, spans=(span,), arguments=arguments, stage=stage
        )

    def _argument(self, argument: Any, near: tuple[int, ...], stage: Stage) -> int:
        """The node of an argument of torch's own call; ``near`` are the arguments as typed."""
        if isinstance(argument, Tensor):
            known = self._known(argument)
            return self._constant(argument, stage) if known is None else known
        for node in near:
            if self.drafts[node].kind == "constant" and self.drafts[node].operand == argument:
                return node
        return self._constant(argument, stage)

    def _symbols(self, arguments: Iterable[int]) -> tuple[Node, ...]:
        return tuple(self.drafts[argument].symbol for argument in arguments)

    def _known(self, tensor: Tensor) -> int | None:
        if tensor.grad_fn is not None:
            return self._by_grad_fn.get(tensor.grad_fn)
        found = self._by_tensor.get(id(tensor))
        if found is None and tensor.requires_grad:
            place = tensor.data_ptr()
            found = next((self._leaves[n] for n, t in self.inputs.items() if t.data_ptr() == place), None)
        return found

    def _node_of(self, entry: _Entry) -> int:
        if entry.node is None:
            entry.node = self._constant(entry.operand, "forward", entry.tree, entry.span)
        return entry.node

    def _constant(self, operand: Any, stage: Stage, tree: Node | None = None, span: Span = NOWHERE) -> int:
        if tree is None:
            tree = _number_tree(operand)
        symbol = tree if tree is not None and size_of(tree) <= SHORT else None
        if tree is None:
            self._count += 1
            tree = symbol = Variable(f"{self._letter}{self._count}")
        return self._add("constant", operand, plain(tree), tree, spans=(span,), stage=stage, symbol=symbol)

    def _add(
        self,
        kind: Kind,
        operand: Any,
        formula: Formula,
        tree: Node,
        *,
        spans: tuple[Span, ...] = (),
        arguments: tuple[int, ...] = (),
        stage: Stage = "forward",
        symbol: Node | None = None,
    ) -> int:
        if symbol is None:
            self._count += 1
            symbol = Variable(f"{self._letter}{self._count}")
        grad_fn = operand.grad_fn if isinstance(operand, Tensor) else None
        number = len(self.drafts)
        placed = tuple(span for span in spans if span != NOWHERE)
        self.drafts.append(
            Draft(number, kind, symbol, formula, tree, placed, stage, operand, arguments, grad_fn)
        )
        if isinstance(operand, Tensor):
            self._by_tensor.setdefault(id(operand), number)
        if grad_fn is not None:
            self._by_grad_fn.setdefault(grad_fn, number)
        return number


def _is_power(place: Node) -> bool:
    return isinstance(place, Apply) and place.operation == "power"


def _flat(arguments: Iterable[Any]) -> list[Any]:
    """The tensors and numbers among torch's arguments."""
    flat: list[Any] = []
    for argument in arguments:
        flat.extend(argument if isinstance(argument, (list, tuple)) else (argument,))
    return [item for item in flat if isinstance(item, (Tensor, int, float))]


def _number_tree(operand: Any) -> Node | None:
    """The literal for a number, or for a tensor that holds one number; None for anything else."""
    if isinstance(operand, Tensor):
        values = operand.flatten()
        if not values.numel() or not bool((values == values[0]).all()):
            return None
        operand = values[0].item()
    value = float(operand)
    if not isfinite(value):
        return None
    size = Number(Fraction(repr(abs(value))))
    return Apply("negate", (size,)) if value < 0 else size
