"""The Curve page as a person uses it: type, drag, zoom, share, with mouse, keyboard and finger."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import PATIENCE

CURVE = """role => {
  const chart = document.querySelector('.st-key-curve_chart .js-plotly-plot:not(.ghost)')
  const trace = chart?.data?.find(trace => trace.meta === role)
  return trace ? trace.y : null
}"""
RANGE = (
    "() => document.querySelector('.st-key-curve_chart .js-plotly-plot:not(.ghost)')._fullLayout.xaxis.range"
)


def visit(page: Page, link: str = "/") -> None:
    """Open the app and wait until the chart and its handle are drawn."""
    page.goto(link)
    expect(page.locator(".handle")).to_be_visible(timeout=2 * PATIENCE)
    expect(page.locator(".st-key-formulas")).to_be_visible()


def answers(page: Page) -> str:
    """The numbers beside the chart, as plain text."""
    return " ".join(node.text_content() or "" for node in page.locator(".st-key-answers annotation").all())


def settled(page: Page, done: Callable[[], bool]) -> None:
    """Wait until something is true of the page."""
    for _ in range(PATIENCE // 100):
        if done():
            return
        page.wait_for_timeout(100)
    pytest.fail("it did not happen")


def parameter(page: Page, key: str) -> str | None:
    """What the address says."""
    return next(iter(parse_qs(urlsplit(page.url).query).get(key, [])), None)


def middle(page: Page) -> tuple[float, float]:
    """The middle of the point's handle on the screen."""
    box = page.locator(".knob").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_typing_changes_the_picture_and_the_link_opens_it_again(
    page: Page, chromium: Browser, server: str
) -> None:
    """No Enter is needed; the address follows; another browser shows the same."""
    visit(page)
    assert "f(3) = 27" in answers(page)
    before = page.evaluate(CURVE, "curve:0:f")
    page.locator(".st-key-f input").fill("x^3 - 3x")
    settled(page, lambda: page.evaluate(CURVE, "curve:0:f") not in (None, before))
    settled(page, lambda: "f'(3) = 24" in answers(page))
    assert parameter(page, "f") == "x^3 - 3x"
    other = chromium.new_context(base_url=server).new_page()
    visit(other, page.url)
    assert "f'(3) = 24" in answers(other)
    assert other.evaluate(CURVE, "curve:0:f") == page.evaluate(CURVE, "curve:0:f")
    other.context.close()


def test_a_mistake_leaves_the_picture_and_offers_the_correction(page: Page) -> None:
    """The message comes while typing, the curve stays, one click repairs."""
    visit(page)
    before = page.evaluate(CURVE, "curve:0:f")
    page.locator(".st-key-f input").fill("sin(x")
    expect(page.locator(".st-key-trouble_f")).to_contain_text("never closed")
    assert page.evaluate(CURVE, "curve:0:f") == before
    page.locator(".st-key-use_f button").click()
    expect(page.locator(".st-key-trouble_f")).to_have_count(0)
    assert parameter(page, "f") == "sin(x)"


def test_the_point_is_dragged_and_released(page: Page) -> None:
    """The tangent follows the pointer without the server; on release the numbers and the address follow."""
    visit(page)
    x, y = middle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 100, y, steps=4)
    page.mouse.move(x - 200, y, steps=4)
    assert parameter(page, "at_x") is None
    expect(page.locator("line.tangent")).to_be_visible()
    expect(page.locator(".card")).to_contain_text("f′")
    page.mouse.up()
    settled(page, lambda: parameter(page, "at_x") is not None)
    at = float(parameter(page, "at_x") or "nan")
    assert 0.5 < at < 2.5
    settled(page, lambda: f"f({at:g})" in answers(page))
    expect(page.locator(".st-key-at_x input")).to_have_value(f"{at:g}")


def test_the_chart_does_not_flicker_when_the_point_moves(page: Page) -> None:
    """In every frame there is a chart, or a copy of the last one, with its traces."""
    visit(page)
    page.wait_for_timeout(500)
    page.evaluate("""() => {
      const box = document.querySelector('.st-key-curve_chart')
      window.frames_ = []
      const look = () => {
        window.frames_.push([box.querySelectorAll('.scatterlayer .trace').length, box.offsetHeight])
        requestAnimationFrame(look)
      }
      look()
    }""")
    page.locator(".st-key-at_x input").fill("1")
    settled(page, lambda: "f(1) = 3" in answers(page))
    page.wait_for_timeout(500)
    frames = page.evaluate("window.frames_")
    assert min(traces for traces, _ in frames) >= 4
    assert len({height for _, height in frames}) == 1


