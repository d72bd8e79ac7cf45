"""One sentence, word by word: the answer at each word, and the memory below, unit by unit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from core.insight.looks import Given
from core.insight.network import Trace
from core.insight.places import Places
from core.insight.turns import turns
from core.insight.unit_order import by_similarity, contributions
from core.runs.records import Run
from dashboard.ui import charts, problems, reading
from dashboard.ui.charts.units import curves_of_unit, units_at
from dashboard.ui.i18n import _, ngettext
from dashboard.ui.inside import taking
from dashboard.ui.inside.chosen import Choice, choose, click_of, click_of_unit, stretch, within
from dashboard.ui.inside.lens import Lens, lens_of
from dashboard.ui.inside.lens.base import table_of

_MOST_TURNS = 12
Order = NDArray[np.int64]


def show(run: Run) -> None:
    """The lanes along the sentence, then what belongs to the chosen word."""
    lens = lens_of(run)
    found = lens.read()
    if found is None:
        return
    given, trace = found
    lens.said(trace)
    if isinstance(trace, Trace):
        _turns(trace, lens.look.answers)
    choice = choose(lens, trace)
    state, order = _drawn(lens, given, trace, choice)
    _lanes(lens, trace, choice, state, order)
    lens.explain(trace, choice.place)
    word = lens.usual_word(trace) if choice.word is None else choice.word
    if word is not None:
        lens.at_word(trace, word)
    if choice.word is not None and choice.place is not None:
        _at_word(lens, trace, choice, state, order)


def _turns(trace: Trace, names: list[str]) -> None:
    turned = turns(trace.verdicts)
    if not turned:
        return
    words = reading.words(trace)
    listed = [_("“{word}” (to {answer})", word=problems.plain(words[step]), answer=problems.plain(names[answer]))
              for step, answer in turned[:_MOST_TURNS]]  # fmt: skip
    said = ngettext(
        "The answer turns at {count} word: {words}.", "The answer turns at {count} words: {words}.", len(turned),
        words=", ".join(listed) + ("…" if len(turned) > _MOST_TURNS else ""),
    )  # fmt: skip
    st.markdown(said)


def _drawn(lens: Lens, given: Given, trace: Places, choice: Choice) -> tuple[str, Order]:
    """Which state is drawn, "hidden", "cell" or "vectors", and its units from top to bottom."""
    if choice.place is None:
        return "", np.arange(0)
    state = "hidden" if trace.remembers else "vectors"
    with st.popover(_("How it is drawn"), icon=":material/tune:"):
        if f"{choice.place}cell" in trace.states:
            titles = {"hidden": _("the state it shows"), "cell": _("the memory cell")}
            state = (
                st.segmented_control(
                    _("What is drawn"), list(titles), format_func=titles.__getitem__, default="hidden", required=True,
                    key="inside_state", persist_state="session",
                    help=_("An LSTM has two: the memory cell, which it keeps, and what its output gate shows of it."),
                )
                or state
            )  # fmt: skip
        orders = {"as_is": _("as they are"), "alike": _("like beside like"), "answer": _("by what they add")}
        by = st.segmented_control(
            _("Order of the units"), list(orders), format_func=orders.__getitem__, default="as_is", required=True,
            key="inside_order", persist_state="session",
            help=_("Like beside like: units that rise and fall together stand together. By what they add: on top those "
                   "that speak most for the answer, at the bottom those that speak most against it."),
        )  # fmt: skip
    values = trace.states[f"{choice.place}{state}"]
    if by == "alike":
        return state, by_similarity(values)
    if by == "answer":
        step = lens.asked(trace, choice.word)
        added = contributions(lens.look, lens.look.read(given), choice.place, step) if trace.remembers else None
        if added is not None:
            return state, np.argsort(-added[:, lens.best(trace, step)], kind="stable")
        st.caption(_("The answer is not read from this layer: its units are shown as they are."))
    return state, np.arange(values.shape[1])


def _lanes(lens: Lens, trace: Places, choice: Choice, state: str, order: Order) -> None:
    words = lens.words(trace)
    part = stretch(len(words))
    shown, word = words[part], within(choice.word, part)
    lanes = [lens.lane(trace, part, word), *lens.more_lanes(trace, part)]
    if choice.place is not None:
        values = trace.states[f"{choice.place}{state}"]
        title = _("The memory after each word") if trace.remembers else _("Each word's vector, after it has heard the "
                                                                          "others")  # fmt: skip
        value_title = None if trace.remembers else _("value")
        limit = float(np.abs(values).max())
        plain_order = None if np.array_equal(order, np.arange(len(order))) else order.tolist()
        lanes.append(charts.heat_map(values[part], shown, title, limit=limit, value_title=value_title,
                                     order=plain_order, chosen=(word, choice.unit)))  # fmt: skip
        if trace.remembers:
            lanes.append(charts.norms(np.linalg.norm(values[part], axis=1), shown, word=word))
        if choice.unit is not None:
            kinds = {"hidden": _("the state it shows"), "cell": _("the memory cell"), "vectors": _("value")}
            lines = {title: trace.states[f"{choice.place}{kind}"][part, choice.unit] for kind, title in kinds.items()
                     if f"{choice.place}{kind}" in trace.states}  # fmt: skip
            lanes.append(curves_of_unit(lines, shown, _("Unit {unit} along the sentence", unit=choice.unit + 1), word))
    keys = ["inside_one", *(f"inside_one_{place}" for place in range(1, len(lanes)))]
    states = [state] if state else []
    taking.show(lanes, "inside_one", lambda: table_of(lens, trace, choice.place, states), "memory",
                click_of(keys, part.start))  # fmt: skip


def _at_word(lens: Lens, trace: Places, choice: Choice, state: str, order: Order) -> None:
    assert choice.word is not None
    word = lens.words(trace)[choice.word]
    values = trace.states[f"{choice.place}{state}"]
    chart = units_at(values[choice.word], order.tolist(), _("Every unit after “{word}”", word=word), choice.unit)
    before = values[choice.word - 1] if choice.word else np.zeros_like(values[0])
    table = {_("unit"): order + 1, _("value"): values[choice.word][order],
             _("change at this word"): (values[choice.word] - before)[order]}  # fmt: skip
    taking.show([chart], "inside_units", pd.DataFrame(table), "units", click_of_unit("inside_units", order))
    st.caption(_("What each unit holds after this word; click a bar to follow that unit."))
