"""Tagged texts: which columns hold words and tags, and what is in the data set."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.data.lengths import histogram
from core.data.tagging.columns import guess_tag_columns, tag_columns
from core.data.tagging.dataset import Contractions, Tagged, tagged_dataset
from core.data.tagging.report import TagReport, spans_of, tag_report
from core.data.tagging.table import TaggedTable
from core.messages import N_
from dashboard.ui import charts, origin, state
from dashboard.ui.charts.tags import tag_counts
from dashboard.ui.i18n import _, ngettext, number, percent
from dashboard.ui.problems import plain

SENTENCES = 8  # on the page at a time
_COLORS = ("blue", "orange", "green", "violet", "red", "yellow")  # the rest are grey; the tag itself is written, too
_CONTRACTIONS: dict[Contractions, str] = {"apart": N_("two words: à, le"), "together": N_("one word: au")}
_SCHEMES = {
    "plain": N_("Each word has a tag of its own."),
    "BIO": N_("Tags mark spans of words: B- begins a span, I- goes on with it, O is outside of any."),
    "IOB1": N_("The tags mark spans as IOB1 does. They were turned into BIO: every span begins with B-."),
    "BIOES": N_("The tags mark spans as BIOES (or BILOU) does. They were turned into BIO: no tags for ends any more."),
}


def choose(table: TaggedTable, key: str, name: str, source: str) -> Dataset:
    """The data set of a tagged file, with the columns guessed and, folded away, changeable. `key` names the file."""
    guess = guess_tag_columns(table)
    words = [str(column) for column in table.frame.columns]
    tags = tag_columns(table)
    said = st.container()
    contractions: Contractions = "apart"
    with st.expander(_("Columns of the words and tags"), icon=":material/view_column:"):
        left, right = st.columns(2)
        word = left.selectbox(_("Column of the words"), words, words.index(guess.word), format_func=origin.column,
                              key=f"word_column_{key}")  # fmt: skip
        tag = right.selectbox(_("Column of the tags"), tags, tags.index(guess.tag), format_func=origin.column,
                              key=f"tag_column_{key}")  # fmt: skip
        st.dataframe(table.frame.head(30).rename(columns=origin.column), hide_index=True, height=180)
        if table.goes_on.any():
            contractions = st.segmented_control(
                _("Contractions such as “au” are"), list(_CONTRACTIONS),
                format_func=lambda choice: _(_CONTRACTIONS[choice]), default="apart", required=True,
                help=_("As one word, it gets the tags of both, such as ADP+DET, and is what people type."),
                key=f"contractions_{key}",
            ) or "apart"  # fmt: skip
    tagged = _dataset(key, word, tag, contractions, table, name, source)
    with said:
        _what_was_read(tagged, table, tag)
    return tagged.dataset


@st.cache_resource(max_entries=3, show_spinner=False)
def _dataset(
    key: str, word: str, tag: str, contractions: Contractions, _table: TaggedTable, name: str, source: str
) -> Tagged:
    return tagged_dataset(_table, word, tag, name, source, contractions)


def _what_was_read(tagged: Tagged, table: TaggedTable, tag: str) -> None:
    sentences = ngettext(
        "{count} sentence with {words} words; tags from the column “{tag}”.",
        "{count} sentences with {words} words; tags from the column “{tag}”.",
        len(tagged.dataset), words=len(table.frame), tag=plain(origin.column(tag)),
    )  # fmt: skip
    st.caption(f"{sentences} {_(_SCHEMES[tagged.scheme])}")


@st.cache_resource(max_entries=3, show_spinner=False)
def _report(fingerprint: str, _dataset: Dataset) -> TagReport:
    return tag_report(_dataset)


def show(dataset: Dataset) -> None:
    """Counts, and three views: sentences with their tags, the tags, the lengths."""
    found = _report(f"{dataset.fingerprint} {len(dataset)}", dataset)
    spans = found.scheme != "plain"
    with st.container(horizontal=True):
        st.metric(_("Sentences"), number(dataset.rows), border=True, width=160)
        st.metric(_("Words"), number(found.words), border=True, width=160)
        st.metric(_("Types of spans") if spans else _("Tags"),
                  number(len(found.spans if spans else found.tags)), border=True, width=160)  # fmt: skip
        st.metric(_("Words in a typical sentence"), number(float(pd.Series(found.lengths).median()), 0), border=True,
                  width=220)  # fmt: skip
    if dataset.whole:
        st.caption(_("Counted on a sample of {count} sentences.", count=len(dataset)))
    sentences, tags, lengths = st.tabs([_("Sentences"), _("Tags"), _("Lengths")])
    with sentences:
        _sentences(dataset, found)
    with tags:
        charts.show(tag_counts(found.spans if spans else found.tags, found.examples, spans), key="tag_counts")
        most, share = found.tags.index[0], float(found.tags.iloc[0]) / max(1, found.words)
        st.caption(_("Who always answered “{tag}” would be right for {share} of the words. A tagger has to do better.",
                     tag=plain(most), share=percent(share)))  # fmt: skip
    with lengths:
        edges, counts = histogram(found.lengths)
        charts.show(charts.lengths(edges, counts), key="lengths")
        st.caption(_("How many words the sentences have."))
    _keep(dataset)


def _keep(dataset: Dataset) -> None:
    """Store them, which for other texts happens on the way to a training."""
    if not state.store().has_dataset(dataset.fingerprint):
        st.button(_("Keep these sentences"), icon=":material/inventory_2:", on_click=_store, args=(dataset,))


def _store(dataset: Dataset) -> None:
    state.store().save_dataset(dataset)
    st.toast(_("Kept. You find them under “Stored texts”."), icon=":material/check:")


def _sentences(dataset: Dataset, found: TagReport) -> None:
    """Sentences in the order of the file, each word or span with its tag, coloured by the tag."""
    spans = found.scheme != "plain"
    names = list(found.spans.index if spans else found.tags.index)
    left, right = st.columns(2)
    wanted = left.selectbox(_("Show sentences with"), ["", *names], format_func=lambda name: name or _("any tag"),
                            key="shown_tag")  # fmt: skip
    frame = dataset.frame
    if wanted:
        tag = f"B-{wanted}" if spans and wanted != "B" else wanted
        frame = frame[("\t" + frame["tags"] + "\t").str.contains(f"\t{tag}\t", regex=False)]
    pages = max(1, -(-len(frame) // SENTENCES))
    page = int(right.number_input(_("Page, of {pages}", pages=pages), 1, pages, 1, key=f"shown_page_{wanted}"))
    shown = frame.iloc[(page - 1) * SENTENCES : page * SENTENCES]
    for words, tags in zip(shown["words"], shown["tags"], strict=True):
        st.markdown(markup(words, tags, names, spans))


def markup(words: str, tags: str, names: list[str], spans: bool) -> str:
    """A sentence in Markdown, its words harmless, its tags coloured; what is outside of spans is plain."""
    colors = dict(zip([name for name in names if name != "PUNCT"], _COLORS, strict=False))
    pieces = spans_of(words, tags) if spans else zip(words.split("\t"), tags.split("\t"), strict=True)
    shown = []
    for piece, tag in pieces:
        if spans and tag == "O":
            shown.append(plain(piece))
        else:
            background = f":{colors.get(tag, 'gray')}-background"
            # No line ends between a word and its tag.
            label = f":small[**{plain(tag)}**]"
            if spans:
                shown.append(f"{background}[{plain(piece)}\N{NO-BREAK SPACE}{label}]")
            else:
                shown.append(f"{plain(piece)}\N{NO-BREAK SPACE}{background}[{label}]")
    return (" " if spans else " \N{EM SPACE}").join(shown)
