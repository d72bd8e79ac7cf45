"""Pages tested alone: a home with a trained run in it, and a way to open a page in a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.data.dataset import Dataset
from core.data.labelling.desk import Desk
from core.runs import jobs
from core.runs.engine import Engine
from core.runs.store import RunStore
from core.settings import Settings
from core.training.recipes import recipe
from dashboard.ui import launch, state

Open = Callable[..., AppTest]


@dataclass(frozen=True)
class Shelf:
    """A home folder with one data set and one finished run of it."""

    home: Path
    store: RunStore
    data: str
    run: str


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    home = tmp_path_factory.mktemp("pages")
    settings = Settings(home, f"sqlite:///{home.as_posix()}/runs.db", None, 2, 60)
    store = RunStore(settings.tracking_uri, home)
    data = store.save_dataset(texts())
    # Without dropout, so that the loss falls whatever numbers a machine or a version draws.
    values = {"epochs": 2, "units": 4, "word_dropout": 0.0, "embedding_dropout": 0.0, "dropout": 0.0}
    run_id = store.create_run(recipe("fast", "gru").with_values(values), data, "A <b>bold</b> name")
    jobs.train_run(run_id, settings)
    jobs.references_run(run_id, settings)
    st.cache_resource.clear()  # the pages open their store once for all tests, in this home
    return Shelf(home, store, data, run_id)


def texts() -> Dataset:
    """60 short texts of two classes, told apart by one word."""
    subjects = ["the soup", "this film", "our room", "the bus", "that book", "the lamp"]
    good, bad = ("lovely", "superb", "fine", "great", "nice"), ("awful", "poor", "dull", "grim", "bad")
    rows = [(f"{subject} was {word}", label) for label, words in (("yes", good), ("no", bad))
            for subject in subjects for word in words]  # fmt: skip
    return Dataset.build([text for text, _ in rows], [label for _, label in rows], "meals", "pasted")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Runs for which the engine would have been asked."""
    runs: list[str] = []
    monkeypatch.setattr(launch, "_ask", lambda run_id, work: runs.append(run_id))
    return runs


@pytest.fixture
def open_page(shelf: Shelf, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> Open:
    """`open_page("evaluate", "fr", run=...)`: the page after its first run, in the shelf's home."""
    for name in ("UNROLLED_TRACKING_URI", "UNROLLED_SCHEDULER", "UNROLLED_WORKERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("UNROLLED_HOME", str(shelf.home))
    if state.settings_of_machine().home != shelf.home:  # another file's tests have had a home of their own
        st.cache_resource.clear()
        st.cache_data.clear()

    def start(page: str, language: str = "en", **address: str) -> AppTest:
        imports = f"from dashboard.steps import {page}\nfrom dashboard.ui import draft, state\n"
        test = AppTest.from_string(
            f"{imports}state.sync_address()\ndraft.write_address()\n{page}.page()", default_timeout=30
        )
        for name, value in {"lang": language, **address}.items():
            test.query_params[name] = value
        return test.run()

    return start


def said(test: AppTest) -> str:
    """All prose of a page in one string."""
    kinds = (test.title, test.subheader, test.markdown, test.caption, test.warning, test.error, test.code)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Short jobs are done by the test itself, and nothing is compiled for one sentence."""
    import tensorflow as tf

    monkeypatch.setattr(Engine, "short", lambda self, job, *values: job(*values))
    monkeypatch.setattr("dashboard.ui.inside.arriving.AT_ONCE_SECONDS", 60)
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


@pytest.fixture
def desk(shelf: Shelf) -> Iterator[Desk]:
    st.cache_resource.clear()
    desk = Desk(shelf.home)
    yield desk
    for entry in desk.sessions():
        desk.forget(entry.id)


@pytest.fixture
def session(desk: Desk) -> str:
    """The texts of the shelf without their labels, and its classes."""
    return desk.begin(Dataset.build(texts().texts, None, "meals", "pasted"), ["no", "yes"])
