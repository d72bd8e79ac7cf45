"""Which of all runs are shown: by a word, by what they have in common, and in groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd
import streamlit as st

from core.messages import N_
from core.models import architecture, architectures
from core.runs.records import RunStatus
from dashboard.ui.i18n import _, day
from dashboard.ui.run_list import STATUS_TITLES

GROUPS = {
    "dataset": N_("Texts"),
    "architecture": N_("Network"),
    "labels": N_("Your tags"),
    "status": N_("State"),
    "day": N_("Day"),
}


def word() -> str:
    """What is looked for in names, tags and texts."""
    found = st.text_input(
        _("Find"), placeholder=_("A name, a tag, or the name of texts"), key="run_word", persist_state="session",
        label_visibility="collapsed",
    )  # fmt: skip
    return (found or "").strip()


def choose(table: pd.DataFrame) -> tuple[pd.DataFrame, str | None]:
    """The controls of the pop-up: the rows that fit them, and by what they are to be grouped."""
    kept = table
    for name, title, named in (
        ("status", _("State"), status_title),
        ("architecture", _("Network"), network_title),
        ("dataset", _("Texts"), str),
    ):
        kept = kept[_fits(table, kept, name, title, named)]
    labels = sorted({label for labels in table["labels"] for label in labels})
    if labels:
        wanted = set(st.multiselect(_("Your tags"), labels, key="run_labels", persist_state="session"))
        kept = kept[[wanted <= set(labels) for labels in kept["labels"]]]
    put_away = st.toggle(_("Show the archive"), key="run_archive", persist_state="session",
                         help=_("Only trainings that were put away, instead of the others."))  # fmt: skip
    kept = kept[kept["archived"] == put_away]
    by = st.selectbox(_("Group by"), list(GROUPS), index=None, format_func=lambda name: _(GROUPS[name]),
                      key="run_group", persist_state="session", placeholder=_("Not grouped"))  # fmt: skip
    return kept, by


def found(table: pd.DataFrame, word: str) -> pd.DataFrame:
    """The rows whose name, tags or texts hold each of the words, however they are written."""
    if not word:
        return table
    joined = table["name"] + "\n" + table["dataset"] + "\n" + table["labels"].map("\n".join) + "\n" + table["run_id"]
    text = joined.str.casefold()
    for one in word.casefold().split():
        text = text[text.str.contains(one, regex=False)]
    return table.loc[text.index]


def groups(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """One row a group: its title, how many trainings, the mean and the best on validation, the best on the test."""
    rows = keyed(table, by)
    grouped = rows.groupby("key", sort=False)
    made = pd.DataFrame(
        {
            "count": grouped.size(),
            "mean": grouped["best_val_accuracy"].mean(),
            "best": grouped["best_val_accuracy"].max(),
            "test": grouped["test_accuracy"].max(),
        }
    )
    return made.sort_values("count", ascending=False, kind="stable")


def keyed(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """The rows with the column `key`, the group of each; one with several tags stands in several groups."""
    if by == "labels":
        return table.assign(key=table["labels"].map(lambda labels: labels or [""])).explode("key")
    if by == "day":
        zone = st.context.timezone or "UTC"
        return table.assign(key=table["created"].dt.tz_convert(zone).dt.strftime("%Y-%m-%d"))
    return table.assign(key=table[by])


def group_title(by: str, key: str) -> str:
    """What a group is called."""
    named: dict[str, Callable[[str], str]] = {"architecture": network_title, "status": status_title, "day": day}
    return named[by](key) if by in named else key or _("(none)")


def status_title(status: str) -> str:
    return _(STATUS_TITLES[RunStatus(status)])


def network_title(name: str) -> str:
    return _(architecture(name).title) if name in architectures() else name


def _fits(
    table: pd.DataFrame, kept: pd.DataFrame, name: str, title: str, named: Callable[[str], str]
) -> Iterable[bool]:
    values = list(dict.fromkeys(table[name]))
    wanted = st.multiselect(title, values, format_func=named, key=f"run_{name}", persist_state="session")
    return kept[name].isin(wanted) if wanted else kept[name].notna()
