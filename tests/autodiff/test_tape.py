"""The recorded graph against torch itself, and against what the tape must look like."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from functools import partial

import pytest
import torch

import derivlab as dl
from derivlab.autodiff.tape_nodes import Graph, product_sum
from derivlab.autodiff.tape_values import flatten, is_finite
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.tree import Apply, Node, Number, Variable, postorder
from derivlab.lowering.to_torch import lower

pytestmark = pytest.mark.filterwarnings("ignore:The .grad attribute")

EXAMPLES = [
    ("3x^2", {"x": 3}, {"x": 18}),
    ("6x^2 + 2x + 4", {"x": 3}, {"x": 38}),
    ("f(u, v) = u^3 + v^2 + 4uv", {"u": 3, "v": 4}, {"u": 43, "v": 20}),
    ("x*x", {"x": 5}, {"x": 10}),
    ("x^x", {"x": 2}, {"x": 4 + 4 * math.log(2)}),
    ("(x + 1)(x - 1)/x", {"x": 2}, {"x": 1.25}),
    ("e^(-x^2)", {"x": 1}, {"x": -2 / math.e}),
    ("x^(1/3)", {"x": -8}, {"x": 1 / 12}),
    ("max(x, 0, x^2)", {"x": 3}, {"x": 6}),
]


def agree(graph: Graph, ulps: float = 8) -> None:
    """The edges' product-sum is torch's .grad to a few units in the last place of the terms in it."""
    found = product_sum(graph)
    for leaf in graph.leaves:
        torch_says, edges_say = graph.gradient[leaf.symbol], found[leaf.symbol]
        assert (torch_says is None) == (edges_say is None), leaf.symbol
        if torch_says is None or edges_say is None:
            continue
        scale = max(
            (
                abs(term)
                for edge in graph.uses(leaf.id)
                if edge.contribution is not None
                for term in flatten(edge.contribution)
            ),
            default=0.0,
        )
        for one, other in zip(flatten(torch_says), flatten(edges_say), strict=True):
            if math.isnan(one):
                assert math.isnan(other)
            else:
                assert one == other or abs(one - other) <= ulps * 2.0**-52 * max(scale, abs(one)) * 4


@pytest.mark.parametrize(("text", "at", "wanted"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_known_gradients(text: str, at: dict[str, float], wanted: dict[str, float]) -> None:
    """The gradient is the known one, and the edges alone give it too."""
    graph = dl.record(dl.parse(text), at)
    assert graph.gradient == pytest.approx(wanted, rel=1e-14)
    agree(graph)


def rows() -> list[tuple[str, tuple[float, ...]]]:
    """Every row of the table that can be differentiated, at each of its test points."""
    return [
        (name, point) for name, row in OPERATIONS.items() if not row.is_condition for point in row.test_points
    ]


def row_function(name: str, point: tuple[float, ...]) -> tuple[dl.Function, dict[str, float]]:
    """One operation applied to plain variables, or to numbers where it takes no variable."""
    arguments: list[Node] = [Variable(letter) for letter in "uvw"[: len(point)]]
    if name == "where":
        arguments[0] = Apply("greater", (Number(Fraction(int(point[0]))), Number(Fraction(1, 2))))
    if name == "polygamma":
        arguments[0] = Number(Fraction(int(point[0])))
    free = tuple(argument.name for argument in arguments if isinstance(argument, Variable))
    at = dict(zip("uvw", point, strict=False))
    return dl.Function("f", free, Apply(name, tuple(arguments))), {letter: at[letter] for letter in free}


@pytest.mark.parametrize(("name", "point"), rows())
def test_every_row_of_the_table(name: str, point: tuple[float, ...]) -> None:
    """For every operation the edges give torch's gradient, and an edge's number is its formula's value."""
    f, at = row_function(name, point)
    graph = dl.record(f, at)
    agree(graph)
    by_symbol = {node.symbol: node.value for node in graph.nodes}
    for edge in graph.edges:
        if not edge.tracked:
            continue
        rule = edge.rule
        assert rule is not None, f"no formula on an edge of {name}"
        names = tuple(sorted({n.name for n in postorder(rule) if isinstance(n, Variable)}))
        tensors = [torch.tensor(float(by_symbol[symbol]), dtype=torch.float64) for symbol in names]
        worth = float(lower(rule, names)(tensors)) if names else float(lower(rule, ())([]))
        assert edge.local == pytest.approx(worth, rel=1e-9, abs=1e-12)


