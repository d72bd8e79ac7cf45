"""The tab *Length*: where long texts are cut, and how short ones are filled up."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pandas as pd
import streamlit as st

from core.text.prepare import Prepared, Statistics
from core.text.sequences import suggested_length
from dashboard.ui import charts, controls, draft
from dashboard.ui.i18n import _, ngettext, percent
from dashboard.ui.prepare import boxes

_KEY = f"{draft.WIDGET}sequence_length"
_ROWS, _CHARACTERS = 200, 400  # of the table of cut texts
_WORKED = 20_000  # characters of a text that is shown as it is read


def show(prepared: Prepared | None, figures: Statistics | None) -> None:
    """The controls, and what they do to the texts; `None` where the settings do not fit the texts."""
    controls.settings_controls(["sequence_length"])
    if figures is not None:
        _suggested(figures)
    controls.settings_controls(["truncation", "padding"], columns=2)
    controls.settings_controls(["mask_padding"])
    if prepared is None or figures is None:
        return
    length = draft.settings().preparation.sequence_length
    charts.show(charts.lengths(figures.edges, figures.histogram, length, _("tokens")), key="prepared_lengths")
    st.write(
        ngettext(
            "At this length, **{count} text** ({share}) is cut.",
            "At this length, **{count} texts** ({share}) are cut.",
            figures.cut,
            share=percent(figures.cut / max(1, figures.texts)),
        )
    )
    _cut_texts(prepared, length)
    if "padding" in controls.idle():
        st.caption(
            _("Longer sentences are cut for the training only: a trained network reads all words of a sentence.")
        )
        return
    _seen_on_two(prepared, length)


def _suggested(figures: Statistics) -> None:
    length = suggested_length(figures.lengths)
    st.caption(_("19 of 20 of your texts have at most {length} tokens; the longest has {longest}.",
                 length=length, longest=int(figures.lengths.loc[1.0])))  # fmt: skip
    if length != draft.settings().preparation.sequence_length:
        st.button(_("Use {length}", length=length), key="use_length", on_click=_use, args=(length,))


def _use(length: int) -> None:
    st.session_state[_KEY] = length
    draft.change("sequence_length", length)


def _cut_texts(prepared: Prepared, length: int) -> None:
    """The texts that lose something, those that lose most first."""
    tables = [
        pd.DataFrame({"part": name, "place": np.arange(len(part)), "tokens": part.token_counts})
        for name, part in prepared.parts.items()
    ]
    longer = pd.concat(tables).query("tokens > @length").sort_values("tokens", ascending=False, kind="stable")
    if longer.empty:
        return
    with st.expander(_("Which texts are cut"), icon=":material/content_cut:"):
        first = longer.head(_ROWS)
        texts = [prepared.parts[row.part].texts[int(row.place)] for row in first.itertuples()]
        st.dataframe(
            pd.DataFrame({
                _("Text"): [text[:_CHARACTERS] for text in texts],
                _("Tokens"): first["tokens"].to_numpy(),
                _("Tokens lost"): first["tokens"].to_numpy() - length,
            }),
            hide_index=True,
            height=260,
            column_config={_("Text"): st.column_config.TextColumn(width="large")},
        )  # fmt: skip
        if len(longer) > _ROWS:
            st.caption(_("The {shown} longest of {count}.", shown=_ROWS, count=len(longer)))


def _seen_on_two(prepared: Prepared, length: int) -> None:
    """Padding and cutting on a short and on a long text of the user's."""
    part = prepared.parts["train"]
    order = part.token_counts.argsort(kind="stable")
    st.subheader(_("A short and a long text, as the network gets them"))
    longest = next((place for place in order[::-1] if len(part.texts[int(place)]) <= _WORKED), order[0])
    for place in (order[len(order) // 20], longest):
        tokens = int(part.token_counts[place])
        with st.container(border=True):
            if tokens > length:
                said = ngettext(
                    "{count} token, cut to {length}", "{count} tokens, cut to {length}", tokens, length=length
                )
            else:
                said = ngettext(
                    "{count} token, filled up to {length}", "{count} tokens, filled up to {length}",
                    tokens, length=length,
                )  # fmt: skip
            st.caption(said)
            st.markdown(_as_read(prepared, part.texts[int(place)][:_WORKED]))
    st.caption(_legend())


def _as_read(prepared: Prepared, text: str) -> str:
    """A text's tokens and the zeros beside them, in the order in which they stand."""
    settings = prepared.encoder.preparation
    tokens = prepared.encoder.tokens(text)
    parts = groupby(tokens, key=lambda token: token.seen)
    runs = [boxes.of_tokens(list(run), prepared.encoder) for _seen, run in parts]
    zeros = settings.sequence_length - sum(token.seen for token in tokens)
    padding = [boxes.box("0", "gray" if settings.mask_padding else "violet")] * zeros
    if padding:
        runs = [*runs, padding] if settings.padding == "right" else [padding, *runs]
    return " ".join(boxes.row(run, first=12, last=6) for run in runs)


def _legend() -> str:
    settings = draft.settings()
    cut = _("Blue and orange tokens are read (orange: unknown), red ones are cut away.")
    if not settings.preparation.mask_padding:
        return cut + " " + _("The violet zeros fill a text up and are read like words.")
    masked = _("The grey zeros fill a text up; the network skips them.")
    if settings.training.batching == "by_length":
        masked += " " + _("In training, texts of similar length are read together and filled up to the longest of them "
                          "only.")  # fmt: skip
    return f"{cut} {masked}"
