"""The guided tour: six parts, each with a number to predict before PyTorch shows it.

The answers are computed when they are asked for; none is written down here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import streamlit as st

import derivlab as dl
from derivlab.figures import numbers
from derivlab.figures.accuracy import line_figure
from derivlab.lowering.to_python import python_lines
from ui import theme
from ui.chart import chart
from ui.graph import graph_player
from ui.graph.panels import tensors_panel
from ui.graph.subject import subject_of

Values = dict[str, float | tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """A number to predict: the words, how it is found, and a hint for a wrong guess."""

    key: str
    words: str
    answer: Callable[[dl.Function, Values], float]
    hint: str


@dataclass(frozen=True, slots=True)
class Part:
    """One stop of the tour: words, the function and point, the questions, and what is shown after."""

    title: str
    words: str
    text: str
    at: Values
    questions: tuple[Question, ...]
    after: str
    show: Callable[[dl.Function, Values], None]


def _slope(name: str) -> Callable[[dl.Function, Values], float]:
    def answer(f: dl.Function, at: Values) -> float:
        return float(dl.record(f, at).gradient[name])  # type: ignore[arg-type]

    return answer


def _slope_at(index: int) -> Callable[[dl.Function, Values], float]:
    def answer(f: dl.Function, at: Values) -> float:
        return float(dl.record(f, at).gradient["x"][index])  # type: ignore[index, arg-type]

    return answer


def _arriving(f: dl.Function, at: Values) -> float:
    node = next(node for node in dl.record(f, at).nodes if node.operation == "power")
    return float(node.cotangent)  # type: ignore[arg-type]


def _count_kept(f: dl.Function, at: Values) -> float:
    graph = dl.record(f, at)
    return float(sum(node.after is not None and node.after.grad is not None for node in graph.nodes))


def _count_leaves(f: dl.Function, at: Values) -> float:
    return float(sum(node.before is not None and node.before.is_leaf for node in dl.record(f, at).nodes))


def _length(f: dl.Function, at: Values) -> float:
    return float(len(dl.record(f, at).gradient["x"]))  # type: ignore[arg-type]


def show_code(f: dl.Function, at: Values) -> None:
    """The script for the part, which runs as it stands."""
    st.code(python_lines(f, at, None).text, language="python")


def show_graph(f: dl.Function, at: Values) -> None:
    """The recorded graph, to step through."""
    graph_player(subject_of(f, at, None).scene, theme.colors(), key=f"tour_{crc32(f.text.encode())}")


def show_tensors(f: dl.Function, at: Values) -> None:
    """The tensors before and after backward(), and what each attribute means."""
    tensors_panel(subject_of(f, at, None))
    st.markdown(ATTRIBUTES)


def show_curve(f: dl.Function, at: Values) -> None:
    """The many values and their slopes as two curves, and the script."""
    xs = at["x"]
    slopes = dl.record(f, at).gradient["x"]
    values = np.asarray(dl.value(f, {"x": np.array(xs)}), dtype=float)
    figure = line_figure(np.array(xs), values, np.array(slopes), theme.colors())
    left, right = st.columns(2, gap="medium")
    with left:
        chart(figure, key="tour_curve", alt="The parabola x² and the straight line of its slopes, 2x")
    with right:
        show_code(f, at)
        st.markdown(
            "A plot takes plain numbers, but x and y are on autograd’s record. **`.detach()`** hands out the same "
            "numbers without the record. `x.grad` is plain already."
        )
        st.code(PLOT, language="python")


ATTRIBUTES = """
- `data`: the number itself; it stays the same.
- `grad`: the derivative of the output by this tensor, where it is kept; `None` before `.backward()`.
- `grad_fn`: the step that made the tensor; `None` for a leaf, since no step made it.
- `is_leaf`: whether you made it. `requires_grad`: whether a derivative by it, or through it, is wanted.
- `retains_grad`: whether an inner tensor was told to keep its `.grad`.
"""
PLOT = """\
import matplotlib.pyplot as plt

