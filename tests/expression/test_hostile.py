"""Hostile text is refused with a clear message, shown back as it is, and never run."""

from __future__ import annotations

import builtins
import os
import re
from pathlib import Path

import pytest

import derivlab
from derivlab import ParseError, parse

PROGRAMS = [
    "__import__('os').system('true')",
    "__import__('os')",
    "os.system('ls')",
    "().__class__.__bases__[0].__subclasses__()",
    "x.__class__",
    "(1).__class__",
    "exec('x')",
    "eval(x)",
    "open('/etc/passwd').read()",
    "print(x)",
    "import os",
    "from os import system",
    "[x for x in y]",
    "{x: x for x in y}",
    "(x for x in range(10))",
    'f"{x}"',
    "'x'",
    '"x"',
    "(x := 5)",
    "lambda: 3",
    "globals()",
    "getattr(x, 'real')",
    "x if True else __import__('os')",
    "del x",
    "assert x",
    "x; import os",
    "os.getcwd()",
    "x\\ny",
    "breakpoint()",
    "await x",
    "@x",
    "*x, y",
    "**x",
    "x[0]; y",
    "`ls`",
    "{{x}}{{y}}; x",
    "%s",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b>x</b>",
    "&lt;x&gt;",
    "javascript:alert(1)",
    r"\href{javascript:alert(1)}{x}",
    r"\url{http://example.org}",
    r"\htmlClass{a}{x}",
    r"\htmlData{a=b}{x}",
    r"\includegraphics{x}",
    r"\input{/etc/passwd}",
    r"\def\x{1}",
    r"\newcommand{\x}{1}",
    r"\write18{ls}",
    r"\unknown",
    "x\x00y",
    "x\x07",
    "x\x1b[31m",
    "x\u202ey",
    "\u200fx",
    "x\u2066y",
    "x\ud800y",
    "хsin(x)",
    "ѕin(x)",
    "sіn(x)",
    "Α + x",
    "οx",
    "x😀",
    "中文",
    "x\u0301",
    "１２３；x",
    "'; DROP TABLE x; --",
    "../../etc/passwd",
    "../x",
    "http://example.org",
    "NaN",
    "-inf",
    "1e999",
    "x = = 2",
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_hostile_text_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ParseError with a message, a hint and a place inside the text; nothing of it is run."""

    def never(*arguments: object, **named: object) -> object:
        raise AssertionError("run")

    monkeypatch.setattr(os, "system", never)
    monkeypatch.setattr(builtins, "breakpoint", never)
    with pytest.raises(ParseError) as caught:
        parse(text)
    error = caught.value
    assert error.message
    assert error.hint
    assert 0 <= error.span.start <= error.span.end <= len(text)
    assert error.caret(text)


def test_a_lookalike_letter_is_named() -> None:
    """A Cyrillic letter that looks like a Latin one is named, and the text with the Latin one is offered."""
    with pytest.raises(ParseError) as caught:
        parse("2х + 1")
    assert "cyrillic small letter ha" in caught.value.message
    assert caught.value.suggestion == "2x + 1"


def test_no_module_evaluates_text() -> None:
    """No file of the package calls eval, exec, sympify, parse_expr or parse_latex."""
    for path in Path(derivlab.__file__).parent.rglob("*.py"):
        found = re.search(
            r"(?<![\w.])(?<!def )(eval|exec|sympify|parse_expr|parse_latex|compile)\(", path.read_text()
        )
        assert found is None, (path, found)


@pytest.mark.parametrize("text", ["[x for x in y]", "x^2 for x in y", "(a*b for a, b in c)"])
def test_a_loop_is_called_a_loop(text: str) -> None:
    """A comprehension is no missing condition."""
    with pytest.raises(ParseError, match="loop of a program"):
        parse(text)
