"""The tab *Tokens*: how texts are cut, and which pieces get a vector of their own."""

from __future__ import annotations

import streamlit as st

from core.text.prepare import Prepared, Statistics
from core.text.tokens import cutting
from core.text.vocabulary import kept
from dashboard.ui import charts, controls, draft, problems
from dashboard.ui.i18n import _, ngettext, number, percent
from dashboard.ui.prepare import boxes, vectors, vocabulary

_WORKED = 20_000  # characters of a text that is shown as tokens


def show(prepared: Prepared | None, figures: Statistics | None) -> None:
    """The controls, and what they do to the texts; `None` where the settings do not fit the texts."""
    controls.settings_controls(["tokens"])
    if "tokens" in controls.idle():
        st.caption(_("The words of your data stay as they are: each of them is one token, and gets one tag."))
    else:
        st.caption(problems.plain(_(cutting(draft.settings().preparation.tokens).summary)))
    if prepared is not None:
        _example(prepared)
    controls.settings_controls(["max_vocabulary", "minimum_count"], columns=2)
    if prepared is None:
        return
    _choice(prepared)
    vocabulary.unknown_words(prepared)
    vocabulary.whole(prepared)
    vectors.show(prepared)


def _example(prepared: Prepared) -> None:
    """The training text whose length is in the middle, as coloured tokens."""
    part = prepared.parts["train"]
    place = int(part.token_counts.argsort(kind="stable")[len(part) // 2])
    tokens = prepared.encoder.tokens(part.texts[place][:_WORKED])
    st.markdown(boxes.row(boxes.of_tokens(tokens, prepared.encoder), first=40, last=0))
    st.caption(_("One of your texts: blue tokens have a vector, orange ones are unknown."))


def _choice(prepared: Prepared) -> None:
    """What the size and the minimum count keep."""
    found = vocabulary.counted(prepared)
    settings = prepared.encoder.preparation
    chosen = kept(found, settings)
    different = len(found.tokens)
    if cutting(settings.tokens).learned:
        st.write(
            ngettext(
                "**{count} piece** was learned from the training texts.",
                "**{count} pieces** were learned from the training texts.",
                chosen.tokens,
            )
        )
    else:
        st.write(
            _("**{kept} of {different}** different tokens of the training texts are kept ({share}). They stand for "
              "**{tokens}** of everything that is written there.",
              kept=number(chosen.tokens), different=number(different), share=percent(chosen.of_different, 0),
              tokens=percent(chosen.of_all))
        )  # fmt: skip
    charts.show(charts.frequencies(found.counts, found.tokens, chosen.tokens), key="token_frequencies")
    said = _("Each step to the right or up is ten times as much.")
    if settings.tokens == "words":
        said += " " + _(
            "A few words are everywhere; most stand there once or twice, too seldom to learn what they mean."
        )
    st.caption(said)
