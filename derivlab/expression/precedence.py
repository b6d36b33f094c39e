"""How tightly each operator binds: one table, read by the parser and by both printers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


class Level:
    """Binding strength, from the loosest to the tightest: plain integers, which the parser compares at each step."""

    CHOICE: Final = 1  # a if c else b
    OR: Final = 2
    AND: Final = 3
    NOT: Final = 4
    COMPARISON: Final = 5
    SUM: Final = 6
    SIGN: Final = 7  # -x*y is -(x*y)
    PRODUCT: Final = 8  # written or left out: 1/2x is (1/2)*x
    POWER: Final = 9  # -x^2 is -(x^2), 2^3^2 is 2^(3^2)
    POSTFIX: Final = 10  # 2^n! is 2^(n!)
    ATOM: Final = 11


@dataclass(frozen=True, slots=True)
class Infix:
    """An operator between two operands: its operation, its level, and how it is printed."""

    operation: str
    level: int
    text: str
    latex: str
    groups_right: bool = False
    right_level: int = field(init=False)
    """The least level of the right operand."""
    is_arithmetic: bool = field(init=False)
    """Whether it is one of the five signs of calculation: + - * / ^."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_arithmetic", self.text.strip() in ("+", "-", "*", "/", "^"))
        object.__setattr__(self, "right_level", self.level + (not self.groups_right))


_ROWS = (
    Infix("or", Level.OR, " or ", r" \text{ or } "),
    Infix("and", Level.AND, " and ", r" \text{ and } "),
    Infix("less", Level.COMPARISON, " < ", " < "),
    Infix("less_equal", Level.COMPARISON, " <= ", r" \le "),
    Infix("greater", Level.COMPARISON, " > ", " > "),
    Infix("greater_equal", Level.COMPARISON, " >= ", r" \ge "),
    Infix("equal", Level.COMPARISON, " == ", " = "),
    Infix("not_equal", Level.COMPARISON, " != ", r" \ne "),
    Infix("add", Level.SUM, " + ", " + "),
    Infix("subtract", Level.SUM, " - ", " - "),
    Infix("multiply", Level.PRODUCT, "*", r" \cdot "),
    Infix("divide", Level.PRODUCT, "/", r" / "),
    Infix("power", Level.POWER, "^", "^", groups_right=True),
)

INFIX: dict[str, Infix] = {row.operation: row for row in _ROWS}
"""The operators by the operation that they stand for."""

BETWEEN: dict[str, Infix] = {row.text.strip(): row for row in _ROWS} | {
    "=": INFIX["equal"],
    "%": Infix("mod", Level.PRODUCT, "", ""),
    "mod": Infix("mod", Level.PRODUCT, "", ""),
    "//": Infix("floor_divide", Level.PRODUCT, "", ""),
}
"""The operators by the kind of the token that stands between the operands."""

PREFIX: dict[str, int] = {"negate": Level.SIGN, "not": Level.NOT}
"""The operations that are written before their operand."""

POSTFIX: dict[str, int] = {"factorial": Level.POSTFIX}
"""The operations that are written behind their operand."""

LEVELS: dict[str, int] = {name: row.level for name, row in INFIX.items()} | PREFIX | POSTFIX
"""The level of each operation that is written as an operator; all others are atoms."""
