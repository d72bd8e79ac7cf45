"""Long jobs: asked once, watched by anybody, cancelled at any moment, and told of when they die."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core.data.dataset import Dataset
from core.runs import longjobs
from core.runs.longjobs import LongJob, Progress, Teller
from core.runs.store import RunStore
from core.runs.supervision import JobDied, supervise
from core.settings import Settings


def until(true: Callable[[], object], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_the_same_question_is_the_same_job_and_another_version_asks_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = LongJob.about(tmp_path, "check", fingerprint="a")
    assert LongJob.about(tmp_path, "check", fingerprint="a") == job
    assert LongJob.about(tmp_path, "check", fingerprint="b") != job
    monkeypatch.setattr(longjobs, "_version", lambda: "another")
    assert LongJob.about(tmp_path, "check", fingerprint="a") != job


@pytest.mark.parametrize("name", ["", "..", "../x", "nobody", "a/b"])
def test_an_address_with_a_job_that_is_not_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "x").mkdir()
    assert LongJob.of(tmp_path, name) is None


def test_what_was_asked_is_asked_once_and_again_after_a_failure(tmp_path: Path) -> None:
    job = LongJob.new(tmp_path)
    assert LongJob.of(tmp_path, job.name) == job
    assert job.progress().state == "new"
    assert job.ask("check", fingerprint="a")
    assert not job.ask("check", fingerprint="a")
    assert job.asked() == ("check", {"fingerprint": "a"})
    job.tell(Progress("running", process="another-machine/1/1"))
    assert not job.ask("check", fingerprint="a")
    job.tell(Progress("running", process=""))
    assert job.progress().lost
    assert job.ask("check", fingerprint="a")
    job.keep({"answer": [1, 2]})
    assert (job.progress().state, job.result()) == ("done", {"answer": [1, 2]})
    assert not job.ask("check", fingerprint="a")


def test_progress_is_told_now_and_then_and_each_step_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = LongJob.new(tmp_path)
    job.ask("check", fingerprint="a")
    monkeypatch.setattr(longjobs, "TELL_SECONDS", 1e9)
    teller = Teller(job, "host/1/1")
    teller.step("Reading", 10)
    teller.at(5, rows=7)
    assert (job.progress().step, job.progress().done, job.progress().total) == ("Reading", 0, 10)
    monkeypatch.setattr(longjobs, "TELL_SECONDS", 0.0)
    teller.at(6)
    now = job.progress()
    assert (now.state, now.done, now.total, now.rows) == ("running", 6, 10, 7)


def test_a_job_is_done_by_a_process_of_its_own(environment: Settings, store: RunStore, reviews: Dataset) -> None:
    job = LongJob.about(environment.home, "check", fingerprint=store.save_dataset(reviews))
    job.ask("check", fingerprint=reviews.fingerprint)
    supervise(job.name, environment)
    assert job.progress().state == "done"
    assert job.progress().process
    assert job.result().rows == 300
    supervise(job.name, environment)  # a worker that was replaced gets it again, and finds it done


def test_an_error_of_ours_arrives_as_it_is(environment: Settings, store: RunStore) -> None:
    job = LongJob.about(environment.home, "check", fingerprint="0123456789abcdef")
    job.ask("check", fingerprint="0123456789abcdef")
    supervise(job.name, environment)
    problem = job.progress().problem
    assert problem is not None
    assert (job.progress().state, problem.code) == ("failed", "dataset_not_found")


WAITING = """
import time
def take_in(job, teller, **what):
    teller.step("Waiting")
    {body}
"""


@pytest.fixture
def waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: Settings) -> Callable[[str], LongJob]:
    """A job that does what the test wants, in a process of its own."""

    def begin(body: str) -> LongJob:
        module = tmp_path / "code" / "stand_in.py"
        module.parent.mkdir()
        module.write_text(WAITING.format(body=body))
        start = "import sys, stand_in; sys.modules['core.runs.intake'] = stand_in"
        (module.parent / "sitecustomize.py").write_text(start)
        monkeypatch.setenv("PYTHONPATH", str(module.parent))
        job = LongJob.new(environment.home)
        (job.folder / "upload").write_text("large")
        job.ask("take_in")
        return job

    return begin


def test_a_running_job_is_cancelled_and_leaves_no_files(
    waiting: Callable[[str], LongJob], environment: Settings
) -> None:
    job = waiting("time.sleep(600)")
    supervisor = threading.Thread(target=supervise, args=(job.name, environment))
    supervisor.start()
    until(lambda: job.progress().step == "Waiting")
    job.cancel()
    supervisor.join(30)
    assert job.progress().state == "cancelled"
    assert {file.name for file in job.folder.iterdir()} == {"progress.json", "cancel"}
    assert job.progress().lost is False


def test_what_must_not_be_left_half_done_is_ended_first(
    waiting: Callable[[str], LongJob], environment: Settings, tmp_path: Path
) -> None:
    stored = tmp_path / "stored"
    body = f"with job.unbroken(): job.cancel(); time.sleep(1.5); open({str(stored)!r}, 'w').close()"
    job = waiting(body)
    supervise(job.name, environment)
    assert stored.exists()


def test_a_process_that_dies_is_told_of(waiting: Callable[[str], LongJob], environment: Settings) -> None:
    job = waiting("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    supervise(job.name, environment)
    problem = job.progress().problem
    assert problem is not None
    assert (job.progress().state, problem.code) == ("failed", JobDied.code)


def test_a_job_that_is_cancelled_before_its_turn_never_begins(environment: Settings) -> None:
    job = LongJob.new(environment.home)
    job.ask("check", fingerprint="a")
    job.cancel()
    supervise(job.name, environment)
    assert job.progress().state == "cancelled"
    assert job.ask("check", fingerprint="a")
    assert not job.cancelled


def test_old_folders_are_swept_away(tmp_path: Path) -> None:
    old, young = LongJob.new(tmp_path), LongJob.new(tmp_path)
    os.utime(old.folder, (0, 0))
    longjobs.sweep(tmp_path)
    assert not old.folder.exists()
    assert young.folder.exists()
