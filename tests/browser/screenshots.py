"""`make screenshots`: the README's pictures, taken of the running app after a real training on a sample."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.server import ROOT, running

FOLDER = ROOT / "dashboard" / "screenshots"
PATIENCE_MILLISECONDS = 180_000
WIDTH, HEIGHT = 1280, 900
TALL = {"look_inside": 1500}  # what the picture is for stands further down
PAGES = ["texts", "prepare", "design", "train", "evaluate", "look_inside", "use"]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="unrolled-") as home, running(Path(home)) as app, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-US", device_scale_factor=1)
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        page.goto(app.url)
        _picture(page, "home")
        page.get_by_role("button", name="Train on this sample").click()
        expect(page.get_by_text("Finished after")).to_be_visible(timeout=PATIENCE_MILLISECONDS)
        expect(page.get_by_role("button", name="Continue")).to_be_visible(timeout=PATIENCE_MILLISECONDS)
        address = page.url.partition("?")[2]
        for name in PAGES:
            page.set_viewport_size({"width": WIDTH, "height": TALL.get(name, HEIGHT)})
            page.goto(f"{app.url}/{name}?{address}")
            _picture(page, name)
        browser.close()


def _picture(page: Page, name: str) -> None:
    """The page as a visitor sees it first: nothing running any more, charts drawn."""
    expect(page.get_by_test_id("stMain").get_by_role("heading").first).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    expect(page.get_by_test_id("stSpinner")).to_have_count(0)
    page.evaluate("() => document.fonts.ready")
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
    print(f"{FOLDER.relative_to(ROOT)}/{name}.png")


if __name__ == "__main__":
    main()
