"""What a server shows to the very first person who asks it."""

from __future__ import annotations

from playwright.sync_api import Browser, expect


def test_a_deep_link_is_the_first_thing_that_a_server_is_asked(chromium: Browser, fresh_server: str) -> None:
    """The linked page comes inside the app, with its navigation and with what the link holds."""
    page = chromium.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{fresh_server}/partials?f=u*v%5E2&at_u=2&at_v=5")
    expect(page.locator(".st-key-f input")).to_have_value("u*v^2", timeout=60_000)
    expect(page.get_by_text("Explore", exact=True)).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    page.close()
