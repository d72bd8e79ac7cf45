"""Surgery: silence units, hold a gate, forget what was before a word; beside the untouched network, which stays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from core.insight.gates import GATES, gates_at
from core.insight.network import Trace
from core.insight.surgery import (
    MOST_TEXTS,
    Effect,
    Held,
    Operation,
    Silenced,
    can_be_operated,
    effect,
    forgetful,
    operated,
)
from core.runs.records import Run
from core.text.sequences import Sequences
from dashboard.ui import charts, reading, results
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.inside import taking
from dashboard.ui.inside.chosen import settle, stretch
from dashboard.ui.inside.given import read

_NOISE = 0.05
Places = NDArray[np.int64]


def show(run: Run) -> None:
    text, trace = read(run)
    if trace is None:
        return
    network = results.network(run)
    if not can_be_operated(network):
        st.write(_("There is nothing to operate on: this network has no memory that goes from word to word."))
        st.caption(_(trace.without_states))
        return
    operations, forget = _asked(run, trace)
    changed = operated(network, operations)
    after = forgetful(changed, text, forget) if operations or forget else trace
    _lanes(trace, after, network.class_names)
    _on_tests(run, operations, forget)


def _keys(run: Run, place: str) -> tuple[str, str, str]:
    """Of the controls of one layer and direction: its units, its gate, and at which value that is held."""
    end = f"{run.run_id}_{place}"
    return f"surgery_units_{end}", f"surgery_gate_{end}", f"surgery_value_{end}"


def _asked(run: Run, trace: Trace) -> tuple[tuple[Operation, ...], int]:
    """The controls, and what they say for every layer and direction; the word before which all is forgotten."""
    words = reading.words(trace)
    forget_key = f"surgery_forget_{run.run_id}"
    settle(forget_key, len(words))
    place = reading.chosen_place(trace, "inside") or ""
    units_key, gate_key, value_key = _keys(run, place)
    gates = {name: _(GATES[name].title) for name in gates_at(trace, place) if GATES[name].opens}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.multiselect(
            _("Silence units"), range(trace.at(place).shape[1]), key=units_key, format_func=lambda unit: str(unit + 1),
            placeholder="–", width=260, persist_state="session",
            help=_("A silenced unit is always zero: the network has to do without it."),
        )  # fmt: skip
        if gates:
            st.selectbox(
                _("Hold a gate"), list(gates), index=None, key=gate_key, format_func=gates.__getitem__,
                placeholder="–", width=220, persist_state="session",
                help=_("For all units, at every word."),
            )  # fmt: skip
            st.segmented_control(
                _("At"), [0, 1], default=0, key=value_key, required=True, persist_state="session",
                format_func=lambda value: _("1, open") if value else _("0, shut"),
            )  # fmt: skip
        st.selectbox(
            _("Forget everything before"), range(1, len(words)), index=None, key=forget_key, placeholder="–",
            format_func=lambda step: f"{step + 1} · {words[step]}", width=220, persist_state="session",
            help=_("The memory is emptied before this word, and the answer is read from what comes after it. In the "
                   "test texts: before the word with the same number."),
        )  # fmt: skip
        st.button(_("Undo all"), icon=":material/restart_alt:", on_click=_reset, args=(run, trace.places))
    operations: list[Operation] = []
    for each in trace.places:
        units, gate, value = (st.session_state.get(key) for key in _keys(run, each))
        if gate:
            operations.append(Held(each, gate, int(value or 0)))
        if units:
            operations.append(Silenced(each, tuple(units)))
    return tuple(operations), int(st.session_state.get(forget_key) or 0)


def _reset(run: Run, places: Sequence[str]) -> None:
    for place in places:
        units, gate, value = _keys(run, place)
        st.session_state[units], st.session_state[gate], st.session_state[value] = [], None, 0
    st.session_state[f"surgery_forget_{run.run_id}"] = None


def _lanes(before: Trace, after: Trace, names: list[str]) -> None:
    for column, trace, title in zip(
        st.columns(2), (before, after), (_("Untouched"), _("After the operation")), strict=True
    ):
        with column:
            st.markdown(f"**{title}**")
            reading.answer(trace.probabilities, names)
    words = reading.words(before)
    part = stretch(len(words))
    place = reading.place_now(before, "inside") or ""
    limit = float(max(np.abs(before.at(place)).max(), np.abs(after.at(place)).max()))
    lanes = [
        charts.verdicts(before.verdicts[part], words[part], names, _("The answer after each word, untouched")),
        charts.verdicts(after.verdicts[part], words[part], names, _("The answer after each word, operated")),
        charts.heat_map(after.at(place)[part], words[part], _("The memory after the operation"), limit=limit),
    ]
    taking.show(lanes, "inside_surgery", lambda: _table(before, after, words, names), "surgery")
    st.caption(_("Top: as the network is. Below: the same words after the operation, and the memory that is left. "
                 "The operation is only tried here: the run stays as it is."))  # fmt: skip


def _table(before: Trace, after: Trace, words: list[str], names: list[str]) -> pd.DataFrame:
    columns: dict[str, object] = {_("number"): np.arange(1, len(words) + 1), _("word"): words}
    for index, name in enumerate(names):
        columns[_("“{name}”, untouched", name=name)] = before.verdicts[:, index]
        columns[_("“{name}”, operated", name=name)] = after.verdicts[:, index]
    return pd.DataFrame(columns)


def _on_tests(run: Run, operations: tuple[Operation, ...], forget: int) -> None:
    st.subheader(_("On the test texts"))
    found = _effect(run.run_id, run.seconds, run.test_looks, operations, forget, run)
    if found is None:
        st.write(_("This training ended before its network was scored on the test texts. Its page says why."))
        return
    with st.container(horizontal=True):
        st.metric(_("Right, untouched"), percent(found.untouched), border=True, width=200)
        st.metric(_("Right, operated"), percent(found.operated), border=True, width=200)
        st.metric(_("Answers that changed"), percent(found.changed), border=True, width=200)
    if not operations and not forget:
        st.caption(_("Nothing is operated on yet."))
        return
    points = number(100 * abs(found.operated - found.untouched), 1)
    if found.p_value >= _NOISE:
        st.caption(_("On {texts} test texts, a difference of {points} points may be chance.",
                     texts=number(found.texts), points=points))  # fmt: skip
    elif found.operated < found.untouched:
        st.caption(_("The operation costs {points} points on {texts} test texts: the network needs what was changed.",
                     texts=number(found.texts), points=points))  # fmt: skip
    else:
        st.caption(_("The operation gains {points} points on {texts} test texts: what was changed misled the network.",
                     texts=number(found.texts), points=points))  # fmt: skip


@st.cache_resource(max_entries=4, show_spinner=False)
def _tests(run_id: str, seconds: float, test_looks: int, _run: Run) -> tuple[Sequences, Places, Places] | None:
    """Of at most MOST_TEXTS test texts: what the network reads, its answers, and the labels."""
    evaluation = results.evaluation(_run)
    if evaluation is None:
        return None
    network, tests = results.network(_run), evaluation.predictions
    rows = np.unique(np.linspace(0, len(tests) - 1, min(MOST_TEXTS, len(tests))).astype(np.int64))
    sequences = network.encoder.encode(tests["text"].iloc[rows].tolist())
    places = {name: place for place, name in enumerate(network.class_names)}
    labels = np.array([places[label] for label in tests["label"].iloc[rows]], np.int64)
    return sequences, network.answers(sequences).argmax(axis=1), labels


@st.cache_data(max_entries=60, show_spinner=False)
def _effect(
    run_id: str, seconds: float, test_looks: int, operations: tuple[Operation, ...], forget: int, _run: Run
) -> Effect | None:
    tests = _tests(run_id, seconds, test_looks, _run)
    if tests is None:
        return None
    sequences, before, labels = tests
    return effect(before, operated(results.network(_run), operations), sequences, labels, forget)
