"""What an epoch costs a token at 10,000, 100,000 and 1,000,000 texts: `python -m tests.benchmarks.epochs [ROWS ...]`.

The recommended LSTM learns from batches that are spread over the whole epoch, the sizes in turns (A B C A B C), so that
what else the machine does hits all alike; ordering the epoch is added, in proportion. Ids are drawn by Zipf's law, and
of many texts read from disk, as in a training. (tests/benchmarks/scaling.py takes whole trainings, and their memory.)
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np

from core.models import architecture
from core.spill import Spill
from core.text.prepare import Part
from core.text.sequences import Sequences
from core.training.batches import Batches
from core.training.quick import quickened
from core.training.recipes import recipe
from core.training.runtime import start
from core.training.step import Steps
from tests.benchmarks.generated import WORDS

ROWS = (10_000, 100_000, 1_000_000)
ROUNDS, BATCHES = 5, 20
VOCABULARY = 20_000
_CHUNK = 20_000


def part(rows: int) -> Part:
    """Texts of 25 to 75 tokens, their ids on disk if there are many; two classes."""
    rng = np.random.default_rng(0)
    lengths = rng.integers(WORDS // 2, WORDS * 3 // 2 + 1, rows)
    weights = np.cumsum(1 / np.arange(1, VOCABULARY - 1))
    ids = Spill(np.int32)
    for begin in range(0, rows, _CHUNK):
        drawn = rng.random(lengths[begin : begin + _CHUNK].sum()) * weights[-1]
        ids.add(2 + np.searchsorted(weights, drawn).astype(np.int32))
    sequences = Sequences(ids.array(), np.concatenate([[0], np.cumsum(lengths)]))
    labels = rng.integers(0, 2, rows).astype(np.int32)
    return Part(sequences, labels, np.arange(rows), [], lengths.astype(np.int32))


def epoch(rows: int) -> Callable[[], float]:
    """A function that learns from some batches and gives the processor's microseconds a token."""
    settings = recipe("recommended", "lstm", rows)
    texts = part(rows)
    batches = Batches(texts, settings.preparation, settings.training)
    model = architecture("lstm").build(settings.network, VOCABULARY, 2, True)
    steps = Steps(quickened(model), settings.training)
    began = time.process_time()
    order = batches.epoch(1)
    ordering = (time.process_time() - began) / texts.sequences.offsets[-1]
    steps.train(*batches.arrays(order[0]))
    chosen = iter(np.linspace(0, len(order) - 1, ROUNDS * BATCHES).astype(int))

    def some() -> float:
        here = [order[next(chosen)] for _ in range(BATCHES)]
        began = time.process_time()
        for each in here:
            steps.train(*batches.arrays(each))
        taken = time.process_time() - began
        return float(1e6 * (taken / texts.sequences.lengths[np.concatenate(here)].sum() + ordering))

    return some


def measure(sizes: tuple[int, ...] = ROWS) -> dict[int, list[float]]:
    """Microseconds a token in each round, by number of texts."""
    start()
    epochs = {rows: epoch(rows) for rows in sizes}
    found: dict[int, list[float]] = {rows: [] for rows in sizes}
    for _ in range(ROUNDS):
        for rows, some in epochs.items():
            found[rows].append(some())
    return found


def show(found: dict[int, list[float]]) -> None:
    first = next(iter(found.values()))
    print("one epoch of the recommended LSTM, processor time a token")
    for rows, each in found.items():
        ratios = [one / other for one, other in zip(each, first, strict=True)]
        print(
            f"{rows:<11,}{median(each):6.1f} µs ({min(each):.1f} to {max(each):.1f})   "
            f"of that of {next(iter(found)):,}: {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        )
    print()


if __name__ == "__main__":
    show(measure(tuple(int(rows) for rows in sys.argv[1:]) or ROWS))
