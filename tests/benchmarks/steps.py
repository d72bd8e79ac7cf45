"""How well core/training/work.py guesses a step's time here: `python -m tests.benchmarks.steps`.

Prints measured and estimated milliseconds of processor time for each architecture, size and batch.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import astuple
from itertools import product

import numpy as np

from core.models import architecture, architectures
from core.training.recipes import recipe
from core.training.runtime import start
from core.training.step import Steps
from core.training.work import EVALUATION, TRAINING, Prices, work_of

VOCABULARY = 5_000
NETWORKS = [(32, 32), (64, 64), (128, 128), (64, 256)]
BATCHES = [(8, 10), (32, 20), (128, 20), (64, 60), (32, 100)]


def milliseconds(step: Callable[..., object], *arrays: object, times: int = 6) -> float:
    for _ in range(2):
        step(*arrays)
    began = time.process_time()
    for _ in range(times):
        step(*arrays)
    return (time.process_time() - began) / times * 1e3


def main() -> None:
    start()
    print("architecture  embedding  units  texts  tokens   training: measured estimated   without: measured estimated")
    for name, (inputs, units) in product(architectures(), NETWORKS):
        settings = recipe("recommended", name).with_values({"embedding_dim": inputs})
        if "units" in settings.flat():
            settings = settings.with_values({"units": units})
        item = architecture(name)
        steps = Steps(item.build(settings.network, VOCABULARY, 2, True), settings.training)
        boxes = item.layers(settings.network, VOCABULARY, 2)
        for texts, tokens in BATCHES:
            numbers = np.random.default_rng(0)
            ids = numbers.integers(1, VOCABULARY, (texts, tokens)).astype(np.int32)
            labels = numbers.integers(0, 2, texts).astype(np.int32)
            work = work_of(boxes, texts, tokens)

            def guess(prices: Prices, work: tuple[float, ...] = work) -> float:
                return float(np.dot(astuple(prices), work)) / 1e3

            print(
                f"{name:12}  {inputs:9}  {units:5}  {texts:5}  {tokens:6}   "
                f"{milliseconds(steps.train, ids, labels):18.1f} {guess(TRAINING):9.1f}   "
                f"{milliseconds(steps.evaluate, ids, labels):17.1f} {guess(EVALUATION):9.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
