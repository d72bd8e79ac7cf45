"""Each unit of a network: what moves it, a role where one is clear, and where the same pattern comes again."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.insight.roles import Role
from core.insight.states import remembers
from core.insight.units import Movers
from core.runs import memories
from core.runs.memories import Units
from core.runs.records import Run
from dashboard.ui import exporting, reading, results, state
from dashboard.ui.charts.movers import movers as movers_chart
from dashboard.ui.i18n import _, number
from dashboard.ui.inside import patterns, taking


def show(run: Run) -> None:
    """Choose a unit; those with a clear role come first."""
    network = results.network(run)
    if not remembers(network):
        st.write(_(network.architecture.without_states))
        return
    exporting.sharing()
    with st.spinner(_("The network reads the test texts, and its units are asked what moves them…")):
        found = _found(run.run_id, run.test_looks)
    if found is None:
        st.write(_("This training ended before its network was scored on the test texts. Its page says why."))
        return
    names = list(found.movers)
    place = names[0]
    if len(names) > 1:
        place = st.segmented_control(
            _("Which memory"), names, format_func=reading.place_title, default=names[0], key="units_place",
            required=True, wrap=True,
        ) or names[0]  # fmt: skip
    roles, moved = found.roles[place], found.movers[place]
    st.markdown(f"**{_summary(roles)}**")
    order = sorted(range(len(roles)), key=lambda unit: (not roles[unit].kind, -roles[unit].held))
    unit = st.selectbox(
        _("Unit"), order, key=f"units_unit_{place}",
        format_func=lambda unit: _("Unit {unit}: {role}", unit=unit + 1, role=_role(roles[unit])),
    )  # fmt: skip
    _one(roles[unit], moved[unit], unit, found.texts)
    st.subheader(_("The same pattern elsewhere"))
    patterns.show(run, place, unit)


def _summary(roles: list[Role]) -> str:
    clear = sum(bool(role.kind) for role in roles)
    if not clear:
        return _("None of these {count} units has a clear role: what they know is spread over all of them.",
                 count=len(roles))  # fmt: skip
    return _("Of {count} units, {clear} have a clear role; the others know things together.",
             count=len(roles), clear=clear)  # fmt: skip


def _role(role: Role) -> str:
    return _(role.sentence, name=role.name)


def _one(role: Role, moved: Movers, unit: int, texts: int) -> None:
    st.write(_("Unit {unit}: {role}.", unit=unit + 1, role=_role(role)))
    told = {
        "held": number(role.held, 2), "found": number(role.found, 2), "chance": number(role.by_chance, 2),
        "twins": number(role.twins, 2),
    }  # fmt: skip
    if role.kind:
        st.caption(
            _("Found on half of the test texts (rank correlation {found}) and checked on the other half: {held}. With "
              "labels shuffled, the most was {chance}; networks with their weights shuffled reach {twins}.", **told)
        )  # fmt: skip
    else:
        st.caption(_("The best try, a negation, the position or a class, reached a rank correlation of {held} on texts "
                     "that were not used to find it; with labels shuffled, the most was {chance}, and networks with "
                     "their weights shuffled reach {twins}. That is not enough to name a role.", **told))  # fmt: skip
    words = pd.DataFrame(moved.words, columns=[_("word"), _("step"), _("times")])
    taking.show([movers_chart(moved.words, unit + 1)], "movers", words, "unit_words")
    st.caption(
        _("By how much the unit’s state steps up (orange) or down (blue), on average, when it reads the word, in "
          "{count} test texts.", count=texts)
    )  # fmt: skip
    table = pd.DataFrame(moved.texts, columns=[_("Text"), _("at the word"), _("State")])
    st.write(_("Where it is highest, then lowest:"))
    st.dataframe(table.assign(**{_("State"): table[_("State")].round(2)}), hide_index=True, key="units_texts",
                 column_config={_("Text"): st.column_config.TextColumn(width="large")})  # fmt: skip
    taking.numbers("units_texts_numbers", table, "unit_texts")


@st.cache_data(max_entries=10, show_spinner=False)
def _found(run_id: str, test_looks: int) -> Units | None:
    found: Units | None = state.engine().short(memories.units_of_run, run_id)
    return found
