"""What a session knows: its data set and its run (its draft of settings is in draft.py).

Each is also in the address, so that a refresh, another tab or another person with the link sees the same:
`?data=FINGERPRINT&run=RUN`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import streamlit as st

from core.data.dataset import Dataset
from core.data.usable import usable_count
from core.errors import UnrolledError
from core.runs.engine import Engine
from core.runs.records import Run
from core.runs.store import RunStore
from core.settings import Settings

# in the address: in the session
_CARRIED = {
    "data": "data",
    "incoming": "incoming",
    "run": "run",
    "sweep": "sweep",
    "contest": "contest",
    "search": "search",
    "labelling": "labelling",
    "table": "table",
    "lang": "language",
}


@st.cache_resource(show_spinner=False)
def settings_of_machine() -> Settings:
    return Settings.from_environment()


@st.cache_resource(show_spinner=False)
def store() -> RunStore:
    machine = settings_of_machine()
    return RunStore(machine.tracking_uri, machine.home)


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    return Engine(settings_of_machine())


@st.cache_resource(show_spinner=False)
def start_in_background(_then: Callable[[], None]) -> threading.Thread:
    """Create the store's tables and warm the workers while the visitor reads the first page, then whatever else."""

    def start() -> None:
        try:
            with ThreadPoolExecutor(1, "unrolled-store") as beside:  # the engine's programs load for seconds meanwhile
                opened = beside.submit(lambda: store().runs(limit=1))
                engine().ensure()
            opened.result()
            engine().warm()
            engine().reconcile(store())
            _then()
        except UnrolledError:
            pass  # the first page that needs them meets the same error and says it

    thread = threading.Thread(target=start, name="unrolled-start", daemon=True)
    thread.start()
    return thread


def shares_the_only_worker() -> bool:
    """Whether a job of seconds now runs beside a training in the one worker that there is."""
    now = engine().state()
    return now.workers == 1 and bool(now.running)


@st.cache_data(ttl=10, show_spinner=False)
def look_after_runs() -> None:
    """Mark runs that nobody works on any more as interrupted; at most every ten seconds, whoever is watching."""
    engine().reconcile(store())


def sync_address() -> None:
    """Let the address decide what this session looks at, and write back what the address does not say."""
    for name, key in _CARRIED.items():
        if name in st.query_params:
            st.session_state[key] = st.query_params[name]
        elif st.session_state.get(key):
            st.query_params[name] = st.session_state[key]


def address() -> dict[str, Any]:
    """The query parameters that a link to another page of this app has to carry."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def look_at_run(run_id: str | None) -> None:
    _look_at("run", run_id)


def look_at_data(fingerprint: str | None) -> None:
    _look_at("data", fingerprint)


def look_at_incoming(job: str | None) -> None:
    """The large file that is being taken in."""
    _look_at("incoming", job)


def look_at_sweep(sweep_id: str | None) -> None:
    """Several preparations that are compared (core.runs.sweeps)."""
    _look_at("sweep", sweep_id)


def look_at_contest(name: str | None) -> None:
    """A network beside simpler methods (core.runs.contest)."""
    _look_at("contest", name)


def look_at_search(search_id: str | None) -> None:
    """A search for better settings (core.search)."""
    _look_at("search", search_id)


def look_at_labelling(session: str | None) -> None:
    _look_at("labelling", session)


def look_at_table(table: str | None) -> None:
    """The table that is typed into."""
    _look_at("table", table)


def _look_at(name: str, value: str | None) -> None:
    st.session_state[name] = value
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def run() -> Run | None:
    """The run that this session looks at; None before the first. Raises RunNotFound for an address that is old."""
    run_id = st.session_state.get("run")
    return store().run(run_id) if run_id else None


def dataset() -> Dataset | None:
    """The data set that this session works with; None before the first. Of a large one, a sample (`Dataset.whole`)."""
    fingerprint = st.session_state.get("data")
    return load_dataset(fingerprint) if fingerprint else None


@st.cache_data(max_entries=16, show_spinner=False)
def usable_texts(fingerprint: str) -> int:
    """How many texts of a stored data set can be used; of a large one, which is not counted here, about how many."""
    return usable_count(load_dataset(fingerprint))


@st.cache_resource(max_entries=4, show_spinner=False)
def load_dataset(fingerprint: str) -> Dataset:
    return store().load_sample(fingerprint)
