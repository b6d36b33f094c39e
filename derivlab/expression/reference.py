"""The language reference, made from the operations table: rows for the page, Markdown for ``docs/language.md``.

Run ``python -m derivlab.expression.reference docs/language.md`` to write the file anew.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from derivlab.expression import bounds
from derivlab.expression.naming.spellings import SPELLINGS
from derivlab.expression.operations import ARGUMENTS, OPERATIONS, Operation
from derivlab.expression.parse import parse_rule
from derivlab.expression.precedence import INFIX
from derivlab.expression.show import to_text
from derivlab.expression.show_latex import to_latex
from derivlab.expression.tree import Apply, Node, Variable, substitute

SHOWN_ARGUMENTS = ("x", "y", "z")

READINGS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Mathematics as written",
        (
            ("3x^2", "3*x^2"),
            ("2x(x+1)", "2*x*(x + 1)"),
            ("4uv", "4*u*v"),
            ("x² + x⁻¹", "x^2 + x^(-1)"),
            ("-x^2", "-x^2"),
            ("2^3^2", "2^3^2"),
            ("e^-x", "e^(-x)"),
            ("½x", "1/2*x"),
            ("x₁ + x_2", "x1 + x2"),
            ("2πr", "2*pi*r"),
            ("√(x+1)", "sqrt(x + 1)"),
            ("³√x", "cbrt(x)"),
            ("1,5x", "1.5*x"),
            ("||x| - 1|", "abs(abs(x) - 1)"),
            ("n!", "n!"),
            ("sin(30°)", "sin(30*pi/180)"),
        ),
    ),
    (
        "Functions without brackets",
        (
            ("sin 2x", "sin(2*x)"),
            ("sin x cos x", "sin(x)*cos(x)"),
            ("sin x^2", "sin(x^2)"),
            ("sin^2 x", "sin(x)^2"),
            ("sin^-1 x", "asin(x)"),
            ("sin x/2", "sin(x)/2"),
            ("ln|x|", "ln(abs(x))"),
            ("log_2 x", "log2(x)"),
            ("log x", "ln(x)"),
            ("log3(x)", "log(x, 3)"),
        ),
    ),
    (
        "Names",
        (
            ("f(u, v) = u^2 + v", "u^2 + v"),
            ("y = 2x + 1", "2*x + 1"),
            ("f: ℝ → ℝ, x ↦ x²", "x^2"),
            ("xy", "x*y"),
            ("f(rate, t) = rate t", "f(rate, t) = rate*t"),
            ("θ + alpha", "theta + alpha"),
        ),
    ),
    (
        "Pieces",
        (
            ("{x^2 if x < 0, x otherwise}", "{x^2 if x < 0, x otherwise}"),
            ("{x > 0: x, 0}", "{x if x > 0, 0 otherwise}"),
            ("{1 if -1 < x <= 1, 0}", "{1 if -1 < x <= 1, 0 otherwise}"),
            ("x^2 {x > 0}", "{x^2 if x > 0}"),
            ("x^2 (0 < x < 1)", "{x^2 if 0 < x < 1}"),
            ("if x > 0 then x else 0", "{x if x > 0, 0 otherwise}"),
            ("f(x) = √x, x ≥ 0", "{sqrt(x) if x >= 0}"),
            ("x^2 on [0, 1]", "{x^2 if 0 <= x <= 1}"),
            ("1/x, x ∈ (0, ∞)", "{1/x if x > 0}"),
        ),
    ),
    (
        "Programs",
        (
            ("x**2", "x^2"),
            ("np.exp(-x)", "exp(-x)"),
            ("F.relu(x)", "relu(x)"),
            ("x.sin().exp()", "exp(sin(x))"),
            ("torch.clamp(x, min=0)", "clamp_min(x, 0)"),
            ("torch.where(x > 0, x, 0)", "{x if x > 0, 0 otherwise}"),
            ("x if x > 0 else 0", "{x if x > 0, 0 otherwise}"),
            ("nn.LeakyReLU(0.2)(x)", "{x if x > 0, 0.2*x otherwise}"),
            ("x[0] + x[1]", "x0 + x1"),
            ("lambda x: x**2", "x^2"),
            ("x // 2", "floor(x/2)"),
        ),
    ),
    (
        "LaTeX",
        (
            (r"\frac{1}{x}", "1/x"),
            (r"\sqrt[3]{x}", "cbrt(x)"),
            (r"\sin^2\left(x\right)", "sin(x)^2"),
            (r"$e^{-x^2}$", "e^(-x^2)"),
            (r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}", "{x if x > 0, 0 otherwise}"),
        ),
    ),
)
"""What may be typed, and how it is read; the tests read every line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the reference: an operation as it is typed, shown, explained and tried out.

    ``latex`` is the operation on x, y, z; ``domain`` and ``kinks`` are sentences, empty where there is nothing to say.
    """

    name: str
    group: str
    names: tuple[str, ...]
    latex: str
    doc: str
    domain: str
    kinks: str
    example: str

    def matches(self, words: str) -> bool:
        """Whether all the words occur somewhere in the entry, in any case."""
        everything = " ".join(
            (self.group, *self.names, self.doc, self.domain, self.kinks, self.example)
        ).lower()
        return all(word in everything for word in words.lower().split())


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """All operations that can be typed, in the order of the table."""
    return tuple(_entry(row) for row in OPERATIONS.values())


def _entry(row: Operation) -> Entry:
    least = row.arity[0]
    arguments: tuple[Node, ...] = tuple(Variable(name) for name in SHOWN_ARGUMENTS[:least])
    if row.name == "where":
        arguments = (parse_rule("x > 0"), Variable("a"), Variable("b"))
    elif row.name in ("and", "or", "not"):
        arguments = (parse_rule("x > 0"), parse_rule("x < 1"))[:least]
    written = INFIX[row.name].text.strip() if row.name in INFIX else row.name
    names = {"negate": ("-",), "factorial": ("!", "factorial")}.get(row.name, (written, *row.aliases))
    return Entry(
        name=row.name,
        group=row.group,
        names=names,
        latex=to_latex(Apply(row.name, arguments)),
        doc=row.doc,
        domain=f"{_in_x(row.domain)}" if row.domain else "",
        kinks="; ".join(_kink(row, place) for place in range(len(row.kinks))),
        example=row.example,
    )


def _in_x(text: str) -> str:
    """A text of the table with x, y, z for its arguments."""
    names: dict[str, Node] = {
        argument: Variable(shown) for argument, shown in zip(ARGUMENTS, SHOWN_ARGUMENTS, strict=True)
    }
    return to_text(substitute(parse_rule(text), names))


def _kink(row: Operation, place: int) -> str:
    kink = row.kinks[place]
    answer = {float("inf"): "inf", float("-inf"): "-inf"}.get(kink.torch, f"{kink.torch:g}")
    return f"{kink.kind} where {_in_x(kink.at)} = 0 (PyTorch answers {answer})"


def to_markdown() -> str:
    """The whole reference as Markdown."""
    lines = [
        "# The language",
        "",
        "<!-- Made from the operations table: python -m derivlab.expression.reference docs/language.md -->",
        "",
        "One box takes mathematics as it is written, LaTeX, and the spelling of PyTorch, NumPy and Python. What was",
        "understood is always shown, with every `*` written out; where a text could be read in another way, the other",
        "reading is one click away. Angles are in radians, all numbers are real.",
        "",
    ]
    for title, readings in READINGS:
        lines += [f"## {title}", "", "| typed | read as |", "|---|---|"]
        lines += [f"| `{_cell(typed)}` | `{_cell(meaning)}` |" for typed, meaning in readings]
        lines.append("")
    lines += [
        "Multiplication and division go from left to right, whether the sign is written or not: `1/2x` is `1/2*x`. A",
        "function without brackets takes the product that follows, up to the next function, sum or division. The",
        "longest known name wins; other letters are variables, each letter one, unless the left side names them.",
        "",
        "## Operations",
        "",
    ]
    group = ""
    for entry in entries():
        if entry.group != group:
            group = entry.group
            lines += [
                *([""] if lines[-1] else []),
                f"### {group.capitalize()}",
                "",
                "| names | meaning | defined where | not differentiable | example |",
                "|---|---|---|---|---|",
            ]
        names = ", ".join(f"`{_cell(name)}`" for name in entry.names)
        domain = f"`{entry.domain}`" if entry.domain else ""
        lines.append(
            f"| {names} | {_cell(entry.doc)} | {domain} | {_cell(entry.kinks)} | `{_cell(entry.example)}` |"
        )
    lines += ["", "## Names of programs that stand for a formula", "", "| name | formula |", "|---|---|"]
    for name, texts in SPELLINGS.items():
        lines += [
            f"| `{name}({', '.join(ARGUMENTS[:count])})` | `{_cell(text)}` |" for count, text in texts.items()
        ]
    lines += [
        "",
        "## Limits",
        "",
        f"A text has at most {bounds.MAX_CHARACTERS:,} characters and {bounds.MAX_NODES:,} parts,",
        f"nested at most {bounds.MAX_DEPTH} deep. A number has at most {bounds.MAX_DIGITS} digits and lies between",
        f"about 1e-308 and 1.8e308; an exponent is at most {bounds.MAX_EXPONENT:,}. No text is ever run as a program.",
        "",
    ]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(to_markdown(), encoding="utf-8")
