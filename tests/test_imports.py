"""What waits for what: parsing needs neither torch nor SymPy nor NumPy."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys
import derivlab
{body}
heavy = sorted({{"torch", "sympy", "numpy", "mpmath", "plotly", "streamlit"}} & sys.modules.keys())
print(*heavy)
"""


@pytest.mark.parametrize(
    "body",
    [
        "",
        "derivlab.parse('f(u, v) = u^3 + sin 2v/3').text",
        "derivlab.parse(r'\\frac{1}{x}').latex",
        "try:\n    derivlab.parse('sen(x')\nexcept derivlab.ParseError as error:\n    str(error)",
        "from derivlab.expression.constants import parse_number; parse_number('pi/2')",
        "from derivlab.expression.reference import entries; entries()",
    ],
    ids=["import", "parse", "latex", "error", "number", "reference"],
)
def test_parsing_imports_nothing_heavy(body: str) -> None:
    """In a fresh process, importing derivlab and parsing load none of the heavy libraries."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(body=body)], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == []
