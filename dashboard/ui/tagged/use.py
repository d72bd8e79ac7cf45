"""Use, of a tagger: tags for a sentence or a file, and the network as a zip."""

from __future__ import annotations

import streamlit as st

from core.data.tagging.conll import ENDINGS
from core.runs import jobs
from core.runs.records import Run
from dashboard.ui import exporting, results, state, upload, ways
from dashboard.ui.i18n import _
from dashboard.ui.tagged import words

_SHOWN = 3_000  # characters of a tagged file


def page(run: Run) -> None:
    one, file, home = st.tabs([_("One sentence"), _("A file"), _("Take it home")])
    with one:
        _sentence(run)
    with file:
        _file(run)
    with home:
        exporting.offer(run)
    ways.on(("texts", _("Train on other texts")), ("runs", _("All runs")))


def _sentence(run: Run) -> None:
    text = st.text_area(
        _("Your sentence"), key=f"tag_text_{run.run_id}", height=100, max_chars=20_000, persist_state="session",
        help=_("Press Ctrl+Enter to ask."),
    )  # fmt: skip
    network = results.tagger(run)
    trace = network.trace(text or "")
    if not trace.tokens:
        st.caption(_("Type a sentence, and the network gives each of its words a tag."))
        return
    words.shown(network, trace)
    words.table(network, trace)
    st.caption(_("How sure the network is of each tag, and which one it would have taken next."))


def _file(run: Run) -> None:
    st.write(
        _("Upload sentences, as CoNLL-U or .conll with one word a line, or as a table with one text a row. They come "
          "back with one word a line and its tag.")
    )  # fmt: skip
    file = st.file_uploader(
        _("Sentences: CoNLL-U, .conll, CSV, TXT, Excel, JSON or Parquet"), type=[*upload.kinds(), *_endings()],
        key=f"tag_file_{run.run_id}",
    )  # fmt: skip
    if file is None:
        return
    exporting.sharing()
    with st.spinner(_("The network reads your sentences…")):
        tagged = _tagged(run.run_id, run.test_looks, file.file_id, file.getvalue(), file.name)
    st.code(tagged[:_SHOWN], language=None, height=300)
    name = file.name.rsplit(".", 1)[0] + "-" + _("tags") + ".tsv"
    st.download_button(
        _("Download the tagged words"), tagged.encode(), file_name=name, mime="text/tab-separated-values",
        icon=":material/download:", type="primary", on_click="ignore",
    )  # fmt: skip


def _endings() -> list[str]:
    return [ending.removeprefix(".") for ending in ENDINGS if ending.removeprefix(".") not in upload.kinds()]


@st.cache_data(max_entries=3, show_spinner=False)
def _tagged(run_id: str, test_looks: int, file_id: str, _content: bytes, filename: str) -> str:
    found: str = state.engine().short(jobs.tag_file, run_id, _content, filename)
    return found
