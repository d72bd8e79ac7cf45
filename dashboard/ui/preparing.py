"""The draft's preparation of the current texts, computed once for all pages that show it."""

from __future__ import annotations

import streamlit as st

from core.config import RunSettings
from core.data.dataset import Dataset
from core.text.prepare import Prepared, Statistics, prepare, statistics
from dashboard.ui import draft, state
from dashboard.ui.i18n import _


def prepared(dataset: Dataset, settings: RunSettings) -> Prepared:
    """The texts of `dataset` as the network would get them. Raises DataError."""
    return _prepared(dataset.fingerprint, settings.digest("preparation", "split"), dataset, settings)


def figures(dataset: Dataset, settings: RunSettings) -> Statistics:
    """Shares of unknown words, texts cut, lengths: of the whole preparation."""
    return _figures(dataset.fingerprint, settings.digest("preparation", "split"), dataset, settings)


@st.cache_resource(max_entries=3, show_spinner=False)
def _prepared(fingerprint: str, digest: str, _dataset: Dataset, _settings: RunSettings) -> Prepared:
    return prepare(_dataset, _settings.preparation, _settings.split)


@st.cache_data(max_entries=16, show_spinner=False)
def _figures(fingerprint: str, digest: str, _dataset: Dataset, _settings: RunSettings) -> Statistics:
    return statistics(prepared(_dataset, _settings))


def current() -> tuple[Dataset, Prepared] | None:
    """The session's texts, prepared with its draft; None before there are any. Raises DataError."""
    dataset = state.dataset()
    if dataset is None:
        return None
    with st.spinner(_("Preparing your texts"), show_time=True):
        return dataset, prepared(dataset, draft.settings())
