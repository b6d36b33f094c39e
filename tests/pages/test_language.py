"""The Language page: all operations, a search, and links that open the Curve page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from derivlab.expression.operations import OPERATIONS

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def page() -> AppTest:
    """The app on the Language page."""
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.switch_page("pages/language.py").run()
    assert not app.exception
    return app


def shown(page: AppTest) -> str:
    """All the text on the page."""
    return "\n".join(part.value for part in page.markdown)


def test_every_operation_is_listed(page: AppTest) -> None:
    """Each row of the table has its explanation on the page."""
    plain = shown(page).replace("\\", "")
    for row in OPERATIONS.values():
        assert row.doc.replace("\\", "") in plain


def test_a_search_narrows_the_list(page: AppTest) -> None:
    """Only what matches all the words is left."""
    page.text_input(key="search").set_value("inverse sine").run()
    assert not page.exception
    assert "`asin`" in shown(page)
    assert "`relu`" not in shown(page)


def test_a_search_without_result_says_so(page: AppTest) -> None:
    """A word that occurs nowhere gets a sentence, whatever signs it has."""
    page.text_input(key="search").set_value("<b>`*|").run()
    assert not page.exception
    assert "No operation matches" in page.info[0].value


def test_a_link_opens_the_search() -> None:
    """The search travels in the address."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["search"] = "relu"
    app.run()
    app.switch_page("pages/language.py").run()
    assert not app.exception
    assert "`leaky_relu`" in shown(app)


def test_examples_are_links_to_the_curve_page(page: AppTest) -> None:
    """An example opens the Curve page with its text."""
    assert "?f=relu%28x%29" in shown(page)


def test_groups_are_folded_until_something_is_searched(page: AppTest) -> None:
    """The page is short at first; a search unfolds what it finds, readings too."""
    assert len(page.expander) == 16
    assert not any(fold.proto.expanded for fold in page.expander)
    page.text_input(key="search").set_value("sin").run()
    assert page.expander
    assert all(fold.proto.expanded for fold in page.expander)
    assert "`sin x cos x`" in shown(page)
    assert "`asin`" in shown(page)


def test_a_bar_in_an_explanation_does_not_end_the_cell(page: AppTest) -> None:
    """Every row of every table has as many cells as its heading."""
    for part in page.markdown:
        rows = [line for line in part.value.splitlines() if line.startswith("|")]
        counts = {len(re.findall(r"(?<!\\)\|", row.replace("\\\\", ""))) for row in rows}
        assert len(counts) <= 1, rows
