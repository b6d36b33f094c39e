"""The pages on several variables in a real browser: the point on the map, the player, narrow screens."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

PATIENCE = 60_000
WARM = ".st-key-f input"


def opened(page: Page, path: str, wait_for: str) -> None:
    """Open a page of the app and wait for something on it."""
    page.goto("/")
    page.locator(WARM).first.wait_for(timeout=PATIENCE)
    page.goto(path)
    page.locator(wait_for).first.wait_for(timeout=PATIENCE)


def plot_area(page: Page, key: str = "map") -> dict[str, float]:
    """The rectangle between the axes of the chart in a container, on the screen."""
    page.wait_for_function(
        f"() => document.querySelector('.st-key-{key} .js-plotly-plot')?._fullLayout?.xaxis?._length"
    )
    found: dict[str, float] = page.evaluate(
        f"""() => {{
          const chart = document.querySelector('.st-key-{key} .js-plotly-plot')
          const box = chart.getBoundingClientRect()
          const {{ xaxis, yaxis }} = chart._fullLayout
          return {{ x: box.x + xaxis._offset, y: box.y + yaxis._offset, width: xaxis._length, height: yaxis._length }}
        }}"""
    )
    return found


def test_a_click_on_the_map_moves_the_point(page: Page) -> None:
    """A click in the middle of the map puts the point at (0, 0): boxes, numbers and address follow."""
    opened(page, "/partials", ".st-key-map_point .handle")
    area = plot_area(page)
    page.mouse.click(area["x"] + area["width"] / 2, area["y"] + area["height"] / 2)
    expect(page.locator(".st-key-at_u input")).to_have_value("0", timeout=PATIENCE)
    expect(page.locator(".st-key-at_v input")).to_have_value("0", timeout=PATIENCE)
    page.wait_for_url("**at_u=0**", timeout=PATIENCE)


def test_the_point_is_dragged_and_moved_by_keys(page: Page) -> None:
    """While the handle is dragged a card shows f, and nothing is sent; on release and by arrow keys the
    point moves.
    """
    opened(page, "/partials", ".st-key-map_point .handle")
    area = plot_area(page)
    handle = page.locator(".st-key-map_point .handle .knob").bounding_box()
    assert handle is not None
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - area["width"] / 4, y + area["height"] / 6, steps=6)
    expect(page.locator(".st-key-map_point .card")).to_contain_text("f ≈")
    expect(page.locator(".st-key-at_u input")).to_have_value("3")
    page.mouse.up()
    expect(page.locator(".st-key-at_u input")).to_have_value("0", timeout=PATIENCE)
    expect(page.locator(".st-key-at_v input")).to_have_value("2", timeout=PATIENCE)
    page.locator(".st-key-map_point .handle").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".st-key-at_u input")).to_have_value("0.1", timeout=PATIENCE)


def test_the_descent_plays(page: Page) -> None:
    """Play lets the walks grow from the start; the slider goes to any step; the point stays where it is."""
    opened(page, "/extrema?extrema=Descent", ".st-key-map_point .player button")
    label = page.locator(".st-key-map_point .player output")
    expect(label).to_have_text("step 100 of 100", timeout=PATIENCE)
    page.locator(".st-key-map_point .player button").click()
    expect(page.locator(".st-key-map_point .walk").first).to_be_attached(timeout=PATIENCE)
    page.locator(".st-key-map_point .player input").fill("7")
    expect(label).to_have_text("step 7 of 100")
    expect(page.locator(".st-key-map_point .walk")).to_have_count(4)
    expect(page.locator(".st-key-at_x input")).to_have_value("0")


def test_a_point_is_pulled_onto_an_implicit_curve(page: Page) -> None:
    """A click beside the circle is answered with the slope at the nearest point of the circle."""
    opened(page, "/plane_curves", ".st-key-map_point .handle")
    area = plot_area(page)
    page.mouse.click(area["x"] + area["width"] / 2, area["y"] + area["height"] * 0.02)
    expect(page.get_by_text("The point on the curve").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".st-key-at_y input")).not_to_have_value("0.8", timeout=PATIENCE)


@pytest.mark.parametrize("path", ["partials", "extrema", "vector", "mapping", "plane_curves"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_narrow_screens_do_not_scroll_sideways(page: Page, path: str, scheme: str) -> None:
    """On a phone, in both modes, each page has its chart and nothing sticks out to the side."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, f"/{path}", ".js-plotly-plot .main-svg")
    assert page.evaluate("() => document.scrollingElement.scrollWidth <= window.innerWidth")
    wide = "() => document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth + 1"
    assert page.evaluate(wide)
