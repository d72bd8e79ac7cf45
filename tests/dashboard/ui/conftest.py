"""A store for pages that are tested in parts, in a home of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from core.runs.store import RunStore


@pytest.fixture
def store(home: Path) -> RunStore:
    st.cache_resource.clear()
    st.cache_data.clear()
    return RunStore(f"sqlite:///{(home / 'runs.db').as_posix()}", home)
