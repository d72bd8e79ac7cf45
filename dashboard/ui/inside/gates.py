"""The gates of LSTM and GRU at each word, and the very sums that made one unit's state."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.insight.gates import GATES, WITHOUT, gates_at
from core.insight.places import Places
from core.models.base import Array
from core.runs.records import Run
from dashboard.ui import charts
from dashboard.ui.charts.units import curves_of_unit
from dashboard.ui.i18n import _, number
from dashboard.ui.inside import sums, taking
from dashboard.ui.inside.chosen import Choice, choose, click_of, stretch, within
from dashboard.ui.inside.lens import Lens, lens_of
from dashboard.ui.inside.lens.base import table_of

_MEANS = "means"


def show(run: Run) -> None:
    lens = lens_of(run)
    found = lens.read()
    if found is None:
        return
    given, trace = found
    if not lens.look.remembers:
        st.write(_("This network has no gates, because it has no memory that it would open and shut."))
        st.caption(_(lens.look.network.architecture.without_states))
        return
    lens.said(trace)
    choice = choose(lens, trace)
    assert choice.place is not None
    gates = gates_at(trace, choice.place)
    if gates:
        _gates(lens, trace, choice, gates)
    else:
        st.caption(_(WITHOUT))
    st.subheader(_("The very sum"))
    if choice.word is None or choice.unit is None:
        st.caption(_("Choose a word and a unit above, to see every number that was multiplied and added to make it."))
        return
    sums.show(lens, given, lens.words(trace), choice)


def _gates(lens: Lens, trace: Places, choice: Choice, gates: dict[str, Array]) -> None:
    titles = {_MEANS: _("Averages"), **{name: _(GATES[name].title) for name in gates}}
    name = st.segmented_control(
        _("Which gate"), list(titles), format_func=titles.__getitem__, default=_MEANS, required=True, wrap=True,
        key=f"inside_gate_{len(gates)}", persist_state="session",
    ) or _MEANS  # fmt: skip
    words = lens.words(trace)
    part = stretch(len(words))
    shown, word = words[part], within(choice.word, part)
    lanes = [lens.lane(trace, part, word)]
    if name == _MEANS:
        means = {_(GATES[gate].title): values[part].mean(axis=1) for gate, values in gates.items()}
        lanes.append(curves_of_unit(means, shown, _("Each gate at each word, average over all units"), word))
        if choice.unit is not None:
            own = {_(GATES[gate].title): values[part, choice.unit] for gate, values in gates.items()}
            lanes.append(curves_of_unit(own, shown, _("The gates of unit {unit}", unit=choice.unit + 1), word))
    else:
        gate, values = GATES[name], gates[name]
        title = _(gate.title)
        lanes.append(
            charts.heat_map(values[part], shown, title, value_title=title, shares=gate.opens,
                            limit=float(np.abs(values).max()), chosen=(word, choice.unit))
        )  # fmt: skip
        lanes.append(curves_of_unit({title: values[part].mean(axis=1)}, shown, _("Average over all units"), word))
    keys = ["inside_gates", *(f"inside_gates_{place}" for place in range(1, len(lanes)))]
    wanted = list(gates) if name == _MEANS else [name]
    taking.show(lanes, "inside_gates", lambda: table_of(lens, trace, choice.place, wanted), "gates",
                click_of(keys, part.start))  # fmt: skip
    for gate_name in wanted:
        known = GATES[gate_name]
        title, meaning, mean = _(known.title), _(known.meaning), float(gates[gate_name].mean())
        st.caption(_("{title}: {meaning} On average over this sentence: {mean}.",
                     title=f"**{title}**", meaning=meaning, mean=number(mean, 2)))  # fmt: skip
