"""What may come between: stops, kills, other visitors, other trainings. Nothing is lost, and the page says so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil

import psutil
import pytest
from playwright.sync_api import Page, expect

from core.data.dataset import Dataset
from core.runs.curves import MOST_POINTS
from core.runs.jobs import LossDiverged, LossDivergedAtOnce
from core.runs.records import RunStatus
from tests.browser.server import App
from tests.browser.texts import labelled
from tests.browser.visitor import FINISH_MILLISECONDS, Visitor

Browse = Callable[..., Page]
ENDLESS = 1_000  # epochs: more than any of these tests waits for


@pytest.fixture
def texts(app: App) -> str:
    """The fingerprint of texts that are in the store already."""
    pairs = labelled()
    dataset = Dataset.build([text for _, text in pairs], [label for label, _ in pairs], "fruit and tools", "pasted")
    return app.store.save_dataset(dataset)


def start(browse: Browse, texts: str, epochs: int = ENDLESS, **settings: object) -> Visitor:
    """Start a training on the page that shows its design."""
    values = {"units": 8, "batch_size": 1, "early_stopping": False, "epochs": epochs} | settings
    wishes = "&".join(f"set={name}={value}" for name, value in values.items())
    visitor = Visitor(browse(f"/design?data={texts}&architecture=gru&{wishes}"))
    visitor.is_at("Design")
    visitor.press("Start the training")
    visitor.is_at("Train")
    return visitor


@contextmanager
def stopped_at_the_end(app: App, *visitors: Visitor) -> Iterator[None]:
    """Whatever happens, no training of this test stands in the way of the next."""
    try:
        yield
    finally:
        for visitor in visitors:
            app.store.request_stop(visitor.run_id)


def test_stop_keeps_the_best_weights_and_continue_goes_on_with_the_curve(app: App, browse: Browse, texts: str) -> None:
    visitor = start(browse, texts)
    with stopped_at_the_end(app, visitor):
        visitor.later_than(visitor.epoch())
        visitor.stop()
        run = app.store.run(visitor.run_id)
        history = app.store.history(run.run_id)
        assert run.status is RunStatus.STOPPED
        assert run.has_network
        assert run.metrics["best_val_loss"] == history["val_loss"].min()

        visitor.press("Continue")
        visitor.page.get_by_role("spinbutton", name="More epochs").fill("3")
        visitor.page.get_by_role("spinbutton", name="More epochs").press("Enter")
        visitor.press("Continue the training")
        visitor.finished()
    longer = app.store.history(run.run_id)
    assert longer["epoch"].tolist() == list(range(1, len(history) + 4))
    assert longer[: len(history)].equals(history)
    assert visitor.epoch() == len(longer)
    assert app.store.run(run.run_id).test_looks == 2


def test_a_killed_worker_s_training_goes_on_without_a_hole(app: App, browse: Browse, texts: str) -> None:
    visitor = start(browse, texts)
    with stopped_at_the_end(app, visitor):
        visitor.later_than(visitor.epoch())
        killed_at = len(app.store.history(visitor.run_id))
        kill_the_training_worker(app)
        visitor.later_than(killed_at)
        visitor.stop()
    history, batches = app.store.history(visitor.run_id), app.store.batches(visitor.run_id)
    assert history["epoch"].tolist() == list(range(1, len(history) + 1))
    assert not history.isna().any(axis=None)
    total = app.store.run(visitor.run_id).progress[1]
    assert batches["step"].diff().max() <= ceil(total / MOST_POINTS)  # the distance of points that are kept
    assert app.store.run(visitor.run_id).has_network


def test_the_web_server_comes_back_and_the_training_went_on(app: App, browse: Browse, texts: str) -> None:
    visitor = start(browse, texts)
    with stopped_at_the_end(app, visitor):
        seen = visitor.epoch()
        app.kill()
        app.start()
        visitor.later_than(seen)  # the page connects again by itself
        assert app.store.run(visitor.run_id).status is RunStatus.RUNNING
        visitor.page.reload()
        visitor.is_at("Train")
        visitor.later_than(visitor.epoch())
        visitor.stop()
    assert app.store.history(visitor.run_id)["epoch"].is_monotonic_increasing


def test_a_second_training_waits_and_another_visitor_sees_the_first(app: App, browse: Browse, texts: str) -> None:
    first = start(browse, texts)
    second = None
    with stopped_at_the_end(app, first):
        first.epoch()
        second = start(browse, texts, units=4)
        with stopped_at_the_end(app, second):
            second.sees("Waiting: {count} training is before this one.", count=1)
            guest = Visitor(browse(first.page.url.removeprefix(app.url), locale="fr-FR"), "en")
            assert guest.run_id == first.run_id
            first.stop()
            second.epoch()
            second.stop()
            expect(guest.page.get_by_role("button", name=Visitor(guest.page, "fr").word("Continue"))).to_be_visible()


@pytest.mark.parametrize("learning_rate", [100])
def test_a_loss_that_explodes_says_when_and_what_to_try(
    app: App, browse: Browse, texts: str, learning_rate: int
) -> None:
    visitor = start(browse, texts, 20, learning_rate=learning_rate, optimizer="sgd", gradient_clip=0)
    expect(visitor.alert()).to_be_visible(timeout=FINISH_MILLISECONDS)
    run = app.store.run(visitor.run_id)
    assert run.status is RunStatus.FAILED
    kind = LossDiverged if run.has_network else LossDivergedAtOnce
    visitor.sees(kind.message, learning_rate=10)
    visitor.follow("Change the design")
    visitor.is_at("Design")


def kill_the_training_worker(app: App) -> None:
    """As the system does when memory runs out; its nanny, a program of this app's home, is left alone."""
    programs = json.loads((app.home / "engine" / "programs.json").read_text("utf-8"))
    nanny = psutil.Process(programs["worker-1"]["pid"])
    workers = [child for child in nanny.children() if "spawn_main" in " ".join(child.cmdline())]
    assert len(workers) == 1
    workers[0].kill()
