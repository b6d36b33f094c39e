"""The Graph page in a real browser: stepping, linking, keyboard, folding, narrow screens."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect


@pytest.fixture
def open_graph(chromium: Browser, server: str) -> Iterator[object]:
    """Open the Graph page with these parameters; faults in the browser's console fail the test."""
    contexts = []
    errors: list[str] = []

    def opened(width: int = 1280, height: int = 800, wait: str = ".tape .box", **parameters: str) -> Page:
        more = {"reduced_motion": parameters.pop("motion")} if "motion" in parameters else {}
        context = chromium.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(40_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{server}/graph?{urlencode(parameters)}")
        page.wait_for_selector(wait)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors


def box(page: Page, title: str) -> Locator:
    """The box with this title."""
    return page.locator("g.box", has=page.locator(f"text.title:text-is('{title}')"))


def title(page: Page) -> str:
    """The heading of the current step."""
    return page.locator(".step h3").inner_text()


def test_stepping_through_3x2_to_18(open_graph) -> None:
    """Values appear forward, no gradient before backward(), and x.grad becomes 18 at the last step."""
    page = open_graph(f="3x^2", at_x="3")
    assert title(page) == "x = 3"
    assert not box(page, "w₁ = x²").locator(".value").is_visible()
    page.locator("[data-do=next]").click()
    assert title(page) == "w₁ = x²"
    assert box(page, "w₁ = x²").locator(".value").text_content() == "9"
    page.locator("[data-do=next]").click()
    assert box(page, "w₂ = 3·w₁").locator(".value").text_content() == "27"
    assert page.locator(".grad:visible").count() == 0
    assert page.locator(".slope:visible").count() == 0
    page.locator("[data-do=next]").click()
    assert title(page) == "f.backward()"
    page.locator("[data-do=next]").click()
    assert page.locator(".step").inner_text().count("1 · 3 = 3")
    page.locator("[data-do=next]").click()
    assert box(page, "w₁ = x²").locator(".grad").text_content() == "∂f/∂w₁ = 3"
    page.locator("[data-do=next]").click()
    assert title(page) == "x.grad = 18"
    assert box(page, "x").locator(".grad").text_content() == "∂f/∂x = 18"
    assert "3 · 6 = 18" in page.locator(".step").inner_text()


def ends_of_links(page: Page) -> list[list[str | None]]:
    """For each link, in evaluation order, what stands at its start and at its end."""
    found: list[list[str | None]] = page.locator("path.link").evaluate_all(
        "links => links.map(link => [link.getAttribute('marker-start'), link.getAttribute('marker-end')])"
    )
    return found


def test_arrows_turn_round_as_the_gradient_passes(open_graph) -> None:
    """A link points at the output until a gradient has run along it; then it points back to the leaf."""
    page = open_graph(f="3x^2", at_x="3")
    forward, backward = [None, "url(#forward)"], ["url(#backward)", None]
    for _ in range(4):
        assert ends_of_links(page) == [forward, forward]
        page.locator("[data-do=next]").click()
    assert title(page).startswith("MulBackward0")
    assert ends_of_links(page) == [forward, backward]
    page.locator("[data-do=next]").click()
    assert ends_of_links(page) == [backward, backward]
    page.locator("[data-do=back]").click()
    assert ends_of_links(page) == [forward, backward]


def test_the_address_follows_the_step(open_graph) -> None:
    """A step is in the address, a reload comes back to it, and another function begins at its start."""
    page = open_graph(f="3x^2", at_x="3", step="4")
    assert title(page) == "f.backward()"
    page.locator("[data-do=next]").click()
    page.wait_for_url("**step=5**")
    page.reload()
    page.wait_for_selector(".tape .box")
    assert title(page).startswith("MulBackward0")
    page.locator(".st-key-f input").fill("x^3")
    expect(page.locator(".count")).to_have_text("1 / 5")
    page.wait_for_url(lambda address: "step" not in address and "x%5E3" in address)


@pytest.mark.parametrize("wrong", ["0", "-3", "²", "x", "99999", "1e3"])
def test_a_wrong_step_in_the_address(open_graph, wrong: str) -> None:
    """A step that is none opens the start, one that is too far the end."""
    page = open_graph(f="3x^2", at_x="3", step=wrong)
    expect(page.locator(".count")).to_have_text("7 / 7" if wrong == "99999" else "1 / 7")


def test_the_words_beside_the_picture_fit(open_graph) -> None:
    """At 1280 pixels no step of 3x² needs scrolling in the panel."""
    page = open_graph(f="3x^2", at_x="3")
    for _ in range(7):
        for part in (".step", ".tensor"):
            assert page.locator(part).evaluate(
                "e => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth"
            )
        page.locator("[data-do=next]").click()


def test_help_lists_the_keys(open_graph) -> None:
    """The question mark, as a button and as a key, opens the list of keys; Escape closes it."""
    page = open_graph(f="3x^2", at_x="3")
    page.locator("[data-do=help]").click()
    expect(page.locator(".help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".help")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator(".help")).to_contain_text("play or pause")


def test_the_graph_of_the_gradient_with_its_script(open_graph) -> None:
    """The boxes of the first way back are told apart, and their line of the script lights up."""
    page = open_graph(f="x^3", at_x="2", of="its gradient")
    assert page.locator("g.box.second").count() == 3
    expect(page.locator(".key.second")).to_be_visible()
    page.locator("[data-tab=code]").click()
    box(page, "w₂ = x²").click()
    page.locator("[data-tab=code]").click()
    assert page.locator(".code .lit").inner_text() == "(g,) = torch.autograd.grad(y, x, create_graph=True)"
    page.locator("[data-do=last]").click()
    assert title(page) == "x.grad = 12"


def test_two_variables_to_43_and_20(open_graph) -> None:
    """At the end the leaves of u³ + v² + 4uv hold 43 and 20, and the sums are written out."""
    page = open_graph(f="f(u, v) = u^3 + v^2 + 4uv", at_u="3", at_v="4")
    page.locator("[data-do=last]").click()
    assert box(page, "u").locator(".grad").text_content() == "∂f/∂u = 43"
    assert box(page, "v").locator(".grad").text_content() == "∂f/∂v = 20"
    assert "= 27 + 16 = 43" in page.locator(".step").inner_text()
    box(page, "v").click()
    assert title(page) == "v.grad = 20"
    assert "= 8 + 12 = 20" in page.locator(".step").inner_text()


def test_formula_text_and_graph_are_linked(open_graph) -> None:
    """Pointing at a part of the formula or the text marks its box, and the other way round."""
    page = open_graph(f="f(u, v) = u^3 + v^2 + 4uv", at_u="3", at_v="4")
    for _ in range(30):  # what still moves into its place is not met at the first try
        page.mouse.move(1, 1)
        page.locator(".formula msup mn").first.hover()
        if box(page, "w₁ = u³").evaluate("e => e.classList.contains('marked')"):
            break
    else:
        pytest.fail("The box is not marked.")
    assert "".join(page.locator(".source .marked").all_inner_texts()) == "u^3"
    box(page, "w₅ = w₄·v").hover()
    assert "".join(page.locator(".source .marked").all_inner_texts()) == "4uv"
    assert page.locator(".formula mrow.marked").count() == 1
    page.locator(".source span", has_text="v").last.hover()
    assert box(page, "v").evaluate("e => e.classList.contains('marked')")


def test_the_tensor_before_and_after(open_graph) -> None:
    """The tensor's attributes come from torch: an inner tensor keeps no .grad without retain_grad()."""
    page = open_graph(f="3x^2", at_x="3")
    box(page, "w₁ = x²").click()
    assert "after" not in page.locator(".tensor thead, .tensor tr").first.inner_text()
    page.locator("[data-do=last]").click()
    box(page, "w₁ = x²").click()
    row = page.locator(".tensor tr", has_text=".grad").nth(0).locator("td").all_inner_texts()
    assert row == [".grad", "None", "None", "3"]


def test_the_code_lights_up_with_the_step(open_graph) -> None:
    """The line that computes the step's node is lit, and backward() at the way back."""
    page = open_graph(f="3x^2", at_x="3")
    page.locator("[data-tab=code]").click()
    for _ in range(2):
        page.locator("[data-do=next]").click()
    assert page.locator(".code .lit").inner_text() == "y = 3 * t1"
    page.locator("[data-do=next]").click()
    assert page.locator(".code .lit").inner_text() == "y.backward()"


def test_keyboard(open_graph) -> None:
    """Arrow keys step, on the slider too, and walk in the picture; space plays and pauses."""
    page = open_graph(f="3x^2", at_x="3")
    page.keyboard.press("ArrowRight")
    assert title(page) == "w₁ = x²"
    page.locator(".scrub input").focus()
    page.keyboard.press("Home")
    assert title(page) == "x = 3"
    page.keyboard.press("ArrowRight")
    assert title(page) == "w₁ = x²"
    page.locator("svg.graph").focus()
    page.keyboard.press("ArrowRight")
    assert title(page) == "w₂ = 3·w₁"
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('body') !== null")
    expect(page.locator("[data-do=play]")).to_contain_text("Pause")
    page.keyboard.press("Space")
    expect(page.locator("[data-do=play]")).to_contain_text("Play")


def test_constants_can_be_shown(open_graph) -> None:
    """Constants are folded away at first and shown on demand."""
    page = open_graph(f="3x^2", at_x="3")
    assert page.locator("g.box").count() == 3
    page.locator("input[data-do=constants]").check()
    assert page.locator("g.box").count() == 5


def test_a_long_graph_is_folded_and_opens(open_graph) -> None:
    """A function of over a thousand nodes opens folded, and can be shown whole."""
    page = open_graph(f="+".join(f"sin({n}x)" for n in range(1, 320)), at_x="0.1")
    few = page.locator("g.box").count()
    assert 3 < few <= 75
    assert page.locator("text.caption", has_text="inside").count() > 0
    page.locator("button[data-do=all]").click()
    assert page.locator("g.box").count() > 900


def test_narrow_screen_and_reduced_motion(open_graph) -> None:
    """On a phone the graph runs downwards and nothing runs over the edge; with reduced motion nothing flows."""
    page = open_graph(390, 844, f="3x^2", at_x="3", motion="reduce")
    page.locator("[data-do=last]").click()
    places = [box(page, name).bounding_box() for name in ("x", "w₁ = x²", "w₂ = 3·w₁")]
    assert places[0]["y"] < places[1]["y"] < places[2]["y"]
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth + 1")
    assert page.locator(".link.flow").count() == 0


def test_nothing_typed_becomes_markup(open_graph) -> None:
    """Text from a link is text: no element of it is made."""
    page = open_graph(wait=".st-key-trouble_f", f="f(x) = x^2 <img src=x onerror=alert(1)>")
    assert page.locator("img[src=x]").count() == 0


def test_back_does_not_walk_through_the_steps(open_graph) -> None:
    """Steps are kept in the address, but Back undoes the last change of an input."""
    page = open_graph(f="3x^2", at_x="3")
    page.locator(".st-key-at_x input").fill("4")
    page.wait_for_url("**at_x=4**")
    page.locator(".st-key-f input").click()
    for step in range(2, 5):
        page.locator("[data-do=next]").click()
        page.wait_for_url(f"**step={step}**")
    page.go_back()
    expect(page.locator(".st-key-at_x input")).to_have_value("3")
    expect(page.locator("text.value").first).to_have_text("3")
