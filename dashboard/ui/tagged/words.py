"""A sentence with the tags that a network gave its words."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.evaluation.tagging.spans import kinds_of, marks_spans
from core.tasks.tagging.tagger import Tagger, TagTrace
from dashboard.ui.i18n import _, ngettext
from dashboard.ui.tagging import markup


def shown(network: Tagger, trace: TagTrace) -> None:
    """The words in a row, coloured by their tags, and how many were not known."""
    tags = [network.class_names[best] for best in trace.probabilities.argmax(axis=1)]
    spans = marks_spans(network.class_names)
    names = kinds_of(network.class_names) if spans else network.class_names
    words = "\t".join(token.text for token in trace.tokens)
    st.markdown(markup(words, "\t".join(tags), names, spans))
    unknown = sum(not token.known for token in trace.tokens)
    if unknown:
        st.caption(
            ngettext("{count} word did not occur often enough in the training sentences: it is judged by its letters, "
                     "if the network reads them, and by its neighbours.",
                     "{count} words did not occur often enough in the training sentences: they are judged by their "
                     "letters, if the network reads them, and by their neighbours.", unknown)
        )  # fmt: skip


def table(network: Tagger, trace: TagTrace) -> None:
    """A row a word: the tag, how sure it is, and the next best."""
    order = (-trace.probabilities).argsort(axis=1, kind="stable")
    names = network.class_names
    st.dataframe(
        pd.DataFrame(
            {
                _("Word"): [token.text for token in trace.tokens],
                _("Tag"): [names[row[0]] for row in order],
                _("How sure"): trace.probabilities.max(axis=1).astype(float),
                _("Next best"): [names[row[1]] for row in order],
            }
        ),
        hide_index=True,
        column_config={_("How sure"): st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)},
    )
