"""A stretch of the sentence and some units are chosen; where in the test texts do these states come again?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from core.insight.looks import Given
from core.insight.units import Found
from core.runs import memories
from dashboard.ui import state
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.inside import taking
from dashboard.ui.inside.lens import Lens

_LONGEST = 20  # words of a stretch
_USUAL = 5  # units


def show(lens: Lens, place: str, unit: int) -> None:
    """The sentence, the stretch, the units (at first this one and the most active), and what was found."""
    read = lens.read()
    if read is None:
        return
    given, trace = read
    words = lens.words(trace)
    states = trace.at(place)
    if len(words) < 2:
        st.caption(_("Type a sentence of two words or more to choose a stretch of it."))
        return
    places = [f"{number} {word}" for number, word in enumerate(words, 1)]
    usual = (places[0], places[min(3, len(places)) - 1])
    first, last = st.select_slider(_("Stretch"), places, value=usual, key=f"pattern_stretch_{hash(tuple(words))}")
    begin, end = places.index(first), places.index(last) + 1
    if end - begin > _LONGEST:
        st.caption(_("Only the first {count} words of the stretch are compared.", count=_LONGEST))
        end = begin + _LONGEST
    active = np.argsort(-np.abs(states[begin:end]).mean(axis=0), kind="stable")[:_USUAL].tolist()
    chosen = st.multiselect(
        _("Units"), list(range(states.shape[1])), default=sorted({unit, *active}),
        format_func=lambda each: str(each + 1), key=f"pattern_units_{place}_{unit}_{first}_{last}",
    )  # fmt: skip
    if not chosen:
        st.caption(_("Choose at least one unit."))
        return
    with st.spinner(_("The same states are looked for in the test texts…")):
        found = _found(lens.run.run_id, lens.run.test_looks, given, place, (begin, end), tuple(chosen))
    if not found:
        st.write(_("No test text is long enough for this stretch."))
        return
    st.dataframe(_table(lens, found), hide_index=True, key="pattern_found",
                 column_config={_("In the text"): st.column_config.TextColumn(width="large")})  # fmt: skip
    taking.numbers("patterns", _numbers(lens, found), "patterns")
    st.caption(
        _("Stretches of the test texts in which these units have nearly the same states as in yours, the nearest "
          "first. The difference is in standard deviations of each unit.")
    )  # fmt: skip


def _table(lens: Lens, found: list[Found]) -> pd.DataFrame:
    shares = {_("Difference"): [number(each.distance, 2) for each in found],
              _("Nearer than"): [percent(each.closer) for each in found]}  # fmt: skip
    return _numbers(lens, found).assign(**shares)


def _numbers(lens: Lens, found: list[Found]) -> pd.DataFrame:
    columns: dict[str, object] = {
        _("Stretch"): [each.stretch for each in found],
        _("Difference"): [each.distance for each in found],
        _("Nearer than"): [each.closer for each in found],
        _("In the text"): [each.text for each in found],
    }
    if any(each.label for each in found):
        columns[lens.label_title()] = [each.label for each in found]
    return pd.DataFrame(columns)


@st.cache_data(max_entries=60, show_spinner=False)
def _found(
    run_id: str, test_looks: int, given: Given, place: str, stretch: tuple[int, int], units: tuple[int, ...]
) -> list[Found]:
    found: list[Found] = state.engine().short(memories.similar_in_run, run_id, given, place, stretch, units)
    return found
