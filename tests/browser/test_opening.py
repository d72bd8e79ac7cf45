"""The first moments: the page is there in the visitor's language, fits a phone, and nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize(("locale", "text"), [("fr-FR", "Accueil"), ("en-US", "Home")])
def test_the_browser_s_language_is_spoken(browse: Callable[..., Page], locale: str, text: str) -> None:
    page = browse(locale=locale)
    expect(page.get_by_test_id("stSidebarNav").get_by_text(text, exact=True)).to_be_visible()


def test_the_landing_page_draws_a_real_heat_map(page: Page) -> None:
    words = page.locator(".sentence th")
    expect(words.first).to_be_visible()
    columns = page.locator(".sentence td > div")
    expect(columns).to_have_count(2 * words.count())  # the answer and the memory after each word
    # Every unit has its stripe, in a colour that the theme knows.
    stripes = columns.last.evaluate("box => getComputedStyle(box).backgroundImage")
    assert stripes.count("rgb(") + stripes.count("color(") >= 2 * 64
    assert "light-dark" not in stripes
    expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True])
def test_a_phone_needs_no_sideways_scrolling(browse: Callable[..., Page], dark: bool) -> None:
    page = browse(width=400, dark=dark)
    expect(page.locator(".sentence th").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_nothing_is_asked_of_any_other_machine(browse: Callable[..., Page]) -> None:
    page = browse("/texts")
    expect(page.get_by_test_id("stMain").get_by_role("heading").first).to_be_visible()
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.reload()
    expect(page.get_by_test_id("stMain").get_by_role("heading").first).to_be_visible()
    outside = [
        url for url in addresses if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))
    ]
    assert addresses
    assert not outside
