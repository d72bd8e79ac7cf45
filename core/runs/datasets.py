"""Data sets in the store: one entry for each fingerprint, so that runs on equal texts share them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from core.data.dataset import Dataset
from core.errors import RunError
from core.messages import N_
from core.runs.artifacts import RunFiles
from core.runs.tags import chunked, joined

FILE = "dataset.parquet"


class DatasetNotFound(RunError):
    message = N_("The texts with the fingerprint {fingerprint} are not in the store. Give them once more.")


@dataclass(frozen=True)
class DatasetEntry:
    """What a list of data sets shows, without reading the texts."""

    fingerprint: str
    name: str
    source: str
    rows: int
    class_names: list[str]
    created: datetime


class DatasetShelf(RunFiles):
    """Saves and loads data sets by fingerprint."""

    def save_dataset(self, dataset: Dataset) -> str:
        """Keep a data set and return its fingerprint; one that is there already is not written again."""
        fingerprint = dataset.fingerprint
        if self._dataset_run(fingerprint) is not None:
            return fingerprint
        about = {"source": dataset.source, "rows": len(dataset), "class_names": dataset.class_names}
        tags = {"fingerprint": fingerprint} | chunked("about", about)
        run = self._client.create_run(self._datasets_id, run_name=dataset.name or fingerprint, tags=tags)
        with self.writing(run.info.run_id, "dataset") as folder:
            dataset.to_parquet(folder / FILE)
        # Only now it counts: an entry whose file could not be written is never found.
        self._client.set_tag(run.info.run_id, "complete", "yes")
        return fingerprint

    def load_dataset(self, fingerprint: str) -> Dataset:
        """Raises DatasetNotFound."""
        run = self._dataset_run(fingerprint)
        if run is None:
            raise DatasetNotFound(fingerprint=fingerprint)
        with self.reading(run.info.run_id, "dataset") as folder:
            return Dataset.from_parquet(folder / FILE)

    def datasets(self, limit: int = 200) -> list[DatasetEntry]:
        """Newest first."""
        found = self._client.search_runs(
            [self._datasets_id], "tags.complete = 'yes'", max_results=limit, order_by=["attributes.start_time DESC"]
        )
        return [_entry(run) for run in found]

    def dataset(self, fingerprint: str) -> DatasetEntry:
        """What is known of a data set without reading it; raises DatasetNotFound."""
        run = self._dataset_run(fingerprint)
        if run is None:
            raise DatasetNotFound(fingerprint=fingerprint)
        return _entry(run)

    def delete_dataset(self, fingerprint: str) -> None:
        """Remove the texts; runs that learned from them stay, but cannot be continued."""
        run = self._dataset_run(fingerprint)
        if run is not None:
            self._remove(run.info.run_id)

    def _dataset_run(self, fingerprint: str) -> Any:
        if not fingerprint.isalnum():
            return None
        query = f"tags.fingerprint = '{fingerprint}' AND tags.complete = 'yes'"
        found = self._client.search_runs([self._datasets_id], query, max_results=1)
        return found[0] if found else None


def _entry(run: Any) -> DatasetEntry:
    about = joined(run.data.tags, "about")
    return DatasetEntry(
        fingerprint=run.data.tags["fingerprint"],
        name=run.info.run_name,
        source=about["source"],
        rows=about["rows"],
        class_names=about["class_names"],
        created=datetime.fromtimestamp(run.info.start_time / 1000, UTC),
    )
