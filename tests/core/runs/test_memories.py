"""What short jobs on a run's memory ask of the store."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from core.runs import memories
from core.runs.epochs import MOST_EPOCHS, KeptEpochs


def test_gradients_are_those_of_every_epoch_that_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    epochs = list(range(MOST_EPOCHS + 1))
    kept = KeptEpochs({epoch: f"epoch-{epoch:02d}" for epoch in epochs}, dict.fromkeys(epochs, 1))
    store = SimpleNamespace(
        load_evaluation=lambda run_id: SimpleNamespace(predictions="texts"),
        kept_epochs=lambda run_id: kept,
        load_epoch=lambda run_id, epoch: {"weights": epoch},
        load_trained=lambda run_id: "network",
    )

    def asked(look: Any, weights: Any, table: Any) -> Any:
        assert (look, table) == ("a look at the network", "texts")
        return ((epoch, found["weights"]) for epoch, found in weights)

    monkeypatch.setattr(memories, "_store", lambda settings: store)
    monkeypatch.setattr("core.insight.looks.look_of", lambda network: f"a look at the {network}")
    monkeypatch.setattr("core.insight.fading.fading", asked)
    assert memories.fading_of_run("run") == {epoch: epoch for epoch in epochs}
    kept.folders.clear()
    monkeypatch.setattr("core.insight.fading.fading", lambda look, weights, table: iter(weights))
    assert memories.fading_of_run("run") == {-1: {}}
