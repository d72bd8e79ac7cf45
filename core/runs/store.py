"""The run store: everything that is known of every run, in MLflow, so that it opens in MLflow's own pages too."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from core.config import RunSettings
from core.errors import RunError
from core.messages import N_
from core.runs.continuing import Continuations
from core.runs.facts import Facts
from core.runs.groups import Groups
from core.runs.legs import Change
from core.runs.listing import Listing
from core.runs.marks import Marks
from core.runs.records import Problem, Run, RunStatus
from core.runs.tags import chunked, now_tag, problem_tags, readable, record, settings_tags
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


class RunStore(Continuations, Facts, Groups, Listing, Marks):
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
        return list(readable(found))

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

    def waiting_or_running(self) -> list[Run]:
        """Runs that somebody should be working on, the first asked for first."""
        found = [run for status in (RunStatus.QUEUED, RunStatus.RUNNING) for run in self.runs(1_000, status)]
        return sorted(found, key=lambda run: run.queued)


@lru_cache(maxsize=8)
def open_store(tracking_uri: str, home: Path, patience: float = PATIENCE_SECONDS) -> RunStore:
    """The process's one store at an address; opening takes a second."""
    return RunStore(tracking_uri, home, patience)
