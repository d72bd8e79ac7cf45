"""All networks in a sentence each, grouped by what they are for."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.messages import N_
from core.models import Architecture
from dashboard.ui.i18n import _

_FAMILIES = {
    "recurrent": N_("Recurrent: they read word by word and remember"),
    "remedy": N_("Remedies for what recurrent networks find hard"),
    "baseline": N_("Simpler networks, to know what reading in order is worth"),
}


def explained(known: Mapping[str, Architecture], reads_out: bool) -> None:
    """Folded away, for those who wonder which to choose among those that are `known` for a task.

    `reads_out`: whether the answer is read from the states of all words, so that attention can weigh them.
    """
    with st.expander(_("What are these?"), icon=":material/help:"):
        for family, title in _FAMILIES.items():
            lines = [f"- **{_(item.title)}**: {_(item.summary)}" for item in known.values() if item.family == family]
            if family == "remedy" and reads_out:
                lines.insert(0, "- " + _attention())
            if lines:
                st.markdown("\n".join([_(title), "", *lines]))


def _attention() -> str:
    return _(
        "**Attention** on top of a recurrent network: choose SimpleRNN, LSTM or GRU, and “attention” as the read-out "
        "under “More settings of the network”. It may look back at every word, and shows at which it looked."
    )
