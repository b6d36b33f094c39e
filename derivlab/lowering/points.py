"""Reading the points at which a function is asked for: a number, a sequence or an array for each variable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite, prod
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.expression.naming.names import canonical_name

Floats: TypeAlias = npt.NDArray[np.float64]
At: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Points:
    """Values by name, all of one ``shape``: each a number (0-d array) or a flat contiguous array (m,)."""

    values: dict[str, Floats]
    shape: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many points there are."""
        return prod(self.shape)

    def shaped(self, result: Floats) -> Any:
        """A result (…, m) or (…,) of these points: a float for a number, else an array of their shape."""
        if self.shape == () and result.ndim == 0:
            return float(result)
        if self.shape == () or result.ndim == 0:
            return result
        return result.reshape(*result.shape[:-1], *self.shape)


def require_function(f: object) -> Function:
    """``f`` itself; raises InputError where it is not a Function."""
    if isinstance(f, Function):
        return f
    if isinstance(f, str):
        raise InputError("This is text, not yet a function.", hint=f"Parse it first: derivlab.parse({f!r}).")
    raise InputError(
        f"A function is needed here, not {_kind(f)}.", hint='Make one with derivlab.parse("x^2").'
    )


def read_points(at: object, needed: Sequence[str]) -> Points:
    """Check and convert the points; every variable in ``needed`` must have a value, others may.

    Raises InputError for a value that is not a finite real number, for a missing variable, and for arrays
    whose shapes do not fit together.
    """
    if not isinstance(at, Mapping):
        example = needed[0] if needed else "x"
        hint = f'Name the variable: {{"{example}": 3.0}}.'
        raise InputError(f"The point must say which variable has which value, not {_kind(at)}.", hint=hint)
    at = {
        name if name in needed or not isinstance(name, str) else canonical_name(name): value
        for name, value in at.items()
    }
    for name in needed:
        if name not in at:
            raise _missing(name, [str(key) for key in at], needed)
    values = {str(name): read_numbers(value, str(name)) for name, value in at.items()}
    if len(values) == 1:
        (only,) = values.values()
        shape = only.shape
    else:
        shape = _common_shape(values)
    return Points({name: _flat(value, shape) for name, value in values.items()}, shape)


def _common_shape(values: dict[str, Floats]) -> tuple[int, ...]:
    shapes = {name: value.shape for name, value in values.items()}
    try:
        return np.broadcast_shapes(*shapes.values())
    except ValueError:
        told = ", ".join(f"{name} has {_shape(size)}" for name, size in shapes.items())
        hint = "Give each variable the same number of values, or one value for all."
        raise InputError(f"The numbers of values do not fit together: {told}.", hint=hint) from None


def _flat(value: Floats, shape: tuple[int, ...]) -> Floats:
    if value.ndim == 0:
        return value
    if value.shape != shape:
        value = np.broadcast_to(value, shape)
    if not value.flags.carray:
        value = np.require(value, requirements=["C", "W"])
    return value if value.ndim == 1 else value.reshape(-1)


def read_numbers(value: object, name: str) -> Floats:
    """A number, sequence or array as float64; raises InputError where one is no finite real number."""
    if type(value) is float and isfinite(value):
        return np.asarray(value)
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        found = value
    elif isinstance(value, Real) and not isinstance(value, bool):
        found = _to_array(float, value, name)
    else:
        found = _to_array(_sequence, value, name)
    if not np.isfinite(found).all():
        where = "" if found.ndim == 0 else f" at position {_first_bad(found)}"
        kind = "not a number" if np.isnan(found).any() else "infinite"
        hint = "Leave it out, or give an ordinary number."
        raise InputError(f"The value of {name}{where} is {kind}.", hint=hint)
    return found


def _to_array(convert: Any, value: object, name: str) -> Floats:
    try:
        return np.asarray(convert(value), dtype=np.float64)
    except OverflowError:
        message = f"The value of {name} is too large for a 64-bit number."
        raise InputError(message, hint="Numbers reach to about 1.8e308.") from None
    except (TypeError, ValueError):
        hint = f"Give {name} a number such as 3.0, or a list of numbers such as [1, 2, 3]."
        raise InputError(
            f"The value of {name} must be real numbers, not {_kind(value)}.", hint=hint
        ) from None


def _sequence(value: object) -> npt.NDArray[Any]:
    if value is None or isinstance(value, (str, bytes, bool, complex, Mapping)):
        raise TypeError
    if hasattr(value, "detach"):
        value = value.detach().cpu()
    elif isinstance(value, (set, frozenset)):
        raise TypeError
    elif not isinstance(value, np.ndarray) and hasattr(value, "__iter__"):
        value = list(value)
        if any(isinstance(item, (bool, np.bool_)) for item in value):
            raise TypeError
    array = np.asarray(value)
    if array.size == 0 and array.dtype != object:
        return array.astype(np.float64)
    if array.dtype == object and all(isinstance(item, (Real, _decimal())) for item in array.flat):
        if any(isinstance(item, bool) for item in array.flat):
            raise TypeError
        return np.array([float(item) for item in array.flat], dtype=np.float64).reshape(array.shape)
    if array.dtype.kind not in "iuf":
        raise TypeError
    return array


def _decimal() -> type:
    from decimal import Decimal

    return Decimal


def _missing(name: str, given: list[str], needed: Sequence[str]) -> InputError:
    close = get_close_matches(name, [key for key in given if key not in needed], n=1)
    if close:
        return InputError(f"The variable {name} has no value.", hint=f"Is {close[0]} meant as {name}?")
    return InputError(f"The variable {name} has no value.", hint=f'Add "{name}": 1.0 to the point.')


def refuse_typo(name: str, variables: Sequence[str], given: Iterable[str] = ()) -> None:
    """Raise InputError for a name to differentiate by that is nearly one of the variables, but none.

    A variable that merely does not occur has derivative 0; one with a value in the point (``given``) is meant.
    """
    if name in variables or name in given:
        return
    same = [each for each in variables if each.casefold() == name.casefold()]
    close = same or get_close_matches(name, variables, n=1)
    if close:
        message = f"The function has no variable {name}."
        raise InputError(message, hint=f"Is {close[0]} meant? Its variables are {', '.join(variables)}.")


def _first_bad(found: Floats) -> str:
    place = np.argwhere(~np.isfinite(found))[0]
    return ", ".join(str(int(index)) for index in place)


def _kind(value: object) -> str:
    names = {"str": "text", "bool": "True or False", "NoneType": "nothing", "complex": "a complex number"}
    kind = type(value).__name__
    return names.get(kind, f"a {kind}")


def _shape(shape: tuple[int, ...]) -> str:
    return "one value" if shape == () else " × ".join(str(size) for size in shape) + " values"
