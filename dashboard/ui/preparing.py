"""The draft's preparation of the current texts, computed once for all pages that show it."""

from __future__ import annotations

import streamlit as st

from core.config import RunSettings
from core.data.dataset import Dataset
from core.tasks import task_of
from core.text.cutter import Cutter
from core.text.prepare import Prepared, Statistics, statistics
from core.text.vocabulary import Frequencies, frequencies
from dashboard.ui import draft, longjobs, state
from dashboard.ui.i18n import _


def prepared(dataset: Dataset, settings: RunSettings) -> Prepared | None:
    """The texts of `dataset` as the network would get them. Raises DataError.

    Of a large data set, those of its sample, with the encoder and the split of the whole; None while that is worked
    out, and then the page shows how far it is.
    """
    if dataset.whole:
        found = _of_large(dataset, settings)
        return found[0] if found else None
    return _prepared(dataset.fingerprint, settings.digest("task", "of_task", "preparation", "split"), dataset, settings)


def figures(dataset: Dataset, settings: RunSettings) -> Statistics | None:
    """Shares of unknown words, texts cut, lengths: of all texts; None as above."""
    if dataset.whole:
        found = _of_large(dataset, settings)
        return found[1] if found else None
    return _figures(dataset.fingerprint, settings.digest("task", "of_task", "preparation", "split"), dataset, settings)


def _of_large(dataset: Dataset, settings: RunSettings) -> tuple[Prepared, Statistics] | None:
    # Only what it depends on: another network has the same preparation.
    asked = settings.model_dump(mode="json", include={"task", "of_task", "preparation", "split"})
    longjobs.only("prepare", fingerprint=dataset.fingerprint, settings=asked)
    found: tuple[Prepared, Statistics] | None = longjobs.answer(
        "prepare", fingerprint=dataset.fingerprint, settings=asked
    )
    return found


@st.cache_resource(max_entries=3, show_spinner=False)
def _prepared(fingerprint: str, digest: str, _dataset: Dataset, _settings: RunSettings) -> Prepared:
    cutter = _cutter(fingerprint, _settings.preparation.tokens, _dataset)
    return task_of(_settings).prepare(_dataset, _settings, cutter)


@st.cache_resource(max_entries=2, show_spinner=False)
def _cutter(fingerprint: str, tokens: str, _dataset: Dataset) -> Cutter:
    return Cutter(_dataset.texts, tokens)


def counts(prepared: Prepared, part: str) -> Frequencies:
    """How often each token stands in a part of the session's texts; quickly where they were cut already."""
    dataset, settings = state.dataset(), prepared.encoder.preparation
    found = prepared.parts[part].frequencies(prepared.encoder)
    if found is None and dataset is not None and not dataset.whole:
        places = dataset.frame.index.get_indexer(prepared.parts[part].rows)
        found = _cutter(dataset.fingerprint, settings.tokens, dataset).frequencies(settings, places)
    return found or frequencies(prepared.parts[part].texts, prepared.encoder)


@st.cache_data(max_entries=16, show_spinner=False)
def _figures(fingerprint: str, digest: str, _dataset: Dataset, _settings: RunSettings) -> Statistics:
    return statistics(_prepared(fingerprint, digest, _dataset, _settings))


def current() -> tuple[Dataset, Prepared] | None:
    """The session's texts, prepared with its draft; None before there are any, or as long as `prepared` has none.

    Raises DataError.
    """
    dataset = state.dataset()
    if dataset is None:
        return None
    with st.spinner(_("Preparing your texts")):
        found = prepared(dataset, draft.settings())
    return (dataset, found) if found else None
