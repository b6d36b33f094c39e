"""What the Graph page is about: a record and its scene, kept for as long as the same inputs stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import derivlab as dl
from derivlab.autodiff.tape_nodes import Graph
from derivlab.figures.graph import Scene, scene
from derivlab.lowering.to_python import python_lines

Point = tuple[tuple[str, float | tuple[float, ...]], ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A recorded graph with everything that the page shows of it."""

    graph: Graph
    scene: Scene
    script: str


def subject_of(f: dl.Function, at: Point, wrt: str | None) -> Subject:
    """Record ``f``; with ``wrt`` the graph of the gradient by that variable. Raises DerivlabError."""
    return _subject(f, f.source, f.name, at, wrt)


@lru_cache(maxsize=64)
def _subject(f: dl.Function, _source: str, _name: str, at: Point, wrt: str | None) -> Subject:
    graph = dl.record(f, dict(at), create_graph=wrt is not None, wrt=wrt)
    script = python_lines(f, dict(at), None, steps=True, raw=True)
    return Subject(graph, scene(graph, None if wrt else script), script.text)
