"""How far around a word its tag depends on other words, for a tagger and others on the same sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from core.insight.around import Around
from core.models import architecture
from core.models.recurrent import Recurrent
from core.runs import memories
from core.runs.records import Run
from dashboard.ui import problems, state
from dashboard.ui.charts.memory import around_word
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.inside import taking


def show(runs: Sequence[Run]) -> None:
    """The first is the one that is looked at."""
    with st.spinner(_("The network reads the test sentences with single words swapped…")):
        found = [(run, _found(run.run_id, run.test_looks)) for run in runs]
    measured = [(run, each) for run, each in found if each is not None]
    if found[0][1] is None:
        st.write(_("This training was not scored on test sentences of two words or more. Its page says more."))
        return
    for run, each in measured:
        sentence = " ".join(_(text, words=side.words, low=side.fewest, high=side.most) for text, side in each.said)
        st.markdown(f"**{sentence}**" if run is runs[0] else f"{problems.plain(run.name)}: {sentence}")
    tables = [(run.name, run.look, _table(each)) for run, each in measured]
    taking.show([around_word(tables)], "around", lambda: _numbers(tables), "memory_around")
    own = found[0][1]
    st.caption(
        _("In {sentences} test sentences, single words were swapped for other words of these sentences. The line is by "
          "how much the tag of a word moved, on average, when the word so many places away was swapped; the band is "
          "its 95% interval. Its own word moves it by {own}. A neighbour counts as long as it moves the tag at least "
          "half as much as the neighbour on its side that matters most.",
          sentences=number(int(own.before.texts.max())), own=percent(own.own))
    )  # fmt: skip
    item = architecture(runs[0].settings.network.architecture)
    if isinstance(item, Recurrent) and item.one_way(runs[0].settings.network):
        st.caption(_("This network reads from left to right only, so what stands behind a word cannot change its tag."))


@st.cache_data(max_entries=40, show_spinner=False)
def _found(run_id: str, test_looks: int) -> Around | None:
    found: Around | None = state.engine().short(memories.around_of_run, run_id)
    return found


def _table(found: Around) -> pd.DataFrame:
    """From far before to far behind."""
    before, behind = found.before, found.behind
    columns = {name: np.concatenate([getattr(before, name)[::-1], getattr(behind, name)])
               for name in ("change", "low", "high", "texts")}  # fmt: skip
    places = np.concatenate([-1 - before.back[::-1], 1 + behind.back])
    return pd.DataFrame({"place": places, **columns})


def _numbers(tables: Sequence[tuple[str, int, pd.DataFrame]]) -> pd.DataFrame:
    titles = {"place": _("places away"), "change": _("change"), "low": _("at least"), "high": _("at most"),
              "texts": _("texts")}  # fmt: skip
    parts = [table.rename(columns=titles).assign(**{_("run"): name}) for name, _look, table in tables]
    return pd.concat(parts)[[_("run"), *titles.values()]]
