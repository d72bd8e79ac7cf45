"""Ways to give texts by hand, and the samples; each returns a Dataset, or None while there is nothing to show yet."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from core.data import paste
from core.data.dataset import Dataset
from core.data.samples import load_sample, samples
from core.data.tagging.paste import pasted_tags
from core.data.tagging.table import TaggedTable
from dashboard.ui import problems, tagging
from dashboard.ui.i18n import _, language

_PASTE_HEIGHT = 220
_LETTERS = 2_000  # of a text in a table: a line of megabytes stops the browser
_FEW_ROWS = 6  # of a table that needs no scrolling


def from_sample() -> Dataset | None:
    available = samples()
    own_language_first = sorted(available, key=lambda name: available[name].language not in ("", language()))
    chosen = st.selectbox(
        _("Sample"),
        own_language_first,
        format_func=lambda name: f"{_(available[name].title)} ({available[name].language})",
        key="sample",
        persist_state="session",
    )
    st.caption(_(available[chosen].summary))
    return load_sample(chosen)


def from_paste() -> Dataset | None:
    pasted = st.text_area(
        _("One text per line, with its label before or after a tab"),
        height=_PASTE_HEIGHT,
        placeholder=_("positive\tI would buy it again\nnegative\tIt broke after two days"),
        help=_("Cells copied from a spreadsheet are separated by tabs already. “label: text” and “label;text” work, "
               "too, and for tagging “word/TAG word/TAG”. Press Ctrl+Enter when you are done."),
        key="pasted",
        persist_state="session",
    )  # fmt: skip
    if not (pasted or "").strip():
        return None
    tagged = _pasted_tags(pasted or "")
    if tagged is not None:
        return tagging.choose(tagged, f"pasted_{hash(pasted)}", _("pasted texts"), paste.PASTED)
    try:
        return _pasted(pasted or "", _("pasted texts"))
    except paste.NoLabelsFound as error:  # not wrong: the page offers to label them
        st.caption(problems.plain(problems.sentence(error)))
        return replace(paste.understand(pasted or "").dataset, name=_("pasted texts"))


@st.cache_resource(max_entries=3, show_spinner=False)
def _pasted(content: str, name: str) -> Dataset:
    return paste.parse_pasted(content, name=name)


@st.cache_resource(max_entries=3, show_spinner=False)
def _pasted_tags(content: str) -> TaggedTable | None:
    return pasted_tags(content)


def from_boxes() -> Dataset | None:
    count = st.number_input(_("Number of classes"), 2, 12, 2, key="box_count", persist_state="session")
    boxes: dict[str, str] = {}
    slots = st.columns(2)
    for index in range(int(count)):
        with slots[index % 2].container(border=True):
            name = st.text_input(
                _("Name of class {number}", number=index + 1),
                value=_("class {number}", number=index + 1),
                key=f"box_name_{index}",
                persist_state="session",
            )
            content = st.text_area(
                _("Its examples, one per line"), height=160, key=f"box_{index}", persist_state="session"
            )
        boxes[f"{name or index + 1}"] = "\n".join(filter(None, [boxes.get(f"{name or index + 1}"), content]))
    if not any(content.strip() for content in boxes.values()):
        return None
    return paste.parse_boxes(boxes, name=_("pasted texts"))


def preview(dataset: Dataset, rows: int = 200) -> None:
    """The first texts as a table; cells show a user's text as text."""
    frame = dataset.frame.head(rows)
    shown = pd.DataFrame({_("Text"): frame["text"].str.slice(0, _LETTERS), _("Label"): frame["label"]})
    st.dataframe(
        shown,
        hide_index=True,
        height=260 if len(frame) > _FEW_ROWS else "content",
        column_config={_("Text"): st.column_config.TextColumn(width="large")},
    )
    if dataset.whole:
        st.caption(_("Some of the {count} texts, from all over them.", count=dataset.rows))
