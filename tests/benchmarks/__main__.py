"""`make bench`: reading many texts; first point; what an epoch costs a token, of few and of many texts; texts a second
beside the tutorial recipe, PyTorch and the rate of matrix products; what the live view costs; how soon “Stop” is heard;
the table of 10,000 runs; how often the sentence of the comparison is wrong; how soon page Look inside answers beside a
training.

python -m tests.benchmarks [FILE]                  FILE: labelled texts; default ../shared/data/mr.tsv.gz, else a sample
python -m tests.benchmarks --rows 10000 1000000    only reading, checking and encoding, of so many generated texts
python -m tests.benchmarks --scaling 10000 100000  only whole trainings of so many generated texts: cost a token, memory
"""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path
from tempfile import TemporaryDirectory

from core.data.dataset import Dataset
from core.data.given import read_dataset
from core.training.runtime import start
from tests.benchmarks import (
    clicks,
    epochs,
    honesty,
    live,
    looking,
    many_runs,
    networks,
    reaction,
    reading,
    scaling,
    tutorial,
)

ROWS = (10_000, 100_000)
SIMULATIONS = 100  # `python -m tests.benchmarks.honesty` has ten times as many, and more cases
USUAL = Path(__file__).parents[3] / "shared" / "data" / "mr.tsv.gz"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", nargs="?", default=str(USUAL) if USUAL.exists() else "sample:reviews_en")
    options.add_argument("--rows", nargs="+", type=int)
    options.add_argument("--scaling", nargs="+", type=int)
    given = options.parse_args()
    print(f"{platform.machine()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}\n")
    if given.scaling:
        scaling.show([scaling.measure(rows) for rows in given.scaling])
        return
    reading.show([reading.measure(rows) for rows in given.rows or ROWS])
    if given.rows:
        return
    dataset = read_dataset(given.file)
    print(f"{dataset.name}: {len(dataset)} texts\n")
    _clicks(dataset)
    start()
    epochs.show(epochs.measure())
    tutorial.show(dataset)
    networks.show(dataset)
    live.show_cost(dataset)
    live.show_stops(dataset)
    _looking(dataset)
    print()
    reaction.show(dataset, given.file)
    print()
    many_runs.show()
    print()
    honesty.show(SIMULATIONS, honesty.CASES[:4])


def _clicks(dataset: Dataset) -> None:
    with TemporaryDirectory(prefix="unrolled-bench-") as home:
        cold, warm = clicks.measure(dataset, Path(home))
    print(f"click to first point, cold engine      {cold:6.1f} s   (budget 10 s)")
    print(f"click to first point, warm engine      {warm:6.1f} s   (budget 3 s)\n")


def _looking(dataset: Dataset) -> None:
    found = looking.measure(dataset)
    print(f"\nkeeping each epoch ({found.megabytes:.1f} MB)          {100 * found.kept:6.2f} %   (budget 1 %)")
    print(f"time travel, 1,000 test texts          {found.travel:6.2f} s   (budget 2 s)")
    print(f"a text of 200 words, 128 units, then   {found.reading:6.2f} s   (budget .3 s)")


if __name__ == "__main__":
    main()
