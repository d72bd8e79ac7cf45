"""The page *Train* of runs that are over: they go on, or are trained again from another start."""

from __future__ import annotations

import pytest

from core.data.dataset import Dataset
from core.data.extending import NothingToJudge
from core.runs.legs import Change
from core.runs.records import RunStatus
from core.training.recipes import recipe
from dashboard.ui import launch
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.steps.test_steps import button


def test_a_run_goes_on_with_a_small_form(open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru"), shelf.data, "longer")
    texts = [f"text {number}" for number in range(20)]
    more = shelf.store.save_dataset(Dataset.build(texts, ["x", "y"] * 10, "more", "pasted"))
    shelf.store._log(run_id, {"network": "stored"})
    shelf.store.log_points(run_id, [{"epoch": 1, "loss": 0.5}, {"epoch": 2, "loss": 0.4}], progress=(20, 20))
    shelf.store.set_status(run_id, RunStatus.STOPPED)
    monkeypatch.setattr(launch, "_ask", lambda run, work: None)
    test = open_page("train", run=run_id)
    test.number_input(key="more_epochs").set_value(3)
    test.number_input(key="next_rate").set_value(0.0005)
    test.selectbox(key="next_texts").select(more).run()
    test.segmented_control(key="next_together").set_value(False)
    test.button(key="go_on").click().run()
    assert not test.exception
    run = shelf.store.run(run_id)
    assert (run.status, run.settings.training.epochs) == (RunStatus.QUEUED, 5)
    assert run.wish == Change(0.0005, more, together=False)
    assert "Continued after epoch 2, until epoch 5. Learning rate: 0.0005 instead of" in said(test)
    shelf.store.give_up_leg(run_id)
    shelf.store.set_status(run_id, RunStatus.STOPPED, error=NothingToJudge())
    test = open_page("train", run=run_id)
    assert "knows them already" in test.error[0].value
    button(test, "Score it now").click()  # type: ignore[attr-defined]
    test.run()
    assert shelf.store.run(run_id).settings.training.epochs == 1
    shelf.store.delete(run_id)
    shelf.store.delete_dataset(more)


def test_a_run_is_trained_again_from_another_start(
    open_page: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru").with_values({"seed": 4}), shelf.data, "first")
    shelf.store._log(run_id, {"network": "stored"})
    shelf.store.set_status(run_id, RunStatus.FINISHED)
    monkeypatch.setattr(launch, "_ask", lambda run, work: None)
    for other, values in ((True, (5, 0)), (False, (4, 1))):
        test = open_page("train", run=run_id)
        test.segmented_control(key="again_start").set_value(other).run()
        test.button(key="train_again").click().run()
        assert not test.exception
        made = shelf.store.runs(limit=1)[0]
        assert (made.settings.training.seed, made.settings.training.order_seed) == values
        assert made.name.startswith("first · ")
        shelf.store.delete(made.run_id)
    shelf.store.delete(run_id)


def test_the_curve_of_a_network_that_writes_says_what_changed_too(open_page: Open, shelf: Shelf) -> None:
    run_id = shelf.store.create_run(recipe("fast", "gru", task_name="generation"), shelf.data, "poet")
    epochs = [{"epoch": float(epoch), "loss": 2.0, "val_loss": 2.1} for epoch in (1, 2)]
    shelf.store.log_points(run_id, epochs, [(1, 3.0, 0.1), (20, 2.0, 0.2)], progress=(20, 20))
    shelf.store.set_status(run_id, RunStatus.FINISHED)
    shelf.store.continue_run(run_id, 2, Change(0.5))
    test = open_page("train", run=run_id)
    assert not test.exception
    assert "Continued after epoch 2, until epoch 4. Learning rate: 0.5 instead of" in said(test)
    shelf.store.delete(run_id)
