"""The way of the memory through a sentence, in the two dimensions in which the training texts differ most."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from core.insight.space import Space
from core.runs import sentence_insights
from core.runs.records import Run
from dashboard.ui import exporting, state
from dashboard.ui.charts.units import path
from dashboard.ui.i18n import _, percent
from dashboard.ui.inside import taking
from dashboard.ui.inside.chosen import choose, stretch, within
from dashboard.ui.inside.lens import lens_of


def show(run: Run) -> None:
    lens = lens_of(run)
    found = lens.read()
    if found is None:
        return
    _given, trace = found
    if not trace.places:
        st.write(_(trace.without_states))
        return
    lens.said(trace)
    choice = choose(lens, trace)
    assert choice.place is not None
    exporting.sharing()
    with st.spinner(_("The network reads some training texts…")):
        space = _spaces(run.run_id, run.seconds)[choice.place]
    words = lens.words(trace)
    names = lens.point_names()
    part = stretch(len(words))
    points = space.path(trace.at(choice.place))
    chart = path(points[part], words[part], space, names, within(choice.word, part))
    table = {_("number"): np.arange(1, len(words) + 1), _("word"): words, "x": points[:, 0], "y": points[:, 1]}
    taking.show([chart], "inside_path", pd.DataFrame(table), "path")
    st.caption(
        _("Where the memory is after each word, from the ring (first word) to the square (last word). {points} The two "
          "directions are those in which the memory moves most while it reads training texts, and are the same for "
          "every sentence; they show {share} of all that moves among {units} units.",
          points=lens.points(space.texts), share=percent(float(space.explained.sum()), 0), units=len(space.mean))
    )  # fmt: skip


@st.cache_data(max_entries=12, show_spinner=False)
def _spaces(run_id: str, seconds: float) -> dict[str, Space]:
    found: dict[str, Space] = state.engine().short(sentence_insights.spaces_of_run, run_id)
    return found
