"""What README.md shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import derivlab as dl

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```python\n(.*?)```", README, re.DOTALL)


def promised() -> list[tuple[str, str]]:
    """Each line of the Python example that shows its result behind ``#``."""
    assert EXAMPLE is not None
    lines = [line.split("#", 1) for line in EXAMPLE[1].splitlines() if "#" in line]
    return [(code.strip(), shown.strip()) for code, shown in lines]


@pytest.mark.parametrize(("code", "shown"), promised())
def test_the_example_shows_what_python_prints(code: str, shown: str) -> None:
    """Each result in the example is the repr of what its line gives."""
    f = dl.parse("f(u, v) = u^3 + v^2 + 4uv")
    g = dl.parse("6x^2 + 2x + 4")
    names = {"dl": dl, "f": f, "g": g}
    for assignment in ('f = dl.parse("f(u, v) = u^3 + v^2 + 4uv")', 'g = dl.parse("6x^2 + 2x + 4")'):
        assert assignment in README
    with np.printoptions(legacy=False):
        assert repr(eval(code, names)) == shown  # noqa: S307 (our own README)


def test_every_link_and_picture_is_there() -> None:
    """Each file that README and the docs point to exists."""
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} points to {target}"


def test_the_commands_of_the_readme_are_targets_of_the_makefile() -> None:
    """`make run` and `make test`, which README names, are in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"make (\w+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
