"""What a run is compared to: trained once for equal texts, and why not, where it failed."""

from __future__ import annotations

import pytest

from core.runs import jobs
from core.runs.store import RunStore
from core.settings import Settings

pytestmark = pytest.mark.usefixtures("quick_references")


def test_references_are_trained_once_for_equal_texts(
    environment: Settings, store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.evaluation import references

    jobs.references_run(run_id, environment)
    first = store.load_references(run_id)
    assert list(first) == list(references.REFERENCES)

    def refuse(*_: object) -> None:
        raise AssertionError("trained again")

    monkeypatch.setattr(references, "each_reference", refuse)
    run = store.run(run_id)
    twin = store.create_run(run.settings.with_values({"dropout": 0.1}), run.dataset_fingerprint)
    jobs.references_run(twin, environment)
    assert {name: item.test for name, item in store.load_references(twin).items()} == {
        name: item.test for name, item in first.items()
    }
    other = store.create_run(run.settings.with_values({"seed": 1}), run.dataset_fingerprint)
    with pytest.raises(AssertionError, match="trained again"):
        jobs.references_run(other, environment)


def test_references_of_a_deleted_run_are_trained_again(environment: Settings, store: RunStore, run_id: str) -> None:
    run = store.run(run_id)
    jobs.references_run(run_id, environment)
    store.delete(run_id)
    twin = store.create_run(run.settings, run.dataset_fingerprint)
    jobs.references_run(twin, environment)
    assert len(store.load_references(twin)) == 3


def test_why_references_failed_is_kept_until_they_are_there(
    environment: Settings, store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.evaluation import references

    def fail(*_: object) -> object:
        raise MemoryError("too little")

    with monkeypatch.context() as patch:
        patch.setattr(references, "each_reference", fail)
        with pytest.raises(MemoryError):
            jobs.references_run(run_id, environment)
    problem = store.run(run_id).references_error
    assert problem is not None
    assert "too little" in str(problem)
    store.set_references_error(run_id, None)
    assert store.run(run_id).references_error is None
