"""A program as lines of PyTorch source: one expression where it is short, named steps where it is not."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from derivlab.expression.operations import OPERATIONS
from derivlab.lowering.program import GUARD, NUMBER, VARIABLE, Instruction, Program
from derivlab.lowering.to_torch import TAKES_BOUNDS, constant_values

# How tightly Python binds, loosest first.
_COMPARISON, _OR, _AND, _SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(1, 9)

_BINARY: dict[str, tuple[str, int]] = {
    "add": (" + ", _SUM),
    "subtract": (" - ", _SUM),
    "multiply": (" * ", _PRODUCT),
    "divide": (" / ", _PRODUCT),
    "less": (" < ", _COMPARISON),
    "less_equal": (" <= ", _COMPARISON),
    "greater": (" > ", _COMPARISON),
    "greater_equal": (" >= ", _COMPARISON),
    "equal": (" == ", _COMPARISON),
    "not_equal": (" != ", _COMPARISON),
    "and": (" & ", _AND),
    "or": (" | ", _OR),
}
_PLAIN: dict[str, tuple[str, Callable[..., float]]] = {
    **{
        name: (f"math.{called}", getattr(math, called))
        for name, called in {
            **{n: n for n in ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp")},
            **{n: n for n in ("asinh", "acosh", "atanh", "sqrt", "log2", "log10", "log1p", "expm1", "erf")},
            **{n: n for n in ("erfc", "lgamma", "floor", "ceil", "trunc", "hypot", "atan2")},
            "ln": "log",
        }.items()
    },
    "abs": ("abs", abs),
    "max": ("max", max),
    "min": ("min", min),
    "add": ("+", lambda a, b: a + b),
    "subtract": ("-", lambda a, b: a - b),
    "multiply": ("*", lambda a, b: a * b),
    "divide": ("/", lambda a, b: a / b),
    "negate": ("-", lambda a: -a),
    "power": ("**", lambda a, b: a**b),
}
"""How Python computes on plain numbers what torch computes on tensors."""

_LONGEST = 72
_LINE = 84
_DEEPEST = 16
_LARGEST_INTEGER = 2**53


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of source: how tightly it binds, how deep it nests, and the instructions that it computes."""

    source: str
    binds: int
    depth: int = 0
    steps: tuple[int, ...] = ()
    is_constant: bool = False


@dataclass(slots=True)
class Statement:
    """One assignment, and the instructions that it computes."""

    source: str
    steps: tuple[int, ...]


