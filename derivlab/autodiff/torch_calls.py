"""The torch calls as they happen: a log of every operation below autograd, with its tensors.

`CallLog` sees what a function such as ``1/x`` or ``softsign`` is made of, and what the backward pass
computes. Each output keeps its ``grad_fn``, so that every node of the tape can be matched to its value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

_UNSEEN = frozenset({"detach", "lift_fresh", "alias", "_to_copy", "clone", "ones_like", "view"})


@dataclass(frozen=True, slots=True)
class Call:
    """One operation that torch ran: its short name, its arguments and its result."""

    name: str
    arguments: tuple[Any, ...]
    result: Any

    @property
    def computes(self) -> bool:
        """Whether it made a tensor, rather than copied or viewed one."""
        return self.name not in _UNSEEN and isinstance(self.result, Tensor)


class CallLog(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Collects a `Call` for each operation that runs inside ``with``."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.calls: list[Call] = []

    def __torch_dispatch__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        result = func(*args, **(kwargs or {}))
        first = result[0] if isinstance(result, tuple) and result else result
        self.calls.append(Call(func.overloadpacket.__name__, args, first))
        return result
