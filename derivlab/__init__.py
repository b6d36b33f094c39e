"""Derivatives to explore: typed functions, PyTorch's autograd, exact formulas, curves that tell the truth.

The public names are imported when they are first used, so that parsing waits for neither torch nor SymPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from derivlab.errors import Busy, DerivlabError, InputError, ParseError, Span, TimedOut
from derivlab.expression.function import Function, Notice

if TYPE_CHECKING:
    from derivlab.autodiff.derivative import derivative, gradient, value
    from derivlab.autodiff.jacobian import hessian, jacobian
    from derivlab.autodiff.tape import record
    from derivlab.autodiff.taylor import taylor
    from derivlab.curves.differentiability import inspect_point
    from derivlab.curves.features import features
    from derivlab.curves.sample import sample
    from derivlab.expression.parse import parse
    from derivlab.lowering.to_python import to_python
    from derivlab.symbolic.exact import exact
    from derivlab.symbolic.steps import steps

_HOME = {
    "parse": "derivlab.expression.parse",
    "value": "derivlab.autodiff.derivative",
    "derivative": "derivlab.autodiff.derivative",
    "gradient": "derivlab.autodiff.derivative",
    "hessian": "derivlab.autodiff.jacobian",
    "jacobian": "derivlab.autodiff.jacobian",
    "record": "derivlab.autodiff.tape",
    "taylor": "derivlab.autodiff.taylor",
    "exact": "derivlab.symbolic.exact",
    "steps": "derivlab.symbolic.steps",
    "sample": "derivlab.curves.sample",
    "inspect_point": "derivlab.curves.differentiability",
    "features": "derivlab.curves.features",
    "to_python": "derivlab.lowering.to_python",
}

__all__ = [
    "Busy",
    "DerivlabError",
    "Function",
    "InputError",
    "Notice",
    "ParseError",
    "Span",
    "TimedOut",
    "derivative",
    "exact",
    "features",
    "gradient",
    "hessian",
    "inspect_point",
    "jacobian",
    "parse",
    "record",
    "sample",
    "steps",
    "taylor",
    "to_python",
    "value",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'derivlab' has no attribute {name!r}")
    found = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found
