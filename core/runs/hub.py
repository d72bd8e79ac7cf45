"""Getting a data set from the Hugging Face hub, in a process of its own (a long job, core.runs.longjobs)."""

from __future__ import annotations

import os

from core.data.hub.loading import HubTable, read_hub
from core.messages import N_
from core.runs.longjobs import LongJob, Teller

ASKING = N_("Asking the Hugging Face hub, and reading the rows")


def fetch(job: LongJob, teller: Teller, *, name: str, config: str, split: str) -> HubTable:
    """The rows of a data set, at most as many as a page may hold. Raises what `read_hub` raises."""
    teller.step(ASKING)
    before = os.getcwd()
    # Where no folder can have the data set's name: the library would read that one instead.
    os.chdir(job.folder)
    try:
        return read_hub(name, config, split, progress=lambda done, total: teller.at(done, total, done))
    finally:
        os.chdir(before)
