"""What the table of all runs can show of each, and how it is called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from core.config import RunSettings
from core.config.tasks import OF_TASK
from core.messages import N_
from core.models import architecture, architectures
from core.parameters import Declared, declared
from core.runs.records import RunStatus
from core.tasks import task
from dashboard.ui import settings_table
from dashboard.ui.charts.base import dash
from dashboard.ui.i18n import _, language
from dashboard.ui.run_list import STATUS_TITLES

# By the name in core.runs.listing; those of parameters are their own titles.
TITLES = {
    "look": N_("Line"),
    "name": N_("Name"),
    "labels": N_("Your tags"),
    "status": N_("State"),
    "dataset": N_("Texts"),
    "architecture": N_("Network"),
    "best_val_accuracy": N_("Validation accuracy"),
    "test_accuracy": N_("Test accuracy"),
    "created": N_("Started"),
    "test_macro_f1": N_("F1 (macro), test"),
    "test_loss": N_("Loss, test"),
    "best_val_loss": N_("Loss, validation"),
    "test_perplexity": N_("Perplexity, test"),
    "test_entity_f1": N_("F1 of spans, test"),
    "epoch": N_("Epochs done"),
    "seconds": N_("Seconds"),
    "sequences_per_second": N_("Texts per second"),
    "rows": N_("Texts to learn from"),
    "test_looks": N_("Looks at the test texts"),
    "task": N_("Task"),
    "recipe": N_("Recipe"),
    "machine": N_("Machine"),
    "fingerprint": N_("Fingerprint of the texts"),
    "run_id": N_("Number of the training"),
}
USUAL = ("look", "name", "labels", "status", "dataset", "architecture", "best_val_accuracy", "test_accuracy", "created")
BASE = {"look", "name", "labels", "status", "dataset", "fingerprint", "created", "run_id", "archived"}  # always read
# Sent as a number for each row and a list of what each means: 10,000 pictures of lines are 2.5 MB otherwise.
_REPEATED = ("look", "status", "dataset", "architecture", "task", "recipe", "machine", "fingerprint")
_SHARES = ("best_val_accuracy", "test_accuracy", "test_macro_f1", "test_entity_f1")
_WRITING = "generation"  # what it foresees is not to be set beside shares of right answers


@dataclass(frozen=True)
class Shown:
    """A table as it is shown, and how each of its columns is drawn."""

    frame: pd.DataFrame
    config: dict[str, Any]


@cache
def parameters() -> dict[str, Declared]:
    """Every parameter of every network and task, by its name."""
    groups = [type(group) for group in RunSettings().groups().values()]
    groups += [item.settings for item in architectures().values()]
    found: dict[str, Declared] = {}
    for group in [*groups, *OF_TASK.values()]:
        for item in declared(group):
            found.setdefault(item.name, item)
    return found


def title(name: str) -> str:
    """What a column is called."""
    if name in TITLES:
        return _(TITLES[name])
    return settings_table.title(name, parameters().get(name))


def chosen() -> list[str]:
    """Let the user choose the columns; the usual ones until then."""
    names = [*TITLES, *(name for name in parameters() if name not in TITLES and name != "epochs")]
    st.session_state.setdefault("run_columns", list(USUAL))
    picked = st.multiselect(
        _("Columns"), names, format_func=title, key="run_columns", persist_state="session",
        help=_("Every setting can be a column, too: type a part of its name."),
    )  # fmt: skip
    return picked or ["name"]


def shown(table: pd.DataFrame, names: list[str]) -> Shown:
    """The listing with these columns under their titles, in words."""
    made, config = {}, {}
    for name in names:
        values = _values(table, name)
        made[title(name)] = values.astype("category") if name in _REPEATED else values
        if drawn := _drawn(name):
            config[title(name)] = drawn
    return Shown(pd.DataFrame(made, index=table.index), config)


def as_csv(table: pd.DataFrame, names: list[str]) -> bytes:
    """The same for a spreadsheet: numbers as they are, tags with commas, and always the number of the training."""
    names = [name for name in names if name != "look"]
    made = {title(name): _values(table, name) for name in dict.fromkeys([*names, "run_id"])}
    if title("labels") in made:
        made[title("labels")] = table["labels"].map(", ".join)
    return pd.DataFrame(made).to_csv(index=False).encode("utf-8-sig")  # the mark lets spreadsheets read accents


def line(look: int) -> str:
    """A run's colour and dash as a small picture, the same as in every chart."""
    dashes = {"solid": "", "dash": "10 6", "dot": "3 5", "dashdot": "10 5 3 5", "longdash": "18 6"}[dash(look)]
    return (
        # As large as a cell: smaller pictures are blown up.
        "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='70' height='35'>"
        f"<path d='M8 17H64' stroke='{_color(look).replace('#', '%23')}' stroke-width='3' stroke-dasharray='{dashes}'/>"
        "</svg>"
    )


def _color(look: int) -> str:
    """A colour of the theme that is on; charts get theirs in the browser, pictures in a table cannot."""
    kind = "dark" if st.context.theme.type == "dark" else "light"
    colors = st.get_option(f"theme.{kind}.chartCategoricalColors")
    return str(colors[look % len(colors)])


def _values(table: pd.DataFrame, name: str) -> pd.Series:
    values = table[name]
    if name == "look":
        return values.map({look: line(look) for look in values.unique()})
    if name == "status":
        return values.map({status: _(STATUS_TITLES[RunStatus(status)]) for status in values.unique()})
    if name == "architecture":
        return values.map({one: _(architecture(one).title) if one in architectures() else one for one in set(values)})
    if name == "task":
        return values.map({one: _(task(one).title) if one else "" for one in set(values)})
    if name in ("best_val_accuracy", "test_accuracy"):
        return values.where(table["task"] != _WRITING).round(3)
    if name in _SHARES:
        return values.round(3)
    item = parameters().get(name)
    if item is None or name in TITLES:
        return values
    if item.type in (int, float):
        return pd.to_numeric(values, errors="coerce")
    return values.map({one: _worded(item, one) for one in set(values)})


def _worded(item: Declared, stored: str) -> str:
    """A parameter as MLflow keeps it, in words where it is a choice or a yes."""
    if item.type is bool and stored in ("True", "False"):
        return _("yes") if stored == "True" else _("no")
    if item.type is tuple:
        return stored.strip("[]").replace("'", "")
    return _(item.choices[stored]) if item.choices and stored in item.choices else stored


def _drawn(name: str) -> Any:
    if name == "look":
        return st.column_config.ImageColumn(width=70, help=_("The colour and dash of this training in every chart."))
    if name in _SHARES:
        return st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)
    if name == "labels":
        return st.column_config.ListColumn()
    if name == "created":
        form = "D MMM YYYY, HH:mm" if language() == "fr" else "MMM D YYYY, HH:mm"
        return st.column_config.DatetimeColumn(format=form, timezone=st.context.timezone or "UTC")
    if name in ("seconds", "sequences_per_second"):
        return st.column_config.NumberColumn(format="%.1f")
    if name in ("test_loss", "best_val_loss", "test_perplexity"):
        return st.column_config.NumberColumn(format="%.3f")
    return None
