"""The Steps page in a real browser: one line after the other, the address, a phone."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

LINES = '[class*="st-key-line_"]'


def test_next_brings_a_line_and_the_address_follows(page: Page) -> None:
    """A link opens as many lines as were seen; the answer comes with the last."""
    page.goto("/steps?f=x^2*sin(x)&mode=One+at+a+time")
    expect(page.locator(LINES)).to_have_count(1)
    for count in (2, 3, 4):
        page.get_by_role("button", name="Next step").click()
        expect(page.locator(LINES)).to_have_count(count)
    assert parse_qs(urlsplit(page.url).query)["step"] == ["4"]
    expect(page.locator(".st-key-check")).to_contain_text("by PyTorch's autograd")
    page.reload()
    expect(page.locator(LINES)).to_have_count(4)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_phone_does_not_scroll_sideways(page: Page, mode: str) -> None:
    """Long lines scroll or wrap by themselves."""
    page.emulate_media(color_scheme=mode)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/steps?f=(x^2%2B1)^3*e^(-x^2)*sin(3x)/sqrt(x^4%2B1)")
    expect(page.locator(".st-key-check")).to_contain_text("by these steps")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_differentiate_again(page: Page) -> None:
    """The button reaches the whole page: box, address and steps."""
    page.goto("/steps?f=x^3&at_x=2")
    page.get_by_role("button", name="Differentiate again").click()
    expect(page.get_by_label("Type a function")).to_have_value("3*x^2")
    expect(page.locator(".st-key-check")).to_contain_text("12")


def test_the_tabs_of_the_curve_are_all_there_on_a_phone(page: Page) -> None:
    """Choices wrap where there is no room: the last tab and the last order are inside of the screen."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/?f=x^2")
    for name in ("Link", "10"):
        button = page.get_by_role("radio" if name == "Link" else "button", name=name, exact=True)
        expect(button).to_be_visible()
        box = button.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390


def test_the_link_of_the_curve_takes_the_function_along_and_back_finds_it(page: Page) -> None:
    """The link hands over function and point at once, a reload keeps them, and Back shows the curve that was left."""
    page.goto("/?f=x^3&at_x=2")
    page.get_by_role("link", name="Worked out step by step").click()
    expect(page.locator(".st-key-check")).to_contain_text("12")
    expect(page.get_by_label("Type a function")).to_have_value("x^3")
    page.wait_for_url("**f=x%5E3**")
    page.reload()
    expect(page.get_by_label("Type a function")).to_have_value("x^3")
    page.go_back()
    expect(page.locator(".st-key-answers")).to_contain_text("f")
    expect(page.get_by_label("Type a function")).to_have_value("x^3")
