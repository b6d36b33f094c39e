"""Symbolic work that cannot hang the caller: asked of another process, within seconds and bytes.

SymPy's ``simplify``, ``solve`` and ``limit`` can run for ever. Requests go to a host process (see ``host``)
that kills a worker past its budget. The caller waits at most twice the budget, the queue included; a request on
which no worker could begin by then is answered by Busy, and forgotten by the host.
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from derivlab.errors import Busy, DerivlabError, TimedOut

BUDGET = 3.0
"""Seconds of work that a request gets unless it says otherwise."""
START = 15.0
"""Seconds more that a request waits while the workers start, once."""
QUEUE = 32
"""Requests under way at the most; one more is refused."""


@dataclass(slots=True)
class _Asked:
    """A request under way: where its answer comes, and whether a worker has begun with it."""

    reply: Future[dict[str, Any]] = field(default_factory=Future)
    started: bool = False


class _Host:
    """The host process and the requests that it has not answered."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "derivlab.symbolic.host"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        self.waiting: dict[int, _Asked] = {}
        self.lock = threading.Lock()
        self.answered = False
        threading.Thread(target=self._listen, daemon=True, name="symbolic-answers").start()

    def _listen(self) -> None:
        assert self.process.stdout is not None  # noqa: S101 (a pipe was asked for)
        for line in self.process.stdout:
            reply = json.loads(line)
            with self.lock:
                if "started" in reply:
                    if reply["id"] in self.waiting:
                        self.waiting[reply["id"]].started = True
                    continue
                asked = self.waiting.pop(reply["id"], None)
            self.answered = True
            if asked is not None:
                asked.reply.set_result(reply)
        with self.lock:
            left, self.waiting = self.waiting, {}
        for asked in left.values():
            asked.reply.set_result({"failure": "budget"})

    def ask(self, number: int, line: str) -> _Asked:
        asked = _Asked()
        with self.lock:
            if len(self.waiting) >= QUEUE:
                raise _busy()
            self.waiting[number] = asked
            assert self.process.stdin is not None  # noqa: S101 (a pipe was asked for)
            self.process.stdin.write(line)
            self.process.stdin.flush()
        return asked

    def close(self) -> None:
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            self.process.kill()


_numbers = itertools.count()
_guard = threading.Lock()
_host: _Host | None = None


def start() -> None:
    """Start the workers if they are not there, without waiting for them."""
    global _host  # noqa: PLW0603 (one host a process)
    with _guard:
        if _host is None or _host.process.poll() is not None:
            if _host is None:
                atexit.register(stop)
            _host = _Host()


def stop() -> None:
    """End the workers; the next request starts them again."""
    global _host  # noqa: PLW0603 (one host a process)
    with _guard:
        if _host is not None:
            _host.close()
            _host = None


def ask(task: str, *arguments: Any, budget: float = BUDGET) -> Any:
    """The answer of a task of ``symbolic.tasks``: plain data in, plain data out.

    ``budget`` is in seconds. Raises TimedOut past it (Busy where the queue is full), and DerivlabError
    where SymPy gives up.
    """
    start()
    host = _host
    if host is None:  # stopped in the meantime
        raise TimedOut("The symbolic workers are closing down.", hint="Try again.")
    number = next(_numbers)
    patience = 2 * budget + (0.5 if host.answered else START)
    request = {"id": number, "task": task, "arguments": arguments, "budget": budget}
    request["deadline"] = time.time() + patience
    asked = None
    try:
        asked = host.ask(number, json.dumps(request) + "\n")
        reply = asked.reply.result(timeout=patience)
    except Busy:  # a TimeoutError too
        raise
    except (TooLate, OSError) as fault:
        with host.lock:
            host.waiting.pop(number, None)
        raise _past(budget) if asked is None or asked.started else _busy() from fault
    if reply.get("failure") == "busy":
        raise _busy()
    if reply.get("failure") == "budget":
        raise _past(budget)
    if "failure" in reply:
        raise DerivlabError("SymPy found no exact form.", hint=reply.get("message", ""))
    return reply["result"]


def _busy() -> Busy:
    return Busy("Too many formulas are being worked out just now.", hint="Try again in a moment.")


def _past(budget: float) -> TimedOut:
    return TimedOut(
        f"The exact formula took more than {budget:g} seconds and was stopped.",
        hint="The numbers and the curve do not need it.",
    )
