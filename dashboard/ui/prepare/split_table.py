"""A split as a table: how many texts of each class are in each part, and what their dates and groups are."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.data.splits.table import SplitTable
from core.messages import N_
from dashboard.ui import problems
from dashboard.ui.i18n import _, day, number, percent

PART_TITLES = {"train": N_("Training"), "validation": N_("Validation"), "test": N_("Test")}


def show(table: SplitTable) -> None:
    """The table, and a warning for classes that cannot be learned or judged like this."""
    st.dataframe(_frame(table), hide_index=True)
    st.caption(_("Texts of each class in each part, with their share of the part. Similar shares make a fair test."))
    for part, sentence in (
        ("train", N_("No text of these classes is learned from, so the network can never answer them: {names}.")),
        ("test", N_("No text of these classes is in the test part, so nothing is known of how well they are found: "
                    "{names}.")),
    ):  # fmt: skip
        row = next(row for row in table.parts if row.part == part)
        missing = [name for name, count in row.classes.items() if not count]
        if missing:
            names = ", ".join(_("“{name}”", name=name) for name in missing[:5]) + (", …" if len(missing) > 5 else "")
            st.warning(problems.plain(_(sentence, names=names)), icon=":material/warning:")


def _frame(table: SplitTable) -> pd.DataFrame:
    parts = table.parts
    rows = [[_("All texts"), *(_counted(row.texts, row.share) for row in parts)]]
    for name in parts[0].classes:
        rows.append([name, *(_counted(row.classes[name], row.classes[name] / max(1, row.texts)) for row in parts)])
    if parts[0].groups is not None:
        rows.append([_("Groups"), *(number(row.groups) for row in parts)])
    if parts[0].first is not None:
        rows.append([_("Oldest"), *(day(row.first) for row in parts)])
        rows.append([_("Newest"), *(day(row.last) for row in parts)])
    return pd.DataFrame(rows, columns=["", *(_(PART_TITLES[row.part]) for row in parts)])


def _counted(texts: int, share: float) -> str:
    return f"{number(texts)} ({percent(share, 0)})"
