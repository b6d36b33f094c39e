"""What parsing returns: a frozen, hashable function with its name, variables, tree and notices."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from derivlab.errors import Span
from derivlab.expression.tree import Node, variables_of


@dataclass(frozen=True)
class Notice:
    """A reading that could have been another: which one was taken, and the text of the other.

    ``message`` is one sentence for a person. ``span`` is the place in the typed text. ``instead`` is
    the whole input rewritten so that it has the other meaning, or None where there is none to offer.
    """

    message: str
    span: Span
    instead: str | None = None


class Origin(Protocol):
    """Knows where a function's nodes stand in the text that it was read from."""

    def spans(self) -> tuple[Span, ...]:
        """The places of all nodes, in postorder of the tree."""


@dataclass(frozen=True)
class Function:
    """A function of real variables, as typed.

    Equality and hash look at the variables and the tree, not at the name: ``y = x^2`` is ``f(x) = x^2``.
    ``source`` is what was typed, empty for a function built by us; ``origin`` tells where in it the nodes stand.
    """

    name: str = field(compare=False)
    variables: tuple[str, ...]
    tree: Node
    notices: tuple[Notice, ...] = field(default=(), compare=False)
    source: str = field(default="", compare=False)
    origin: Origin | None = field(default=None, compare=False, repr=False)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """For each node of ``tree``, in postorder, its place in ``source``; empty for a function built by us."""
        return () if self.origin is None else self.origin.spans()

    @cached_property
    def body(self) -> str:
        """The right side as canonical text: every ``*`` written out, no needless bracket."""
        from derivlab.expression.show import to_text

        return to_text(self.tree)

    @cached_property
    def text(self) -> str:
        """Canonical text that parses back to an equal function.

        It is ``body``, with ``name(variables) = `` before it where the variables could not be told from it.
        """
        from derivlab.expression.naming.runs import stands_alone

        if self.variables == tuple(sorted(variables_of(self.tree))) and all(
            map(stands_alone, self.variables)
        ):
            return self.body
        return f"{self.name}({', '.join(self.variables)}) = {self.body}"

    @cached_property
    def latex(self) -> str:
        """The formula as LaTeX, which parses back to an equal tree."""
        from derivlab.expression.show_latex import to_latex

        return to_latex(self.tree)

    @property
    def heading(self) -> str:
        """Name and variables as LaTeX, such as ``f(u, v)``."""
        from derivlab.expression.show_latex import name_to_latex

        return f"{name_to_latex(self.name)}({', '.join(name_to_latex(v) for v in self.variables)})"
