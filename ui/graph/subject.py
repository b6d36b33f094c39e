"""What the Graph page is about: a record and its scene, kept for as long as the same inputs stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import derivlab as dl
from derivlab.autodiff.gradient_script import gradient_script
from derivlab.autodiff.tape_nodes import Graph
from derivlab.figures.graph import Scene, scene
from derivlab.lowering.to_python import python_lines
from ui.escape import tidy
from ui.widgets import read_number

Values = dict[str, float | tuple[float, ...]]

MOST_VALUES = 100


@dataclass(frozen=True, slots=True)
class Subject:
    """A recorded graph with everything that the page shows of it."""

    graph: Graph
    scene: Scene
    script: str


def subject_of(f: dl.Function, at: Mapping[str, float | tuple[float, ...]], wrt: str | None) -> Subject:
    """Record ``f``; with ``wrt`` the graph of the gradient by that variable. Raises DerivlabError."""
    return _subject(f, f.source, f.name, tuple(at.items()), wrt)


@lru_cache(maxsize=64)
def _subject(
    f: dl.Function,
    _source: str,
    _name: str,
    at: tuple[tuple[str, float | tuple[float, ...]], ...],
    wrt: str | None,
) -> Subject:
    graph = dl.record(f, dict(at), create_graph=wrt is not None, wrt=wrt)
    script = (
        gradient_script(graph, dict(at)) if wrt else python_lines(f, dict(at), None, steps=True, raw=True)
    )
    return Subject(graph, scene(graph, script), script.text)


def read_values(typed: str) -> tuple[float, ...]:
    """A list of numbers as people write it: ``1, 2, pi/2`` or ``1 2 3``. Raises DerivlabError."""
    text = tidy(typed, 2000).strip("[]() ")
    pieces = [piece for piece in (text.split(",") if "," in text else text.split()) if piece.strip()]
    if not 0 < len(pieces) <= MOST_VALUES:
        raise dl.InputError(f"A list of 1 to {MOST_VALUES} numbers is needed here.", hint="Try 1, 2, 3.")
    values = []
    for piece in pieces:
        found = read_number(piece.strip())
        if not isinstance(found, float):
            raise dl.InputError(f"“{piece.strip()[:30]}” is not a number.", hint="Try 1, 2, 3.") from found
        values.append(found)
    return tuple(values)


def spread_out(at: Values, name: str, values: tuple[float, ...]) -> Values:
    """The point with many values of one variable; each other variable has its value once for each of them."""
    return {each: values if each == name else (at[each],) * len(values) for each in at}
