"""Parsing beside SymPy's ``parse_expr`` and mathjs's ``parse``, its growth with length, and what an import costs.

Run: ``python -m benchmarks.parsing [FOLDER]``. FOLDER is one in which ``npm install mathjs`` was run, outside of
the repository; without it, or without Node, mathjs is left out.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time

import derivlab as dl
from benchmarks.measure import row, seconds, told
from derivlab.expression.parse import _parse as kept

read = kept.__wrapped__
"""Parsing without the memory of texts that were read before."""

SHORT = "3x^2 + sin(x)"
TERMS = ("3x^2", "sin(2x)", "(x+1)(x-1)", "exp(-x)/4", "5cos(x)^2", "x/(x^2+7)", "2x^3", "ln(x+8)")
HOSTILE = {
    "1 MB of +x": "+x" * 500_000,
    "10,000 brackets": "(" * 10_000 + "x" + ")" * 10_000,
    "9^9^9^9": "9^9^9^9",
    "x^(10^9)": "x^(10^9)",
    "20,000 roots": "√" * 20_000 + "x",
    "20,000 minus signs": "-" * 20_000 + "x",
    "10,000 digits": "9" * 10_000,
    "5,000 \\frac": "\\frac{1}{" * 5_000,
}


def long_text(characters: int) -> str:
    """A sum of ordinary terms, no two alike, of about this length."""
    terms: list[str] = []
    length = 0
    while length < characters:
        term = f"{len(terms) + 2}{TERMS[len(terms) % len(TERMS)]}"
        terms.append(term)
        length += len(term) + 3
    return " + ".join(terms[:-1])


def beside_sympy() -> None:
    """Texts read for the first time, by both, and read again, by both."""
    from sympy.core.cache import clear_cache
    from sympy.parsing.sympy_parser import (
        convert_xor,
        implicit_multiplication_application,
        parse_expr,
        standard_transformations,
    )

    transformations = (*standard_transformations, implicit_multiplication_application, convert_xor)
    print("Reading a text, beside SymPy's parse_expr with implicit multiplication")
    for text in (SHORT, long_text(1_000)):

        def rival(text: str = text) -> object:
            return parse_expr(text, transformations=transformations)

        def fresh_rival(text: str = text) -> object:
            clear_cache()
            return parse_expr(text, transformations=transformations)

        found = seconds(
            {
                "derivlab": lambda text=text: read(text),  # type: ignore[misc]
                "derivlab again": lambda text=text: dl.parse(text),  # type: ignore[misc]
                "SymPy": fresh_rival,
                "SymPy again": rival,
            },
            rounds=7,
            least=2e-2,
        )
        for name, taken in found.items():
            print(f"  {len(text):>6} characters   {name:<16}{told(taken)}")
        row("first time: SymPy's time over ours", found["SymPy"] / found["derivlab"], "20", least=True)
        row("again: SymPy's time over ours", found["SymPy again"] / found["derivlab again"], "20", least=True)
        row(
            "ours for the first time, SymPy's again",
            found["SymPy again"] / found["derivlab"],
            "1",
            least=True,
        )


def growth() -> None:
    """Time for each character at growing length."""
    print("Growth with length, texts read for the first time")
    texts = {str(size): long_text(size) for size in (250, 1_000, 4_000, 16_000)}
    found = seconds({name: lambda text=text: read(text) for name, text in texts.items()}, rounds=5)  # type: ignore[misc]
    each = {name: found[name] / len(text) for name, text in texts.items()}
    for name, text in texts.items():
        print(f"  {len(text):>6} characters   {told(found[name])}   {each[name] * 1e6:6.2f} µs a character")
    row("a character at 16,000 over a character at 1,000", each["16000"] / each["1000"], "1.5")


def hostile() -> None:
    """How long the answer to text past the limits takes."""
    print("Text past the limits")
    for name, text in HOSTILE.items():
        start = time.perf_counter()
        try:
            read(text)
            answer = "read"
        except dl.ParseError as error:
            answer = error.message
        print(f"  {name:<22}{told(time.perf_counter() - start)}   {answer}")


def beside_mathjs(folder: str) -> None:
    """The same texts in Node, in turns with ours."""
    script = """
    const { parse } = require('mathjs')
    const texts = JSON.parse(process.argv[1])
    const found = texts.map((text) => {
      let best = Infinity
      for (let round = 0; round < 40; round++) {
        const count = Math.max(1, Math.floor(20000 / text.length))
        const start = process.hrtime.bigint()
        for (let k = 0; k < count; k++) parse(text)
        best = Math.min(best, Number(process.hrtime.bigint() - start) / count)
      }
      return best / 1e9
    })
    console.log(JSON.stringify(found))
    """
    texts = [SHORT, long_text(1_000)]
    node = shutil.which("node")
    if node is None:
        print("Node is not here: mathjs is left out")
        return
    run = subprocess.run(
        [node, "-e", script, json.dumps(texts)], cwd=folder, capture_output=True, text=True, check=True
    )
    print("Reading a text, beside mathjs in Node (compiled code, warmed up)")
    for text, theirs in zip(texts, json.loads(run.stdout), strict=True):
        ours = seconds({"derivlab": lambda text=text: read(text)}, rounds=7)["derivlab"]  # type: ignore[misc]
        print(
            f"  {len(text):>6} characters   derivlab {told(ours)}   mathjs {told(theirs)}   {ours / theirs:6.1f} ×"
        )


def imports() -> None:
    """Fresh processes: importing derivlab and parsing, beside importing torch."""
    print("A fresh process")
    programs = {
        "nothing": "pass",
        "import derivlab, parse": "import derivlab; derivlab.parse('3x^2 + sin(x)')",
        "import torch": "import torch",
    }
    best = dict.fromkeys(programs, float("inf"))
    for _ in range(7):
        for name, program in programs.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", program], check=True)
            best[name] = min(best[name], time.perf_counter() - start)
    for name, taken in best.items():
        print(f"  {name:<26}{told(taken)}")
    bare = best["nothing"]
    share = (best["import derivlab, parse"] - bare) / (best["import torch"] - bare)
    row("importing derivlab and parsing over importing torch", share, "0.15")


if __name__ == "__main__":
    beside_sympy()
    growth()
    hostile()
    if len(sys.argv) > 1:
        beside_mathjs(sys.argv[1])
    imports()
