"""Which run is meant by a name, an id, or the beginning of an id."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from core.cli.find import NoRunsYet, NoSuchRun, SeveralRuns, find_run
from core.runs.store import RunStore


def store(*runs: tuple[str, str]) -> RunStore:
    listed = [SimpleNamespace(run_id=run_id, name=name) for run_id, name in runs]
    return cast(RunStore, SimpleNamespace(runs=lambda limit: listed))


RUNS = store(("abc123", "films"), ("abd456", "topics"), ("ffe789", "topics"), ("0a", "abc"))


@pytest.mark.parametrize(
    ("wanted", "run_id"), [("abc123", "abc123"), ("abd", "abd456"), ("films", "films"), ("abc", "0a")]
)
def test_a_name_an_id_or_its_beginning(wanted: str, run_id: str) -> None:
    found: Any = find_run(RUNS, wanted)
    assert run_id in (found.run_id, found.name)


@pytest.mark.parametrize(("wanted", "ids"), [("ab", "abc123, abd456"), ("topics", "abd456, ffe789")])
def test_what_is_ambiguous_is_asked_back(wanted: str, ids: str) -> None:
    with pytest.raises(SeveralRuns, match=ids):
        find_run(RUNS, wanted)


@pytest.mark.parametrize("wanted", ["filmz", ""])
def test_an_unknown_run_gets_a_guess(wanted: str) -> None:
    with pytest.raises(NoSuchRun, match="Did you mean “"):
        find_run(RUNS, wanted)


def test_an_empty_store_says_how_to_begin() -> None:
    with pytest.raises(NoRunsYet, match="core train"):
        find_run(store(), "x")
