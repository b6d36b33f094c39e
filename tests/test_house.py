"""The rules of the house, read off the sources."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path
    for place in ("app.py", "derivlab", "ui", "pages")
    for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
)
SCRIPTS = sorted(path for path in (ROOT / "ui").rglob("*.js"))
FORBIDDEN_CALLS = {"eval", "exec", "compile", "sympify", "parse_expr", "parse_latex", "S", "__import__"}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle"}


def imports(node: ast.Import | ast.ImportFrom) -> set[str]:
    """The top packages that a statement imports, or imports from."""
    names = [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
    return {name.split(".")[0] for name in names}


def faults(source: str) -> Iterator[str]:
    """Each call that runs text, each module that revives objects, each door for raw HTML."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in FORBIDDEN_CALLS and ast.unparse(node.func) != "re.compile":
                yield f"line {node.lineno}: {name}()"
            for keyword in node.keywords:
                if keyword.arg in {"unsafe_allow_html", "unsafe_allow_javascript", "shell"}:
                    yield f"line {node.lineno}: {keyword.arg}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from (f"line {node.lineno}: {name}" for name in imports(node) & FORBIDDEN_MODULES)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_is_run(path: Path) -> None:
    """No source evaluates text, unpickles, or lets text through as HTML."""
    assert list(faults(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "eval(text)",
        "sympy.sympify(text)",
        "from sympy import sympify\nsympify('x')",
        "import pickle",
        "from pickle import loads",
        "st.markdown(text, unsafe_allow_html=True)",
        "builtins.exec(text)",
    ],
)
def test_the_search_finds_what_it_looks_for(source: str) -> None:
    """A planted fault is found, so that the test above can fail."""
    assert list(faults(source))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_scripts_in_the_browser_write_text_only_as_text(path: Path) -> None:
    """No JavaScript of ours makes HTML or code from text, or asks another site."""
    doors = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(|https?://(?!www\.w3\.org/)"
    assert re.findall(doors, path.read_text(encoding="utf-8")) == []


CORE = [path for path in SOURCES if "derivlab" in path.relative_to(ROOT).parts]


@pytest.mark.parametrize("path", CORE, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_core_knows_no_streamlit(path: Path) -> None:
    """Nothing in derivlab/ imports streamlit, ui or pages."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    imported: set[str] = set().union(*map(imports, statements))
    assert not imported & {"streamlit", "ui", "pages"}


def test_pages_and_the_app_stay_short() -> None:
    """app.py has at most 60 lines and a page at most 120."""
    pages = (ROOT / "pages").glob("*.py")
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in pages}
    assert {name: lines for name, lines in lengths.items() if lines > 120} == {}
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 60
