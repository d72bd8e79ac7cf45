"""What a run measures while it learns: rows for each epoch and points for batches.

A run that was killed writes some steps twice after it resumed: rows are keyed by their step, the last value wins.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from core.runs.artifacts import RunFiles
from core.runs.tags import number

EPOCH_COLUMNS = ("loss", "accuracy", "val_loss", "val_accuracy", "seconds")
BATCH_COLUMNS = ("loss", "accuracy")
MOST_POINTS = 500  # of a curve by batches: as many as a screen can show apart; each takes .15 ms to write
_LIMIT = 900  # MLflow takes 1,000 metrics in one call


class Curves(RunFiles):
    """Metrics in, tables out. MLflow's names: loss, ..., epoch_seconds by epoch; batch_loss, ... by step."""

    def log_points(
        self,
        run_id: str,
        epochs: Sequence[Mapping[str, float]] = (),
        batches: Sequence[tuple[int, float, float]] = (),
        progress: tuple[int, int] | None = None,
        pace: float | None = None,
        memory: int | None = None,
    ) -> None:
        """Rows of epochs (by the names of `history`), points of batches (step, loss, accuracy), the progress, the
        pace: seconds for each of the steps that are left; and the memory: MB beyond what the worker held before.

        All of it in one transaction if it is few hundred values, as it is in the live view.
        """
        now = round(time.time() * 1000)
        metrics = [*_epoch_metrics(epochs, now), *_batch_metrics(batches, now)]
        tags = {"progress": f"{progress[0]}/{progress[1]}"} if progress else {}
        if pace is not None:
            tags["pace"] = f"{pace:.3g}"
        if memory is not None:
            tags["memory"] = str(memory)
        for start in range(0, max(len(metrics), 1), _LIMIT):
            self._log(run_id, tags, metrics[start : start + _LIMIT])

    def log_batches(self, run_id: str, batches: Sequence[tuple[int, float, float]]) -> None:
        """Points of batches: (step, loss, accuracy)."""
        self.log_points(run_id, batches=batches)

    def log_epoch(self, run_id: str, epoch: int, **values: float) -> None:
        """One row of the history; `values` by the names of its columns."""
        self.log_points(run_id, epochs=[{"epoch": epoch, **values}])

    def log_metrics(self, run_id: str, values: Mapping[str, float]) -> None:
        """Single values, such as test_accuracy; they appear in `Run.metrics`."""
        from mlflow.entities import Metric

        now = round(time.time() * 1000)
        self._log(run_id, metrics=[Metric(name, float(value), now, 0) for name, value in values.items()])

    def history(self, run_id: str) -> pd.DataFrame:
        """One row for each epoch: epoch, loss, accuracy, val_loss, val_accuracy, seconds."""
        names = {column: "epoch_seconds" if column == "seconds" else column for column in EPOCH_COLUMNS}
        return self._table(run_id, "epoch", names)

    def batches(self, run_id: str) -> pd.DataFrame:
        """At most MOST_POINTS points: step, loss, accuracy, each the mean of the batches since the point before."""
        table = self._table(run_id, "step", {column: f"batch_{column}" for column in BATCH_COLUMNS})
        if len(table) <= MOST_POINTS:
            return table
        group = pd.RangeIndex(len(table)) * MOST_POINTS // len(table)
        means = table.groupby(group).mean()
        return means.assign(step=table["step"].groupby(group).last())

    def _table(self, run_id: str, key: str, names: Mapping[str, str]) -> pd.DataFrame:
        columns = {}
        for column, name in names.items():
            points = self._client.get_metric_history(run_id, name)
            points = sorted(points, key=lambda point: (point.step, point.timestamp))
            columns[column] = {point.step: number(point.value) for point in points}
        steps = sorted(set().union(*columns.values()))
        table = {column: [values.get(step, float("nan")) for step in steps] for column, values in columns.items()}
        return pd.DataFrame({key: pd.Series(steps, dtype="int64"), **table}).astype(dict.fromkeys(names, "float64"))


def _epoch_metrics(epochs: Iterable[Mapping[str, float]], now: int) -> Iterable[Any]:
    from mlflow.entities import Metric

    for row in epochs:
        epoch = int(row["epoch"])
        yield Metric("epoch", float(epoch), now, epoch)
        for column in EPOCH_COLUMNS:
            if column in row:
                yield Metric("epoch_seconds" if column == "seconds" else column, float(row[column]), now, epoch)


def _batch_metrics(batches: Iterable[tuple[int, float, float]], now: int) -> Iterable[Any]:
    from mlflow.entities import Metric

    for step, loss, accuracy in batches:
        yield Metric("batch_loss", float(loss), now, step)
        yield Metric("batch_accuracy", float(accuracy), now, step)
