"""A store for pages that are tested in parts, in a home of its own; its tables are made once and copied."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from core.runs.store import RunStore
from core.runs.tracking import GuardedClient


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("database") / "runs.db"
    GuardedClient(f"sqlite:///{file.as_posix()}", str(file), patience=4.0)
    return file


@pytest.fixture
def store(home: Path, empty_store: Path) -> RunStore:
    for file in empty_store.parent.glob("runs.db*"):
        (home / file.name).write_bytes(file.read_bytes())
    st.cache_resource.clear()
    st.cache_data.clear()
    return RunStore(f"sqlite:///{(home / 'runs.db').as_posix()}", home)
