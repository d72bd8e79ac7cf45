"""The step *Find and replace*: the user's rules in a small table."""

from __future__ import annotations

import uuid
from typing import Any

import pandas as pd
import streamlit as st

from core.errors import SettingsError
from core.messages import N_
from core.text.cleaning import Chosen
from core.text.cleaning.steps.rules import KINDS, Rule, read_rules, write_rules
from dashboard.ui import problems
from dashboard.ui.i18n import _
from dashboard.ui.prepare import step_list

Row = dict[str, Any]

_MEANINGS = {
    ".": N_("any character except a line end"),
    "[aeiou]": N_("one of these characters; [a-z] is one from a to z, [^a-z] any other"),
    r"\d": N_("a digit"),
    r"\w": N_("a letter, a digit or _"),
    r"\s": N_("a space or a line end"),
    r"\p{Lu}": N_("a capital letter"),
    "a|b": N_("one or the other; round brackets say where the choice ends"),
    "a+": N_("once or more, up to 1,000 times"),
    "a*": N_("any number of times, or not at all"),
    "a?": N_("once or not at all"),
    "a{2,5}": N_("two to five times"),
    r"\b": N_("the edge of a word"),
    "^": N_("the beginning of the text"),
    "$": N_("the end of the text"),
    r"\.": N_("a full stop itself; a backslash does this for every special character"),
}


def show(steps: list[str], place: int) -> None:
    """The rules of the step at this place; a rule that is not possible is explained and not applied."""
    chosen = Chosen.read(steps[place])
    key, rows = _table(place, chosen.option)
    table: Any = pd.DataFrame(rows, columns=["find", "write", "kind"], dtype=object)
    edited = st.data_editor(
        table,
        key=key,
        num_rows="dynamic",
        placeholder="",
        hide_index=True,
        width="stretch",
        disabled=not chosen.on,
        column_config={
            "find": st.column_config.TextColumn(_("Find")),
            "write": st.column_config.TextColumn(_("Write")),
            "kind": st.column_config.SelectboxColumn(
                _("Find as"), options=list(KINDS), default="text", format_func=lambda kind: _(KINDS[str(kind)])
            ),
        },
        on_change=_edited,
        args=(steps, place, key, rows),
    )
    with st.expander(_("What patterns can say")):
        st.markdown("\n".join(f"- `{written}`: {problems.plain(_(meaning))}" for written, meaning in _MEANINGS.items()))
    step_list.notes()[place]["now"] = edited.to_dict("records")
    try:
        write_rules(_rules(edited.to_dict("records")))
    except SettingsError as error:
        st.error(problems.plain(problems.sentence(error)), icon=":material/block:")


def _table(place: int, option: str) -> tuple[str, list[Row]]:
    """The key of the editor, and the rows that it started from.

    They stay while only the editor changes the draft, wherever its step is moved: a table that starts anew would lose
    the cell that one is in, and a rule that is not right yet. Whoever comes back to the page finds that rule again.
    """
    kept = step_list.notes().get(place)
    if kept is None or kept["option"] != option:
        rows = [{"find": rule.find, "write": rule.write, "kind": rule.kind} for rule in read_rules(option)]
        kept = {"option": option, "rows": rows, "now": rows, "key": f"cleaning_rules_{uuid.uuid4().hex}"}
        step_list.notes()[place] = kept
    elif kept["key"] not in st.session_state:
        kept["rows"] = kept["now"]
    return kept["key"], kept["rows"]


def _edited(steps: list[str], place: int, key: str, rows: list[Row]) -> None:
    chosen = Chosen.read(steps[place])
    try:
        option = write_rules(_rules(edited_rows(rows, st.session_state[key])))
    except SettingsError:
        return  # the table says so
    if option == chosen.option:
        return  # a row that finds nothing yet
    step_list.notes()[place]["option"] = option
    step_list.put(steps, place, str(Chosen(chosen.name, option, chosen.on)))


def edited_rows(rows: list[Row], changes: dict[str, Any]) -> list[Row]:
    """Rows after what Streamlit's editor reports: cells edited, rows added and deleted."""
    edited = [row | changes["edited_rows"].get(place, {}) for place, row in enumerate(rows)]
    kept = [row for place, row in enumerate(edited) if place not in changes["deleted_rows"]]
    return [*kept, *changes["added_rows"]]


def _rules(rows: list[Row]) -> list[Rule]:
    found = [{name: value for name, value in row.items() if isinstance(value, str)} for row in rows]
    return [Rule(row.get("find", ""), row.get("write", ""), row.get("kind", "text")) for row in found]
