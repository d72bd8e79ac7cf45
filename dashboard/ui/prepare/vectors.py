"""Word vectors learned elsewhere: give a file, see how many of one's words it has, keep them fixed or not."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from core.text.prepare import Prepared
from core.text.sequences import UNKNOWN_ID
from core.text.tokens import counted
from core.text.vector_files import read_vectors
from core.text.vector_shelf import VectorEntry, VectorShelf
from core.text.vectors import coverage, wanted
from core.training.recipes import recipe
from dashboard.ui import controls, draft, problems, state
from dashboard.ui.i18n import _, number, percent

_KEY = f"{draft.WIDGET}vectors"
_MISSING = 500  # words of a table


@dataclass(frozen=True)
class _Covered:
    words: float
    tokens: float
    missing: list[str]


def show(prepared: Prepared) -> None:
    """A folded box; open where vectors are chosen."""
    chosen = draft.settings().preparation.vectors
    with st.expander(_("Start from pre-trained word vectors"), icon=":material/upload_file:", expanded=bool(chosen)):
        st.write(_("Word vectors from millions of texts, such as fastText's or GloVe's, tell the network from the "
                   "start which words are alike. That helps most when you have few texts of your own."))  # fmt: skip
        with problems.shown():
            _choose(chosen)
            _give(prepared)
            if chosen:
                _covered(prepared, chosen)


def _shelf() -> VectorShelf:
    return VectorShelf(state.settings_of_machine().home)


def _choose(chosen: str) -> None:
    entries = {entry.fingerprint: entry for entry in _shelf().entries()}
    if not entries and not chosen:
        return
    if st.session_state.get(_KEY) not in ("", *entries, chosen):
        st.session_state.pop(_KEY, None)
    if _KEY not in st.session_state:
        st.session_state[_KEY] = chosen
    options = dict.fromkeys(["", *entries, *([chosen] if chosen else [])])
    st.selectbox(
        _("Word vectors"),
        list(options),
        format_func=lambda each: _titled(entries.get(each)) if each else _("none: start at random"),
        key=_KEY,
        on_change=lambda: _take(st.session_state[_KEY]),
    )


def _titled(entry: VectorEntry | None) -> str:
    if entry is None:
        return _("not on this computer")
    return _(
        "{name} ({words} words, {size} numbers each)",
        name=entry.name, words=number(entry.words), size=number(entry.dimension),
    )  # fmt: skip


def _take(fingerprint: str) -> None:
    draft.change("vectors", fingerprint)
    if not fingerprint:
        # The size was that of the vectors; now it is the recipe's again.
        settings = draft.settings()
        usual = recipe(settings.recipe, settings.network.architecture).flat()
        draft.change("embedding_dim", usual["embedding_dim"])


def _give(prepared: Prepared) -> None:
    file = st.file_uploader(
        _("A file of word vectors: .vec, GloVe's .txt, or word2vec's .bin, also as .gz or .zip"),
        type=["vec", "txt", "bin", "gz", "zip", "kv"],
        key="vectors_file",
    )
    st.caption(_("Only the vectors of your words are kept. A file too large to upload: "
                 "`python -m core train DATA --vectors FILE` keeps its vectors here, too."))  # fmt: skip
    if file is None or st.session_state.get("vectors_read") == file.file_id:
        return
    with st.spinner(_("Reading the word vectors…")):
        texts = [text for part in prepared.parts.values() for text in part.texts]
        found = read_vectors(file, file.name, wanted(texts, prepared.encoder.preparation))
        fingerprint = _shelf().save(found)
    st.session_state["vectors_read"] = file.file_id
    st.session_state.pop(_KEY, None)
    _take(fingerprint)
    st.rerun()


def _covered(prepared: Prepared, chosen: str) -> None:
    digest = draft.settings().digest("preparation", "split")
    found = _coverage(chosen, f"{st.session_state.get('data')}-{digest}", prepared)
    with st.container(horizontal=True):
        st.metric(_("Tokens with a given vector"), percent(found.words), border=True, width=250)
        st.metric(_("What they are of the texts"), percent(found.tokens), border=True, width=250)
    st.caption(_("Of the tokens in the vocabulary, and of all that the training texts say with them. The others start "
                 "at random."))  # fmt: skip
    controls.settings_controls(["freeze_embedding"])
    if found.missing:
        st.dataframe(pd.DataFrame({_("Without a given vector, most frequent first"): found.missing[:_MISSING]}),
                     hide_index=True, height=220)  # fmt: skip


@st.cache_data(max_entries=4, show_spinner=False)
def _coverage(fingerprint: str, key: str, _prepared: Prepared) -> _Covered:
    vectors = _shelf().load(fingerprint)
    encoder = _prepared.encoder
    counts = counted(encoder.tokenizer, _prepared.parts["train"].texts)
    counts[UNKNOWN_ID] = 0
    found = coverage(encoder.vocabulary, counts, vectors)
    return _Covered(found.words, found.tokens, found.missing)
