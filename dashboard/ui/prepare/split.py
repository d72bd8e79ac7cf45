"""The tab *Split*: which texts are learned from, which steer, and which judge."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pandas as pd
import streamlit as st

from core.config.split import SplitBy
from core.data.fingerprint import CONTENT
from core.data.splits.dated import may_be_dates
from core.data.splits.given import may_be_parts
from core.messages import N_
from core.text.prepare import Prepared, Statistics
from dashboard.ui import controls, draft, problems, state
from dashboard.ui.i18n import _, ngettext
from dashboard.ui.prepare import split_table

_WAY, _COLUMN = f"{draft.WIDGET}split_by", f"{draft.WIDGET}split_column"
_SHARES = ["validation_share", "validation_learned", "test_share", "split_seed", "learned_share"]
# The controls that mean something for each way, and what it does.
_CONTROLS: dict[SplitBy, list[str]] = {
    "random": _SHARES,
    "given": _SHARES,
    "group": ["validation_share", "test_share", "split_seed", "learned_share"],
    "date": ["validation_share", "test_share", "learned_share"],
    "folds": ["folds", "fold", "validation_share", "validation_learned", "split_seed", "learned_share"],
}
_EXPLAINED: dict[SplitBy, str] = {
    "random": N_("Drawn by chance, every class with its share in each part. Right for texts that have nothing to do "
                 "with each other."),
    "given": N_("As a column of your texts says: train, validation or test. A part that it does not name is drawn from "
                "the training texts."),
    "group": N_("Texts of one group, such as those of one author, stay together. Otherwise the network is judged on "
                "authors whose style it has learned, and the score is too good for new ones."),
    "date": N_("The oldest texts are learned from and the newest judge, as it will be when the network is used on "
               "texts of tomorrow."),
    "folds": N_("Equal parts, of which one is the test part. Train once for each, and every text has been a test text "
                "once: the mean score is surer, for so many times the work."),
}  # fmt: skip
# Which of the other columns is taken first, since it can divide the texts in this way.
_LIKELY: dict[SplitBy, Callable[[pd.Series], bool]] = {
    "given": may_be_parts,
    "group": lambda column: 2 < column.nunique() < len(column),
    "date": may_be_dates,
}
_OWN = {"given": "part", "group": "group"}  # what came with the texts


def show(prepared: Prepared | None, figures: Statistics | None) -> None:
    """The controls, and what they do to the texts; `None` where the settings do not fit the texts."""
    settings = draft.settings()
    way = settings.split.split_by
    declared = settings.declared()
    if _WAY not in st.session_state:
        st.session_state[_WAY] = way
    way_of = declared["split_by"]
    choices = way_of.choices or {}
    st.segmented_control(
        _(way_of.title),
        list(get_args(SplitBy)),
        format_func=lambda each: _(choices[each]),
        help=problems.plain(_(way_of.help)),
        key=_WAY,
        required=True,
        wrap=True,
        on_change=_take_way,
    )
    st.caption(_(_EXPLAINED[way]))
    if way in ("given", "group", "date"):
        _choose_column(way, settings.split.split_column)
    controls.settings_controls(_CONTROLS[way], columns=len(_CONTROLS[way]))
    if prepared is None:
        return
    dataset = state.dataset()
    if dataset is not None and dataset.parts is not None:
        _about_given_parts(way)
    split_table.show(prepared.split)
    _about_removed(prepared)


def _take_way() -> None:
    way: SplitBy = st.session_state[_WAY]
    st.session_state.pop(_COLUMN, None)
    draft.change("split_by", way)
    columns, frame = _columns(way), _frame()
    likely = []
    if frame is not None and _OWN.get(way) not in columns:
        likely = [name for name in columns if _LIKELY[way](frame[name])]
    draft.change("split_column", likely[0] if likely else "")


def _frame() -> pd.DataFrame | None:
    dataset = state.dataset()
    return dataset.frame if dataset is not None else None


def _columns(way: SplitBy) -> list[str]:
    """The columns that may decide: the one for it that came with the texts, then all that were only kept."""
    frame = _frame()
    if way not in ("given", "group", "date") or frame is None:
        return []
    own = [name for name in (_OWN.get(way),) if name and name in frame]
    return [*own, *(str(name) for name in frame.columns if name not in CONTENT)]


def _choose_column(way: SplitBy, chosen: str) -> None:
    own = _OWN.get(way, "")
    columns = _columns(way)
    if chosen and chosen not in columns:
        columns = [*columns, chosen]  # of other texts: the page says that it is missing here
    if not columns:
        st.caption(_("These texts came without other columns. Upload a table that has one to divide them by."))
        return
    if _COLUMN not in st.session_state:
        st.session_state[_COLUMN] = chosen or (own if own in columns else None)
    st.selectbox(
        _("Column"),
        columns,
        key=_COLUMN,
        placeholder=_("Choose a column"),
        format_func=lambda name: _("{name} (came with the texts)", name=name) if name == own else name,
        on_change=lambda: draft.change("split_column", st.session_state[_COLUMN] or ""),
    )


def _about_given_parts(way: SplitBy) -> None:
    if way == "random":
        st.caption(_("These texts came with parts of their own, which stay as they are; the shares count only for what "
                     "is missing."))  # fmt: skip
    elif way != "given":
        st.caption(_("These texts came with parts of their own. Divided like this, all texts are divided anew."))


def _about_removed(prepared: Prepared) -> None:
    removed = sum(prepared.removed.values())
    if removed:
        st.caption(
            ngettext(
                "{count} text was left out because it is empty, without a label, or a copy of another: a copy in the "
                "test part would be an answer known beforehand.",
                "{count} texts were left out because they are empty, without a label, or copies of others: a copy in "
                "the test part would be an answer known beforehand.",
                removed,
            )
        )
