"""What a network thinks of the texts that wait: the most uncertain ones first, each with its likely class."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from core.data.labelling.session import Labelling
from core.evaluation.answers import probability_column
from core.evaluation.uncertainty import uncertainty
from core.runs import jobs
from core.runs.engine import Engine
from core.runs.records import Run
from dashboard.ui import problems, results, state
from dashboard.ui.i18n import _, date
from dashboard.ui.labelling import session

_HERE = 500  # so many texts are read in this process at once; more are read on the engine
_READ = 4_000  # of more texts that wait, so many are read: the most uncertain of them are as good as those of all
_LISTED = 50
_REFRESH_SECONDS = 1.0


@dataclass(frozen=True)
class Suggestions:
    """By row: how uncertain the network is (0 to 1), and its likely class with its probability."""

    uncertainty: dict[int, float]
    answers: dict[int, tuple[str, float]]


def choose(name: str, now: Labelling) -> tuple[Suggestions | None, bool]:
    """Controls for the network that suggests; what it suggests, and whether that is to be shown."""
    found = {run.run_id: run for run in _possible(now)}
    own = [run_id for run_id in now.runs if run_id in found]
    newest = own[-1] if own else None
    key = f"suggesting:{name}"
    gone = st.session_state.get(key) not in (None, *found)
    if gone or st.session_state.get("suggested_newest") != (name, newest):
        st.session_state["suggested_newest"] = (name, newest)
        st.session_state[key] = newest  # a training on these texts that has just ended suggests at once
    if not found:
        return None, False
    chosen = st.selectbox(
        _("Suggestions come from"),
        [None, *found],
        format_func=lambda run_id: _title(found[run_id]) if run_id else _("no network"),
        key=key,
        persist_state="session",
    )
    if chosen is None:
        return None, False
    shown = st.toggle(
        _("Show what the network would answer"),
        value=True,
        key="suggestions_shown",
        persist_state="session",
        help=_("A suggestion that one sees draws one's own answer towards it. Switched off, the network only chooses "
               "the texts."),
    )  # fmt: skip
    unknown = [each for each in now.classes if each not in found[chosen].class_names]
    if unknown:
        st.caption(
            _("This network does not know {names} yet: train anew once a few texts have that label.",
              names=", ".join(problems.plain(_("“{name}”", name=each)) for each in unknown))
        )  # fmt: skip
    run = found[chosen]
    return _when_read(_reading(name, chosen, run.seconds), (name, chosen, run.seconds)), bool(shown)


def _when_read(reading: Future[Suggestions], asked: tuple[str, str, float]) -> Suggestions | None:
    """What the network suggests; None while it still reads, which nobody has to wait for."""
    if not reading.done():
        st.fragment(_wait, run_every=_REFRESH_SECONDS, key="label_reading")(reading)
        return None
    with problems.shown():
        if reading.exception():
            _reading.clear(*asked)  # the next visit tries again
        return reading.result()
    return None


def _wait(reading: Future[Suggestions]) -> None:
    st.caption(_("The network reads the texts that are left…"))
    if reading.done():
        st.rerun()


@st.cache_resource(max_entries=6, show_spinner=False)
def _reading(name: str, run_id: str, seconds_trained: float) -> Future[Suggestions]:
    """What a run's network, after so much training, says of the texts that wait; never of those that judge it."""
    questions, done = session.questions(name), session.now(name).labels
    rows = [row for row in questions.order if row not in done and row not in questions.test][:_READ]
    texts = session.texts(name).frame["text"].iloc[rows].tolist()
    run = state.store().run(run_id)
    reading: Future[Suggestions] = Future()
    if len(rows) <= _HERE:
        network = results.network(run)
        reading.set_result(_suggestions(rows, network.predict(texts), network.class_names))
    else:
        threading.Thread(target=_read_there, args=(reading, run, rows, texts, state.engine()), daemon=True).start()
    return reading


def _read_there(reading: Future[Suggestions], run: Run, rows: list[int], texts: list[str], engine: Engine) -> None:
    try:
        table = engine.short(jobs.predict_file, run.run_id, pd.DataFrame({"text": texts}), "text")
        probabilities = table[[probability_column(each) for each in run.class_names]].to_numpy(np.float32)
        reading.set_result(_suggestions(rows, probabilities, run.class_names))
    except Exception as error:
        reading.set_exception(error)  # said on the page that asks for the result


def _suggestions(rows: list[int], probabilities: NDArray[np.float32], names: list[str]) -> Suggestions:
    """probabilities: (rows, classes)."""
    if not rows:
        return Suggestions({}, {})
    best = [names[place] for place in probabilities.argmax(axis=1)]
    likely = zip(best, probabilities.max(axis=1).tolist(), strict=True)
    return Suggestions(
        dict(zip(rows, uncertainty(probabilities).tolist(), strict=True)), dict(zip(rows, likely, strict=True))
    )


def _possible(now: Labelling) -> list[Run]:
    """Trained networks that tell apart classes of this session, those trained on its texts first."""
    runs = [
        run
        for run in state.store().runs(_LISTED)
        if run.has_network and run.settings.task == "classification" and set(run.class_names) <= set(now.classes)
    ]
    return sorted(runs, key=lambda run: run.run_id not in now.runs)


def _title(run: Run) -> str:
    return f"{run.name} · {date(run.created)}"
