"""Fixtures of the browser tests: one app and one Chromium for all, a fresh page for each test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.server import App, running

HERE = Path(__file__).parent
FAILURES = HERE / "failures"
expect.set_options(timeout=20_000)  # two cores may be busy with a training
failed = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[failed] = report.failed
    return report


@pytest.fixture(scope="package")  # the tests that follow on the same core are not worked beside
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The running app with an empty home; its engine is ended with it."""
    with running(tmp_path_factory.mktemp("home")) as started:
        yield started


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def browse(app: App, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens pages as different visitors: `browse("/train?run=…", locale="fr-FR", width=400)`.

    When the test fails, each page's picture and the web server's log are left in tests/browser/failures.
    """
    contexts: list[BrowserContext] = []

    def start(path: str = "/", locale: str = "en-US", width: int = 1280, height: int = 900, dark: bool = False) -> Page:
        contexts.append(
            chromium.new_context(
                locale=locale, viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
            )
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        page.goto(app.url + path)
        return page

    yield start
    if request.node.stash.get(failed, False):
        _keep_what_was_seen(request.node.name, contexts, app)
    for context in contexts:
        context.close()


@pytest.fixture
def page(browse: Callable[..., Page]) -> Page:
    """The home page in English on a laptop."""
    return browse()


def _keep_what_was_seen(name: str, contexts: list[BrowserContext], app: App) -> None:
    FAILURES.mkdir(exist_ok=True)
    stem = re.sub(r"\W+", "_", name)
    for number, context in enumerate(contexts):
        for page in context.pages:
            page.screenshot(path=FAILURES / f"{stem}_{number}.png", full_page=True)
    (FAILURES / f"{stem}.log").write_bytes(app.log.read_bytes()[-100_000:])