UNARY = ["sin", "cos", "exp", "tanh", "atan", "sigmoid", "softplus", "erf", "abs", "negate", "asinh", "relu"]
BINARY = ["add", "subtract", "multiply", "max", "min", "hypot", "divide"]


def random_tree(chance: random.Random, size: int) -> Node:
    """A random tree over x and y of about ``size`` operations."""
    pool: list[Node] = [
        Variable("x"),
        Variable("y"),
        Variable("x"),
        Number(Fraction(chance.randint(1, 9), 4)),
    ]
    for _ in range(size):
        if chance.random() < 0.45:
            pool.append(Apply(chance.choice(UNARY), (chance.choice(pool),)))
        elif chance.random() < 0.2:
            pool.append(Apply("power", (chance.choice(pool), Number(Fraction(chance.randint(2, 3))))))
        else:
            pool.append(Apply(chance.choice(BINARY), (chance.choice(pool), chance.choice(pool[-4:]))))
    return pool[-1]


def test_500_random_trees() -> None:
    """On 500 random trees the product-sum over the graph is torch's gradient."""
    chance = random.Random(5)  # noqa: S311  (any trees will do, the same ones each time)
    checked = 0
    while checked < 500:
        tree = random_tree(chance, chance.randint(1, 12))
        names = tuple(sorted({n.name for n in postorder(tree) if isinstance(n, Variable)}))
        f = dl.Function("f", names, tree)
        graph = dl.record(f, {name: chance.uniform(-2, 2) for name in names})
        if all(is_finite(edge.local) for edge in graph.edges) and is_finite(graph.nodes[graph.output].value):
            agree(graph, ulps=64)
            checked += 1


def test_the_check_itself_catches_a_wrong_edge() -> None:
    """A slope that is wrong by one part in 10¹² is not agreed to."""
    from dataclasses import replace

    graph = dl.record(dl.parse("sin(x)^2"), {"x": 1.0})
    first = graph.edges[0]
    assert isinstance(first.local, float)
    broken = replace(graph, edges=(replace(first, local=first.local * (1 + 1e-12)), *graph.edges[1:]))
    with pytest.raises(AssertionError):
        agree(broken)


def test_the_nodes_are_what_torch_recorded() -> None:
    """Names, saved tensors and next_functions are those of the tensors that the same line of Python makes."""
    graph = dl.record(dl.parse("3x^2"), {"x": 3.0})
    x = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)
    y = 3 * x**2
    output = graph.nodes[graph.output]
    assert output.grad_fn == type(y.grad_fn).__name__
    (edge,) = [edge for edge in graph.arguments(output.id) if edge.tracked]
    power = graph.nodes[edge.source]
    inner = y.grad_fn.next_functions[0][0]
    assert power.grad_fn == type(inner).__name__
    saved = {kept.name: kept.value for kept in power.saved}
    assert saved == {"_saved_self": inner._saved_self.item(), "_saved_exponent": inner._saved_exponent}
    assert [kept.node for kept in power.saved if kept.name == "_saved_self"] == [graph.leaves[0].id]
    assert [(n.name, n.node) for n in power.next_functions] == [("AccumulateGrad", graph.leaves[0].id)]
    assert type(inner.next_functions[0][0]).__name__ == "AccumulateGrad"


def test_sec_is_expanded_to_what_ran() -> None:
    """A definition of the table shows as the nodes that torch has for it."""
    graph = dl.record(dl.parse("sec(x)"), {"x": 1.0})
    assert [node.grad_fn for node in graph.nodes if node.grad_fn] == [
        "CosBackward0",
        "ReciprocalBackward0",
        "MulBackward0",
    ]
    assert graph.nodes[graph.output].text == "sec(x)"


