"""The store of this environment, and the run that somebody means."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from core.errors import RunError
from core.messages import N_
from core.settings import Settings

if TYPE_CHECKING:
    from core.runs.datasets import DatasetEntry
    from core.runs.records import Run
    from core.runs.store import RunStore


class NoSuchRun(RunError):
    message = N_("There is no training “{run}”. Did you mean “{suggestion}”? List them with: python -m core runs")


class NoSuchDataset(RunError):
    message = N_("There are no stored texts “{wanted}”. List them with: python -m core datasets")


class NoRunsYet(RunError):
    message = N_("There is no training yet. Start one with: python -m core train sample:reviews_en")


class SeveralRuns(RunError):
    message = N_("“{run}” could be any of {count} trainings: {ids}. Give the id, or more of its first characters.")


def open_store() -> RunStore:
    from core.runs import store

    settings = Settings.from_environment()
    return store.open_store(settings.tracking_uri, settings.home)


def find_run(store: RunStore, wanted: str) -> Run:
    """The run whose name or id is `wanted`, or whose id alone begins with it.

    Raises NoRunsYet, NoSuchRun with a guess, or SeveralRuns with their ids.
    """
    runs = store.runs(limit=10_000)
    if not runs:
        raise NoRunsYet
    found = [run for run in runs if wanted in (run.run_id, run.name)]
    found = found or [run for run in runs if wanted and run.run_id.startswith(wanted)]
    if not found:
        near = difflib.get_close_matches(wanted, [run.name for run in runs], n=1, cutoff=0.0)
        raise NoSuchRun(run=wanted, suggestion=near[0])
    if len(found) > 1:
        ids = ", ".join(run.run_id[:8] for run in found[:5]) + (", …" if len(found) > 5 else "")
        raise SeveralRuns(run=wanted, count=len(found), ids=ids)
    return found[0]


def find_dataset(store: RunStore, wanted: str) -> DatasetEntry:
    """The stored data set with this name or fingerprint, the newest one; or whose fingerprint alone begins so.

    Raises NoSuchDataset.
    """
    entries = store.datasets(limit=10_000)
    same = [entry for entry in entries if wanted in (entry.fingerprint, entry.name)]
    begun = [entry for entry in entries if wanted and entry.fingerprint.startswith(wanted)]
    if same or len(begun) == 1:
        return (same or begun)[0]
    raise NoSuchDataset(wanted=wanted)
