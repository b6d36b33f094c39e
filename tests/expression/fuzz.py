"""Feeds the parser with inputs that a coverage-guided fuzzer makes up, and checks its laws on each.

Run: ``pip install atheris``, then ``python -m tests.expression.fuzz SEEDS -max_total_time=3600``. SEEDS is a
folder outside of the repository, one input a file; ``--seed SEEDS`` fills it with the corpus. What it finds
is kept as cases in test_findings.py.
"""

from __future__ import annotations

import sys
from pathlib import Path


def check(text: str) -> None:
    """Read one text: nothing but ParseError may be raised, and what is read must come back from both printers."""
    from derivlab import ParseError
    from derivlab.expression.parse import _parse
    from derivlab.expression.tree import postorder

    read = _parse.__wrapped__
    try:
        function = read(text)
    except ParseError as error:
        assert 0 <= error.span.start <= error.span.end <= len(text)  # noqa: PT017 - no test of pytest's
        error.caret(text)
        if error.suggestion is not None:
            read(error.suggestion)
        return
    assert read(function.text) == function
    assert read(f"{function.heading} = {function.latex}") == function
    assert len(function.spans) == len(list(postorder(function.tree)))
    for notice in function.notices:
        assert 0 <= notice.span.start <= notice.span.end <= len(text)
        if notice.instead is not None:
            assert read(notice.instead) != function


def one_input(data: bytes) -> None:
    """What the fuzzer calls."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return
    check(text)


def write_seeds(folder: Path) -> None:
    """The corpus and the habits, one text a file."""
    from tests.expression.corpus import CORPUS
    from tests.expression.test_habits import REFUSED, SAME

    folder.mkdir(parents=True, exist_ok=True)
    texts = [row[0] for rows in (CORPUS, SAME, REFUSED) for row in rows]
    for place, text in enumerate(texts):
        (folder / f"{place:04}").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--seed"]:
        write_seeds(Path(sys.argv[2]))
    else:
        import atheris

        with atheris.instrument_imports(include=["derivlab.expression"]):
            import derivlab.expression.parse  # noqa: F401
        atheris.Setup(sys.argv, one_input)
        atheris.Fuzz()
