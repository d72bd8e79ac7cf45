"""How well core/training/work.py guesses a step's time here: `python -m tests.benchmarks.steps`.

Prints measured and estimated milliseconds of processor time for each architecture, size and batch, and what shares of
the estimates are within 25 and 40 %. With `--fit FILE`, prices that suit this machine better, too; FILE keeps what was
measured, and what it holds is not measured again.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import astuple, fields
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from core.config import RunSettings
from core.models import architectures
from core.models.base import Sizes
from core.tasks import task_of
from core.text.words import WIDTH
from core.training.quick import quickened
from core.training.recipes import recipe
from core.training.runtime import start
from core.training.step import Steps
from core.training.work import EVALUATION, TRAINING, Prices, work_of

# Numbers of a word, units, words that there are.
NETWORKS = [(32, 32, 5_000), (64, 64, 20_000), (128, 128, 5_000), (64, 256, 10_000)]
BATCHES = [(8, 10), (32, 20), (128, 20), (64, 60), (32, 100)]
TAGS, LETTERS = 17, 100
ROUNDS, STEPS = 3, 3
_LEAST = 0.02  # share of a step, of a price that counts
_TASKS = [("classification", name) for name in architectures()] + [("tagging", "lstm"), ("tagging", "gru")]


def network(what: str, inputs: int, units: int, words: int) -> tuple[RunSettings, Sizes]:
    """The recommended settings of, say, "tagging lstm", with so many numbers a word and units, for so many words."""
    task, name = what.split()
    settings = recipe("recommended", name, 10_000, task)
    has, values = settings.flat(), {"embedding_dim": inputs, "units": units}
    sizes = Sizes(words, TAGS, LETTERS) if task == "tagging" else Sizes(words, 2)
    return settings.with_values({key: value for key, value in values.items() if key in has}), sizes


def milliseconds(step: Callable[..., object], *arrays: object) -> float:
    """Of processor time: the quickest of three times three steps, for what else the machine does slows them."""
    for _ in range(2):
        step(*arrays)
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(STEPS):
            step(*arrays)
        taken.append((time.process_time() - began) / STEPS * 1e3)
    return min(taken)


def measured(before: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One row for each architecture, size and batch, with what work_of counts; without those that there are."""
    there = {(row["what"], tuple(row["size"][:3])) for row in before}
    start()
    for (task, name), (inputs, units, words) in product(_TASKS, NETWORKS):
        if (f"{task} {name}", (inputs, units, words)) in there:
            continue
        settings, sizes = network(f"{task} {name}", inputs, units, words)
        tagged = task == "tagging"
        steps = Steps(quickened(task_of(settings).build(settings, sizes)), settings.training)
        boxes = task_of(settings).layers(settings, sizes)
        for texts, tokens in BATCHES:
            numbers = np.random.default_rng(0)
            ids = numbers.integers(1, words, (texts, tokens)).astype(np.int32)
            letters = numbers.integers(1, LETTERS, (texts, tokens, WIDTH)).astype(np.int32)
            labels = numbers.integers(0, 2, (texts, tokens) if tagged else texts).astype(np.int32)
            read = (ids, letters) if tagged else ids
            yield {
                "what": f"{task} {name}",
                "size": [inputs, units, words, texts, tokens],
                "work": work_of(boxes, texts, tokens),
                "training": milliseconds(steps.train, read, labels),
                "without": milliseconds(steps.evaluate, read, labels),
            }


def guessed(prices: Prices, row: dict[str, Any]) -> float:
    """Milliseconds."""
    return float(np.dot(astuple(prices), row["work"])) / 1e3


def fitted(rows: list[dict[str, Any]], kind: str) -> Prices:
    """Prices with the smallest squares of the logarithms of estimated / measured; those that hardly count are 0."""
    from scipy.optimize import least_squares, nnls

    taken = np.array([row[kind] for row in rows]) * 1e3
    work = np.array([row["work"] for row in rows], float)
    scale = work.max(axis=0)
    shares = work / scale
    start = nnls(shares / taken[:, None], np.ones(len(rows)))[0]

    def errors(logarithms: Any) -> Any:
        return np.log(shares @ np.exp(logarithms)) - np.log(taken)

    found = np.exp(least_squares(errors, np.log(np.maximum(start, 1.0)), loss="soft_l1", f_scale=0.3).x)
    found[(shares * found / taken[:, None]).max(axis=0) < _LEAST] = 0
    return Prices(*(float(f"{price:.2g}") for price in found / scale))


def told(rows: list[dict[str, Any]], kind: str, prices: Prices) -> None:
    by: dict[str, list[float]] = {}
    for row in rows:
        by.setdefault(row["what"], []).append(guessed(prices, row) / row[kind])
    ratios = np.concatenate(list(by.values()))
    within = [100 * np.mean((ratios > 1 - share) & (ratios < 1 + share)) for share in (0.25, 0.4)]
    print(
        f"{kind}: {within[0]:.0f} % of the estimates within 25 %, {within[1]:.0f} % within 40 %; estimated / measured:"
    )
    for what, found in by.items():
        print(f"  {what:28} median {np.median(found):.2f}, {min(found):.2f} to {max(found):.2f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--fit", type=Path)
    file = options.parse_args().fit
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file and file.exists() else []
    print("network                       size, batch                      training: measured estimated   without")
    for row in measured(list(rows)):
        numbers = f"{row['training']:9.1f} {guessed(TRAINING, row):9.1f} {row['without']:9.1f}"
        print(f"{row['what']:28}  {row['size']!s:30} {numbers} {guessed(EVALUATION, row):9.1f}", flush=True)
        rows.append(row)
        if file:
            with file.open("a", encoding="utf-8") as out:
                out.write(json.dumps(row) + "\n")
    for kind, prices in (("training", TRAINING), ("without", EVALUATION)):
        told(rows, kind, prices)
        if file:
            better = fitted(rows, kind)
            print(", ".join(f"{field.name}={getattr(better, field.name):g}" for field in fields(better)))
            told(rows, kind, better)


if __name__ == "__main__":
    main()