@dataclass(slots=True)
class SourceWriter:
    """Writes the assignments that compute a program; ``names`` are the variables' names in the source.

    ``one_step`` writes one operation a line.
    """

    program: Program
    names: dict[str, str]
    one_step: bool = False
    statements: list[Statement] = field(default_factory=list)
    _values: dict[int, float] = field(default_factory=dict)
    _made: int = 0

    def write(self, result: str) -> list[Statement]:
        """The assignments; the last one is to ``result``."""
        self._values = values = constant_values(self.program)
        uses = [0] * len(self.program.instructions)
        for step in self.program.instructions:
            for argument in step.arguments:
                uses[argument] += 1
        texts: list[Text] = []
        for index, step in enumerate(self.program.instructions):
            arguments = [texts[argument] for argument in step.arguments]
            text = self._constant(step, arguments, values[index]) if index in values else None
            if text is None:
                arguments = self._shortened(step, arguments)
                text = self._call(step, arguments)
                inside = tuple(place for argument in arguments for place in argument.steps)
                depth = 1 + max((argument.depth for argument in arguments), default=-1)
                text = Text(text.source, text.binds, depth, (*inside, index))
                is_last = index == self.program.result
                if not is_last and self._deserves_name(step, text, uses[index]):
                    text = self._named(step, text)
            texts.append(text)
        last = texts[self.program.result]
        source = last.source
        if last.is_constant:
            source = f"torch.tensor({_as_float(last)}, dtype=torch.float64)"
        self.statements.append(Statement(f"{result} = {source}", last.steps))
        return self.statements

    def _shortened(self, step: Instruction, arguments: list[Text]) -> list[Text]:
        """The arguments, the longest ones given names where the line would be too long to read."""
        while sum(len(argument.source) for argument in arguments) > _LINE:
            longest = max(range(len(arguments)), key=lambda place: len(arguments[place].source))
            if arguments[longest].is_constant or arguments[longest].depth == 0:
                break
            arguments[longest] = self._named(step, arguments[longest])
        return arguments

    def _deserves_name(self, step: Instruction, text: Text, uses: int) -> bool:
        if step.operation == VARIABLE:
            return False
        if self.one_step or step.operation == GUARD or uses > 1:
            return True
        return len(text.source) > _LONGEST or text.depth > _DEEPEST

    def _named(self, step: Instruction, text: Text) -> Text:
        taken = set(self.names.values())
        if step.operation == GUARD:
            base = self.program.instructions[_guarded_variable(self.program, step)].name
            name = f"safe_{self.names.get(base, 'value')}"
            rounds = 2
            while any(line.source.startswith(f"{name} = ") for line in self.statements) or name in taken:
                name, rounds = f"{name.rstrip('0123456789')}{rounds}", rounds + 1
        else:
            self._made += 1
            while f"t{self._made}" in taken:
                self._made += 1
            name = f"t{self._made}"
        self.statements.append(Statement(f"{name} = {text.source}", text.steps))
        return Text(name, _ATOM)

    def _constant(self, step: Instruction, arguments: Sequence[Text], value: Any) -> Text:
        if step.operation == NUMBER:
            return number_text(step.value)
        if step.operation in {"pi", "e"}:
            return Text(f"math.{step.operation}", _ATOM, is_constant=True)
        if OPERATIONS[step.operation].is_condition:
            return Text(str(bool(value)), _ATOM, is_constant=True)
        if step.operation in _PLAIN:
            text = self._plain(step, arguments)
            if text is not None and math.isfinite(value) and self._python_value(step) == value:
                return text
        return _float_text(value)

    def _python_value(self, step: Instruction) -> float:
        """What Python's own arithmetic gives for a constant operation; NaN where it refuses."""
        arguments = [self._values[argument] for argument in step.arguments]
        try:
            found = _PLAIN[step.operation][1](*arguments)
            if isinstance(found, int) and abs(found) > _LARGEST_INTEGER:
                return math.nan
            return float(found)
        except (ArithmeticError, ValueError, TypeError):
            return math.nan

    def _plain(self, step: Instruction, arguments: Sequence[Text]) -> Text | None:
        if any(len(argument.source) > _LONGEST // 2 for argument in arguments):
            return None
        if step.operation in _BINARY or step.operation in {"negate", "power"}:
            made = self._call(step, arguments)
        else:
            listed = ", ".join(argument.source for argument in arguments)
            made = Text(f"{_PLAIN[step.operation][0]}({listed})", _ATOM)
        return Text(made.source, made.binds, is_constant=True)

    def _call(self, step: Instruction, arguments: Sequence[Text]) -> Text:
        """The source of one instruction."""
        match step.operation:
            case "variable":
                return Text(self.names[step.name], _ATOM)
            case "negate":
                return Text(f"-{_wrap(arguments[0], _SIGN)}", _SIGN)
            case "not":
                return Text(f"~{_wrap(arguments[0], _ATOM)}", _SIGN)
            case "power":
                base, exponent = arguments
                under, above = _wrap(base, _ATOM), _wrap(exponent, _ATOM, signs=True)
                is_simple = under.isidentifier() and above.replace(".", "").isalnum()
                return Text(f"{under}**{above}" if is_simple else f"{under} ** {above}", _POWER)
            case "guard":
                condition, value = arguments
                source = f"torch.where({condition.source}, {value.source}, {value.source}.detach())"
                return Text(source, _ATOM)
            case "where":
                return self._where(arguments)
            case operation if operation in _BINARY:
                return _binary(operation, arguments)
        return self._function(step.operation, arguments)

    def _where(self, arguments: Sequence[Text]) -> Text:
        condition, chosen, other = arguments
        source = condition.source
        if condition.is_constant:
            source = f"torch.tensor({condition.source})"
        if chosen.is_constant and other.is_constant:
            chosen = Text(_tensor(chosen), _ATOM)
        return Text(f"torch.where({source}, {chosen.source}, {other.source})", _ATOM)

    def _function(self, operation: str, arguments: Sequence[Text]) -> Text:
        row = OPERATIONS[operation]
        listed = [argument.source for argument in arguments]
        takes_numbers = operation == "polygamma" or (
            operation in TAKES_BOUNDS and all(argument.is_constant for argument in arguments[1:])
        )
        if len(arguments) > 1 and not takes_numbers:
            listed = [
                _tensor(argument) if argument.is_constant else argument.source for argument in arguments
            ]
        elif arguments[0].is_constant and operation != "polygamma":
            listed[0] = _tensor(arguments[0])
        listed += [f"{name}={value}" for name, value in row.torch_keywords]
        return Text(f"torch.{row.torch}({', '.join(listed)})", _ATOM)


def _binary(operation: str, arguments: Sequence[Text]) -> Text:
    sign, binds = _BINARY[operation]
    first, second = arguments
    if operation in {"and", "or"}:
        return Text(f"{_wrap(first, _ATOM)}{sign}{_wrap(second, _ATOM)}", binds)
    if binds == _COMPARISON:
        return Text(f"{_wrap(first, _OR)}{sign}{_wrap(second, _OR)}", binds)
    return Text(f"{_wrap(first, binds)}{sign}{_wrap(second, binds + 1)}", binds)


def _wrap(text: Text, least: int, *, signs: bool = False) -> str:
    is_signed_number = signs and text.binds == _SIGN and text.is_constant
    return text.source if text.binds >= least or is_signed_number else f"({text.source})"


def _tensor(text: Text) -> str:
    return f"torch.tensor({_as_float(text)}, dtype=torch.float64)" if text.is_constant else text.source


def _as_float(text: Text) -> str:
    return f"{text.source}.0" if text.source.lstrip("-").isdigit() else text.source


def number_text(value: Fraction) -> Text:
    """A number as Python source: an integer, a decimal where that is exact, else a quotient."""
    sign, size = ("-", -value) if value < 0 else ("", value)
    binds = _SIGN if sign else _ATOM
    if size.denominator == 1 and size <= _LARGEST_INTEGER:
        return Text(f"{sign}{size.numerator}", binds, is_constant=True)
    try:
        decimal = float(size)
    except OverflowError:
        return Text(f"{sign}math.inf", binds, is_constant=True)
    is_short = size.denominator > _LARGEST_INTEGER or size.numerator > _LARGEST_INTEGER
    if is_short or Fraction(repr(decimal)) == size:
        return Text(f"{sign}{decimal!r}", binds, is_constant=True)
    return Text(f"{sign}{size.numerator} / {size.denominator}", _PRODUCT, is_constant=True)


def _float_text(value: float) -> Text:
    if math.isnan(value):
        return Text("math.nan", _ATOM, is_constant=True)
    sign = "-" if math.copysign(1.0, value) < 0 else ""
    source = "math.inf" if math.isinf(value) else repr(abs(float(value)))
    return Text(f"{sign}{source}", _SIGN if sign else _ATOM, is_constant=True)


def _guarded_variable(program: Program, step: Instruction) -> int:
    index = step.arguments[1]
    while program.instructions[index].operation == GUARD:
        index = program.instructions[index].arguments[1]
    return index
