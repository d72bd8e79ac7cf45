"""The vocabulary as tables: what it holds, to be searched, and what it does not know of the validation texts."""

from __future__ import annotations

import json

import pandas as pd
import streamlit as st

from core.text.prepare import Prepared
from core.text.tokens import cutting
from core.text.vocabulary import Frequencies, not_known, unknown
from dashboard.ui import draft, preparing, problems
from dashboard.ui.i18n import _, ngettext
from dashboard.ui.prepare import boxes

_SIZES = ("max_vocabulary", "minimum_count")
_ROWS = 500  # of a table; the rest is found by searching


def counted(prepared: Prepared) -> Frequencies:
    """How often each token stands in the training texts, those without a vector included."""
    return _counted(_depends_on(prepared), prepared)


def unknown_words(prepared: Prepared) -> None:
    """What the validation texts have and the vocabulary has not."""
    table = _unknown(_depends_on(prepared, *_SIZES), prepared)
    if prepared.encoder.preparation.tokens == "characters":
        title = ngettext(
            "{count} unknown character in the validation texts", "{count} unknown characters in the validation texts",
            len(table),
        )  # fmt: skip
    else:
        title = ngettext(
            "{count} unknown word in the validation texts", "{count} unknown words in the validation texts", len(table)
        )
    with st.expander(title, icon=":material/help:"):
        st.write(_("The network reads all of these as the same token. Something of weight among them? A lower minimum "
                   "count, a larger vocabulary, or sub-words let it tell them apart."))  # fmt: skip
        _table(table, "unknown")


def whole(prepared: Prepared) -> None:
    """Every token with a vector, searchable."""
    with st.expander(_("Vocabulary"), icon=":material/list:"):
        st.write(_("Every token with its number, as the network gets it. It comes from the training texts alone: what "
                   "only validation or test texts have is not in it."))  # fmt: skip
        _table(_numbered(_depends_on(prepared, *_SIZES), prepared), "vocabulary")


def _table(table: pd.DataFrame, key: str) -> None:
    if table.empty:
        st.caption(_("There are none."))
        return
    wanted = st.text_input(_("Search"), key=f"search_{key}", icon=":material/search:", max_chars=80)
    if wanted:
        table = table[table["token"].str.contains(wanted, case=False, regex=False)]
    titles = {"id": _("Number"), "token": _("Token"), "count": _("Occurrences")}
    first = table.head(_ROWS).assign(token=lambda rows: rows["token"].map(lambda token: boxes.SPACES.get(token, token)))
    st.dataframe(first.rename(columns=titles), hide_index=True, height=280, key=f"table_{key}")
    if len(table) > _ROWS:
        st.caption(_("The {shown} most frequent of {count}. Search to find others.", shown=_ROWS, count=len(table)))
    elif wanted and table.empty:
        st.caption(problems.plain(_("“{name}” is not among them.", name=wanted)))


def _depends_on(prepared: Prepared, *names: str) -> str:
    """What the counts depend on, as a key: for words, sizes do not matter and moving them costs nothing."""
    told = draft.settings().model_dump(mode="json", include={"preparation", "split"})
    chosen = ["cleaning", "tokens", *names]
    if cutting(prepared.encoder.preparation.tokens).learned:
        chosen += _SIZES
    kept = {name: told["preparation"][name] for name in chosen}
    return json.dumps([st.session_state.get("data"), kept, told["split"]], sort_keys=True)


@st.cache_resource(max_entries=3, show_spinner=False)
def _counted(key: str, _prepared: Prepared) -> Frequencies:
    return preparing.counts(_prepared, "train")


@st.cache_resource(max_entries=3, show_spinner=False)
def _numbered(key: str, _prepared: Prepared) -> pd.DataFrame:
    ids = {token: place for place, token in enumerate(_prepared.encoder.vocabulary)}
    found = counted(_prepared)
    rows = [(ids[token], token, count) for token, count in zip(found.tokens, found.counts, strict=True) if token in ids]
    return pd.DataFrame(rows, columns=["id", "token", "count"])


@st.cache_resource(max_entries=3, show_spinner=False)
def _unknown(key: str, _prepared: Prepared) -> pd.DataFrame:
    if cutting(_prepared.encoder.preparation.tokens).learned:
        return unknown(_prepared.parts["validation"].texts, _prepared.encoder)
    return not_known(preparing.counts(_prepared, "validation"), _prepared.encoder)
