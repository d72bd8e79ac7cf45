"""The word vectors of a network in two or three dimensions, and the neighbours of a word, before and after training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from core.insight.looks import Look, look_of
from core.insight.trained import Trained
from core.insight.vectors import FIRST_WORD, Words, agreement, laid_out, nearest
from core.models.base import Array
from core.runs import memories
from core.runs.records import Run
from dashboard.ui import problems, results, state
from dashboard.ui.charts.vectors import words as words_chart
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.inside import taking
from dashboard.ui.inside.leaning import LEANINGS, Leaning

_USUAL, _MOST, _NEIGHBOURS, _WRITTEN = 300, 1_000, 10, 24


def show(run: Run) -> None:
    """The picture with its few controls, what it says in a sentence, and a word to look up."""
    look = look_of(results.trained(run))
    network = look.network
    after = network.weights.get("embedding")
    if after is None:
        counts = _("This network has no word vectors: it counts words, and learns one weight for each.")
        letters = _("This network has no word vectors: it knows words by their letters alone.")
        st.write(letters if network.architecture.embeds else counts)
        return
    # A network that writes has vectors for the ends of texts, too.
    after = after[: network.encoder.vocabulary_size]
    names, told = look.sample_names, LEANINGS[run.settings.task]
    kind = told.kind
    kind = _(kind)
    classed = len(names) > 1
    with st.spinner(_("Words are counted by class…")):
        counted = _counted(run.run_id, run.seconds)
    before = _before(run.run_id, run.seconds, len(after))
    with st.container(horizontal=True):
        solid = st.segmented_control(
            _("Dimensions"), [2, 3], default=2, format_func=str, key="vectors_dimensions", required=True
        )
        by = "frequency" if not classed else st.segmented_control(
            _("Colour"), ["class", "frequency"], default="class", key="vectors_colour", required=True,
            format_func=lambda each: kind if each == "class" else _("frequency"),
        )  # fmt: skip
        when = "after" if before is None else st.segmented_control(
            _("When"), ["before", "after"], default="after", key="vectors_when", required=True,
            format_func=lambda each: _("before training") if each == "before" else _("after training"),
        )  # fmt: skip
    most = min(_MOST, int((counted.counts.sum(axis=1) > 0).sum()))
    count = st.slider(_("Words"), min(50, most), max(most, 51), min(_USUAL, most), step=50, key="vectors_count",
                      help=_("The most frequent ones are shown.")) if most > 100 else most  # fmt: skip
    ids = counted.frequent(count)
    vectors = before if when == "before" and before is not None else after
    word = st.text_input(_("A word to look up"), key="vectors_word", placeholder=_("such as “good”"))
    chosen = _place(network, word)
    _picture(look, vectors, counted, ids, int(solid or 2), by or "class", when or "after", chosen, told)
    if classed:
        st.markdown(f"**{_said(told, after, before, counted.leaning, ids)}**")
    if before is None:
        st.caption(_("The vectors before training were not kept with this run. Train again to see them, too."))
    _neighbours(network, after, before, word, chosen)


def _picture(
    look: Look, vectors: Array, counted: Words, ids: NDArray[np.int64], dimensions: int, by: str, when: str,
    chosen: int | None, told: Leaning,
) -> None:  # fmt: skip
    network, class_names = look.network, look.sample_names
    near = [] if chosen is None else [chosen, *(place for place, _cosine in nearest(vectors, chosen, _NEIGHBOURS))]
    ids = np.concatenate([ids, [place for place in near if place not in ids]]).astype(np.int64)
    places, shares = laid_out(vectors[ids], dimensions)
    names = [network.encoder.vocabulary[place] for place in ids]
    title = _("The words before training") if when == "before" else _("The words after training")
    classes = (counted.leaning[ids], class_names) if by == "class" else None
    counts = counted.counts.sum(axis=1)[ids]
    positions = {int(place): position for position, place in enumerate(ids)}
    written = [positions[place] for place in near]
    if classes and not near:
        written = np.flatnonzero(classes[0] >= 0)[:_WRITTEN].tolist()
    made = words_chart(places, names, shares.tolist(), title, classes=classes, counts=counts,
                       chosen=written)  # fmt: skip
    taking.show([made], "vectors", lambda: _numbers(look, ids, places, counted, told), "word_vectors")
    st.caption(_("Words that lie near each other mean about the same to the network. The axes are those along which "
                 "the vectors differ most; what they leave out is not seen."))  # fmt: skip
    if classes:
        colour = told.colour
        st.caption(_(colour))


def _said(told: Leaning, after: Array, before: Array | None, leaning: NDArray[np.int64], ids: NDArray[np.int64]) -> str:
    now = agreement(after[ids], leaning[ids])
    if now is None:
        few = told.few
        return _(few)
    then = None if before is None else agreement(before[ids], leaning[ids])
    if then is None:
        sentence = told.now
        return _(sentence, now=percent(now, 0))
    sentence = told.then
    return _(sentence, now=percent(now, 0), then=percent(then, 0))


def _place(network: Trained, word: str) -> int | None:
    """The id of the first known token of what was typed."""
    known = [token.id for token in network.encoder.tokens(word) if token.known and token.id >= FIRST_WORD]
    return known[0] if word.strip() and known else None


def _neighbours(network: Trained, after: Array, before: Array | None, word: str, chosen: int | None) -> None:
    if not word.strip():
        return
    if chosen is None:
        st.write(
            _(
                "This network does not know “{word}”: it did not occur often enough in the training texts.",
                word=problems.plain(word),
            )
        )
        return
    columns = {_("Nearest after training"): _listed(network, after, chosen)}
    if before is not None:
        columns[_("Nearest before training")] = _listed(network, before, chosen)
    table = pd.DataFrame({title: pd.Series(rows) for title, rows in columns.items()})
    st.dataframe(table, hide_index=True, key="vectors_near")
    st.caption(_("The number is the cosine between the two vectors: 1 in the same direction, 0 unrelated."))


def _listed(network: Trained, vectors: Array, chosen: int) -> list[str]:
    return [f"{network.encoder.vocabulary[place]} ({number(cosine, 2)})"
            for place, cosine in nearest(vectors, chosen, _NEIGHBOURS)]  # fmt: skip


def _numbers(
    look: Look, ids: Sequence[int] | NDArray[np.int64], places: Array, counted: Words, told: Leaning
) -> pd.DataFrame:
    kind = told.kind
    leaning = counted.leaning
    columns = {
        _("word"): [look.network.encoder.vocabulary[place] for place in ids],
        _("how often"): counted.counts.sum(axis=1)[ids],
        _(kind): [look.sample_names[leaning[place]] if leaning[place] >= 0 else "" for place in ids],
    }
    axes = {_("{number}. axis", number=axis + 1): places[:, axis] for axis in range(places.shape[1])}
    return pd.DataFrame(columns | axes)


@st.cache_data(max_entries=10, show_spinner=False)
def _counted(run_id: str, seconds: float) -> Words:
    found: Words = state.engine().short(memories.words_of_run, run_id)
    return found


@st.cache_resource(max_entries=3, show_spinner=False)
def _before(run_id: str, seconds: float, size: int) -> Array | None:
    store = state.store()
    if 0 not in store.kept_epochs(run_id).epochs:
        return None
    found = store.load_epoch(run_id, 0).get("embedding")
    return None if found is None else found[:size]
