"""All networks in a sentence each, grouped by what they are for."""

from __future__ import annotations

import streamlit as st

from core.messages import N_
from core.models import architectures
from dashboard.ui.i18n import _

_FAMILIES = {
    "recurrent": N_("Recurrent: they read word by word and remember"),
    "remedy": N_("Remedies for what recurrent networks find hard"),
    "baseline": N_("Simpler networks, to know what reading in order is worth"),
}


def explained() -> None:
    """Folded away, for those who wonder which to choose."""
    with st.expander(_("What are these?"), icon=":material/help:"):
        for family, title in _FAMILIES.items():
            lines = [
                f"- **{_(item.title)}**: {_(item.summary)}"
                for item in architectures().values()
                if item.family == family
            ]
            if family == "remedy":
                lines.insert(0, "- " + _attention())
            st.markdown("\n".join([_(title), "", *lines]))


def _attention() -> str:
    return _(
        "**Attention** on top of a recurrent network: choose SimpleRNN, LSTM or GRU, and “attention” as the read-out "
        "under “More settings of the network”. It may look back at every word, and shows at which it looked."
    )
