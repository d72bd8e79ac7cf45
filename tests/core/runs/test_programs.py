import json
import os
from pathlib import Path

import psutil
import pytest

from core.runs import programs as module
from core.runs.programs import EngineNotStarted, Program, Programs, address
from core.settings import Settings


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings.from_environment()


def with_workers(settings: Settings, count: int) -> Programs:
    return Programs(Settings(settings.home, settings.tracking_uri, None, count, 60.0))


def resources(programs: Programs) -> list[str]:
    return [options[options.index("--resources") + 1] for options in programs.workers().values()]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_trainings_references_and_short_jobs_all_have_a_place(settings: Settings, count: int) -> None:
    own = resources(with_workers(settings, count))
    assert len(own) == count
    for kind in ("train=1", "references=1", "short=2"):
        assert any(kind in item.split() for item in own)
    assert sum("train=1" in item.split() for item in own) == max(1, count - 1)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_worker_has_a_thread_for_all_that_its_resources_let_in_at_once(settings: Settings, count: int) -> None:
    # Only short jobs may have to wait, for each other.
    for options in with_workers(settings, count).workers().values():
        threads = int(options[options.index("--nthreads") + 1])
        own = dict(item.split("=") for item in options[options.index("--resources") + 1].split())
        assert threads >= sum(int(room) for kind, room in own.items() if kind != "short") + ("short" in own)


def test_everything_listens_on_this_machine_only(settings: Settings) -> None:
    for options in with_workers(settings, 2).workers().values():
        assert options[options.index("--host") + 1] == "127.0.0.1"
        assert options[options.index("--dashboard-address") + 1].startswith("127.0.0.1:")


def test_a_process_id_that_is_used_again_is_not_ours() -> None:
    began = psutil.Process().create_time()
    assert Program(os.getpid(), began).process() is not None
    assert Program(os.getpid(), began - 100).process() is None


def test_what_was_remembered_of_ended_programs_is_forgotten(settings: Settings) -> None:
    programs = Programs(settings)
    assert programs.alive() == {}
    programs.folder.mkdir(parents=True)
    (programs.folder / "programs.json").write_text(json.dumps({"scheduler": {"pid": os.getpid(), "began": 0.0}}))
    assert programs.alive() == {}
    (programs.folder / "programs.json").write_text("{half a fi")
    assert programs.alive() == {}


def test_a_scheduler_file_that_is_half_written_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    assert address(file) is None
    file.write_text('{"address": "tcp')
    assert address(file) is None
    file.write_text('{"address": "tcp://127.0.0.1:1"}')
    assert address(file) == "tcp://127.0.0.1:1"


def test_a_program_that_fails_says_why(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = Programs(settings)
    run = programs._run
    monkeypatch.setattr(programs, "_run", lambda name, _: run(name, ["scheduler", "--no-such-option"]))
    with pytest.raises(EngineNotStarted, match="no-such-option"):
        programs.start()
    assert programs.alive() == {}  # no worker waits for a scheduler that never came


def test_workers_load_their_libraries_while_the_scheduler_does(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, told = with_workers(settings, 2), []

    def run(name: str, _: list[str]) -> Program:
        told.append(name)
        return Program(os.getpid(), psutil.Process().create_time())

    monkeypatch.setattr(programs, "_run", run)
    monkeypatch.setattr(programs, "_wait_for_scheduler", lambda _: told.append("waits"))
    monkeypatch.setattr(module, "_yield_to_pages", lambda _: None)
    programs.start()
    assert told == ["scheduler", "worker-0", "worker-1", "waits"]
    assert not programs.complete()  # whoever started them may have ended before the scheduler could be reached
    programs.scheduler_file.write_text('{"address": "tcp://127.0.0.1:1"}')
    assert programs.complete()
