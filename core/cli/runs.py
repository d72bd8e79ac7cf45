"""`runs`: the list of trainings, newest first, or where they are kept."""

from __future__ import annotations

import math
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from core.cli.find import open_store
from core.cli.output import percent, say, short, show_table, write_json

if TYPE_CHECKING:
    from core.runs.records import Run

HEADS = ("id", "name", "status", "network", "texts", "epochs", "test accuracy", "created (UTC)")


def run(options: Namespace) -> None:
    store = open_store()
    if options.store:
        print(store.tracking_uri)
        return
    runs = [run for run in store.runs(limit=options.limit) if options.archived or not run.archived]
    if options.json:
        write_json([_content(run) for run in runs], options.json)
    if options.json == "-":
        return
    if not runs:
        say("There is no training yet. Start one with: python -m core train sample:reviews_en")
        return
    show_table(HEADS, [_row(run) for run in runs], right=("epochs", "test accuracy"))


def _row(run: Run) -> tuple[str, ...]:
    return (
        run.run_id[:8],
        short(run.name),
        str(run.status),
        run.settings.network.architecture,
        f"{short(run.dataset_name, 24)} ({run.dataset_fingerprint[:8]})",
        str(int(run.metrics.get("epoch", 0))),
        percent(run.metrics.get("test_accuracy", math.nan)),
        f"{run.created:%Y-%m-%d %H:%M}",
    )


def _content(run: Run) -> dict[str, Any]:
    return {
        "run_id": run.run_id,
        "name": run.name,
        "status": str(run.status),
        "architecture": run.settings.network.architecture,
        "recipe": run.settings.recipe,
        "seed": run.settings.training.seed,
        "dataset": {"name": run.dataset_name, "fingerprint": run.dataset_fingerprint},
        "classes": run.class_names,
        "rows": run.rows,
        "metrics": run.metrics,
        "seconds": run.seconds,
        "created": run.created.isoformat(),
        "tags": run.labels,
        "archived": run.archived,
    }
