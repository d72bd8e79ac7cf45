"""Each unit of a network: what moves it, a role where one is clear, and where the same pattern comes again."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.insight.roles import Role
from core.insight.units import Movers
from core.runs import memories
from core.runs.memories import Units
from core.runs.records import Run
from dashboard.ui import exporting, reading, state
from dashboard.ui.charts.movers import movers as movers_chart
from dashboard.ui.i18n import _, ngettext, number
from dashboard.ui.inside import patterns, taking
from dashboard.ui.inside.lens import Lens, lens_of


def show(run: Run) -> None:
    """Choose a unit; those with a clear role come first."""
    lens = lens_of(run)
    if not lens.look.remembers:
        st.write(_(lens.look.network.architecture.without_states))
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
    _one(lens, roles[unit], moved[unit], unit, found.texts)
    st.subheader(_("The same pattern elsewhere"))
    patterns.show(lens, place, unit)


def _summary(roles: list[Role]) -> str:
    clear = sum(bool(role.kind) for role in roles)
    if not clear:
        return _("None of these {count} units has a clear role: what they know is spread over all of them.",
                 count=len(roles))  # fmt: skip
    return ngettext(
        "Of {count} units, {clear} has a clear role; the others know things together.",
        "Of {count} units, {clear} have a clear role; the others know things together.",
        clear, count=len(roles), clear=clear,
    )  # fmt: skip


def _role(role: Role) -> str:
    return _(role.sentence, name=role.name)


def _one(lens: Lens, role: Role, moved: Movers, unit: int, texts: int) -> None:
    st.write(_("Unit {unit}: {role}.", unit=unit + 1, role=_role(role)))
    told = {
        "held": number(role.held, 2), "found": number(role.found, 2), "chance": number(role.by_chance, 2),
        "twins": number(role.twins, 2),
    }  # fmt: skip
    st.caption(lens.clear_role(told) if role.kind else lens.no_role(told))
    lens.explain_units()
    shown = [(lens.token(word), step, times) for word, step, times in moved.words]
    words = pd.DataFrame(shown, columns=[_("word"), _("step"), _("times")])
    taking.show([movers_chart(shown, unit + 1)], "movers", words, "unit_words")
    st.caption(
        _("By how much the unit’s state steps up (orange) or down (blue), on average, when it reads the word, in "
          "{texts}.", texts=lens.texts(texts))
    )  # fmt: skip
    where = [(text, lens.token(word), value) for text, word, value in moved.texts]
    table = pd.DataFrame(where, columns=[_("Text"), _("at the word"), _("State")])
    st.write(_("Where it is highest, then lowest:"))
    st.dataframe(table.assign(**{_("State"): table[_("State")].round(2)}), hide_index=True, key="units_texts",
                 column_config={_("Text"): st.column_config.TextColumn(width="large")})  # fmt: skip
    taking.numbers("units_texts_numbers", table, "unit_texts")


@st.cache_data(max_entries=10, show_spinner=False)
def _found(run_id: str, test_looks: int) -> Units | None:
    found: Units | None = state.engine().short(memories.units_of_run, run_id)
    return found
