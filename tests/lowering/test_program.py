"""Straight-line programs: sharing, definitions, real roots, order of origins."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derivlab.expression.operations import OPERATIONS
from derivlab.expression.parse import parse
from derivlab.expression.tree import Apply, Node, Number, Variable, postorder
from derivlab.lowering.program import GUARD, NUMBER, VARIABLE, is_real_root, program_of


def operations(text: str, **options: bool) -> list[str]:
    """The operations of a program, in order, without numbers and variables."""
    program = program_of(parse(text).tree, **options)
    return [step.operation for step in program.instructions if step.operation not in {NUMBER, VARIABLE}]


def test_equal_subexpressions_are_computed_once() -> None:
    """x^2 stands twice and is one instruction where sharing is asked for, two where it is not."""
    assert operations("sin(x^2) + cos(x^2)").count("power") == 1
    assert operations("sin(x^2) + cos(x^2)", share=False).count("power") == 2


def test_instructions_use_earlier_results_only() -> None:
    """Each argument of an instruction is the index of an earlier one."""
    program = program_of(parse("gamma(x)*sec(x^2)/asech(x) + where(x > 0, ln(x), cbrt(x))").tree, guard=True)
    for index, step in enumerate(program.instructions):
        assert all(argument < index for argument in step.arguments)


@pytest.mark.parametrize("name", [row.name for row in OPERATIONS.values() if row.definition])
def test_definitions_are_expanded(name: str) -> None:
    """An operation that torch has not is replaced by its definition."""
    tree = Apply(name, tuple(Variable(v) for v in "uvw"[: OPERATIONS[name].arity[0]]))
    assert name not in {step.operation for step in program_of(tree).instructions}


@pytest.mark.parametrize(
    ("exponent", "expected"),
    [
        (Fraction(1, 3), True),
        (Fraction(-2, 3), True),
        (Fraction(1, 5), True),
        (Fraction(1, 2), False),
        (Fraction(2), False),
        (Fraction(3, 4), False),
    ],
)
def test_odd_denominators_are_real_roots(exponent: Fraction, expected: bool) -> None:
    """Only a fraction whose denominator is odd and more than 1 stands for a real root."""
    assert is_real_root(exponent) is expected


def test_the_real_root_takes_sign_and_size() -> None:
    """x^(1/3) is sign(x)·|x|^(1/3), x^(2/3) is |x|^(2/3), and x^0.5 stays a power."""
    assert operations("x^(1/3)") == ["abs", "power", "sign", "multiply"]
    assert operations("x^(2/3)") == ["abs", "power"]
    assert operations("x^0.5") == ["power"]


def test_powers_of_e_are_the_exponential() -> None:
    """e^x is exp(x), so its derivative is exactly itself."""
    assert operations("e^(2x)") == ["multiply", "exp"]


def test_origins_are_places_in_postorder() -> None:
    """Without sharing the last instruction of each origin stands for the tree's node at that place."""
    tree = parse("sec(x)^2 + {ln(x) if x > 1, 3x otherwise} - e^(x/3) + x^(-1/3)").tree
    nodes = list(postorder(tree))
    program = program_of(tree, share=False, guard=True)
    for step in program.instructions:
        node = nodes[step.origin]
        if step.operation == VARIABLE:
            assert isinstance(node, Variable)
        elif isinstance(node, Apply) and node.operation == step.operation:
            assert len(step.arguments) == len(node.arguments)
    last = {step.origin: step.operation for step in program.instructions}
    for place, node in enumerate(nodes):
        if isinstance(node, Apply) and node.operation in {"add", "subtract", "ln", "greater", "where"}:
            assert last[place] == node.operation


def test_a_long_sum_is_no_deep_recursion() -> None:
    """A sum of 5,000 terms is compiled, shared and guarded without recursion."""
    tree: Node = Variable("x")
    for i in range(5_000):
        tree = Apply("add", (tree, Apply("power", (Variable("x"), Number(Fraction(i % 7))))))
    assert len(program_of(tree).instructions) < 5_100
    assert len(program_of(tree, share=False, guard=True).instructions) > 15_000


def test_guards_stand_only_where_a_branch_can_be_undefined() -> None:
    """A branch of polynomials needs no guard; a logarithm does."""
    assert GUARD not in operations("{x^2 if x > 0, -x otherwise}", guard=True)
    assert operations("{ln(x) if x > 0, 0 otherwise}", guard=True).count(GUARD) == 1


def test_factorials_of_whole_numbers_are_exact() -> None:
    """5! is the number 120, not the exponential of a logarithm."""
    program = program_of(parse("5!").tree)
    assert program.instructions[program.result].value == 120
