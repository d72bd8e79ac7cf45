"""What pages ask of a large stored data set, answered by long jobs (core.runs.longjobs): they hold a sample only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from core.config import validated
from core.data.dataset import Dataset
from core.data.large import sample_rows
from core.data.quality import Report, repaired
from core.data.quality import check as checked
from core.evaluation.leak import LeakScores, leak_scores
from core.messages import N_
from core.runs.longjobs import LongJob, Teller
from core.runs.store import open_store
from core.settings import Settings
from core.tasks import task_of
from core.text.prepare import Prepared, Statistics, statistics

OPENING, CHECKING, REPAIRING = N_("Opening the texts"), N_("Checking the texts"), N_("Repairing the texts")
MEASURING = N_("Training a simple method twice")
PREPARING = N_("Preparing the texts: cleaning, counting words, replacing them by numbers")


def check(job: LongJob, teller: Teller, *, fingerprint: str) -> Report:
    """The quality report of all rows."""
    dataset = _opened(teller, fingerprint)
    teller.step(CHECKING)
    return checked(dataset)


def prepare(job: LongJob, teller: Teller, *, fingerprint: str, settings: dict[str, Any]) -> tuple[Prepared, Statistics]:
    """The preparation of all rows: its encoder, its statistics, and of its texts those that are in the sample."""
    wanted = validated(settings)
    dataset = _opened(teller, fingerprint)
    teller.step(PREPARING)
    whole = task_of(wanted).prepare(dataset, wanted)
    return sampled(whole, sample_rows(len(dataset))), statistics(whole)


def repair(job: LongJob, teller: Teller, *, fingerprint: str, repairs: list[str]) -> str:
    """Store the data set as repaired (core.data.quality.repairs), with its report; returns its fingerprint."""
    dataset = _opened(teller, fingerprint)
    teller.step(REPAIRING)
    better = repaired(dataset, repairs)
    del dataset
    teller.step(CHECKING)
    report = checked(better)
    settings = Settings.from_environment()
    with job.unbroken():
        stored = open_store(settings.tracking_uri, settings.home).save_dataset(better)
        LongJob.about(settings.home, "check", fingerprint=stored).keep(report)
    return stored


def leak(job: LongJob, teller: Teller, *, fingerprint: str) -> LeakScores:
    """The score that copies fake, and the honest one."""
    dataset = _opened(teller, fingerprint)
    teller.step(MEASURING)
    return leak_scores(dataset)


def sampled(whole: Prepared, rows: Any) -> Prepared:
    """Only these rows of the data set, which then count from 0: as in a frame that holds only them."""
    parts = {}
    for name, part in whole.parts.items():
        places = np.flatnonzero(np.isin(part.rows, rows))
        chosen = part.some(places)
        parts[name] = replace(chosen, rows=np.searchsorted(rows, chosen.rows))
    return replace(whole, parts=parts)


def _opened(teller: Teller, fingerprint: str) -> Dataset:
    teller.step(OPENING)
    settings = Settings.from_environment()
    return open_store(settings.tracking_uri, settings.home).load_dataset(fingerprint)
