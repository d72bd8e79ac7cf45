"""A large stored data set written to a file of the user's; a job of core.runs.longjobs."""

from __future__ import annotations

from pathlib import Path

from core.data.large import export as written
from core.messages import N_
from core.runs.longjobs import LongJob, Teller
from core.runs.store import open_store
from core.settings import Settings

WRITING = N_("Writing the texts to a file")
FOLDER = "exports"


def export(job: LongJob, teller: Teller, *, fingerprint: str, suffix: str) -> str:
    """Write it as ".csv" or ".parquet" into UNROLLED_HOME/exports; returns the file's path.

    The file is there when it is whole: what is cancelled leaves nothing.
    """
    settings = Settings.from_environment()
    store = open_store(settings.tracking_uri, settings.home)
    entry = store.dataset(fingerprint)
    teller.step(WRITING, entry.rows)
    fresh = job.folder / f"export{suffix}"
    with store.dataset_file(fingerprint) as path:
        written(path, fresh, lambda rows: teller.at(rows, rows=rows))
    target = settings.home / FOLDER / f"{file_name(entry.name)}-{fingerprint[:6]}{suffix}"
    target.parent.mkdir(exist_ok=True)
    with job.unbroken():
        fresh.replace(target)
    return str(target)


def file_name(name: str) -> str:
    """A data set's name as a file can be called: "avis (2/3)" -> "avis _2_3_"."""
    return "".join(sign if sign.isalnum() or sign in "-_ " else "_" for sign in Path(name).stem).strip() or "texts"
