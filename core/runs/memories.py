"""Short jobs on what a run's network remembers, and on what it was told to remember while it learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.runs.epochs import thinned
from core.runs.store import open_store
from core.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from core.insight.distance import Distances
    from core.insight.fading import Fading
    from core.insight.vectors import Words
    from core.runs.store import RunStore

MOST_EPOCHS = 25  # whose gradients are looked at: half a second each


def distances_of_run(run_id: str, settings: Settings | None = None) -> Distances | None:
    """How far back a swapped word changes the answers to its test texts; None before it was judged on them."""
    from core.insight.distance import distances_of

    store = _store(settings)
    tests = _tests(store, run_id)
    return None if tests is None else distances_of(store.load_network(run_id), tests["text"].tolist())


def fading_of_run(run_id: str, settings: Settings | None = None) -> dict[int, Fading] | None:
    """Gradients of the loss on its test texts by distance, after the epochs that are kept, the first epoch first.

    Of a recurrent network; None before it was judged. Of a run without kept epochs: those of its network, under -1.
    """
    from core.insight.fading import fading

    store = _store(settings)
    tests = _tests(store, run_id)
    if tests is None:
        return None
    kept = store.kept_epochs(run_id)
    epochs = thinned(kept.epochs, MOST_EPOCHS)[0] if kept.epochs else []
    weights = ((epoch, store.load_epoch(run_id, epoch)) for epoch in epochs) if epochs else [(-1, {})]
    return dict(fading(store.load_network(run_id), weights, tests["text"].tolist(), tests["label"].tolist()))


def _store(settings: Settings | None) -> RunStore:
    settings = settings or Settings.from_environment()
    return open_store(settings.tracking_uri, settings.home)


def _tests(store: RunStore, run_id: str) -> pd.DataFrame | None:
    evaluation = store.load_evaluation(run_id)
    return None if evaluation is None else evaluation.predictions


def words_of_run(run_id: str, settings: Settings | None = None) -> Words:
    """How often the words of its network stand in texts of each class, of the texts that it is about."""
    from core.insight.distance import evenly
    from core.insight.vectors import MOST_TEXTS, counted
    from core.runs.datasets import DatasetNotFound

    store = _store(settings)
    run, network = store.run(run_id), store.load_network(run_id)
    try:
        frame = store.load_sample(run.dataset_fingerprint).frame
    except DatasetNotFound:  # deleted since: its test texts are known
        frame = store.load_evaluation(run_id).predictions  # type: ignore[union-attr]
    frame = frame.iloc[evenly(len(frame), MOST_TEXTS)]
    return counted(network.encoder, frame["text"].tolist(), frame["label"].tolist(), network.class_names)
