"""Prepare: how texts become numbers, seen on three of one's own."""

from __future__ import annotations

import streamlit as st

from core.text.encoder import Steps
from core.text.prepare import Prepared, Statistics
from dashboard.ui import charts, controls, draft, empty, preparing, problems, ways
from dashboard.ui.i18n import _, ngettext, number, percent

_LONGEST = 1_500  # characters of a text that are shown


def page() -> None:
    st.title(_("Prepare"))
    st.write(_("A network reads numbers. Choose how your texts are cleaned, cut into words, numbered and filled up."))
    with problems.shown():
        if not empty.has_texts():
            return
        _settings()
        found = preparing.current()
        if found is None:
            return
        dataset, prepared = found
        _figures(prepared, preparing.figures(dataset, draft.settings()))
        _examples(prepared)
        ways.on(("design", _("Design the network")))


def _settings() -> None:
    settings = draft.settings()
    with st.container(border=True):
        controls.settings_controls(["cleaning"])
        controls.settings_controls(["max_vocabulary", "sequence_length", "padding"], columns=3)
        controls.settings_controls(controls.names_of(settings, "split", "first"), columns=3)
        with st.expander(_("More settings")):
            names = controls.names_of(settings, "preparation", "more") + controls.names_of(settings, "split", "more")
            controls.settings_controls(names, columns=2)
    controls.refused()


def _figures(prepared: Prepared, figures: Statistics) -> None:
    rows = {part: len(item) for part, item in prepared.parts.items()}
    shown = {
        _("Training texts"): number(rows["train"]),
        _("Validation texts"): number(rows["validation"]),
        _("Test texts"): number(rows["test"]),
        _("Words with a vector"): number(prepared.encoder.vocabulary_size - 2),
        _("Unknown words"): percent(figures.unknown["validation"]),
        _("Texts cut"): number(figures.cut),
    }
    with st.container(horizontal=True):
        for title, value in shown.items():
            st.metric(title, value, border=True, width=250)
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
    charts.show(
        charts.lengths(figures.edges, figures.histogram, draft.settings().preparation.sequence_length, _("tokens")),
        key="prepared_lengths",
    )
    st.caption(_("Unknown words are those of the validation texts that have no vector. A text is cut if it has more "
                 "tokens than the sequence length."))  # fmt: skip


def _examples(prepared: Prepared) -> None:
    st.subheader(_("Three of your texts on their way"))
    texts = prepared.parts["train"].texts
    for place in range(min(3, len(texts))):
        with st.container(border=True):
            _way(prepared.encoder.steps(texts[place * len(texts) // 3]))
    st.caption(_("0 is padding, 1 stands for every unknown word; known words are numbered from frequent to rare."))


def _way(steps: Steps) -> None:
    tokens = " | ".join(token.text if token.known else f"{token.text}°" for token in steps.tokens)
    padded = [str(number) for number in steps.padded]
    shown = {
        _("As typed"): steps.raw,
        _("Cleaned"): steps.cleaned,
        _("Tokens (° unknown)"): tokens,
        _("Ids"): " ".join(map(str, steps.ids)),
        _("Padded to {length}", length=len(padded)): " ".join(_shortened(padded)),
    }
    for title, content in shown.items():
        st.caption(title)
        st.code(content[:_LONGEST] or " ", language=None, wrap_lines=True)


def _shortened(padded: list[str]) -> list[str]:
    """A long row of zeros as its beginning and end: 7 4 0 0 0 … 0."""
    zeros = [place for place, number in enumerate(padded) if number == "0"]
    if len(zeros) <= 8:
        return padded
    return [*padded[: zeros[0]], "0", "0", "0", "…", "0", *padded[zeros[-1] + 1 :]]
