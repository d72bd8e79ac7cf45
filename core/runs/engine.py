"""The engine: who works on runs, and when. Pages and the command line ask it; it asks Dask.

Without an address it starts its own programs and starts them again when they have ended (core.runs.connection).
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from core.errors import EngineError, UnrolledError
from core.messages import N_
from core.runs.connection import Connection
from core.runs.processes import is_running
from core.runs.records import RunStatus
from core.runs.scheduling import REFERENCES, SEARCH, SHORT, TRAINING, EngineState, report, task_key
from core.runs.store import RunStore, open_store

if TYPE_CHECKING:
    from distributed import Future

YOUNG_SECONDS = 20.0  # a run that was asked for so recently may not have reached the engine yet


class EngineLost(EngineError):
    message = N_("The training engine went away while it worked on this ({detail}). Try again.")


class Engine(Connection):
    """One for each process; its methods may be called from any thread."""

    # Being there

    def warm(self, patience: float = 120.0) -> bool:
        """Be there, and wait until a worker can train at once; False if that took longer than `patience` seconds."""
        self.ensure()
        deadline = time.monotonic() + patience
        while not self.state().warm:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        return True

    # Work

    def submit_training(self, run_id: str) -> None:
        """Train a run when its turn comes, whether or not anybody stays connected."""
        self._submit_for_good(TRAINING, "train_run", run_id)

    def submit_references(self, run_id: str) -> None:
        """Train what the run is compared to, beside other work."""
        self._submit_for_good(REFERENCES, "references_run", run_id)

    def continue_run(self, run_id: str, more_epochs: int) -> None:
        """Train a run that is over for more epochs; with 0, resume one that was interrupted. Raises StillWorkedOn."""
        open_store(self.settings.tracking_uri, self.settings.home).continue_run(run_id, more_epochs)
        self.submit_training(run_id)

    def submit_short(self, function: Callable[..., Any], *values: Any) -> Future[Any]:
        """A job of seconds that never waits for a training."""
        return self._submit(SHORT, function, *values)

    def short(self, function: Callable[..., Any], *values: Any, patience: float = 300.0) -> Any:
        """The result of a short job; raises what the job raised, or EngineLost."""
        future = self.submit_short(function, *values)
        try:
            return future.result(timeout=patience)
        except UnrolledError:
            raise
        except Exception as error:
            if type(error).__module__.partition(".")[0] in ("distributed", "asyncio") or isinstance(
                error, TimeoutError | OSError
            ):
                raise EngineLost(detail=type(error).__name__) from error
            raise

    def submit_long(self, name: str) -> None:
        """Do a long job (core.runs.longjobs) beside other work, whether or not anybody stays connected."""
        from distributed import fire_and_forget

        from core.runs.supervision import supervise

        fire_and_forget(self._submit(SHORT, supervise, name, key=task_key("long", name, uuid.uuid4().hex[:8])))

    def submit_search(self, search_id: str, session: int, places: Iterable[int]) -> None:
        """Work on the trials of a search side by side, as many as there are workers, behind all that others ask for."""
        from distributed import fire_and_forget

        from core.runs.worker import search

        for place in places:
            key = task_key(SEARCH, search_id, f"{session}-{place}")
            values = (search_id, session, place)
            fire_and_forget(self._submit(SEARCH, search, *values, key=key, priority=-10 - place))

    # Looking

    def state(self) -> EngineState:
        """What it works on; starts nothing. While somebody looks, the engine does not count as idle."""
        client = self._client_if_there()
        if client is None:
            return EngineState()
        try:
            told = client.run_on_scheduler(report)
        except Exception:
            return EngineState()  # it ended in this moment
        trainers = [worker for worker in told["resources"] if worker.get(TRAINING) or not worker]
        return EngineState(
            connected=True,
            warm=bool(trainers),
            workers=len(told["resources"]),
            running=tuple(told["running"]),
            waiting=tuple(told["waiting"]),
            searches=tuple(told["searches"]),
        )

    def queue_position(self, run_id: str) -> int | None:
        """How many trainings will begin or end before this one begins; None if it is not waiting."""
        state = self.state()
        if run_id not in state.waiting:
            return None
        return len(state.running) + state.waiting.index(run_id)

    def reconcile(self, store: RunStore) -> list[str]:
        """Mark runs that nobody works on any more as interrupted; returns their ids.

        Does nothing while the engine is there but cannot be asked.
        """
        state = self.state()
        if not state.connected and (self.settings.scheduler or "scheduler" in self.programs.alive()):
            return []
        orphans = [
            run.run_id
            for run in store.waiting_or_running()
            if run.run_id not in (*state.running, *state.waiting)
            and run.tags.get("search") not in state.searches
            and run.seconds_since_queued > YOUNG_SECONDS
            and not is_running(run.tags.get("process", ""))
        ]
        for run_id in orphans:
            if not store.run(run_id).status.over:  # it may have ended since the engine was asked
                store.set_status(run_id, RunStatus.INTERRUPTED)
        return orphans

    # Asking

    def _submit_for_good(self, kind: str, job: str, run_id: str) -> None:
        from distributed import fire_and_forget

        from core.runs.worker import work

        fire_and_forget(self._submit(kind, work, job, run_id, key=task_key(kind, run_id, uuid.uuid4().hex[:8])))

    def _submit(
        self, kind: str, function: Callable[..., Any], *values: Any, key: str | None = None, priority: int = 0
    ) -> Future[Any]:
        self.ensure()
        assert self._client is not None
        declared = self.settings.scheduler is None or any(
            worker.get("resources") for worker in self._client.scheduler_info()["workers"].values()
        )
        # Workers of somebody else's cluster need not know our resources; a task that names them would wait for ever.
        resources = {kind: 1} if declared else None
        # To Dask, what is asked for within a tenth of a second is equal; here the earlier begins earlier.
        turn = priority - time.time() * 1e-9
        return self._client.submit(function, *values, key=key, resources=resources, pure=False, priority=turn)
