"""What stored runs say of themselves, cached by the run and by how long it was trained."""

from __future__ import annotations

from typing import cast

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from core.evaluation.evaluate import Evaluation
from core.generation.judging import WritingEvaluation
from core.generation.writer import Writer
from core.insight.network import Network
from core.insight.trained import Trained
from core.runs.datasets import DatasetNotFound
from core.runs.records import Run
from core.tasks import task_of
from core.tasks.tagging.tagger import Tagger
from dashboard.ui import state

WRITING = "generation"  # the task whose runs have pages of their own (dashboard/ui/writing)


def evaluation(run: Run) -> Evaluation | None:
    """The run's scores and answers on the test texts; None while there are none."""
    return _evaluation(run.run_id, run.dataset_fingerprint, run.test_looks) if run.test_looks else None


def network(run: Run) -> Network:
    """The run's network in NumPy. Raises NothingStored before there is one."""
    return _network(run.run_id, run.seconds)  # a training that diverges stores its network without a look


def trained(run: Run) -> Trained:
    """The same, whatever the run's task."""
    return network(run) if run.settings.task == "classification" else _trained(run.run_id, run.seconds)


def tagger(run: Run) -> Tagger:
    """The same of a run that tags words."""
    return cast(Tagger, _trained(run.run_id, run.seconds))


def numbers_to_learn(run: Run) -> int:
    """How many numbers a network learned, whatever its task."""
    return sum(array.size for array in _trained(run.run_id, run.seconds).weights.values())


def references(run: Run) -> dict[str, Evaluation]:
    """What simpler things reach on the same texts, by name: those that are trained by now."""
    found = _references(run.run_id, run.dataset_fingerprint, evaluation(run))
    if len(found) < len(task_of(run.settings).references):
        _references.clear(run.run_id, run.dataset_fingerprint, None)  # some may arrive at any moment
    return found


def writing(run: Run) -> WritingEvaluation | None:
    """The same of a network that writes."""
    return _writing(run.run_id, run.test_looks) if run.test_looks else None


def writing_references(run: Run) -> dict[str, WritingEvaluation]:
    """What counting neighbouring tokens reaches, by name: those that are there by now."""
    found = _writing_references(run.run_id, run.test_looks)
    if len(found) < len(task_of(run.settings).references):
        _writing_references.clear(run.run_id, run.test_looks)
    return found


def references_there(run: Run) -> int:
    """How many references there are by now, whatever the run's task."""
    return len(writing_references(run) if run.settings.task == WRITING else references(run))


def writer(run: Run) -> Writer:
    """The run's network that writes, in NumPy. Raises NothingStored before there is one."""
    return cast(Writer, _trained(run.run_id, run.seconds))


@st.cache_resource(max_entries=6, show_spinner=False)
def _writing(run_id: str, test_looks: int) -> WritingEvaluation | None:
    return state.store().load_writing(run_id)


@st.cache_resource(max_entries=6, show_spinner=False)
def _writing_references(run_id: str, test_looks: int) -> dict[str, WritingEvaluation]:
    return state.store().load_writing_references(run_id)


@st.cache_resource(max_entries=12, show_spinner=False)
def _evaluation(run_id: str, texts: str, test_looks: int) -> Evaluation | None:
    return state.store().load_evaluation(run_id)


@st.cache_resource(max_entries=6, show_spinner=False)
def _network(run_id: str, seconds: float) -> Network:
    return state.store().load_network(run_id)


@st.cache_resource(max_entries=6, show_spinner=False)
def _trained(run_id: str, seconds: float) -> Trained:
    return state.store().load_trained(run_id)


@st.cache_resource(max_entries=12, show_spinner=False)
def _references(run_id: str, texts: str, _beside: Evaluation | None) -> dict[str, Evaluation]:
    return state.store().load_references(run_id, _beside)


@st.cache_data(ttl=30, max_entries=30, show_spinner=False)
def speed(architecture: str) -> float | None:
    """How fast this machine is beside the one of the prices, as its latest trainings tell; None before the first."""
    return state.store().speed(architecture)


def kept_columns(run: Run) -> list[str]:
    """The columns that came with the run's texts beside texts and labels; none where the texts were deleted."""
    return _kept_columns(run.dataset_fingerprint)


@st.cache_data(max_entries=12, show_spinner=False)
def _kept_columns(fingerprint: str) -> list[str]:
    from core.data.kept import kept_columns

    try:
        with state.store().dataset_file(fingerprint) as path:
            return kept_columns(path)
    except DatasetNotFound:
        return []


def kept_values(run: Run, column: str, rows: NDArray[np.int64]) -> pd.Series:
    """(rows,) of one of these columns."""
    from core.data.kept import kept_values

    with state.store().dataset_file(run.dataset_fingerprint) as path:
        return kept_values(path, column, rows)
