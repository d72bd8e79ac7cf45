"""The engine with its real programs, from the first start to the last end, in the order of the tests in this file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from math import ceil
from pathlib import Path

import psutil
import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.runs import jobs
from core.runs.curves import MOST_POINTS
from core.runs.engine import Engine
from core.runs.longjobs import LongJob
from core.runs.processes import is_running
from core.runs.programs import NICENESS
from core.runs.records import RunStatus
from core.runs.scheduling import EngineState
from core.runs.store import RunStore
from core.runs.tracking import RunNotFound
from core.settings import Settings
from tests.core.runs.engines import begin, ended, epochs, family, steps, until, workers

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("engine")
    return Settings(home, f"sqlite:///{(home / 'runs.db').as_posix()}", None, 2, 60.0)


@pytest.fixture(scope="module")
def books(place: Settings) -> RunStore:
    return RunStore(place.tracking_uri, place.home)


START = """
import json, sys
from pathlib import Path
from core.runs.engine import Engine
from core.settings import Settings
engine = Engine(Settings(Path(sys.argv[1]), sys.argv[2], None, 2, 60.0))
engine.ensure()
print(json.dumps({name: program.pid for name, program in engine.programs.alive().items()}))
"""


@pytest.fixture(scope="module")
def starters(place: Settings, books: RunStore) -> list[str]:
    """What two processes that start the engine at the same moment say of its programs."""
    command = [sys.executable, "-c", START, str(place.home), place.tracking_uri]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    return [process.communicate()[0] for process in started]


@pytest.fixture(scope="module")
def engine(place: Settings, starters: list[str]) -> Iterator[Engine]:
    engine = Engine(place)
    assert engine.warm(300)
    until(lambda: engine.state().workers == 2)
    yield engine
    engine.shutdown()


@pytest.fixture(scope="module")
def endless() -> RunSettings:
    """A training that goes on until it is stopped."""
    from core.training.recipes import recipe

    values = {"units": 16, "embedding_dim": 16, "epochs": 900, "batch_size": 4, "early_stopping": False,
              "learning_rate": 0.0001}  # fmt: skip
    return recipe("fast", "simple_rnn").with_values(values)


def test_two_that_start_at_once_share_one_engine(engine: Engine, starters: list[str]) -> None:
    running = {name: program.pid for name, program in engine.programs.alive().items()}
    assert list(running) == ["scheduler", "worker-0", "worker-1"]
    assert [json.loads(told) for told in starters] == [running, running]


def test_nothing_listens_beyond_this_machine(engine: Engine) -> None:
    listening = [
        connection.laddr.ip
        for process in family(engine)
        for connection in process.net_connections()
        if connection.status == psutil.CONN_LISTEN
    ]
    assert len(listening) >= 5
    assert set(listening) == {"127.0.0.1"}


def test_workers_give_way_to_pages(engine: Engine) -> None:
    ids = workers(engine).values()
    assert len(ids) == 2
    assert all(psutil.Process(pid).nice() != psutil.Process().nice() for pid in ids)
    # Where the system shares the processor among sessions first, a worker's session gives way as a whole.
    sessions = [Path(f"/proc/{pid}/autogroup") for pid in ids]
    assert all(f"nice {NICENESS}" in session.read_text() for session in sessions if session.exists())


def test_a_training_goes_to_its_end_and_an_error_of_one_is_kept(
    engine: Engine, books: RunStore, quick: RunSettings, reviews: Dataset
) -> None:
    one_class = Dataset.build(["a", "b", "c"] * 4, ["x"] * 12, "one class", "pasted")
    bad = begin(engine, books, quick, one_class)
    good = begin(engine, books, quick, reviews)
    engine.submit_references(good)
    failed = ended(books, bad)
    assert failed.status is RunStatus.FAILED
    assert failed.error is not None
    assert failed.error.code == "one_class"
    run = ended(books, good)
    assert (run.status, run.test_looks, run.has_network) == (RunStatus.FINISHED, 1, True)
    until(lambda: len(books.load_references(good)) == 3)
    assert engine.short(jobs.export_run, good)[:2] == b"PK"


def test_a_finished_run_is_continued(engine: Engine, books: RunStore) -> None:
    run = books.runs(status=RunStatus.FINISHED)[0]
    engine.continue_run(run.run_id, 1)
    continued = ended(books, run.run_id)
    assert (continued.status, continued.test_looks) == (RunStatus.FINISHED, 2)
    assert epochs(books, run.run_id) == [1, 2, 3]


def test_errors_of_short_jobs_arrive_as_they_are(engine: Engine) -> None:
    with pytest.raises(RunNotFound, match="“nobody”"):
        engine.short(jobs.export_run, "nobody")
    with pytest.raises(ZeroDivisionError):
        engine.short(divmod, 1, 0)


def test_a_long_job_is_done_in_a_process_of_its_own(
    engine: Engine, place: Settings, books: RunStore, reviews: Dataset
) -> None:
    asked = {"fingerprint": books.save_dataset(reviews)}
    job = LongJob.about(place.home, "check", **asked)
    assert job.ask("check", **asked)
    engine.submit_long(job.name)
    until(lambda: job.progress().over)
    assert job.result().rows == len(reviews)
    until(lambda: not is_running(job.progress().process))  # all its memory is given back


def test_a_training_outlives_its_client_and_others_wait_their_turn(
    engine: Engine, place: Settings, books: RunStore, endless: RunSettings, quick: RunSettings, reviews: Dataset
) -> None:
    first = begin(engine, books, endless, reviews)
    second, third = (begin(engine, books, quick, reviews) for _ in range(2))
    until(lambda: books.run(first).status is RunStatus.RUNNING)
    assert [engine.queue_position(run_id) for run_id in (first, second, third)] == [None, 1, 2]
    assert engine.short(abs, -1) == 1  # while the training runs
    engine.leave()
    before = len(epochs(books, first))
    until(lambda: len(epochs(books, first)) > before)
    other = Engine(place)
    assert other.state().running == (first,)
    assert other.state().waiting == (second, third)
    assert other.reconcile(books) == []
    other.leave()
    books.request_stop(third)
    books.request_stop(first)
    stopped = ended(books, first)
    assert (stopped.status, stopped.has_network, stopped.test_looks) == (RunStatus.STOPPED, True, 1)
    assert stopped.progress[0] < stopped.progress[1]
    assert ended(books, second).status is RunStatus.FINISHED
    assert ended(books, third).status is RunStatus.STOPPED
    assert epochs(books, third) == []


def test_a_killed_worker_is_replaced_and_the_curve_has_no_hole(
    engine: Engine, books: RunStore, endless: RunSettings, reviews: Dataset
) -> None:
    run_id = begin(engine, books, endless, reviews)
    until(lambda: len(epochs(books, run_id)) > 3 and "checkpoint" in books.run(run_id).tags)
    killed = workers(engine)["worker-1"]
    os.kill(killed, signal.SIGKILL)
    reached = len(epochs(books, run_id))
    until(lambda: len(epochs(books, run_id)) > reached + 5)
    assert workers(engine)["worker-1"] != killed
    assert engine.reconcile(books) == []
    books.request_stop(run_id)
    assert ended(books, run_id).status is RunStatus.STOPPED
    done = epochs(books, run_id)
    assert done == list(range(1, len(done) + 1))
    seen = steps(books, run_id)
    size = ceil(books.run(run_id).progress[1] / MOST_POINTS)
    assert seen == [1, *range(size, seen[-1] + 1, size)][size == 1 :]
    # It went on from a checkpoint: had it begun anew, the first points would have been written twice.
    history = books._client.get_metric_history(run_id, "loss")
    assert [point.step for point in history].count(1) == 1


def test_a_run_whose_engine_is_gone_is_marked_and_resumes_on_a_single_worker_that_ends_when_idle(
    engine: Engine,
    place: Settings,
    books: RunStore,
    endless: RunSettings,
    reviews: Dataset,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run_id = begin(engine, books, endless, reviews)
    until(lambda: len(epochs(books, run_id)) > 1)
    for process in family(engine):
        process.kill()
    psutil.wait_procs(family(engine), timeout=10)
    monkeypatch.setattr("core.runs.engine.YOUNG_SECONDS", 0.0)
    fresh = Engine(Settings(place.home, place.tracking_uri, None, 1, idle_minutes=0.05))
    assert fresh.state() == EngineState()
    assert fresh.reconcile(books) == [run_id]
    assert books.run(run_id).status is RunStatus.INTERRUPTED
    reached = len(epochs(books, run_id))
    try:
        fresh.continue_run(run_id, 0)
        until(lambda: len(epochs(books, run_id)) > reached)
        assert fresh.state().workers == 1
        assert fresh.short(abs, -1) == 1  # while the one worker trains
        books.request_stop(run_id)
        assert ended(books, run_id).status is RunStatus.STOPPED
        done = epochs(books, run_id)
        assert done == list(range(1, len(done) + 1))
        programs = family(fresh)
        fresh.leave()
        _, left = psutil.wait_procs(programs, timeout=120)
        assert left == []  # nobody asked for anything for three seconds
        assert fresh.state() == EngineState()
    finally:
        fresh.shutdown()
