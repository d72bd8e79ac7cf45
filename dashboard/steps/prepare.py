"""Prepare: how texts become numbers, seen on three of one's own."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.data.quality import about_preparation
from core.messages import N_
from core.text.encoder import Steps
from core.text.prepare import Prepared, Statistics
from dashboard.ui import controls, draft, empty, preparing, problems, quality, state, sweep, ways
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.prepare import cleaning, file, lengths, split, tokens

_LONGEST = 1_500  # characters of a text that are shown
_WORKED = 20_000  # and that are worked through for it: a line of megabytes would take seconds
# On a phone, six figures one below the other would fill two screens before anything can be chosen.
_TWO_BY_TWO = """<style>@media (max-width: 640px) {
.st-key-prepare_figures { gap: .5rem }
.st-key-prepare_figures > * { flex: 0 0 calc(50% - .25rem) !important }
.st-key-prepare_figures [data-testid="stMetric"] { width: 100%; padding: 0 }
.st-key-prepare_figures [data-testid="stMetricValue"] { font-size: 1.5rem }
}</style>"""
TABS = {
    N_("Cleaning"): cleaning.show,
    N_("Tokens"): tokens.show,
    N_("Length"): lengths.show,
    N_("Split"): split.show,
}


def page() -> None:
    st.title(_("Prepare"))
    st.write(_("A network reads numbers. Choose how your texts are cleaned, cut into words, numbered and filled up."))
    with problems.shown():
        if not empty.has_texts():
            return
        state.dataset()  # texts that are gone end the page here, with one sentence
        # One container for what may be there or not: with another place, the tabs would go back to the first one.
        with st.container():
            prepared, figures = _prepared()
        # Even where the settings do not fit the texts: they are changed here.
        for tab, show in zip(st.tabs([_(title) for title in TABS], key="prepare_tabs"), TABS.values(), strict=True):
            with tab:
                show(prepared, figures)
        controls.refused()
        if figures:
            quality.about(about_preparation(figures, draft.settings().preparation))
        file.show(prepared)
        sweep.show(prepared, figures)
        if prepared:
            _examples(prepared)
        ways.on(("design", _("Design the network")))


def _prepared() -> tuple[Prepared | None, Statistics | None]:
    """The texts as they are prepared, with their figures at the top; or else why they are not."""
    found = figures = None
    with problems.shown():
        found = preparing.current()
        figures = preparing.figures(found[0], draft.settings()) if found else None
    prepared = found[1] if found else None
    if prepared and figures:
        _figures(prepared, figures)
    return prepared, figures


def _figures(prepared: Prepared, figures: Statistics) -> None:
    rows = {row.part: row.texts for row in prepared.split.parts}
    shown = {
        _("Training texts"): number(rows["train"]),
        _("Validation texts"): number(rows["validation"]),
        _("Test texts"): number(rows["test"]),
        _("Words with a vector"): number(prepared.encoder.vocabulary_size - 2),
        _("Unknown words"): percent(figures.unknown["validation"]),
        _("Texts cut"): number(figures.cut),
    }
    st.html(_TWO_BY_TWO)
    with st.container(horizontal=True, key="prepare_figures"):
        for title, value in shown.items():
            st.metric(title, value, border=True, width=250)
    st.caption(_("Unknown words are those of the validation texts that have no vector."))


def _examples(prepared: Prepared) -> None:
    st.subheader(_("Three of your texts on their way"))
    texts = prepared.parts["train"].texts
    shown = range(min(3, len(texts)))
    for place, tab in zip(shown, st.tabs([_("Text {number}", number=place + 1) for place in shown]), strict=True):
        with tab:
            text = texts[place * len(texts) // 3]
            _way(prepared.encoder.steps(text[:_WORKED]), prepared.encoder.vocabulary)
            if len(text) > _WORKED:
                st.caption(_("Only the first {count} characters of this very long text are shown on their way.",
                             count=_WORKED))  # fmt: skip
    st.caption(_("0 is padding, 1 stands for every unknown word; known words are numbered from frequent to rare."))


def _way(steps: Steps, vocabulary: Sequence[str]) -> None:
    # As they were cleaned, since that is what has a number; of unknown ones only what was typed is known.
    tokens = " | ".join(vocabulary[token.id] if token.known else f"{token.text}°" for token in steps.tokens)
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
