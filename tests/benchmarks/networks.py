"""Texts a second of LSTM, GRU and SimpleRNN, in one and in two directions, on batches of similar length: ours, those of
PyTorch on the very same batches, and what the machine's rate of matrix products allows. Epochs take turns (A B A B).

`python -m tests.benchmarks.networks [FILE]`. PyTorch runs in an environment of its own, .venv-bench, which `make bench`
makes; another by UNROLLED_BENCH_PYTHON=/path/to/python.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from core.config import RunSettings
from core.data.dataset import Dataset
from core.text.prepare import prepare
from core.training.batches import Batches
from core.training.recipes import recipe
from core.training.session import initial_model
from core.training.step import Steps
from tests.benchmarks.products import flops, seconds_for

ROUNDS = 7
UNITS, EMBEDDING = 64, 128
CELLS = {"lstm": ("LSTM", 4), "gru": ("GRU", 3), "simple_rnn": ("RNN", 1)}
_PYTHON = Path(__file__).parents[2] / ".venv-bench" / "bin" / "python"


class Other:
    """PyTorch in its own process; `epoch` gives its processor seconds. `version` is "" where there is none."""

    def __init__(self, file: Path) -> None:
        program = os.environ.get("UNROLLED_BENCH_PYTHON") or (str(_PYTHON) if _PYTHON.exists() else sys.executable)
        command = [program, str(Path(__file__).with_name("torch_side.py")), str(file), str(UNITS), str(EMBEDDING)]
        environment = os.environ | {"OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            command, stdin=-1, stdout=-1, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        self.version = self._said()

    def epoch(self, cell: str, directions: int) -> float:
        assert self._process.stdin
        print(cell, directions, file=self._process.stdin, flush=True)
        return float(self._said().split()[0])

    def close(self) -> None:
        self._process.communicate()

    def _said(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


def show(dataset: Dataset) -> None:
    """Print a row for each cell and number of directions; ratios are medians over the rounds, with their range."""
    with TemporaryDirectory(prefix="unrolled-bench-") as folder:
        batches = _batches(dataset)
        file = Path(folder) / "batches.npz"
        arrays = {f"{name}{place}": array for place, pair in enumerate(batches) for name, array in pair.items()}
        np.savez(file, allow_pickle=False, **arrays)
        other = Other(file)
        print(f"LSTM(64), embeddings of 128, {len(batches)} batches, texts/s of processor time, one thread")
        print(f"PyTorch {other.version}" if other.version else _MISSING)
        print("                          ours  PyTorch  ours / PyTorch          of the matrix-product rate")
        for (name, (cell, gates)), directions in [(row, 1) for row in CELLS.items()] + [
            (row, 2) for row in CELLS.items()
        ]:
            _row(dataset, batches, name, cell, gates, directions, other)
        other.close()
    print()


_MISSING = "PyTorch is not installed, so nothing is compared to it: `make bench` puts it into .venv-bench"


def _row(
    dataset: Dataset,
    batches: list[dict[str, np.ndarray]],
    name: str,
    cell: str,
    gates: int,
    directions: int,
    other: Other,
) -> None:
    epoch = _ours(dataset, batches, name, directions)
    rounds = []
    for _ in range(ROUNDS):
        mine = epoch()
        theirs = other.epoch(cell, directions) if other.version else float("nan")
        rounds.append((mine, theirs, _allowed(batches[::40], gates, directions) * len(batches) / len(batches[::40])))
    texts = sum(len(each["labels"]) for each in batches)
    ours, theirs, _ = (median(column) for column in zip(*rounds, strict=True))
    against, of_rate = [row[1] / row[0] for row in rounds], [row[2] / row[0] for row in rounds]
    work = sum(flops(int(np.count_nonzero(each["ids"])), EMBEDDING, UNITS, gates) for each in batches) * directions
    print(
        f"{name:12} {directions} direction(s)  {texts / ours:6.0f} {texts / theirs:7.0f}  {_ranged(against)}   "
        f"{_ranged(of_rate)} of {work / median(row[2] for row in rounds) / 1e9:.0f} GFLOP/s",
        flush=True,
    )


def _ranged(values: list[float]) -> str:
    return f"{median(values):5.2f} ({min(values):.2f} to {max(values):.2f})"


def _settings(dataset: Dataset, name: str, directions: int) -> RunSettings:
    values = {"embedding_dim": EMBEDDING, "units": UNITS, "bidirectional": directions == 2, "vector_start": "random"}
    return recipe("recommended", name, len(dataset)).with_values(values)


def _batches(dataset: Dataset) -> list[dict[str, np.ndarray]]:
    settings = _settings(dataset, "lstm", 1)
    prepared = prepare(dataset, settings.preparation, settings.split)
    found = Batches(prepared.parts["train"], settings.preparation, settings.training)
    return [dict(zip(("ids", "labels"), found.arrays(rows), strict=True)) for rows in found.epoch(1)]


def _ours(dataset: Dataset, batches: list[dict[str, np.ndarray]], name: str, directions: int) -> Callable[[], float]:
    settings = _settings(dataset, name, directions)
    prepared = prepare(dataset, settings.preparation, settings.split)
    steps = Steps(initial_model(settings, prepared), settings.training)

    def epoch() -> float:
        began = time.process_time()
        for each in batches:
            steps.train(each["ids"], each["labels"])
        return time.process_time() - began

    epoch()
    return epoch


def _allowed(batches: list[dict[str, np.ndarray]], gates: int, directions: int) -> float:
    """Processor seconds of the products of an epoch of these batches, each shape measured now."""
    total = 0.0
    for each in batches:
        tokens, texts = int(np.count_nonzero(each["ids"])), len(each["ids"])
        total += directions * seconds_for(tokens, texts, EMBEDDING, UNITS, gates)
    return total


def main() -> None:
    from core.data.given import read_dataset
    from core.training.runtime import start
    from tests.benchmarks.__main__ import USUAL

    start()
    show(read_dataset(sys.argv[1] if len(sys.argv) > 1 else str(USUAL)))


if __name__ == "__main__":
    main()
