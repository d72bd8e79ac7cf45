"""Data sets in the store: one entry for each fingerprint, so that runs on equal texts share them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.breaks import Between, no_stop
from core.data.dataset import LARGE, Dataset, Task
from core.data.large import Facts, sample, sample_rows
from core.errors import RunError
from core.messages import N_
from core.runs.artifacts import RunFiles
from core.runs.tags import chunked, joined

FILE, SAMPLE_FILE = "dataset.parquet", "sample.parquet"


class DatasetNotFound(RunError):
    message = N_("The texts with the fingerprint {fingerprint} are not in the store. Give them once more.")


@dataclass(frozen=True)
class DatasetEntry:
    """What a list of data sets shows, without reading the texts; licence and notes are the user's own words."""

    fingerprint: str
    name: str
    source: str
    rows: int
    class_names: list[str]
    created: datetime
    repairs: tuple[str, ...] = ()
    task: Task = "classification"
    licence: str = ""
    notes: str = ""

    @property
    def large(self) -> bool:
        return self.rows > LARGE

    @property
    def facts(self) -> Facts:
        return Facts(self.fingerprint, self.name, self.source, self.rows, self.class_names, self.repairs, self.task)


class DatasetShelf(RunFiles):
    """Saves and loads data sets by fingerprint."""

    def save_dataset(self, dataset: Dataset) -> str:
        """Keep a data set and return its fingerprint; one that is there already is not written again."""

        def write(folder: Path) -> None:
            dataset.to_parquet(folder / FILE)
            if facts.large:
                chosen = dataset.frame.iloc[sample_rows(len(dataset))].reset_index(drop=True)
                Dataset(chosen, dataset.name, dataset.source, dataset.repairs).to_parquet(folder / SAMPLE_FILE)

        if self._dataset_run(dataset.fingerprint) is not None:
            return dataset.fingerprint
        if dataset.whole:  # of texts that were deleted meanwhile: a sample of them is not them
            raise DatasetNotFound(fingerprint=dataset.fingerprint)
        facts = Facts.of(dataset)
        self._keep(facts, write)
        if dataset.licence:
            self.label_dataset(facts.fingerprint, facts.name, dataset.licence, "")
        return facts.fingerprint

    def save_written(self, written: Path, facts: Facts) -> str:
        """The same for a folder with FILE and, of a large data set, SAMPLE_FILE; they are moved into the store."""

        def write(folder: Path) -> None:
            for name in (FILE, SAMPLE_FILE):
                if (written / name).exists():
                    shutil.move(written / name, folder / name)

        return self._keep(facts, write)

    def load_dataset(self, fingerprint: str, between: Between = no_stop) -> Dataset:
        """All of it, however large; `between` is called every now and then. Raises DatasetNotFound."""
        with self.dataset_file(fingerprint) as path:
            return Dataset.from_parquet(path, between)

    def load_sample(self, fingerprint: str) -> Dataset:
        """All of a data set that is not large, and a sample that answers for the whole of a large one."""
        entry = self.dataset(fingerprint)
        if not entry.large:
            return replace(self.load_dataset(fingerprint), name=entry.name)
        with self.dataset_file(fingerprint) as path:
            held = path.with_name(SAMPLE_FILE)
            if not held.exists():  # stored by a version that drew none
                return sample(path, entry.facts)
            found = Dataset.from_parquet(held)
            return Dataset(found.frame, entry.name, entry.source, entry.repairs, entry.facts.whole)

    @contextmanager
    def dataset_file(self, fingerprint: str) -> Iterator[Path]:
        """The data set's Parquet file, to read only; raises DatasetNotFound."""
        run = self._dataset_run(fingerprint)
        if run is None:
            raise DatasetNotFound(fingerprint=fingerprint)
        with self.reading(run.info.run_id, "dataset") as folder:
            yield folder / FILE

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

    def has_dataset(self, fingerprint: str) -> bool:
        return self._dataset_run(fingerprint) is not None

    def label_dataset(self, fingerprint: str, name: str, licence: str, notes: str) -> None:
        """What the user calls a data set and knows of it; raises DatasetNotFound."""
        run = self._dataset_run(fingerprint)
        if run is None:
            raise DatasetNotFound(fingerprint=fingerprint)
        self._client.update_run(run.info.run_id, name=name.strip() or run.info.run_name)
        self._log(run.info.run_id, chunked("words", {"licence": licence.strip(), "notes": notes.strip()}))

    def delete_dataset(self, fingerprint: str) -> None:
        """Remove the texts; runs that learned from them stay, but cannot be continued."""
        run = self._dataset_run(fingerprint)
        if run is not None:
            self._remove(run.info.run_id)

    def runs_of_dataset(self, fingerprint: str) -> int:
        """How many runs learned from it."""
        if not fingerprint.isalnum():
            return 0
        query = f"tags.`data/0` LIKE '%\"{fingerprint}\"%'"
        return len(self._client.search_runs([self._runs_id], query, max_results=1_000))

    def _keep(self, facts: Facts, write: Callable[[Path], None]) -> str:
        if self._dataset_run(facts.fingerprint) is not None:
            return facts.fingerprint
        about = {name: value for name, value in asdict(facts).items() if name not in ("fingerprint", "name")}
        tags = {"fingerprint": facts.fingerprint} | chunked("about", about)
        run = self._client.create_run(self._datasets_id, run_name=facts.name or facts.fingerprint, tags=tags)
        with self.writing(run.info.run_id, "dataset") as folder:
            write(folder)
        # Only now it counts: an entry whose file could not be written is never found.
        self._client.set_tag(run.info.run_id, "complete", "yes")
        return facts.fingerprint

    def _dataset_run(self, fingerprint: str) -> Any:
        if not fingerprint.isalnum():
            return None
        query = f"tags.fingerprint = '{fingerprint}' AND tags.complete = 'yes'"
        found = self._client.search_runs([self._datasets_id], query, max_results=1)
        return found[0] if found else None


def _entry(run: Any) -> DatasetEntry:
    about = joined(run.data.tags, "about")
    words = joined(run.data.tags, "words") or {}
    return DatasetEntry(
        fingerprint=run.data.tags["fingerprint"],
        name=run.info.run_name,
        source=about["source"],
        rows=about["rows"],
        class_names=about["class_names"],
        created=datetime.fromtimestamp(run.info.start_time / 1000, UTC),
        repairs=tuple(about.get("repairs", ())),
        task=about.get("task", "classification"),
        licence=words.get("licence", ""),
        notes=words.get("notes", ""),
    )
