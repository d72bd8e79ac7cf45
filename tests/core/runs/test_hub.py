"""The hub is asked in a job's own folder, where nothing else has the data set's name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from core.data.hub.errors import HubUnreachable
from core.runs import hub
from core.runs.longjobs import LongJob, Teller
from core.runs.supervision import KINDS


def test_it_is_a_kind_of_long_job() -> None:
    assert callable(hub.fetch)
    assert KINDS["fetch"] == "hub"


def test_rows_are_told_and_the_folder_is_left_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = LongJob.new(home)
    seen: list[str] = []

    def answered(name: str, config: str, split: str, progress: Any) -> str:
        seen.append(os.getcwd())
        progress(200, 900)
        return f"{name} {config} {split}"

    monkeypatch.setattr(hub, "read_hub", answered)
    before = os.getcwd()
    teller = Teller(job, "1")
    assert hub.fetch(job, teller, name="a/b", config="fr", split="test") == "a/b fr test"
    assert seen == [str(job.folder)]
    assert os.getcwd() == before
    assert (teller.now.step, teller.now.rows, teller.now.total) == (hub.ASKING, 200, 900)


def test_what_cannot_be_reached_is_the_jobs_error(home: Path) -> None:
    job = LongJob.new(home)
    before = os.getcwd()
    with pytest.raises(HubUnreachable):
        hub.fetch(job, Teller(job, "1"), name="a/b", config="", split="")
    assert os.getcwd() == before
