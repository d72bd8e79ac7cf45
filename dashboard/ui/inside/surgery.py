"""Surgery: silence units, hold a gate, forget what was before a word; beside the untouched network, which stays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from core.insight.gates import GATES, gates_at
from core.insight.looks import Judged
from core.insight.places import Places
from core.insight.surgery import MOST_TEXTS, Effect, Held, Operation, Silenced, effect
from core.runs.records import Run
from dashboard.ui import charts, reading
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.inside import taking
from dashboard.ui.inside.chosen import stretch
from dashboard.ui.inside.lens import Lens, lens_of
from dashboard.ui.inside.lens.base import written
from dashboard.ui.inside.settled import settle

_NOISE = 0.05


def show(run: Run) -> None:
    lens = lens_of(run)
    found = lens.read()
    if found is None:
        return
    given, trace = found
    if not lens.look.remembers:
        st.write(_("There is nothing to operate on: this network has no memory that goes from word to word."))
        st.caption(_(lens.look.network.architecture.without_states))
        return
    operations, forget = _asked(lens, trace)
    after = lens.look.operated(operations).forgetful(given, forget) if operations or forget else trace
    _lanes(lens, trace, after)
    _on_tests(lens, operations, forget)


def _keys(run: Run, place: str) -> tuple[str, str, str]:
    """Of the controls of one layer and direction: its units, its gate, and at which value that is held."""
    end = f"{run.run_id}_{place}"
    return f"surgery_units_{end}", f"surgery_gate_{end}", f"surgery_value_{end}"


def _asked(lens: Lens, trace: Places) -> tuple[tuple[Operation, ...], int]:
    """The controls, and what they say for every layer and direction; the word before which all is forgotten."""
    run, words = lens.run, lens.words(trace)
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
            help=_("The memory is emptied before this word, and the network reads on from there. In the test texts: "
                   "before the word with the same number."),
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


def _lanes(lens: Lens, before: Places, after: Places) -> None:
    for column, trace, title in zip(
        st.columns(2), (before, after), (_("Untouched"), _("After the operation")), strict=True
    ):
        with column:
            st.markdown(f"**{title}**")
            lens.said(trace)
    words = lens.words(before)
    part = stretch(len(words))
    place = reading.place_now(before, "inside") or ""
    limit = float(max(np.abs(before.at(place)).max(), np.abs(after.at(place)).max()))
    lanes = [
        lens.lane(before, part, title=_("The answer after each word, untouched")),
        lens.lane(after, part, title=_("The answer after each word, operated")),
        charts.heat_map(after.at(place)[part], words[part], _("The memory after the operation"), limit=limit),
    ]
    taking.show(lanes, "inside_surgery", lambda: _table(lens, before, after), "surgery")
    st.caption(_("Top: as the network is. Below: the same words after the operation, and the memory that is left. "
                 "The operation is only tried here: the run stays as it is."))  # fmt: skip


def _table(lens: Lens, before: Places, after: Places) -> pd.DataFrame:
    untouched, operated = lens.columns(before), lens.columns(after)
    columns: dict[str, object] = {_("number"): np.arange(1, len(before.norms) + 1), _("word"): lens.words(before)}
    for name in untouched:
        columns[_("{name}, untouched", name=name)] = untouched[name]
        columns[_("{name}, operated", name=name)] = operated[name]
    return pd.DataFrame(columns)


def _on_tests(lens: Lens, operations: tuple[Operation, ...], forget: int) -> None:
    run, kind = lens.run, lens.look.kind
    st.subheader(_("On the test texts"))
    found = _effect(run.run_id, run.seconds, run.test_looks, operations, forget, lens)
    if found is None:
        st.write(_("This training ended before its network was scored on the test texts. Its page says why."))
        return
    titles = [_("Right, untouched"), _("Right, operated")] if kind == "share" else [
        _("Perplexity, untouched"), _("Perplexity, operated")]  # fmt: skip
    with st.container(horizontal=True):
        for title, score in zip(titles, (found.untouched, found.operated), strict=True):
            st.metric(title, written(score, kind), border=True, width=200)
        st.metric(_("Answers that changed"), percent(found.changed), border=True, width=200)
    if not operations and not forget:
        st.caption(_("Nothing is operated on yet."))
        return
    moved, texts = found.operated - found.untouched, lens.texts(found.texts)
    size = _("{points} points", points=number(100 * abs(moved), 1)) if kind == "share" else number(abs(moved), 1)
    if found.p_value >= _NOISE:
        st.caption(_("On {texts}, a difference of {size} may be chance.", texts=texts, size=size))
    elif (moved < 0) == (kind == "share"):
        st.caption(_("The operation costs {size} on {texts}: the network needs what was changed.",
                     texts=texts, size=size))  # fmt: skip
    else:
        st.caption(_("The operation gains {size} on {texts}: what was changed misled the network.",
                     texts=texts, size=size))  # fmt: skip


@st.cache_resource(max_entries=4, show_spinner=False)
def _tests(run_id: str, seconds: float, test_looks: int, _lens: Lens) -> tuple[object, Judged] | None:
    """At most MOST_TEXTS test texts, and what the untouched network answers to them."""
    table = _lens.judged()
    if table is None:
        return None
    tests = _lens.look.tests(table, MOST_TEXTS)
    return tests, _lens.look.judged(tests)


@st.cache_data(max_entries=60, show_spinner=False)
def _effect(
    run_id: str, seconds: float, test_looks: int, operations: tuple[Operation, ...], forget: int, _lens: Lens
) -> Effect | None:
    found = _tests(run_id, seconds, test_looks, _lens)
    if found is None:
        return None
    tests, before = found
    return effect(before, _lens.look.operated(operations).judged(tests, forget))
