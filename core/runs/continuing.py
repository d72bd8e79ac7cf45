"""What the store knows of a run's legs: one is added when the run is continued, and taken back if it cannot begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.runs.datasets import DatasetShelf
from core.runs.legs import Change, Leg
from core.runs.records import Run
from core.runs.tags import chunked, record, settings_tags
from core.runs.writings import Writings


class Continuations(DatasetShelf, Writings):
    """Adds legs to runs."""

    def begin_leg(self, run: Run, more_epochs: int, change: Change) -> None:
        """One more leg: so many epochs more, with what changes."""
        # What a training that diverged had read since its last good weights does not count.
        stands = self.load_progress(run.run_id)
        done = len(stands.history) if stands else int(run.metrics.get("epoch", 0))
        step, until = stands.step if stands else run.progress[0], done + more_epochs
        values = {"epochs": until, "learning_rate": change.learning_rate}
        settings = run.settings.with_values({name: value for name, value in values.items() if value is not None})
        legs = run.legs or (Leg.first(run),)
        steps = f"{step}/{step + round(run.steps_per_epoch * more_epochs)}"
        self._log(run.run_id, settings_tags(settings) | {"progress": steps})
        self._keep_legs(run.run_id, [*legs, legs[-1].next(done, step, until, change)])

    def took_texts(self, run_id: str, dataset_fingerprint: str) -> None:
        """The texts that a run was to go on with are together, with their parts: they are what it learns from now.

        Its classes stay in their order, what is new comes behind them.
        """
        run, dataset = record(self._found(run_id)), self.dataset(dataset_fingerprint)
        classes = [*run.class_names, *(name for name in dataset.class_names if name not in run.class_names)]
        leg = replace(run.legs[-1], fingerprint=dataset.fingerprint, dataset=dataset.name, classes=classes, wish=None)
        data = {"fingerprint": dataset.fingerprint, "name": dataset.name, "class_names": classes, "rows": run.rows}
        # The parts stand in the texts by now.
        settings = run.settings.with_values({"split_by": "random"})
        self._keep_legs(run_id, [*run.legs[:-1], leg], settings_tags(settings) | chunked("data", data))

    def give_up_leg(self, run_id: str) -> None:
        """Forget a continuation that could not begin; the run is again what it was before."""
        run = record(self._found(run_id))
        before = run.legs[-2]
        values = {"epochs": before.until, "learning_rate": before.learning_rate}
        self._keep_legs(run_id, run.legs[:-1], settings_tags(run.settings.with_values(values)))

    def _keep_legs(self, run_id: str, legs: Sequence[Leg], tags: Mapping[str, str] | None = None) -> None:
        self._log(run_id, {**(tags or {}), **chunked("legs", [leg.as_json() for leg in legs])})
