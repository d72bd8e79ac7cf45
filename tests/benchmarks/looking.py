"""What keeping the weights of epochs costs a training, and how long looking back at many texts takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.insight.looks.texts import TextLook
from core.insight.network import Network
from core.insight.race import lanes
from core.insight.then import then
from core.models.base import Weights
from core.runs.keeping import Keeping
from core.runs.observer import StoreObserver
from core.runs.store import RunStore
from core.text.prepare import prepare
from core.training.recipes import recipe
from core.training.session import fit

EPOCHS = 3
TEXTS, WORDS, UNITS = 1_000, 200, 128


@dataclass(frozen=True)
class Looking:
    """kept: processor seconds spent on keeping epochs, as a share of the training's. megabytes: of one epoch. travel:
    processor seconds for 1,000 test texts at another epoch. reading: for one text of 200 words, 128 units.
    """

    kept: float
    megabytes: float
    travel: float
    reading: float


class _Timed(Keeping):
    """Counts the processor's seconds in both threads."""

    spent = 0.0

    def take(self, epoch: int, weights: Callable[[], Weights]) -> None:
        began = time.thread_time()
        super().take(epoch, weights)
        self.spent += time.thread_time() - began

    def write(self, due: bool, leaving: bool) -> None:
        began = time.thread_time()
        super().write(due, leaving)
        self.spent += time.thread_time() - began


def measure(dataset: Dataset) -> Looking:
    """Train shortly with epochs kept, then travel."""
    settings = recipe("recommended", "lstm", len(dataset)).with_values({"epochs": EPOCHS, "units": UNITS})
    prepared = prepare(dataset, settings.preparation, settings.split)
    with TemporaryDirectory(prefix="unrolled-bench-") as folder:
        store = RunStore(f"sqlite:///{folder}/runs.db", Path(folder))
        run_id = store.create_run(settings, store.save_dataset(dataset), "bench")
        keeping = _Timed(store, run_id)
        began = time.process_time()
        with StoreObserver(store, run_id, keeping=keeping) as observer:
            network: Network = fit(settings, prepared, observer)[0]
        spent = time.process_time() - began
        kept = store.kept_epochs(run_id)
        test = prepared.parts["test"]
        texts = [test.texts[place % len(test)] for place in range(TEXTS)]
        labels = [network.class_names[test.labels[place % len(test)]] for place in range(TEXTS)]
        began = time.process_time()
        look = TextLook(then(network, store.load_epoch(run_id, 1)))
        look.judged(look.tests(pd.DataFrame({"text": texts, "label": labels}), len(texts)))
        travel = time.process_time() - began
        words = np.random.default_rng(0).choice(network.encoder.vocabulary[2:], WORDS)
        began = time.process_time()
        lanes([then(network, store.load_epoch(run_id, 1))], " ".join(words))
        reading = time.process_time() - began
    return Looking(keeping.spent / spent, kept.bytes / len(kept.epochs) / 1e6, travel, reading)
