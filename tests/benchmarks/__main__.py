"""`make bench`: throughput against the plain tutorial recipe, the live view's cost, and click to first point.

python -m tests.benchmarks [FILE]      FILE: labelled texts; default ../shared/data/mr.tsv.gz, else a sample
"""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from core.data.dataset import Dataset
from core.data.given import read_dataset
from core.training.runtime import start
from tests.benchmarks import clicks, throughput

USUAL = Path(__file__).parents[3] / "shared" / "data" / "mr.tsv.gz"


def main() -> None:
    given = sys.argv[1] if len(sys.argv) > 1 else (str(USUAL) if USUAL.exists() else "sample:reviews_en")
    dataset = read_dataset(given)
    print(f"{platform.machine()}, Python {platform.python_version()}; {dataset.name}: {len(dataset)} texts\n")
    _clicks(dataset)
    start()
    _throughput(dataset)


def _clicks(dataset: Dataset) -> None:
    with TemporaryDirectory(prefix="unrolled-bench-") as home:
        cold, warm = clicks.measure(dataset, Path(home))
    print(f"click to first point, cold engine      {cold:6.1f} s   (budget 10 s)")
    print(f"click to first point, warm engine      {warm:6.1f} s   (budget 3 s)\n")


def _throughput(dataset: Dataset) -> None:
    found = throughput.measure(dataset)
    print(f"tutorial recipe, written plainly       {found.tutorial:6.0f} texts/s")
    print(f"recommended, no one looking            {found.quiet:6.0f} texts/s")
    print(f"recommended, live view                 {found.live:6.0f} texts/s")
    print(f"recommended / tutorial                 {found.quiet / found.tutorial:6.2f}")
    print(f"LSTM as in the tutorial, our batches   {found.same_network / found.tutorial:6.2f}   (same network)")
    print(f"live view's cost                       {100 * (1 - found.live_over_quiet):6.1f} %   (budget 3 %)")


if __name__ == "__main__":
    main()
