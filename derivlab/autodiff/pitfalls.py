"""The pitfalls of autograd as experiments: each is run when it is looked at, with its cure beside it.

What an experiment shows is torch's own answer: its numbers, its warnings and the text of its exceptions. The
code on the page is the source of the function that was run, with ``say`` written as ``print``.
"""

from __future__ import annotations

import inspect
import textwrap
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any, TypeAlias

import torch

Say: TypeAlias = Callable[..., None]
Experiment: TypeAlias = Callable[[Say], None]

_ONE_AT_A_TIME = Lock()
"""Catching warnings is global in Python, so experiments take turns."""


@dataclass(frozen=True, slots=True)
class Pitfall:
    """One trap: what surprises (``title``, ``why``), the experiment, and its ``cure`` with a word on it.

    ``guess`` is the question to answer before looking.
    """

    key: str
    title: str
    guess: str
    why: str
    mistake: Experiment
    remedy: str
    cure: Experiment


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an experiment printed, what torch warned of, and what ended it, all in torch's words."""

    code: str
    printed: tuple[str, ...]
    warned: tuple[str, ...]
    error: str

    @property
    def text(self) -> str:
        """All of it as a terminal shows it."""
        return "\n".join(
            (*self.printed, *(f"UserWarning: {word}" for word in self.warned), self.error)
        ).strip()


@lru_cache(maxsize=128)
def code_of(experiment: Experiment) -> str:
    """The lines of an experiment as a person would write them in a script."""
    lines = inspect.getsource(experiment).splitlines()
    body = [line for line in lines[1:] if not line.strip().startswith('"""')]
    return textwrap.dedent("\n".join(body)).replace("say(", "print(")


def run(experiment: Experiment) -> Outcome:
    """Run an experiment now and catch what torch says."""
    printed: list[str] = []
    error = ""

    def say(*items: Any) -> None:
        printed.append(" ".join(str(item) for item in items))

    with _ONE_AT_A_TIME, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            with torch.enable_grad():
                experiment(say)
        except (RuntimeError, TypeError, ValueError) as raised:
            error = f"{type(raised).__name__}: {' '.join(str(raised).split())}"
    told = tuple(dict.fromkeys(" ".join(str(warning.message).split()) for warning in caught))
    return Outcome(code_of(experiment), tuple(printed), told, error)


def pitfalls() -> tuple[Pitfall, ...]:
    """All of them, in the order in which a beginner meets them."""
    from derivlab.autodiff.pitfalls_graph import GRAPH_PITFALLS
    from derivlab.autodiff.pitfalls_values import VALUE_PITFALLS

    return (*GRAPH_PITFALLS, *VALUE_PITFALLS)