def test_the_arrow_keys_move_the_point(page: Page) -> None:
    """The handle takes the focus, keeps it over the rerun, and says where it is."""
    visit(page)
    handle = page.locator(".handle")
    handle.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    settled(page, lambda: parameter(page, "at_x") is not None)
    first = float(parameter(page, "at_x") or "nan")
    assert 2.5 < first < 3
    page.keyboard.press("Shift+ArrowLeft")
    settled(page, lambda: float(parameter(page, "at_x") or "nan") < first)
    assert re.match(r"x = .*, f = .*, f′ = ", handle.get_attribute("aria-valuetext") or "")


def test_panning_and_zooming_sample_the_new_window(page: Page) -> None:
    """The curve is there where one looks; a double click goes back to the automatic window."""
    visit(page)
    page.mouse.move(400, 560)
    page.mouse.down()
    page.mouse.move(560, 560, steps=5)
    page.mouse.up()
    settled(page, lambda: parameter(page, "lo") is not None)
    lo = float(parameter(page, "lo") or "nan")
    assert lo < -3.5
    settled(page, lambda: page.evaluate(RANGE)[0] == pytest.approx(lo, rel=1e-3))
    page.keyboard.down("Control")
    page.mouse.move(500, 500)
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    settled(page, lambda: float(parameter(page, "lo") or "-inf") > lo)
    page.mouse.dblclick(450, 600)
    settled(page, lambda: parameter(page, "lo") is None)


def test_scrolling_over_the_chart_scrolls_the_page(page: Page) -> None:
    """The wheel belongs to the page; a hint says how to zoom."""
    visit(page)
    page.mouse.move(500, 500)
    page.mouse.wheel(0, 200)
    expect(page.locator(".hint.seen")).to_be_visible()
    assert parameter(page, "lo") is None


def test_back_undoes_a_change_and_forward_does_it_again(page: Page) -> None:
    """Each step back brings box, numbers and address of before the change."""
    visit(page)
    page.locator(".st-key-f input").fill("x^3 - 3x")
    settled(page, lambda: "f'(3) = 24" in answers(page))
    page.locator(".st-key-at_x input").fill("2")
    settled(page, lambda: "f'(2) = 9" in answers(page))
    page.go_back()
    settled(page, lambda: "f'(3) = 24" in answers(page))
    expect(page.locator(".st-key-f input")).to_have_value("x^3 - 3x")
    assert parameter(page, "at_x") is None
    page.go_back()
    settled(page, lambda: "f'(3) = 18" in answers(page))
    expect(page.locator(".st-key-f input")).to_have_value("3x^2")
    assert urlsplit(page.url).query == ""
    page.go_forward()
    settled(page, lambda: "f'(3) = 24" in answers(page))
    assert parameter(page, "f") == "x^3 - 3x"


def test_back_leaves_a_link_with_a_mistake_in_it(page: Page) -> None:
    """What the app itself tidies in an address is no step: nobody is caught on a page."""
    visit(page)
    page.goto("/?d=zzz&tab=zzz")
    expect(page.locator(".handle")).to_be_visible(timeout=2 * PATIENCE)
    settled(page, lambda: parameter(page, "d") is None)
    for _ in range(2):
        page.go_back()
        page.wait_for_timeout(1000)
    assert page.evaluate("navigation.currentEntry.index") == 1


