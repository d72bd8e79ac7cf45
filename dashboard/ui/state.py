"""What a session knows: its data set, its draft of settings, its run.

Each is also in the address, so that a refresh, another tab or another person with the link sees the same:
`?data=FINGERPRINT&run=RUN&architecture=gru&recipe=recommended&set=units=32&set=epochs=5`.
"""

from __future__ import annotations

import threading
from typing import Any

import streamlit as st

from core.config import RunSettings
from core.data.dataset import Dataset
from core.errors import SettingsError, UnrolledError
from core.runs.engine import Engine
from core.runs.records import Run
from core.runs.store import RunStore
from core.settings import Settings
from core.training.recipes import recipe

_USUAL = {"recipe": "recommended", "architecture": "lstm"}
_CARRIED = {"data": "data", "run": "run", "lang": "language"}  # in the address: in the session


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
def start_in_background() -> threading.Thread:
    """Create the store's tables and warm the workers while the visitor reads the first page."""

    def start() -> None:
        try:
            store().runs(limit=1)
            engine().warm()
            engine().reconcile(store())
        except UnrolledError:
            pass  # the first page that needs them meets the same error and says it

    thread = threading.Thread(target=start, name="unrolled-start", daemon=True)
    thread.start()
    return thread


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
    _write_draft(draft())


def address() -> dict[str, Any]:
    """The query parameters that a link to another page of this app has to carry."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def look_at_run(run_id: str | None) -> None:
    _look_at("run", run_id)


def look_at_data(fingerprint: str | None) -> None:
    _look_at("data", fingerprint)


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
    """The data set that this session works with; None before the first."""
    fingerprint = st.session_state.get("data")
    return load_dataset(fingerprint) if fingerprint else None


@st.cache_resource(max_entries=4, show_spinner=False)
def load_dataset(fingerprint: str) -> Dataset:
    return store().load_dataset(fingerprint)


def draft() -> RunSettings:
    """The settings that the next run will have."""
    if "draft" not in st.session_state:
        st.session_state.draft = _draft_in_address()
    settings: RunSettings = st.session_state.draft
    return settings


def set_draft(settings: RunSettings) -> None:
    """Replace the draft; widgets that show it are told anew what they show."""
    st.session_state.draft = settings
    for key in [key for key in st.session_state if str(key).startswith(WIDGET)]:
        del st.session_state[key]


def change_draft(name: str, value: Any) -> None:
    """Change one parameter; a value that is not possible leaves the draft as it is and is explained on the page."""
    try:
        st.session_state.draft = draft().with_values({name: value})
        st.session_state.pop("refused", None)
    except SettingsError as error:
        st.session_state.refused = error


WIDGET = "setting:"


def _draft_in_address() -> RunSettings:
    base = {name: st.query_params.get(name, usual) for name, usual in _USUAL.items()}
    try:
        chosen = recipe(base["recipe"], base["architecture"])
        return chosen.with_values(dict(item.split("=", 1) for item in st.query_params.get_all("set") if "=" in item))
    except SettingsError:  # an address written by hand or by an older version
        return recipe(_USUAL["recipe"], _USUAL["architecture"])


def _write_draft(settings: RunSettings) -> None:
    """Only what differs from the usual: most addresses stay short."""
    base = recipe(settings.recipe, settings.network.architecture).flat()
    changed = [f"{name}={_text(value)}" for name, value in settings.flat().items() if value != base[name]]
    for name, usual in _USUAL.items():
        value = base[name]
        if value != usual and st.query_params.get(name) != value:
            st.query_params[name] = value
        elif value == usual:
            st.query_params.pop(name, None)
    if st.query_params.get_all("set") != changed:
        st.query_params["set"] = changed


def _text(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
