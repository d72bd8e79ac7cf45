"""Taking in a file too large for a page: looked at, read in pieces, checked, stored; a job of core.runs.longjobs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.data.dataset import Dataset
from core.data.large import DatasetWriter, Facts, sample
from core.data.quality import Report, check
from core.data.readers import Columns, Options, Table, dataset_from_table, open_files, opening, pieces
from core.data.usable import NoTexts
from core.messages import N_
from core.runs.datasets import FILE, SAMPLE_FILE
from core.runs.longjobs import LongJob, Teller
from core.runs.store import open_store
from core.settings import Settings

READING, CHECKING, STORING = N_("Reading the file"), N_("Checking the texts"), N_("Storing the texts")

LOOKED_AT = 1_000  # rows


def look(path: str, filename: str, options: dict[str, Any] | None = None) -> Table:
    """The first rows of a file, and how it is read, for a page to choose its columns by."""
    with opening(Path(path)):
        opened = open_files([(Path(path), filename)], Options(**options or {}))
        return Table(next(iter(opened.frames)).head(LOOKED_AT), opened.found, filename)


def take_in(
    job: LongJob, teller: Teller, *, path: str, filename: str, columns: dict[str, Any], options: dict[str, Any]
) -> str:
    """Read the file at `path` into the store, with its quality report; returns the data set's fingerprint.

    A file inside the job's own folder is removed when it has been read. Raises what core.data.readers raises.
    """
    chosen = Columns(**columns | {"also": tuple(columns.get("also", ()))})
    facts = read(job, teller, Path(path), filename, chosen, Options(**options))
    teller.step(CHECKING)
    report = check(Dataset.from_parquet(job.folder / FILE))
    teller.step(STORING)
    return keep(job, facts, report)


def keep(job: LongJob, facts: Facts, report: Report) -> str:
    """Store what `read` wrote, with its report and a sample of it; returns the fingerprint."""
    if facts.large:
        sample(job.folder / FILE, facts).to_parquet(job.folder / SAMPLE_FILE)
    settings = Settings.from_environment()
    with job.unbroken():
        fingerprint = open_store(settings.tracking_uri, settings.home).save_written(job.folder, facts)
        LongJob.about(settings.home, "check", fingerprint=fingerprint).keep(report)
    return fingerprint


def read(job: LongJob, teller: Teller, path: Path, filename: str, columns: Columns, options: Options) -> Facts:
    """The file as the Parquet file of a data set, in the job's folder."""
    teller.step(READING)
    with opening(path), DatasetWriter(job.folder / FILE) as writer:
        for frame in pieces(path, filename, options, lambda done, total: teller.at(done, total, writer.rows)):
            writer.add(dataset_from_table(frame, columns, filename, f"upload: {filename}"))
    if path.parent == job.folder:
        path.unlink()
    if writer.facts is None:
        raise NoTexts
    return writer.facts
