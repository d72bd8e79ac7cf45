"""What the JSON of every command that trains says of its run, whatever the task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.runs.records import Run


def of_run(run: Run, classes: list[str], seconds: Mapping[str, float]) -> dict[str, Any]:
    """Which run, from what, how, and how long; `sequences_per_second` counts training texts."""
    return {
        "run_id": run.run_id,
        "name": run.name,
        "status": str(run.status),
        "task": run.settings.task,
        "architecture": run.settings.network.architecture,
        "recipe": run.settings.recipe,
        "seed": run.settings.training.seed,
        "dataset": {"name": run.dataset_name, "fingerprint": run.dataset_fingerprint},
        "classes": classes,
        "rows": run.rows,
        "epochs": int(run.metrics.get("epoch", 0)),
        "seconds": dict(seconds),
        "sequences_per_second": run.metrics["sequences_per_second"],
        "settings": run.settings.flat(),
    }
