"""Readings of texts as a whole, alone or in columns."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.insight.looks import Given
from core.insight.places import Places
from dashboard.ui import reading
from dashboard.ui.i18n import _
from dashboard.ui.inside import taking
from dashboard.ui.inside.chosen import STRETCH
from dashboard.ui.inside.lens import Lens
from dashboard.ui.inside.lens.base import memory_lanes, table_of


def whole(lens: Lens, trace: Places, key: str, limit: float) -> None:
    """Everything that is known of one text; limit: the state with the strongest colour."""
    lens.said(trace)
    place = reading.chosen_place(trace, key)
    words, part = lens.words(trace), slice(0, STRETCH)
    lanes = [lens.lane(trace, part), *lens.more_lanes(trace, part)]
    if place is not None:
        lanes += memory_lanes(trace, place, words, part, limit)
    taking.show(lanes, key, lambda: table_of(lens, trace, place, []), key)
    if len(words) > STRETCH:
        st.caption(_("The first {count} words are drawn.", count=STRETCH))
    lens.explain(trace, place)


def side_by_side(readings: Sequence[tuple[Lens, Given | None]]) -> None:
    """Each network's reading of its text, in columns, with the same colours for the same states; None: nothing typed,
    which was said already.
    """
    traces = [lens.trace(given) if given is not None else None for lens, given in readings]
    limit = reading.strongest([trace for trace in traces if trace])
    for place, (column, (lens, _given), trace) in enumerate(
        zip(st.columns(len(readings)), readings, traces, strict=True)
    ):
        with column:
            if trace is not None:
                whole(lens, trace, f"reading{place}", limit)
