"""What the parts of the store share: one connection, and the two experiments in which everything is kept."""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path
from typing import Any

from core.runs.looking import look
from core.runs.tracking import PATIENCE_SECONDS, GuardedClient, RunNotFound, database_file, translated

RUNS = "unrolled"
DATASETS = "unrolled-datasets"

# By this, MLflow's own pages tell what trains models from what asks language models.
_KIND = {"mlflow.experimentKind": "custom_model_development"}


class Tracked:
    """A tracking address and the user's folder. Safe to use from many threads.

    `patience` (seconds) is how long a locked store is waited for.
    """

    def __init__(self, tracking_uri: str, home: Path, patience: float = PATIENCE_SECONDS) -> None:
        self.tracking_uri = tracking_uri
        self.home = Path(home)
        self.place = str(database_file(tracking_uri) or tracking_uri)
        self._patience = patience
        self._client = GuardedClient(tracking_uri, self.place, patience)
        self._lock = threading.Lock()

    @cached_property
    def _runs_id(self) -> str:
        return self._experiment(RUNS)

    @cached_property
    def _datasets_id(self) -> str:
        return self._experiment(DATASETS)

    def _experiment(self, name: str) -> str:
        """The experiment's id; it is created if this is the first time."""
        with self._lock:
            found = self._client.get_experiment_by_name(name)
            if found is None:
                # A tracking server decides itself where files go; a database needs to be told.
                served = self.tracking_uri.startswith(("http://", "https://"))
                location = None if served else (self.home / "artifacts" / name).as_uri()
                try:
                    return str(self._client.create_experiment(name, artifact_location=location, tags=_KIND))
                except Exception:
                    found = self._client.get_experiment_by_name(name)  # another process was faster
                    if found is None:
                        raise
            if found.lifecycle_stage == "deleted":
                self._client.restore_experiment(found.experiment_id)
            for key, value in _KIND.items():
                if found.tags.get(key) != value:
                    self._client.set_experiment_tag(found.experiment_id, key, value)
            return str(found.experiment_id)

    def _found(self, run_id: str) -> Any:
        """MLflow's own record of a run; raises RunNotFound for what was deleted or is not ours."""
        if not run_id.isalnum():
            raise RunNotFound(run_id=run_id)
        run = self._client.get_run(run_id)
        if run.info.lifecycle_stage == "deleted" or run.info.experiment_id not in (self._runs_id, self._datasets_id):
            raise RunNotFound(run_id=run_id)
        return run

    def _asked(self, run_id: str, tag: str) -> str:
        """The value of one tag, "" without it; raises RunNotFound. On SQLite it costs next to nothing."""
        file = database_file(self.tracking_uri)
        if file and run_id.isalnum():
            with translated(self.place, run_id):
                found = look(file, run_id, tag, self._patience)
            if found:
                if found.stage != "active" or found.experiment not in (self._runs_id, self._datasets_id):
                    raise RunNotFound(run_id=run_id)
                return found.value
        return str(self._found(run_id).data.tags.get(tag, ""))

    def _log(self, run_id: str, tags: dict[str, str] | None = None, metrics: list[Any] | None = None) -> None:
        """Tags and metrics of a run in one transaction."""
        from mlflow.entities import RunTag

        pairs = [RunTag(name, text) for name, text in (tags or {}).items()]
        self._client.log_batch(run_id, metrics=metrics or [], tags=pairs, params=[])
