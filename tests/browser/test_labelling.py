"""Labelling by number keys, in a real browser: the keys answer, and typing a class's name does not."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from core.data.dataset import Dataset
from core.data.labelling.desk import Desk
from core.data.labelling.session import next_question
from tests.browser.server import App

TEXTS = [f"Opinion number {number}." for number in range(20)]


def test_number_keys_answer_and_arrows_undo_and_skip(app: App, page: Page) -> None:
    desk = Desk(app.home)
    session = desk.begin(Dataset.build(TEXTS, None, "opinions", "pasted"), ["praise", "blame"])
    page.goto(f"{app.url}/label?labelling={session}&lang=en")
    text = page.locator(".st-key-label_text")
    expect(text).to_contain_text("Opinion number")
    questions = desk.questions(session)
    for key in ("1", "2", "2"):
        row = next_question(questions, desk.state(session))
        expect(text).to_have_text(TEXTS[row or 0])
        expect(page.locator(f".st-key-skip_{row}")).to_be_visible()  # the last of its buttons: the keys are for it now
        _press(page, key)
        expect(text).not_to_have_text(TEXTS[row or 0])
    expect(page.get_by_text("3 of 20 texts labelled")).to_be_visible()
    assert list(desk.state(session).labels.values()) == ["praise", "blame", "blame"]

    next_row = next_question(questions, desk.state(session))
    expect(page.locator(f".st-key-skip_{next_row}")).to_be_visible()
    _press(page, "ArrowLeft")
    expect(text).to_have_text(TEXTS[row or 0])
    expect(page.locator(f".st-key-skip_{row}")).to_be_visible()
    _press(page, "ArrowRight")
    expect(text).not_to_have_text(TEXTS[row or 0])
    assert len(desk.state(session).skipped) == 1

    page.get_by_role("button", name="Classes").click()
    page.get_by_role("textbox", name="Name of a new class").press_sequentially("part 1 or 2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="part 1 or 2")).to_be_visible()
    assert len(desk.state(session).labels) == 2

    page.reload()
    expect(page.get_by_text("2 of 20 texts labelled")).to_be_visible()


def _press(page: Page, key: str) -> None:
    """Press a key when the page listens: it does once its buttons are told that the script has ended."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestIdleCallback(done)))")
    page.keyboard.press(key)
