"""Pairs of sentences with the same words in another order, and what the network makes of each."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.insight.network import Network
from core.insight.pairs import PAIRS, Pair, answered, language_of, twins
from core.runs.records import Run
from core.text.texts import all_of
from dashboard.ui import results
from dashboard.ui.i18n import LANGUAGES, _, ngettext, percent
from dashboard.ui.inside import taking

_MOST_TWINS = 100


def show(run: Run) -> None:
    """Pairs in French or English, then those among the run's own test texts, if there are any."""
    st.subheader(_("The same words in another order"))
    network = results.network(run)
    language = st.segmented_control(
        _("Language"), list(PAIRS), default=language_of(network), format_func=LANGUAGES.__getitem__,
        key="pairs_language", required=True, label_visibility="collapsed",
    )  # fmt: skip
    found = answered(network, PAIRS[language or "en"])
    st.write(_differing(found))
    _table(network, found, "pairs")
    st.caption(
        _("Each pair says another thing with the same words. Pooling, which averages words, gives both sentences of a "
          "pair the very same answer.")
    )  # fmt: skip
    _own(run, network)


def _own(run: Run, network: Network) -> None:
    evaluation = results.evaluation(run)
    if evaluation is None:
        return
    texts, labels = all_of(evaluation.predictions["text"]), evaluation.predictions["label"].tolist()
    places = twins(network, texts, labels)
    if not places:
        return
    found = answered(network, [(texts[one], texts[other]) for one, other in places[:_MOST_TWINS]])
    names = network.class_names
    right = sum(
        (names[pair.answers[0]], names[pair.answers[1]]) == (labels[one], labels[other])
        for pair, (one, other) in zip(found, places, strict=False)
    )
    st.write(
        ngettext(
            "Among the test texts is {count} pair with the same words and different labels. Both are answered right "
            "in {right}; an average of words cannot get any pair right.",
            "Among the test texts are {count} pairs with the same words and different labels. Both are answered right "
            "in {right}; an average of words cannot get any pair right.",
            len(found), right=right,
        )
    )  # fmt: skip
    _table(network, found, "twins")


def _differing(found: Sequence[Pair]) -> str:
    moved = sum(pair.answers[0] != pair.answers[1] for pair in found)
    if all(pair.moved < 1e-6 for pair in found):
        return _("Not one of these answers moves: this network does not know where a word stands.")
    return _("In {moved} of {count} pairs, the other order turns the answer.", moved=moved, count=len(found))


def _table(network: Network, found: Sequence[Pair], key: str) -> None:
    names = network.class_names
    table = pd.DataFrame(
        {
            _("Text"): [pair.texts[0] for pair in found],
            _("Answer"): [f"{names[pair.answers[0]]} {percent(pair.sure[0], 0)}" for pair in found],
            _("In another order"): [pair.texts[1] for pair in found],
            _("Its answer"): [f"{names[pair.answers[1]]} {percent(pair.sure[1], 0)}" for pair in found],
        }
    )
    st.dataframe(table, hide_index=True, key=f"{key}_shown")
    taking.numbers(key, table.assign(**{_("Probability moved"): [pair.moved for pair in found]}), key)
