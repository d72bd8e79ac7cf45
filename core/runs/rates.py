"""The search for a learning rate, as a long job (core.runs.longjobs): a page watches it and can cancel it."""

from __future__ import annotations

from typing import Any

from core.config import validated
from core.messages import N_
from core.runs.longjobs import LongJob, Teller
from core.runs.preparing import prepared_for
from core.runs.store import open_store
from core.settings import Settings
from core.training.range_finder import STEPS, RangeFound
from core.training.range_finder import find_rate as found_rate

PREPARING, TRYING = N_("Preparing the texts for the network"), N_("Training with larger and larger steps")


def find_rate(job: LongJob, teller: Teller, *, fingerprint: str, settings: dict[str, Any]) -> RangeFound:
    """The curve of a stored data set and settings; nothing but the job's own result is written."""
    teller.step(PREPARING)
    wanted, machine = validated(settings), Settings.from_environment()
    prepared = prepared_for(open_store(machine.tracking_uri, machine.home), fingerprint, wanted)
    teller.step(TRYING, STEPS)
    return found_rate(wanted, prepared, teller.at)
