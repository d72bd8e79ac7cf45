"""Choose parameters, ranges and a budget; sensible ones are filled in."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.config import RunSettings
from core.data.dataset import Dataset
from core.models import architecture
from core.parameters import Declared
from core.runs.searching import places_left
from core.search.plan import MOST_TRIALS, Search, searches
from core.search.space import ARCHITECTURE, AS_IT_IS, MOST, Range, checked, searchable, start_with, usual
from core.tasks import task_of
from dashboard.ui import draft, launch, settings_table, state
from dashboard.ui.i18n import _, ngettext

_USUAL_MINUTES = 20


def show(dataset: Dataset) -> None:
    settings = draft.settings()
    st.write(
        _("Many trainings with other settings, one after the other: what the ones before reached decides which come "
          "next, and hopeless ones are broken off early. It begins with your settings of the page Design.")
    )  # fmt: skip
    ranges = _ranges(settings)
    trials, minutes = _budget()
    st.caption(
        _("They run in the background, as many side by side as there are workers, and behind everything else that you "
          "ask for. You can close this page. Your texts for validation judge them; the test texts stay untouched.")
    )  # fmt: skip
    if st.button(_("Start the search"), type="primary", icon=":material/manage_search:", disabled=not ranges):
        start(dataset, settings, ranges, trials, minutes)
        st.rerun()
    _earlier(dataset)


def start(dataset: Dataset, settings: RunSettings, ranges: list[Range], trials: int, minutes: float) -> Search:
    """Raises DataError or SettingsError where this cannot be searched."""
    task_of(settings).require_trainable(dataset)
    ranges = [checked(one, settings) for one in ranges]
    fingerprint = state.store().save_dataset(dataset)
    home = state.settings_of_machine().home
    search = Search.create(home, dataset.name, fingerprint, settings, ranges, trials, minutes)
    state.look_at_search(search.search_id)
    launch.search(search, places_left(search, []))
    return search


def title(name: str, item: Declared | None) -> str:
    return settings_table.title(name, item)


def word(name: str, item: Declared | None, choice: str) -> str:
    """A choice as it is called on the pages."""
    if name == ARCHITECTURE:
        return _(architecture(choice).title)
    if choice == AS_IT_IS:
        return _("as it is")
    if item is not None and item.type is tuple:
        step = settings_table.word(name, item, [choice[1:]])
        return _("without “{step}”", step=step) if choice.startswith("-") else _("with “{step}”", step=step)
    if item is not None and item.type is bool:
        return settings_table.word(name, item, choice == "true")
    return settings_table.word(name, item, choice)


def _ranges(settings: RunSettings) -> list[Range]:
    known = searchable(settings)
    kept = st.session_state.get("search_parameters", start_with(settings))
    st.session_state["search_parameters"] = [name for name in kept if name in known]
    chosen = st.multiselect(
        _("Search over"), list(known), key="search_parameters", max_selections=MOST,
        format_func=lambda name: title(name, known[name]), placeholder=_("Choose settings"),
        help=_("The kind of network and every setting of texts, network and training can be searched. Few settings, "
               "those that matter most, need far fewer trainings."),
    )  # fmt: skip
    found = []
    with st.container(border=True):
        for name in chosen:
            found.append(_range(name, known[name], usual(name, settings), settings))
        if not chosen:
            st.caption(_("Choose at least one setting."))
    return [one for one in found if one is not None]


def _range(name: str, item: Declared | None, plain: Range, settings: RunSettings) -> Range | None:
    """One row: its name, and from where to where, or which."""
    label = title(name, item)
    if plain.choices:
        every = list(plain.choices)
        if item is None:
            every = list(dict.fromkeys([*every, *task_of(settings).architectures()]))
        elif item.type is tuple:
            now = [str(one).split(":")[0] for one in settings.flat()[name]]
            every = [AS_IT_IS, *(f"-{one}" for one in now)]
        picked = st.multiselect(
            label, every, list(plain.choices), key=f"search_{name}_{settings.network.architecture}",
            format_func=lambda choice: word(name, item, choice),
        )  # fmt: skip
        return Range(name, choices=tuple(picked)) if picked else None
    assert item is not None
    low, high = st.columns(2)
    key = f"search_{name}_{settings.network.architecture}"
    least = _number(low, _("{setting}: from", setting=label), plain.low, item, plain, f"{key}_low")
    most = _number(high, _("to"), plain.high, item, plain, f"{key}_high")
    return Range(name, least, most, plain.whole, plain.log and least > 0)


def _number(place: Any, label: str, value: float, item: Declared, plain: Range, key: str) -> float:
    if plain.whole:
        limits = [None if limit is None else round(limit) for limit in (item.minimum, item.maximum)]
        return float(place.number_input(label, *limits, round(value), key=key))
    small = max(abs(plain.low), 1e-6) if plain.log else 0.01
    digits = "%.6f" if small < 0.001 else "%.4f" if plain.log else "%.2f"
    return float(
        place.number_input(label, item.minimum, item.maximum, float(value), step=small, format=digits, key=key)
    )


def _budget() -> tuple[int, float]:
    """Trainings and minutes; 0: no limit of this kind."""
    kinds = {"minutes": _("Minutes"), "trials": _("Trainings")}
    kind, amount = st.columns(2, vertical_alignment="bottom")
    with kind:
        chosen = st.segmented_control(_("Budget"), list(kinds), default="minutes", format_func=kinds.__getitem__,
                                      key="search_budget", required=True)  # fmt: skip
    with amount:
        if chosen == "trials":
            return int(st.number_input(kinds["trials"], 2, MOST_TRIALS, 30, key="search_trials")), 0.0
        return 0, float(st.number_input(kinds["minutes"], 1, 24 * 60, _USUAL_MINUTES, key="search_minutes"))


def _earlier(dataset: Dataset) -> None:
    """Searches of these texts, to be opened again."""
    found = {one.search_id: one for one in searches(state.settings_of_machine().home, dataset.fingerprint)}
    if found:
        st.selectbox(
            _("Earlier searches"), list(found), index=None, key="search_earlier", placeholder=_("Open one again"),
            format_func=lambda search_id: _told(found[search_id]),
            on_change=lambda: state.look_at_search(st.session_state["search_earlier"]),
        )  # fmt: skip


def _told(search: Search) -> str:
    known = search.settings.declared()
    names = ", ".join(title(one.name, known.get(one.name)) for one in search.ranges)
    minutes = round(search.seconds() / 60)
    return ngettext("{names} ({count} minute)", "{names} ({count} minutes)", minutes, names=names)
