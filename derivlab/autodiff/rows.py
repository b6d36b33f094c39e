"""Straight-line array programs: elementwise operations on rows of numbers, one entry for each point.

A `RowBuilder` records operations, computes those on constants at once, drops what is structurally zero and
finds what it has already recorded. `RowBuilder.finish` keeps what the wanted rows need and shares registers,
so that few rows are alive at a time; `RowProgram.run` works through the points in blocks that fit the cache.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from derivlab.autodiff.kernels import Kernel, kernel
from derivlab.expression.operations import OPERATIONS
from derivlab.lowering.points import Floats

SELECT = "select"

_CACHE = 1 << 17
"""How many numbers the registers of one block may hold: about a megabyte, what a core's cache holds."""

_SMALLEST_BLOCK = 2_048
_WIDE = 700
"""From so many points torch's vectorised functions beat NumPy's, in spite of their overhead."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row to return: its index, and the number to multiply it by."""

    row: int
    factor: float


class RowBuilder:
    """Records elementwise operations; a row is known by its index."""

    def __init__(self) -> None:
        self.constants: dict[int, float] = {}
        self._rows: list[tuple[str, tuple[int, ...]]] = []
        self._numbered: dict[tuple[str, tuple[Any, ...]], int] = {}
        self.inputs: dict[str, int] = {}
        self.zero = self.constant(0.0)
        self.one = self.constant(1.0)

    def __len__(self) -> int:
        return len(self._rows)

    def constant(self, value: float) -> int:
        """The row that has this value everywhere."""
        key = ("number", (float(value).hex(),))
        found = self._numbered.get(key)
        if found is None:
            found = self._append(key, ("number", ()))
            self.constants[found] = float(value)
        return found

    def input(self, name: str) -> int:
        """The row of a variable's values."""
        if name not in self.inputs:
            self.inputs[name] = self._append(("input", (name,)), ("input", ()))
        return self.inputs[name]

    def emit(self, operation: str, *arguments: int) -> int:
        """A row of the table's operation, or of ``select(condition, a, b)``, exactly as IEEE computes it."""
        key = (operation, arguments)
        found = self._numbered.get(key)
        if found is not None:
            return found
        known = [self.constants.get(argument) for argument in arguments]
        if operation == SELECT:
            if known[0] is not None:
                return arguments[1] if known[0] else arguments[2]
            if arguments[1] == arguments[2]:
                return arguments[1]
        elif all(value is not None for value in known):
            return self.constant(_fold(operation, [value for value in known if value is not None]))
        return self._append(key, key)

    def _append(self, key: tuple[str, tuple[Any, ...]], row: tuple[str, tuple[int, ...]]) -> int:
        self._numbered[key] = len(self._rows)
        self._rows.append(row)
        return len(self._rows) - 1

    def add(self, a: int, b: int) -> int:
        """a + b, where a structural zero adds nothing."""
        if a == self.zero:
            return b
        return a if b == self.zero else self.emit("add", *sorted((a, b)))

    def subtract(self, a: int, b: int) -> int:
        """a − b, where a structural zero takes nothing away."""
        if b == self.zero:
            return a
        return self.negate(b) if a == self.zero else self.emit("subtract", a, b)

    def negate(self, a: int) -> int:
        """−a."""
        return a if a == self.zero else self.emit("negate", a)

    def multiply(self, a: int, b: int) -> int:
        """a·b; a structural zero makes it zero, whatever the other is."""
        if self.zero in {a, b}:
            return self.zero
        if a == self.one:
            return b
        return a if b == self.one else self.emit("multiply", *sorted((a, b)))

    def divide(self, a: int, b: int) -> int:
        """a/b; a structural zero stays zero."""
        return a if a == self.zero or b == self.one else self.emit("divide", a, b)

    def scale(self, a: int, factor: float) -> int:
        """A row times a number."""
        if factor == -1.0:
            return self.negate(a)
        return self.multiply(a, self.constant(factor))

    def select(self, condition: int, a: int, b: int) -> int:
        """a where the condition holds, else b."""
        return self.emit(SELECT, condition, a, b)

    def whole_power(self, a: int, exponent: int) -> int:
        """a to a whole number, by squaring; finite at 0 for exponents of 0 and more."""
        if exponent < 0:
            return self.divide(self.one, self.whole_power(a, -exponent))
        if exponent == 0:
            return self.one
        if exponent % 2:
            return self.multiply(self.whole_power(a, exponent - 1), a) if exponent > 1 else a
        half = self.whole_power(a, exponent // 2)
        return self.multiply(half, half)

    def finish(self, wanted: Sequence[Wanted]) -> RowProgram:
        """The program that computes the wanted rows, each times its factor."""
        return _Allocation(self._rows, self.constants, self.inputs, wanted).program()


def _fold(operation: str, values: Sequence[float]) -> float:
    out: npt.NDArray[Any] = np.empty(1, dtype=bool if _is_condition(operation) else np.float64)
    with np.errstate(all="ignore"):
        kernel(operation, wide=False)(*(np.array([value]) for value in values), out)
    return float(out[0])


def _is_condition(operation: str) -> bool:
    return operation in OPERATIONS and OPERATIONS[operation].is_condition


@dataclass(frozen=True, slots=True, eq=False)
class RowProgram:
    """Instructions on places: first the inputs, then the constants, then float registers, then bool ones.

    Each of the ``steps`` is a function for narrow blocks and one for wide ones, the places of one or two arguments
    (the second −1 where there is none) and the place of the result.
    """

    inputs: tuple[str, ...]
    constants: tuple[Floats, ...]
    registers: int
    flags: int
    steps: tuple[tuple[Kernel, Kernel, int, int, int], ...]
    wanted: tuple[tuple[int, float], ...]

    @property
    def weight(self) -> int:
        """About how many bytes it takes."""
        return 200 * (len(self.steps) + len(self.constants))

    def run(self, values: dict[str, Floats], count: int) -> Floats:
        """The wanted rows (wanted, count), from a number or ``count`` numbers for each input. Silent."""
        out = np.empty((len(self.wanted), count), dtype=np.float64)
        given = [values[name] for name in self.inputs]
        block = max(_SMALLEST_BLOCK, _CACHE // (self.registers + 1))
        with np.errstate(all="ignore"):
            for start in range(0, count, block):
                stop = min(start + block, count)
                if count > block:
                    parts = [part if part.ndim == 0 else part[start:stop] for part in given]
                    self._run_block(parts, stop - start, out[:, start:stop])
                else:
                    self._run_block(given, count, out)
        return out

    def _run_block(self, given: list[Floats], count: int, out: Floats) -> None:
        places: list[npt.NDArray[Any]] = [*given, *self.constants]
        places.extend(np.empty((self.registers, count), dtype=np.float64))
        if self.flags:
            places.extend(np.empty((self.flags, count), dtype=bool))
        is_wide = count >= _WIDE
        for narrow, wide, first, second, result in self.steps:
            function = wide if is_wide else narrow
            if second < 0:
                function(places[first], places[result])
            else:
                function(places[first], places[second], places[result])
        for row, (place, factor) in zip(out, self.wanted, strict=True):
            if factor == 1.0:
                row[...] = places[place]
            else:
                np.multiply(places[place], factor, row)


class _Allocation:
    """Gives each row that is needed a register, and a register back as soon as its row is no longer read."""

    def __init__(
        self,
        rows: Sequence[tuple[str, tuple[int, ...]]],
        constants: dict[int, float],
        inputs: dict[str, int],
        wanted: Sequence[Wanted],
    ) -> None:
        self._rows = rows
        self._wanted = wanted
        self._last_use = self._find_last_uses()
        self._inputs = tuple(name for name, row in inputs.items() if row in self._last_use)
        used = [row for row in constants if row in self._last_use]
        self._constants = tuple(np.array(constants[row]) for row in used)
        self._place: dict[int, tuple[str, int]] = {
            inputs[name]: ("outer", i) for i, name in enumerate(self._inputs)
        }
        self._place.update({row: ("outer", len(self._inputs) + i) for i, row in enumerate(used)})
        self._free: dict[str, list[int]] = {"float": [], "bool": []}
        self._made = {"float": 0, "bool": 0}

    def _find_last_uses(self) -> dict[int, int]:
        last: dict[int, int] = {wanted.row: len(self._rows) for wanted in self._wanted}
        for index in range(len(self._rows) - 1, -1, -1):
            if index in last:
                for argument in self._rows[index][1]:
                    last.setdefault(argument, index)
        return last

    def program(self) -> RowProgram:
        """The finished program."""
        steps: list[tuple[str, tuple[int, ...], int]] = []
        for index, (operation, arguments) in enumerate(self._rows):
            if index in self._last_use and index not in self._place:
                if operation == SELECT:
                    self._add_select(index, arguments, steps)
                else:
                    self._release(index, arguments)
                    self._place[index] = self._take("bool" if _is_condition(operation) else "float")
                    steps.append((operation, arguments, index))
        outer = len(self._inputs) + len(self._constants)
        base = {"outer": 0, "float": outer, "bool": outer + self._made["float"]}
        numbered: dict[int, int] = {row: base[kind] + i for row, (kind, i) in self._place.items()}

        return RowProgram(
            inputs=self._inputs,
            constants=self._constants,
            registers=self._made["float"],
            flags=self._made["bool"],
            steps=tuple(
                (
                    kernel(operation, wide=False),
                    kernel(operation, wide=True),
                    numbered[arguments[0]],
                    numbered[arguments[1]] if len(arguments) > 1 else -1,
                    numbered[result],
                )
                for operation, arguments, result in steps
            ),
            wanted=tuple((numbered[wanted.row], wanted.factor) for wanted in self._wanted),
        )

    def _add_select(self, index: int, arguments: tuple[int, ...], steps: list[Any]) -> None:
        condition, chosen, other = arguments
        # The result takes the other branch first and is then overlaid: it needs a register of its own.
        self._place[index] = self._take("float")
        steps.extend([("copy", (other,), index), ("overlay", (condition, chosen), index)])
        self._release(index, arguments)

    def _release(self, index: int, arguments: tuple[int, ...]) -> None:
        for argument in set(arguments):
            kind, place = self._place[argument]
            if kind != "outer" and self._last_use[argument] == index:
                self._free[kind].append(place)

    def _take(self, kind: str) -> tuple[str, int]:
        if self._free[kind]:
            return kind, self._free[kind].pop()
        self._made[kind] += 1
        return kind, self._made[kind] - 1