plt.plot(x.detach(), y.detach(), label="f")
plt.plot(x.detach(), x.grad, label="df/dx")
plt.legend()
plt.show()
"""

PARTS = (
    Part(
        "A derivative",
        "The derivative says how fast a function changes at a point. For powers of x there is a rule: the exponent "
        "comes down as a factor and is then one less. So x² becomes 2x, and 3x² becomes 3 · 2x = 6x.",
        "3x^2",
        {"x": 3.0},
        (Question("d", "What is the derivative of 3x² at x = 3?", _slope("x"), "Put x = 3 into 6x."),),
        "This is all that PyTorch needs: a tensor with `requires_grad=True`, the formula, and `.backward()`. "
        "The derivative then lies in `x.grad`.",
        show_code,
    ),
    Part(
        "The graph",
        "While PyTorch computes, it writes down each operation: first x², then 3 times that. This "
        "record is the "
        "graph. `.backward()` walks it from the end to the start and multiplies the slopes that it meets. "
        "The slope of 3·w by w is 3, and that of x² by x is 2x.",
        "3x^2",
        {"x": 3.0},
        (
            Question(
                "w",
                "On the way back, which number arrives at the inner tensor x²?",
                _arriving,
                "3·w changes three times as fast as w.",
            ),
        ),
        "Press ▶. Values go forward in one colour; then gradients come back in the other: 1, then 3, "
        "then 3 · 6 = 18.",
        show_graph,
    ),
    Part(
        "Leaves and attributes",
        "Every tensor has attributes: `data`, `grad`, `grad_fn`, `is_leaf`, `requires_grad`. A tensor that you make "
        "is a **leaf**; one that was computed is not. A leaf with `requires_grad=True` is where `.grad` is kept. An "
        "inner tensor passes its gradient on and keeps none, unless you call `retain_grad()` on it first.",
        "3x^2",
        {"x": 3.0},
        (
            Question(
                "l",
                "x, x² and 3x²: how many of the three are leaves?",
                _count_leaves,
                "Which one did you make?",
            ),
            Question(
                "k", "After backward(), how many of them have a .grad?", _count_kept, "Only leaves keep it."
            ),
        ),
        "The table is read from PyTorch. Compare `grad before` with `grad after`, then look at the column with "
        "`retain_grad()`.",
        show_tensors,
    ),
    Part(
        "A harder polynomial",
        "A sum is differentiated term by term, and a constant does not change at all. x now occurs "
        "twice, so two "
        "branches bring a gradient back to it, and the two are added.",
        "6x^2 + 2x + 4",
        {"x": 3.0},
        (Question("p", "What is the derivative of 6x² + 2x + 4 at x = 3?", _slope("x"), "It is 12x + 2."),),
        "Step to the end: 36 comes from 6x², 2 from 2x, nothing from 4.",
        show_graph,
    ),
    Part(
        "Partial derivatives",
        "With two variables there are two derivatives. For the one by u, treat v as if it were a "
        "plain number; "
        "for the one by v, treat u so. They are written ∂f/∂u and ∂f/∂v. One `.backward()` gives both.",
        "f(u, v) = u^3 + v^2 + 4uv",
        {"u": 3.0, "v": 4.0},
        (
            Question("u", "What is ∂f/∂u at u = 3, v = 4?", _slope("u"), "It is 3u² + 4v."),
            Question("v", "And ∂f/∂v?", _slope("v"), "It is 2v + 4u."),
        ),
        "Each leaf gets the sum over all paths that lead to it.",
        show_graph,
    ),
    Part(
        "Many values, and the plot",
        "A tensor can hold many points at once. `.backward()` starts from one number, so the values "
        "are summed first. "
        "Each value depends on its own x only; so the gradient of the sum holds the slope at each point.",
        "x^2",
        {"x": tuple(float(x) for x in np.linspace(-10, 10, 41))},
        (
            Question(
                "n", "x = linspace(−10, 10, 41): how many numbers are in x.grad?", _length, "As many as x."
            ),
            Question(
                "s", "What is its first number, the slope of x² at −10?", _slope_at(0), "The slope is 2x."
            ),
        ),
        "x² and its slopes: where the slope is negative the curve falls, where it is 0 the curve turns.",
        show_curve,
    ),
)


def ask(part: Part, number: int, f: dl.Function) -> bool:
    """Ask the part's questions; whether all were answered right or the answers are to be shown."""
    told = bool(st.session_state.get(f"told_{number}"))
    done = True
    with st.container(horizontal=True, gap="large"):
        for question in part.questions:
            with st.container(width=460, gap="xsmall"):
                guess = st.number_input(
                    question.words,
                    value=None,
                    step=1.0,
                    format="%g",
                    key=f"guess_{number}_{question.key}",
                    placeholder="Your guess",
                )
                answer = question.answer(f, part.at)
                good = guess is not None and abs(guess - answer) <= 1e-6 * max(1.0, abs(answer))
                if words := _verdict(guess, answer, question.hint, good=good, told=told):
                    st.markdown(words)
                done = done and good
    return st.toggle("Show me", key=f"told_{number}") or done


def _verdict(guess: float | None, answer: float, hint: str, *, good: bool, told: bool) -> str:
    """What is said of a guess, as Markdown; nothing before there is one, unless the answer is asked for."""
    if good or told:
        return f":material/check_circle: **{numbers.text(answer)}**{' is right.' if good else ''}"
    return "" if guess is None else f":material/close: Not {numbers.text(guess)}. {hint}"
