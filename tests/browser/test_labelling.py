"""Labelling by number keys, in a real browser: the keys answer, and typing a class's name does not."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from core.data.dataset import Dataset
from core.data.desk import Desk
from tests.browser.server import App

TEXTS = [f"Opinion number {number}." for number in range(20)]


def test_number_keys_answer_and_arrows_undo_and_skip(app: App, page: Page) -> None:
    desk = Desk(app.home)
    session = desk.begin(Dataset.build(TEXTS, None, "opinions", "pasted"), ["praise", "blame"])
    page.goto(f"{app.url}/label?labelling={session}&lang=en")
    text = page.locator(".st-key-label_text")
    expect(text).to_contain_text("Opinion number")
    order = desk.questions(session).order
    shown = []
    for count, key in enumerate(["1", "2", "2"]):
        expect(page.get_by_text(f"{count} of 20 texts labelled")).to_be_visible()
        shown.append(text.inner_text())
        page.keyboard.press(key)
    expect(page.get_by_text("3 of 20 texts labelled")).to_be_visible()
    assert len(set(shown)) == 3
    assert list(desk.state(session).labels.values()) == ["praise", "blame", "blame"]

    page.keyboard.press("ArrowLeft")
    expect(text).to_have_text(shown[2])
    page.keyboard.press("ArrowRight")
    expect(text).not_to_have_text(shown[2])
    assert len(desk.state(session).skipped) == 1

    page.get_by_role("button", name="Classes").click()
    page.get_by_role("textbox", name="Name of a new class").press_sequentially("part 1 or 2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="part 1 or 2")).to_be_visible()
    assert len(desk.state(session).labels) == 2

    page.reload()
    expect(page.get_by_text("2 of 20 texts labelled")).to_be_visible()
    assert set(desk.state(session).labels) < set(order)
