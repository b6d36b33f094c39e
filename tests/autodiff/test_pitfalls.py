"""Each pitfall really does what the page says; the texts are torch's own, read now."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from derivlab.autodiff.pitfalls import Pitfall, code_of, pitfalls, run

ALL = {pitfall.key: pitfall for pitfall in pitfalls()}

# What each experiment must show today. A torch that answers otherwise must fail here, not mislead a reader.
MISTAKES = {
    "accumulate": r"tensor\(18\.\)\ntensor\(36\.\)\ntensor\(54\.\)",
    "twice": r"tensor\(18\.\)\nRuntimeError: Trying to backward through the graph a second.*retain_graph",
    "retain_graph": r"tensor\(18\.\)\nRuntimeError: Trying to backward through the graph a second time",
    "non_scalar": r"RuntimeError: grad can be implicitly created only for scalar outputs",
    "non_leaf": r"None\nUserWarning: The \.grad attribute of a Tensor that is not a leaf.*retain_grad\(\)",
    "retain_grad": r"True None",
    "detach": r"tensor\(3\.\)",
    "no_grad": r"False None\nRuntimeError: element 0 of tensors does not require grad and does not have a",
    "tensor_of_tensor": r"None\nUserWarning: To copy construct from a tensor",
    "unused": r"RuntimeError: .* appears to not have been used in the graph\. Set allow_unused=True",
    "create_graph": r"tensor\(27\.\)\nRuntimeError: element 0 of tensors does not require grad",
    "hooks": r"tensor\(1800\.\)",
    "integers": r"RuntimeError: Only Tensors of floating point and complex dtype can require gradients",
    "in_place": r"RuntimeError: one of the variables needed for gradient computation has been modified by an",
    "leaf_in_place": r"RuntimeError: a leaf Variable that requires grad is being used in an in-place",
    "data": r"tensor\(9\., grad_fn=<PowBackward0>\) tensor\(60\.\)",
    "numpy": r"RuntimeError: Can't call numpy\(\) on Tensor that requires grad\. Use tensor\.detach\(\)",
    "where": r"tensor\(0\., grad_fn=<WhereBackward0>\) tensor\(nan\)",
    "sqrt": r"tensor\(inf\)\nsqrt\(x²\):  tensor\(nan\)",
    "corners": (
        r"ReluBackward0 tensor\(0\.\)\nMaximumBackward0 tensor\(0\.5000\)\nClampBackward1 tensor\(1\.\)\n"
        r"AbsBackward0 tensor\(0\.\)"
    ),
    "float32": r"tensor\(0\., grad_fn=<DivBackward0>\)",
}
CURES = {
    "accumulate": r"(tensor\(18\.\)\n?){3}",
    "twice": r"tensor\(18\.\)\ntensor\(36\.\)",
    "retain_graph": r"tensor\(126\.\)",
    "non_scalar": r"tensor\(\[2\., 4\., 6\.\]\)",
    "non_leaf": r"tensor\(3\.\)",
    "retain_grad": r"True tensor\(3\.\)",
    "detach": r"tensor\(6\.\)",
    "no_grad": r"True True\ntensor\(18\.\)",
    "tensor_of_tensor": r"tensor\(18\.\)",
    "unused": r"\(tensor\(18\.\), tensor\(0\.\)\)",
    "create_graph": r"tensor\(27\., grad_fn=<MulBackward0>\)\n\(tensor\(18\.\),\)",
    "hooks": r"passing by: tensor\(3\.\)\ntensor\(18\.\)",
    "integers": r"tensor\(3\., requires_grad=True\)",
    "in_place": r"tensor\(2\.7183\)",
    "leaf_in_place": r"tensor\(2\.9000, requires_grad=True\)",
    "data": r"RuntimeError: one of the variables needed for gradient computation has been modified",
    "numpy": r"27\.0",
    "where": r"tensor\(0\., grad_fn=<WhereBackward0>\) tensor\(0\.\)",
    "sqrt": r"\|x\|: +tensor\(0\.\)",
    "corners": r"tensor\(\[0\., 1\.\]\)",
    "float32": r"tensor\(0\.5000, dtype=torch\.float64.*tensor\(-8\.3333e-06, dtype=torch\.float64\)",
}


def test_the_list_is_complete() -> None:
    """Every pitfall is checked here, and none is checked that is not on the page."""
    assert set(ALL) == set(MISTAKES) == set(CURES)


@pytest.mark.parametrize("key", sorted(ALL))
def test_the_mistake(key: str) -> None:
    """The experiment shows what the page says, in torch's words."""
    assert re.search(MISTAKES[key], run(ALL[key].mistake).text, re.DOTALL)


@pytest.mark.parametrize("key", sorted(ALL))
def test_the_cure(key: str) -> None:
    """The cure cures."""
    assert re.search(CURES[key], run(ALL[key].cure).text, re.DOTALL)


@pytest.mark.parametrize("key", ["accumulate", "data", "where", "corners"])
def test_the_code_is_what_runs(key: str) -> None:
    """The code on the page, run as a script of its own, prints what the page shows."""
    pitfall: Pitfall = ALL[key]
    script = "import torch\n" + code_of(pitfall.mistake)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == run(pitfall.mistake).text


def test_running_twice_gives_the_same() -> None:
    """An experiment leaves nothing behind."""
    for pitfall in ALL.values():
        assert run(pitfall.mistake) == run(pitfall.mistake)