def test_ids_count_in_evaluation_order() -> None:
    """A node's id is its index, and its arguments come before it."""
    graph = dl.record(dl.parse("f(u, v) = u^3 + v^2 + 4uv"), {"u": 3, "v": 4})
    assert [node.id for node in graph.nodes] == list(range(len(graph.nodes)))
    assert all(edge.source < edge.target for edge in graph.edges)
    assert [leaf.symbol for leaf in graph.leaves] == ["u", "v"]


def test_each_node_knows_its_place_in_the_text() -> None:
    """The span of a node cuts its own subexpression out of what was typed."""
    f = dl.parse("f(u, v) = u^3 + v^2 + 4uv")
    graph = dl.record(f, {"u": 3, "v": 4})
    cut = {
        node.symbol: [f.source[start:end] for start, end in node.spans] for node in graph.nodes if node.tape
    }
    assert cut["u"] == ["u", "u"]
    assert cut["w1"] == ["u^3"]
    assert cut["w5"] == ["4uv"]


def test_states_before_and_after() -> None:
    """A leaf keeps .grad, an inner tensor keeps none unless retain_grad() was called."""
    graph = dl.record(dl.parse("3x^2"), {"x": 3.0})
    leaf, power = graph.leaves[0], next(node for node in graph.nodes if node.grad_fn == "PowBackward0")
    assert leaf.before is not None
    assert leaf.before.is_leaf
    assert leaf.before.requires_grad
    assert leaf.before.grad is None
    assert leaf.before.grad_fn is None
    assert leaf.after is not None
    assert leaf.after.grad == 18.0
    assert power.before is not None
    assert not power.before.is_leaf
    assert not power.before.retains_grad
    assert power.after is not None
    assert power.after.grad is None
    assert power.retained is not None
    assert power.retained.retains_grad
    assert power.retained.grad == power.cotangent == 3.0


def _note(seen: list[str], name: str, _: object) -> None:
    seen.append(name)


def test_backward_order_is_the_engine_s() -> None:
    """The order of the backward pass is the one in which torch calls the nodes."""
    f = dl.parse("f(u, v) = sin(u*v)*u + v^2/u")
    graph = dl.record(f, {"u": 3.0, "v": 4.0})
    u, v = (torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in (3.0, 4.0))
    y = lower(f.tree, ("u", "v"), share=False)([u, v])
    seen: list[str] = []
    pending, known = [y.grad_fn], set()
    while pending:
        node = pending.pop()
        if node is None or node in known:
            continue
        known.add(node)
        node.register_prehook(partial(_note, seen, type(node).__name__))
        pending.extend(following for following, _ in node.next_functions)
    y.backward()
    assert [graph.nodes[number].tape for number in graph.order] == seen


def test_where_branches_meet_the_sum_is_complete() -> None:
    """The contributions to a node add up to its cotangent."""
    graph = dl.record(dl.parse("x*sin(x) + x^2 + x"), {"x": 1.3})
    (x,) = graph.leaves
    parts = [edge.contribution for edge in graph.uses(x.id) if edge.tracked]
    assert len(parts) == 4
    assert sum(flatten(tuple(part for part in parts if part is not None))) == pytest.approx(
        x.cotangent, rel=1e-15
    )
    assert graph.count_paths(x.id) == len(graph.paths(x.id)) == 4


def test_many_values_are_summed() -> None:
    """A tensor of many values gets a .sum() on the tape, and the gradient at each value."""
    graph = dl.record(dl.parse("x^2"), {"x": [1.0, 2.0, 3.0]})
    assert graph.nodes[graph.output].grad_fn == "SumBackward0"
    assert graph.nodes[graph.output].value == 14.0
    assert graph.gradient == {"x": (2.0, 4.0, 6.0)}
    agree(graph)


def test_one_value_among_many() -> None:
    """A single number beside a tensor of many values gets the sum of its contributions."""
    graph = dl.record(dl.parse("f(x, y) = x*y"), {"x": 2.0, "y": [1.0, 2.0, 3.0]})
    assert graph.gradient == {"x": 6.0, "y": (2.0, 2.0, 2.0)}
    agree(graph)


