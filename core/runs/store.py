"""The run store: everything that is known of every run, in MLflow, so that it opens in MLflow's own pages too."""

from __future__ import annotations

import logging
import platform
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any

from core.config import RunSettings
from core.errors import RunError, SettingsError
from core.messages import N_
from core.runs.continuing import Continuations
from core.runs.legs import Change
from core.runs.listing import Listing
from core.runs.marks import Marks
from core.runs.records import Problem, Run, RunStatus
from core.runs.tags import chunked, joined, now_tag, problem_tags, record, settings_tags
from core.runs.tracking import PATIENCE_SECONDS

_log = logging.getLogger("unrolled")

# What MLflow's own pages show for each status of ours.
_MLFLOW_STATUS = {
    RunStatus.QUEUED: "SCHEDULED",
    RunStatus.RUNNING: "RUNNING",
    RunStatus.FINISHED: "FINISHED",
    RunStatus.STOPPED: "FINISHED",
    RunStatus.FAILED: "FAILED",
    RunStatus.INTERRUPTED: "KILLED",
}


SCORING = "scoring"  # what is asked to stop


class StillWorkedOn(RunError):
    message = N_("“{name}” is still waiting or training. Wait until it ends, or stop it, then go on.")


class RunStore(Continuations, Listing, Marks):
    """Runs by their id; the bases add data sets, curves, and what runs made.

    The first RunStore on a new database creates its tables, which takes two seconds: open it in the background.
    """

    # Runs

    def create_run(
        self,
        settings: RunSettings,
        dataset_fingerprint: str,
        name: str = "",
        parent: str = "",
        tags: Mapping[str, str] | None = None,
    ) -> str:
        """A new run with the status queued; raises DatasetNotFound. `parent`: the run whose settings it took.

        `tags`: what else is to be found in `Run.tags`.
        """
        from mlflow.entities import Param

        dataset = self.dataset(dataset_fingerprint)
        data = {"fingerprint": dataset.fingerprint, "name": dataset.name, "class_names": dataset.class_names}
        ours = {"status": RunStatus.QUEUED, "queued": now_tag(), "stop": "", "parent": parent}
        ours |= chunked("data", data) | settings_tags(settings) | {"look": str(self.next_look())}
        ours |= {"mlflow.source.name": "Unrolled"}  # shown in MLflow's own pages
        run_name = name or f"{settings.network.architecture} · {dataset.name}"
        run = self._client.create_run(self._runs_id, run_name=run_name, tags={**(tags or {}), **ours})
        values = {key: value for key, value in settings.flat().items() if key != "epochs"}
        params = [Param(key, str(value)[:500]) for key, value in values.items()]
        self._client.log_batch(run.info.run_id, params=params)
        self._client.update_run(run.info.run_id, status=_MLFLOW_STATUS[RunStatus.QUEUED])
        return str(run.info.run_id)

    def run(self, run_id: str) -> Run:
        """The run as it is now; raises RunNotFound."""
        return record(self._found(run_id))

    def runs(self, limit: int = 200, status: RunStatus | None = None) -> list[Run]:
        """Newest first, only those of a status if one is given."""
        query = f"tags.status = '{status}'" if status else "tags.status != ''"
        newest = ["attributes.start_time DESC"]
        found = self._client.search_runs([self._runs_id], query, max_results=limit, order_by=newest)
        return list(_readable(found))

    def sweep(self, sweep_id: str) -> list[Run]:
        """The runs of a sweep (core.runs.sweeps) in their order; none if there is no such sweep."""
        if not sweep_id.isalnum():
            return []
        found = self._client.search_runs([self._runs_id], f"tags.sweep = '{sweep_id}'", max_results=100)
        return sorted(_readable(found), key=lambda run: int(run.tags["variant"]))

    def together(self, kind: str, name: str) -> list[Run]:
        """The runs that were asked for together, as the folds of a cross-validation: those whose tag `kind` is `name`.

        In the order of their tag “place”; none if there are none.
        """
        if not name.isalnum():
            return []
        found = self._client.search_runs([self._runs_id], f"tags.{kind} = '{name}'", max_results=500)
        return sorted(_readable(found), key=lambda run: int(run.tags["place"]))

    def sweeps(self, dataset_fingerprint: str, limit: int = 50) -> list[Run]:
        """The first run of each sweep of these texts, newest first."""
        newest = ["attributes.start_time DESC"]
        query = "tags.variant = '0'"
        found = self._client.search_runs([self._runs_id], query, max_results=limit, order_by=newest)
        return [run for run in _readable(found) if run.dataset_fingerprint == dataset_fingerprint]

    def trials(self, search_id: str) -> list[Run]:
        """The runs of a search (core.runs.searching) in their order."""
        if not search_id.isalnum():
            return []
        found = self._client.search_runs([self._runs_id], f"tags.search = '{search_id}'", max_results=1_000)
        return sorted(_readable(found), key=lambda run: int(run.tags["trial"]))

    def mark_pruned(self, run_id: str) -> None:
        """A trial was broken off because the others were better by then."""
        self._log(run_id, {"pruned": "yes"})

    def mark_winner(self, run_id: str) -> None:
        """A trial was chosen and may be judged on the test texts."""
        self._log(run_id, {"winner": "yes"})

    def drop_files(self, run_id: str, names: Iterable[str]) -> None:
        """Remove what a run has stored under these names, its network too; its curves and scores stay."""
        self.remove_files(run_id, names)
        self._log(run_id, {"network": "", "checkpoint": ""})

    def rename(self, run_id: str, name: str) -> None:
        self._found(run_id)
        self._client.update_run(run_id, name=name)

    def delete(self, run_id: str) -> None:
        """Remove a run and its files. One that still trains is told to stop; its worker then finds nothing to do."""
        self._remove(run_id)

    # Its life

    def set_status(self, run_id: str, status: RunStatus, error: BaseException | None = None, process: str = "") -> None:
        """Move a run on. `error` is kept as code, values and message; `process` (core.runs.processes) works on it."""
        tags: dict[str, str] = {"status": status, "process": process, "scoring": ""}
        if error is not None or status in (RunStatus.QUEUED, RunStatus.RUNNING):
            tags |= problem_tags(Problem.of(error) if error else None)
        if status is RunStatus.QUEUED:
            tags |= {"queued": now_tag(), "stop": ""}
        self._log(run_id, tags)
        if status.over:
            self._client.set_terminated(run_id, _MLFLOW_STATUS[status], end_time=round(time.time() * 1000))
        else:
            self._client.update_run(run_id, status=_MLFLOW_STATUS[status])

    def request_stop(self, run_id: str) -> None:
        """Ask the worker to stop between two batches and keep the best weights; a run that still waits is over now.

        Should a worker begin it in this very moment, it finds the request, and the run ends as stopped all the same.
        While the weights are judged, this asks to leave that out.
        """
        self._log(run_id, {"stop": SCORING if self.run(run_id).tags.get("scoring") else "asked"})
        if self.run(run_id).status is RunStatus.QUEUED:
            self.set_status(run_id, RunStatus.STOPPED)

    def stop_requested(self, run_id: str) -> bool:
        return bool(self._asked(run_id, "stop"))

    def scoring_stop_requested(self, run_id: str) -> bool:
        """Whether a stop was asked for after the training had ended."""
        return self._asked(run_id, "stop") == SCORING

    def request_references_stop(self, run_id: str) -> None:
        """Ask the worker to leave out what the run is compared to."""
        self._log(run_id, {"references_stop": "asked"})

    def references_stop_requested(self, run_id: str) -> bool:
        return bool(self._asked(run_id, "references_stop"))

    def continue_run(self, run_id: str, more_epochs: int, change: Change | None = None) -> None:
        """Put a run that is over back into the queue for more epochs; with 0, to end what it began.

        Its epochs become those it has done and `more_epochs`, and what `change` says becomes other: the run gets one
        more leg. Raises StillWorkedOn.
        """
        run = self.run(run_id)
        if not run.status.over:
            raise StillWorkedOn(name=run.name)
        if more_epochs:
            self.begin_leg(run, more_epochs, change or Change())
        self.set_status(run_id, RunStatus.QUEUED)

    def score_run(self, run_id: str) -> None:
        """Put a run back into the queue that was stopped before its network was scored; it learns no more.

        Raises StillWorkedOn.
        """
        run = self.run(run_id)
        if not run.status.over:
            raise StillWorkedOn(name=run.name)
        stands = self.load_progress(run_id)
        done = max(1, len(stands.history) if stands else 0)
        self._log(run_id, settings_tags(run.settings.with_values({"epochs": done})))
        self.set_status(run_id, RunStatus.QUEUED)

    def begin_scoring(self, run_id: str) -> None:
        """The training is over; what is left is to keep the network and to judge it."""
        self._log(run_id, {"scoring": "yes"})

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
        here = [
            run for run in self.runs(limit=30) if run.tags.get("machine") == platform.node() and "speed" in run.tags
        ]
        same = [run for run in here if run.settings.network.architecture == architecture]
        found = [float(run.tags["speed"]) for run in (same or here)[:5]]
        return median(found) if found else None

    def waiting_or_running(self) -> list[Run]:
        """Runs that somebody should be working on, the first asked for first."""
        found = [run for status in (RunStatus.QUEUED, RunStatus.RUNNING) for run in self.runs(1_000, status)]
        return sorted(found, key=lambda run: run.queued)


def _readable(found: Iterable[Any]) -> Iterator[Run]:
    """The runs that this version understands; one that it does not shall not hide the others."""
    for run in found:
        try:
            yield record(run)
        except SettingsError as error:
            _log.warning("Run %s is of another version: %s", run.info.run_id, error)


@lru_cache(maxsize=8)
def open_store(tracking_uri: str, home: Path, patience: float = PATIENCE_SECONDS) -> RunStore:
    """The process's one store at an address; opening takes a second."""
    return RunStore(tracking_uri, home, patience)
