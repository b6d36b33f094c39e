"""What parsing returns: a frozen, hashable function with its name, variables, tree and notices."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

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


@dataclass(frozen=True)
class Function:
    """A function of real variables, as typed.

    Equality and hash look at the variables and the tree, not at the name: ``y = x^2`` is ``f(x) = x^2``.
    ``spans`` holds for each node of ``tree``, in postorder, the place in ``source`` that made it (empty
    for a function built by us).
    """

    name: str = field(compare=False)
    variables: tuple[str, ...]
    tree: Node
    notices: tuple[Notice, ...] = field(default=(), compare=False)
    source: str = field(default="", compare=False)
    spans: tuple[Span, ...] = field(default=(), compare=False, repr=False)

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
        from derivlab.expression.names import stands_alone

        if self.variables == tuple(sorted(variables_of(self.tree))) and all(
            map(stands_alone, self.variables)
        ):
            return self.body
        return f"{self.name}({', '.join(self.variables)}) = {self.body}"

    @cached_property
    def latex(self) -> str:
        """The formula as LaTeX, which parses back to an equal tree."""
        from derivlab.expression.show import to_latex

        return to_latex(self.tree)

    @property
    def heading(self) -> str:
        """Name and variables as LaTeX, such as ``f(u, v)``."""
        from derivlab.expression.show import name_to_latex

        return f"{name_to_latex(self.name)}({', '.join(name_to_latex(v) for v in self.variables)})"