@pytest.mark.parametrize("text", ["x^3 + sin(x)", "e^(x^2)/x", "tanh(x)*sigmoid(x)", "sec(x)"])
def test_the_graph_of_the_gradient(text: str) -> None:
    """With create_graph=True the value is f′ and the gradient f″, and the edges of that graph give it."""
    f = dl.parse(text)
    graph = dl.record(f, {"x": 0.7}, create_graph=True)
    assert graph.nodes[graph.output].value == pytest.approx(dl.derivative(f, {"x": 0.7}), rel=1e-13)
    assert graph.gradient["x"] == pytest.approx(dl.derivative(f, {"x": 0.7}, order=2), rel=1e-12)
    assert any(node.stage == "gradient" for node in graph.nodes)
    agree(graph, ulps=64)


def test_nan_leaks_through_where() -> None:
    """The raw behaviour is shown: NaN from the branch that was not taken, and the node that made it."""
    graph = dl.record(dl.parse("where(x > 0, sqrt(x), 0)"), {"x": 0.0})
    assert math.isnan(graph.gradient["x"])
    assert [fault.kind for fault in graph.faults] == ["kink", "leak"]
    assert graph.nodes[graph.faults[-1].node].text == "sqrt(x)"


@pytest.mark.parametrize(
    ("text", "at", "kind", "words"),
    [
        ("ln(x)", -1.0, "undefined", "ln of zero or of a negative number"),
        ("1/x", 0.0, "infinite", ""),
        ("abs(x)", 0.0, "kink", "corner"),
        ("relu(x)", 0.0, "kink", "corner"),
        ("x + ln(x - 5)*2", 1.0, "undefined", "ln of zero"),
    ],
)
def test_faults_name_the_node(text: str, at: float, kind: str, words: str) -> None:
    """Outside the domain and at a kink the record says which node made it and why."""
    graph = dl.record(dl.parse(text), {"x": at})
    assert graph.faults[0].kind == kind
    assert words in graph.faults[0].message


def test_a_slope_of_nothing_is_warned_of() -> None:
    """ln at −1 is NaN, and torch answers −1 as its gradient all the same: the record says so."""
    graph = dl.record(dl.parse("ln(x)"), {"x": -1.0})
    assert graph.gradient == {"x": -1.0}
    assert graph.faults[-1].kind == "slope of nothing"


def test_an_ordinary_point_has_no_fault() -> None:
    """Nothing is warned of where nothing is wrong."""
    assert dl.record(dl.parse("abs(x) + ln(x) + relu(x)"), {"x": 2.0}).faults == ()


def test_a_constant_is_refused_in_torch_s_words() -> None:
    """A function that needs no gradient shows torch's own refusal."""
    graph = dl.record(dl.parse("f(x) = 5"), {"x": 1.0})
    with pytest.raises(RuntimeError) as refused:
        torch.tensor(5.0).backward()
    assert graph.backward_error == " ".join(str(refused.value).split())
    assert graph.gradient == {"x": None}


def test_an_unused_variable_has_no_gradient() -> None:
    """A variable that does not occur keeps .grad None, as in torch."""
    graph = dl.record(dl.parse("f(x, y) = x^2"), {"x": 2.0, "y": 1.0})
    assert graph.gradient == {"x": 4.0, "y": None}


def test_2000_nodes() -> None:
    """A sum of a thousand terms is recorded whole, without recursion."""
    f = dl.parse("+".join(f"sin({n}x)" for n in range(1, 400)))
    graph = dl.record(f, {"x": 0.1})
    assert len(graph.nodes) > 1500
    agree(graph, ulps=1000)
    assert len(graph.nodes[graph.output].text) < 400


@pytest.mark.parametrize("at", [{}, {"x": "a"}, {"x": []}, {"x": [[1.0]]}])
def test_bad_points(at: dict[str, object]) -> None:
    """A point that does not fit is an InputError, never a torch error."""
    with pytest.raises(dl.InputError):
        dl.record(dl.parse("x^2"), at)
