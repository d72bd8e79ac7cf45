"""A search's file: budgets, stops and what another program reads of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.search import plan
from core.search.plan import Halt, NoSuchSearch, Search, searches
from core.search.space import Range
from core.training.recipes import recipe


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_000.0]
    monkeypatch.setattr(plan.time, "time", lambda: now[0])
    monkeypatch.setattr(plan.time, "monotonic", lambda: now[0])
    return now


def begun(home: Path, **budget: float) -> Search:
    settings = recipe("recommended", "lstm", 2_000)
    ranges = [Range("units", 8, 16, whole=True), Range("architecture", choices=("lstm", "gru"))]
    return Search.create(home, "mine", "abc", settings, ranges, **budget)  # type: ignore[arg-type]


def test_another_program_reads_the_same(tmp_path: Path) -> None:
    search = begun(tmp_path, trials=5)
    assert Search.load(tmp_path, search.search_id) == search
    assert searches(tmp_path, "abc") == [search]
    assert searches(tmp_path, "other") == []


def test_what_is_chosen_by_is_not_learned_from(tmp_path: Path) -> None:
    assert recipe("recommended", "lstm", 2_000).split.validation_learned > 0
    assert begun(tmp_path).settings.split.validation_learned == 0


def test_an_id_out_of_an_address_may_be_anything(tmp_path: Path) -> None:
    for wanted in ("", "..", "../secret", "nothing", "\0"):
        with pytest.raises(NoSuchSearch):
            Search.load(tmp_path, wanted)


def test_a_file_of_another_version_hides_no_other(tmp_path: Path) -> None:
    search = begun(tmp_path)
    other = tmp_path / "searches" / "old"
    other.mkdir()
    (other / "search.json").write_text('{"settings": {}, "ranges": []}')
    assert searches(tmp_path) == [search]


def test_minutes_are_counted_over_all_sessions(tmp_path: Path, clock: list[float]) -> None:
    search = begun(tmp_path, minutes=2)
    clock[0] += 90
    assert not search.halted(1)
    stopped = search.stop()
    clock[0] += 10_000  # nobody worked on it
    assert stopped.seconds() == 90
    again = Search.load(tmp_path, search.search_id).resume()
    assert again.session == 2
    clock[0] += 29
    assert not again.halted(2)
    clock[0] += 2
    assert again.time_is_up()
    assert again.halted(2)
    assert not again.resume(minutes=5).halted(3)


def test_what_was_lost_with_the_machine_counts_to_the_last_sign_of_life(tmp_path: Path, clock: list[float]) -> None:
    import os

    search = begun(tmp_path, minutes=2)
    search.seen()
    os.utime(search.folder / "seen", (1_030, 1_030))
    clock[0] += 10_000
    assert search.resume().seconds() == 30


def test_a_trial_hears_a_stop_a_new_session_and_a_deletion(tmp_path: Path, clock: list[float]) -> None:
    search = begun(tmp_path, trials=3)
    first = Halt(search, 1)
    assert not first()
    search.stop().resume()
    clock[0] += 1
    assert first()
    second = Halt(search, 2)
    assert not second()
    search.file.unlink()
    clock[0] += 1
    assert second()
