"""What is found out while a run is worked on: its texts, its versions, how long it took, and on which machine."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from core.runs.curves import Curves
from core.runs.records import Run
from core.runs.tags import chunked, joined, readable


class Facts(Curves):
    """Keeps these, and what is to be expected of the next training."""

    def describe(self, run_id: str, *, rows: Mapping[str, int], class_names: list[str], **facts: Any) -> None:
        """What the worker found out on preparing the texts; `facts` (such as versions) are kept as JSON tags."""
        data = joined(self._found(run_id).data.tags, "data") | {"rows": dict(rows), "class_names": class_names}
        tags = chunked("data", data)
        for key, value in facts.items():
            tags |= chunked(key, value)
        self._log(run_id, tags)

    def facts(self, run_id: str, key: str) -> Any:
        """What `describe` kept under `key`, None if nothing."""
        return joined(self._found(run_id).data.tags, key)

    def log_timing(self, run_id: str, timing: Mapping[str, float], sequences_per_second: float) -> None:
        """Seconds by phase of the session that just ended; their "total" adds to the run's seconds."""
        before = float(self._found(run_id).data.tags.get("seconds", 0.0))
        self._log(run_id, {"seconds": str(before + timing["total"])} | chunked("timing", dict(timing)))
        self.log_metrics(run_id, {"sequences_per_second": sequences_per_second})

    def log_machine(self, run_id: str, **told: str) -> None:
        """Where a run is trained. device: the name of the GPU, "" for the processor; speed: see core.training.speed."""
        self._log(run_id, {"machine": platform.node(), **told})

    def speed(self, architecture: str) -> float | None:
        """This machine's, as the latest trainings measured it, of the same kind of network if there are any."""
        here = [run for run in self._latest() if run.tags.get("machine") == platform.node() and "speed" in run.tags]
        same = [run for run in here if run.settings.network.architecture == architecture]
        found = [float(run.tags["speed"]) for run in (same or here)[:5]]
        return median(found) if found else None

    def _latest(self) -> Sequence[Run]:
        """The latest runs, newest first."""
        newest = ["attributes.start_time DESC"]
        found = self._client.search_runs([self._runs_id], "tags.status != ''", max_results=30, order_by=newest)
        return list(readable(found))
