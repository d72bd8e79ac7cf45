"""The table of all runs as it was last read; read anew only after something in the store has changed."""

from __future__ import annotations

import time

import pandas as pd
import streamlit as st

from core.runs.processes import release_memory
from dashboard.ui import state
from dashboard.ui.run_table import columns

_SECONDS = 20  # how old it may be where the store cannot tell whether it has changed


def listing(names: tuple[str, ...]) -> pd.DataFrame:
    """All runs with these columns (core.runs.listing) beside those that are always there. It is not to be changed."""
    further = tuple(name for name in names if name not in columns.BASE)
    return _read(further, state.store().stamp() or (int(time.monotonic()) // _SECONDS,))


def warm() -> None:
    """Read the usual columns now, so that the first opening of the page need not."""
    listing(columns.USUAL)


@st.cache_resource(max_entries=2, show_spinner=False)
def _read(further: tuple[str, ...], stamp: tuple[int, ...]) -> pd.DataFrame:
    table = state.store().listing(further)
    if len(table) > 2_000:
        release_memory()  # what SQLite and pandas needed meanwhile is three times what is kept
    return table
