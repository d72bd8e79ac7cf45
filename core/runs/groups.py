"""Runs that were asked for together: a sweep of preparations, folds of a cross-validation, trials of a search."""

from __future__ import annotations

from core.runs.base import Tracked
from core.runs.records import Run
from core.runs.tags import readable


class Groups(Tracked):
    """Finds them by what they share."""

    def sweep(self, sweep_id: str) -> list[Run]:
        """The runs of a sweep (core.runs.sweeps) in their order; none if there is no such sweep."""
        if not sweep_id.isalnum():
            return []
        found = self._client.search_runs([self._runs_id], f"tags.sweep = '{sweep_id}'", max_results=100)
        return sorted(readable(found), key=lambda run: int(run.tags["variant"]))

    def together(self, kind: str, name: str) -> list[Run]:
        """The runs that were asked for together, as the folds of a cross-validation: those whose tag `kind` is `name`.

        In the order of their tag “place”; none if there are none.
        """
        if not name.isalnum():
            return []
        found = self._client.search_runs([self._runs_id], f"tags.{kind} = '{name}'", max_results=500)
        return sorted(readable(found), key=lambda run: int(run.tags["place"]))

    def sweeps(self, dataset_fingerprint: str, limit: int = 50) -> list[Run]:
        """The first run of each sweep of these texts, newest first."""
        newest = ["attributes.start_time DESC"]
        query = "tags.variant = '0'"
        found = self._client.search_runs([self._runs_id], query, max_results=limit, order_by=newest)
        return [run for run in readable(found) if run.dataset_fingerprint == dataset_fingerprint]

    def trials(self, search_id: str) -> list[Run]:
        """The runs of a search (core.runs.searching) in their order."""
        if not search_id.isalnum():
            return []
        found = self._client.search_runs([self._runs_id], f"tags.search = '{search_id}'", max_results=1_000)
        return sorted(readable(found), key=lambda run: int(run.tags["trial"]))

    def mark_pruned(self, run_id: str) -> None:
        """A trial was broken off because the others were better by then."""
        self._log(run_id, {"pruned": "yes"})

    def mark_winner(self, run_id: str) -> None:
        """A trial was chosen and may be judged on the test texts."""
        self._log(run_id, {"winner": "yes"})
