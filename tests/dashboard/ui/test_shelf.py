"""Stored texts on pages: opened from a list, described, deleted after a question; large ones as a sample."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data import large
from core.data.dataset import Dataset
from core.runs import datasets, exports
from core.runs import large as answers
from core.runs.longjobs import LongJob, Progress, Teller
from core.runs.records import Problem
from core.runs.store import RunStore
from core.runs.supervision import JobDied
from core.training.recipes import recipe
from dashboard.ui import big, longjobs, shelf

SHELF = """
import streamlit as st
from dashboard.ui import shelf
dataset = shelf.from_shelf()
if dataset is not None:
    st.text(f"{len(dataset)} of {dataset.rows} from {dataset.fingerprint}")
"""


@pytest.fixture
def submitted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Long jobs for which the engine would have been asked."""
    names: list[str] = []
    monkeypatch.setattr(longjobs, "_submit", lambda job: names.append(job.name))
    return names


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> int:
    """More rows than this are many here."""
    for module in (large, datasets):
        monkeypatch.setattr(module, "LARGE", 60)
    monkeypatch.setattr(large, "SAMPLE", 50)
    return 60


def dataset(rows: int = 4, name: str = "avis") -> Dataset:
    return Dataset.build([f"{name} {row}" for row in range(rows)], ["x", "y"] * (rows // 2), name, "pasted")


def opened(script: str, **session: object) -> AppTest:
    test = AppTest.from_string(script, default_timeout=30)
    test.query_params["lang"] = "en"
    for name, value in session.items():
        test.session_state[name] = value
    return test.run()


def pick(monkeypatch: pytest.MonkeyPatch, fingerprint: str) -> None:
    """Tick a data set: AppTest cannot click into tables."""
    monkeypatch.setattr(shelf, "_picked", lambda entries: next(e for e in entries if e.fingerprint == fingerprint))


def test_an_empty_shelf_says_how_texts_come_there(store: RunStore) -> None:
    assert "No texts are stored yet" in opened(SHELF).caption[0].value


def test_the_list_names_all_and_gives_none_that_is_not_ticked(store: RunStore) -> None:
    prints = [store.save_dataset(dataset(name=name)) for name in ("avis", "courriels")]
    test = opened(SHELF)
    assert test.dataframe[0].value["Fingerprint"].tolist() == prints[::-1]
    assert not test.text


def test_a_data_set_is_opened_and_described(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprint = store.save_dataset(dataset())
    pick(monkeypatch, fingerprint)
    test = opened(SHELF)
    assert test.text[0].value == f"4 of 4 from {fingerprint}"
    test.text_input[0].set_value("Avis d'hôtels")
    test.text_input[1].set_value("CC BY 4.0")
    test.text_area[0].set_value("from a colleague").run()
    entry = store.dataset(fingerprint)
    assert (entry.name, entry.licence, entry.notes) == ("Avis d'hôtels", "CC BY 4.0", "from a colleague")


def test_a_large_data_set_is_a_sample_and_written_to_the_disk(
    store: RunStore, monkeypatch: pytest.MonkeyPatch, limit: int, submitted: list[str]
) -> None:
    fingerprint = store.save_dataset(dataset(limit + 2))
    pick(monkeypatch, fingerprint)
    monkeypatch.setattr(big, "same_machine", lambda: True)
    monkeypatch.setenv("UNROLLED_HOME", str(store.home))
    test = opened(SHELF)
    test.button(key=f"write.csv_{fingerprint}").click().run()
    job = LongJob(store.home / "longjobs" / submitted[0])
    kind, what = job.asked()
    assert kind == "export"
    job.keep(exports.export(job, Teller(job, ""), **what))
    path = Path(test.run().code[0].value)
    assert path.parent == store.home / "exports"
    assert pd.read_csv(path)["text"].tolist() == [f"avis {row}" for row in range(limit + 2)]
    path.unlink()
    test.run()
    assert len(submitted) == 2  # written anew


def test_a_large_data_set_elsewhere_is_exported_on_the_command_line(
    store: RunStore, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    fingerprint = store.save_dataset(dataset(limit + 2))
    pick(monkeypatch, fingerprint)
    test = opened(SHELF)
    assert test.text[0].value == f"50 of 62 from {fingerprint}"
    assert f"datasets --export {fingerprint}" in test.code[0].value


def test_deleting_asks_once_and_a_run_says_that_its_texts_are_gone(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    fingerprint = store.save_dataset(dataset())
    run_id = store.create_run(recipe("fast", "lstm"), fingerprint)
    pick(monkeypatch, fingerprint)
    test = opened(SHELF)
    assert "1 training learned" in "".join(caption.value for caption in test.caption)
    next(button for button in test.button if button.label == "Delete").click().run()
    assert len(store.datasets()) == 1
    assert [button.label for button in test.button][-2:] == ["Delete them", "Keep them"]
    # What the dialog's button does: AppTest cannot run a dialog by itself.
    test = opened(f"from dashboard.ui import shelf\nshelf.delete({fingerprint!r})", data=fingerprint)
    assert store.datasets() == []
    assert test.session_state["data"] is None
    told = opened(f"from dashboard.ui import shelf, state\nshelf.used(state.store().run({run_id!r}))").caption[0].value
    assert fingerprint in told
    assert "were deleted" in told


PREPARED = """
import streamlit as st
from dashboard.ui import draft, preparing, state
found = preparing.current()
st.text("none" if found is None else f"{len(found[1].parts['train'])} of {found[1].split.parts[0].texts}")
"""


def test_a_large_data_set_is_prepared_by_a_job_that_any_page_finds(
    store: RunStore, submitted: list[str], limit: int
) -> None:
    fingerprint = store.save_dataset(dataset(limit + 2))
    test = opened(PREPARED, data=fingerprint)
    assert test.text[0].value == "none"
    assert [button.label for button in test.button] == ["Cancel"]
    opened(PREPARED, data=fingerprint)
    assert len(submitted) == 1
    job = LongJob(store.home / "longjobs" / submitted[0])
    test.button[0].click().run()
    assert job.progress().state == "cancelled"
    assert [button.label for button in test.button] == ["Try again"]
    test.button[0].click().run()
    assert len(submitted) == 2
    kind, what = job.asked()
    assert kind == "prepare"
    prepared, figures = answers.prepare(job, Teller(job, ""), **what)
    job.keep((prepared, figures))
    held = [len(part) for part in prepared.parts.values()]
    assert (sum(held), figures.texts) == (50, 62)
    assert opened(PREPARED, data=fingerprint).text[0].value == f"{held[0]} of {prepared.split.parts[0].texts}"


def test_a_changed_setting_ends_the_preparation_that_nobody_waits_for_any_more(
    store: RunStore, submitted: list[str], limit: int
) -> None:
    fingerprint = store.save_dataset(dataset(limit + 2))
    test = opened(PREPARED, data=fingerprint)
    test.query_params["set"] = "sequence_length=7"
    del test.session_state["draft"]
    test.run()
    states = [LongJob(store.home / "longjobs" / name).progress().state for name in submitted]
    assert states == ["cancelled", "waiting"]


def test_what_went_wrong_in_a_job_is_one_sentence(store: RunStore, submitted: list[str]) -> None:
    script = "from dashboard.ui import longjobs\nlongjobs.answer('check', fingerprint='x')"
    opened(script)
    LongJob(store.home / "longjobs" / submitted[0]).tell(Progress("failed", problem=Problem.of(JobDied())))
    test = opened(script)
    assert "ran out of memory" in test.error[0].value
    assert [button.label for button in test.button] == ["Try again"]