@pytest.mark.parametrize(("width", "touch"), [(1280, False), (390, True)])
def test_no_button_lies_over_the_plot(chromium: Browser, server: str, width: int, touch: bool) -> None:
    """The buttons of the window stand under the plot, inside the page, and clear of the legend and the tabs."""
    context = chromium.new_context(
        viewport={"width": width, "height": 844}, base_url=server, has_touch=touch, is_mobile=touch
    )
    page = context.new_page()
    visit(page, "/?f=x^3-3x")
    plot = page.locator(".st-key-curve_chart .nsewdrag").first.bounding_box()
    below = page.locator(".st-key-panel" if touch else ".st-key-tab").bounding_box()
    assert plot is not None
    assert below is not None
    for button in page.locator(".tools button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["y"] >= plot["y"] + plot["height"]
        assert box["y"] + box["height"] <= below["y"]
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    context.close()


def test_the_variable_on_the_axis_is_chosen_by_a_button(page: Page) -> None:
    """Of f(u, v) one variable is drawn; the other is held, and they change places on a click."""
    visit(page, "/?f=f(u,v)%3Du^3%2Bv^2%2B4uv")
    settled(page, lambda: r"\frac{\partial f}{\partial u}(3,\ 4) = 43" in answers(page))
    expect(page.locator(".st-key-others")).to_contain_text("is held at")
    page.locator(".st-key-wrt button", has_text="v").click()
    settled(page, lambda: r"\frac{\partial f}{\partial v}(3,\ 4) = 20" in answers(page))
    assert parameter(page, "wrt") == "v"


def test_the_language_fits_a_phone(chromium: Browser, server: str) -> None:
    """Folded, the page is no longer than three screens, and nothing is wider than the phone."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, base_url=server)
    page = context.new_page()
    page.goto("/language")
    expect(page.locator(".st-key-language details").nth(15)).to_be_visible(timeout=2 * PATIENCE)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") < 3 * 844
    page.locator(".st-key-language summary", has_text="Special").click()
    expect(page.get_by_role("link", name="lgamma(x)")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_all_curves_are_read_at_the_pointer(page: Page) -> None:
    """Hovering reads f and f′ at one x; at 2, f is 12 and f′ is 12."""
    visit(page, "/?lo=0&hi=4&ylo=0&yhi=40")
    box = page.locator(".st-key-curve_chart .nsewdrag").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".card")).to_be_visible()
    assert page.locator(".card b").all_text_contents() == ["2", "12", "12"]


def test_the_function_travels_from_page_to_page(page: Page) -> None:
    """What was typed on one page stands on the next, and on the way back."""
    visit(page)
    page.locator(".st-key-f input").fill("x^4 + 1")
    settled(page, lambda: parameter(page, "f") == "x^4 + 1")
    for name in ("Partials", "Curve"):
        page.get_by_text("Explore", exact=True).click()
        page.locator("a", has_text=name).first.click()
        expect(page.locator(".st-key-f input")).to_have_value("x^4 + 1")
        settled(page, lambda: parameter(page, "f") == "x^4 + 1")


def test_nothing_is_asked_of_another_site(page: Page, server: str) -> None:
    """Fonts, icons and scripts come from the app itself."""
    strangers: list[str] = []
    page.on("request", lambda request: strangers.append(request.url))
    visit(page)
    page.locator(".st-key-gallery button").first.click()
    page.wait_for_timeout(1000)
    assert [
        url
        for url in strangers
        if not url.startswith((server, "data:", "blob:", server.replace("http", "ws")))
    ] == []


@pytest.mark.parametrize("dark", [False, True])
def test_everything_that_matters_is_seen_without_scrolling(
    chromium: Browser, server: str, dark: bool
) -> None:
    """At 1280 × 800: box, echo, chart, numbers and the row of tabs."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 800}, base_url=server, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    visit(page)
    for key in ("f", "echo_f", "curve_chart", "answers", "formulas", "tab"):
        box = page.locator(f".st-key-{key}").first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800, key
    context.close()


def test_on_a_phone_nothing_overflows_and_a_finger_drags_the_point(chromium: Browser, server: str) -> None:
    """At 390 × 844 the page scrolls downwards only, and the point follows a touch."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, base_url=server, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    visit(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    x, y = middle(page)
    session = context.new_cdp_session(page)
    for kind, moved in (("touchStart", 0), ("touchMove", -40), ("touchMove", -90), ("touchEnd", None)):
        points = [] if moved is None else [{"x": x + moved, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    settled(page, lambda: parameter(page, "at_x") is not None)
    context.close()


def test_fingers_scroll_pan_and_pinch(chromium: Browser, server: str) -> None:
    """Up and down scrolls the page, sideways pans the window, two fingers zoom about their middle."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, base_url=server, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    visit(page)
    session = context.new_cdp_session(page)

    def swipe(*steps: list[tuple[float, float]]) -> None:
        for number, fingers in enumerate([*steps, []]):
            kind = "touchStart" if number == 0 else "touchMove" if fingers else "touchEnd"
            points = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(fingers)]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            page.wait_for_timeout(30)

    def scrolled() -> float:
        return float(page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop"))

    swipe([(150, 650)], [(150, 600)], [(150, 540)], [(150, 460)])
    settled(page, lambda: scrolled() > 50)
    assert parameter(page, "lo") is None
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 0")
    page.wait_for_timeout(500)
    swipe([(150, 600)], [(170, 600)], [(200, 600)], [(240, 600)])
    settled(page, lambda: parameter(page, "lo") is not None)
    settled(page, lambda: bool(parameter(page, "lo") and parameter(page, "hi")))
    lo, hi = (float(parameter(page, key) or "nan") for key in ("lo", "hi"))
    assert lo < -4.5
    assert hi - lo == pytest.approx(7, rel=1e-3)
    page.wait_for_timeout(1500)
    swipe([(150, 600), (250, 600)], [(130, 600), (270, 600)], [(100, 600), (300, 600)])
    settled(page, lambda: float(parameter(page, "hi") or "nan") < hi)
    assert lo < float(parameter(page, "lo") or "nan") < float(parameter(page, "hi") or "nan")
    context.close()
