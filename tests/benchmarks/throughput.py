"""Texts a second, each way in turn, several times: the median of ratios of neighbours is what counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from core.config import RunSettings
from core.data.dataset import Dataset
from core.runs.observer import StoreObserver
from core.runs.store import RunStore
from core.text.prepare import Prepared, prepare
from core.training.observer import Observer
from core.training.recipes import recipe
from core.training.session import fit

ROUNDS = 3
EPOCHS = 3


@dataclass(frozen=True)
class Throughput:
    """Training texts a second, medians; `live_over_quiet` is the median of the ratios within each round."""

    tutorial: float
    same_network: float
    quiet: float
    live: float
    live_over_quiet: float


def measure(dataset: Dataset) -> Throughput:
    plain = plain_tutorial(dataset)
    settings = recipe("recommended", "lstm", len(dataset)).with_values({"epochs": EPOCHS})
    same = settings.with_values(
        {"embedding_dim": 128, "bidirectional": False, "word_dropout": 0.0, "sequence_length": 100, "batch_size": 32}
    )
    prepared, prepared_same = (prepare(dataset, each.preparation, each.split) for each in (settings, same))
    ours = [lambda: _speed(same, prepared_same), lambda: _speed(settings, prepared), lambda: _live(dataset, settings)]
    rows = [[plain(), *(way() for way in ours)] for _ in range(ROUNDS)]
    tutorial, same_network, quiet, live = (median(column) for column in zip(*rows, strict=True))
    return Throughput(tutorial, same_network, quiet, live, median(row[3] / row[2] for row in rows))


def _speed(settings: RunSettings, prepared: Prepared, observer: Observer | None = None) -> float:
    return fit(settings, prepared, observer)[1].sequences_per_second


def _live(dataset: Dataset, settings: RunSettings) -> float:
    """The same while every batch is told to a store on disk, as in the app."""
    prepared = prepare(dataset, settings.preparation, settings.split)
    with TemporaryDirectory(prefix="unrolled-bench-") as folder:
        store = RunStore(f"sqlite:///{folder}/runs.db", Path(folder))
        run_id = store.create_run(settings, store.save_dataset(dataset), "bench")
        with StoreObserver(store, run_id) as observer:
            return _speed(settings, prepared, observer)


def plain_tutorial(dataset: Dataset) -> Callable[[], float]:
    """The well-known recipe as it is usually written: all padded to 100, batches of 32, `fit`. Texts/s, warmed up."""
    import keras
    import numpy as np

    tutorial = recipe("tutorial", "lstm")
    prepared = prepare(dataset, tutorial.preparation, tutorial.split)
    train = prepared.parts["train"]
    ids = train.sequences.padded(np.arange(len(train)), 100, "left")
    labels = train.labels
    classes = len(prepared.class_names)
    model = keras.Sequential(
        [
            keras.layers.Embedding(prepared.encoder.vocabulary_size, 128),
            keras.layers.LSTM(64),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(ids[:256], labels[:256], batch_size=32, epochs=1, verbose=0)

    def run() -> float:
        began = time.perf_counter()
        model.fit(ids, labels, batch_size=32, epochs=1, verbose=0)
        return len(ids) / (time.perf_counter() - began)

    return run
