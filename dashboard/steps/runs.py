"""All runs: find, sort, group, name, tag, archive, delete many, take along as CSV."""

from __future__ import annotations

import hashlib

import pandas as pd
import streamlit as st

from dashboard.ui import problems, ways
from dashboard.ui.i18n import _, percent
from dashboard.ui.run_table import actions, columns, filters, listing, outside

_ROW, _MOST_ROWS = 35, 15  # pixels; more rows scroll inside the table


def page() -> None:
    st.title(_("All runs"))
    with problems.shown():
        with st.container(horizontal=True, vertical_alignment="bottom"):
            word = filters.word()
            filtered = st.popover(_("Filter and group"), icon=":material/filter_list:")
            with st.popover(_("Columns"), icon=":material/view_column:"):
                names = columns.chosen()
        table = listing.listing(tuple(names))
        if table.empty:
            st.write(_("Nothing has been trained yet. Start on a sample or on your own texts."))
            ways.on(("texts", _("Choose texts")))
            return
        with filtered:
            kept, by = filters.choose(table)
        kept = filters.found(kept, word)
        if by:
            kept = _groups(kept, by)
        picked = _rows(kept, names, len(table))
        if len(picked):
            actions.show(picked, sorted({label for labels in table["labels"] for label in labels}))
        outside.show()
        ways.on(("compare", _("Compare runs")), ("texts", _("Train on other texts")))


def _groups(kept: pd.DataFrame, by: str) -> pd.DataFrame:
    """A row for each group; ticking one keeps only its trainings."""
    found = filters.groups(kept, by)
    frame = pd.DataFrame(
        {
            _(filters.GROUPS[by]): [filters.group_title(by, str(key)) for key in found.index],
            _("Trainings"): found["count"].to_numpy(),
            _("Validation, mean"): [percent(value) for value in found["mean"]],
            _("Validation, best"): [percent(value) for value in found["best"]],
            _("Test, best"): [percent(value) for value in found["test"]],
        }
    )
    event = st.dataframe(frame, hide_index=True, key=f"groups_{by}", on_select="rerun", selection_mode="single-row")
    st.caption(_("Tick a group to see its trainings alone. A best score out of many flatters."))
    if not event.selection.rows:
        return kept
    key = found.index[event.selection.rows[0]]
    rows = filters.keyed(kept, by)
    return rows[rows["key"] == key].drop(columns="key")


def _rows(kept: pd.DataFrame, names: list[str], all_of_them: int) -> pd.DataFrame:
    """The table; returns the rows that are ticked."""
    st.caption(
        _("{count} of {all} trainings. Click a column's head to sort by it; tick trainings to open, name, tag, put "
          "away or delete them.", count=len(kept), all=all_of_them)
    )  # fmt: skip
    if kept.empty:
        st.write(_("No training fits. Change what you look for, or the filter."))
        return kept
    made = columns.shown(kept, names)
    # Ticks are kept by place in the table: when a run comes or goes, they would stand beside other runs.
    listed = hashlib.sha256("".join(kept["run_id"]).encode()).hexdigest()[:16]
    with st.container(key="all_runs"):
        event = st.dataframe(
            made.frame, hide_index=True, key=f"all_runs_{listed}", on_select="rerun", selection_mode="multi-row",
            column_config=made.config, height=_ROW * (min(len(kept), _MOST_ROWS) + 1) + 3,
        )  # fmt: skip
    st.download_button(
        _("Download as CSV"), lambda: columns.as_csv(kept, names), file_name="unrolled-runs.csv", mime="text/csv",
        icon=":material/download:", on_click="ignore", key="runs_csv",
    )  # fmt: skip
    return kept.iloc[event.selection.rows]
