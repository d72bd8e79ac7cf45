"""What if: the sentence with other words beside the sentence as it was; the smallest edit that turns the answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.insight.edits import MOST_EDITS, Edit, Found, Kind, Words
from core.insight.network import Network, Trace
from core.runs import sentence_insights
from core.runs.records import Run
from dashboard.ui import charts, exporting, reading, results, state
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.inside import given, taking
from dashboard.ui.inside.chosen import STRETCH
from dashboard.ui.inside.settled import settle
from dashboard.ui.inside.tables import along
from dashboard.ui.problems import plain

_WORD, _NEW = "inside_edit_word", "inside_edit_new"


def show(run: Run) -> None:
    text, before = given.read(run)
    if before is None:
        return
    network = results.network(run)
    key = f"inside_edited_{run.dataset_fingerprint}"
    if st.session_state.get(f"{key}_of") != text:
        st.session_state[key], st.session_state[f"{key}_of"] = text, text
    edited = st.text_area(
        _("The sentence with other words"), key=key, height=80, max_chars=20_000, persist_state="session",
        help=_("Type what you like, or use the buttons below. Press Ctrl+Enter to read it."),
    )  # fmt: skip
    _buttons(network, key, edited or "", text)
    if (edited or "").strip():
        _beside(before, given.trace(run, edited or ""), network.class_names)
    else:
        given.nothing_typed()
    _search(run, network, text, key)


def _buttons(network: Network, key: str, text: str, original: str) -> None:
    words = Words.of(network.encoder, text).words
    settle(_WORD, len(words), 0)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = st.selectbox(
            _("A word"), range(len(words)), key=_WORD, width=190, persist_state="session",
            format_func=lambda step: f"{step + 1} · {words[step]}",
        )  # fmt: skip
        place = place or 0
        titles: dict[Kind, str] = {"remove": _("Remove"), "double": _("Double"), "swap": _("Swap with the next")}
        for kind, title in titles.items():
            st.button(
                title, key=f"inside_edit_{kind}", on_click=_edit, args=(network, key, Edit(kind, place)),
                disabled=(kind == "swap" and place + 1 >= len(words)) or (kind == "remove" and len(words) < 2),
            )  # fmt: skip
        new = st.text_input(_("Another word"), key=_NEW, width=150, max_chars=100, persist_state="session")
        st.button(
            _("Replace"), on_click=_edit, args=(network, key, Edit("replace", place, new or "")),
            disabled=not (new or "").strip(), key="inside_edit_replace",
        )  # fmt: skip
        st.button(
            _("As it was"), icon=":material/restart_alt:", key="inside_edit_reset", disabled=text == original,
            on_click=st.session_state.__setitem__, args=(key, original),
        )  # fmt: skip


def _edit(network: Network, key: str, edit: Edit) -> None:
    words = Words.of(network.encoder, st.session_state.get(key) or "")
    if edit.place + (edit.kind == "swap") < len(words.words):
        st.session_state[key] = words.edited(edit).text


def _beside(before: Trace, after: Trace, names: Sequence[str]) -> None:
    pairs = ((before, _("As it was"), "old"), (after, _("With other words"), "new"))
    for column, (trace, title, key) in zip(st.columns(2), pairs, strict=True):
        with column:
            st.markdown(f"**{title}**")
            reading.answer(trace.probabilities, list(names))
            reading.unknown(trace)
            words = reading.words(trace)
            lanes = [charts.verdicts(trace.verdicts[:STRETCH], words[:STRETCH], names)]
            lanes.append(charts.norms(trace.norms[:STRETCH], words[:STRETCH]))
            taking.show(lanes, f"inside_beside_{key}", partial(along, trace, names, None, []), f"what_if_{key}")
            if len(words) > STRETCH:
                st.caption(_("The first {count} words are drawn.", count=STRETCH))
    best = int(before.probabilities.argmax())
    moved = float(after.probabilities[best] - before.probabilities[best])
    if before.probabilities.argmax() != after.probabilities.argmax():
        st.markdown(_("The answer turns from **{old}** to **{new}**.", old=plain(names[best]),
                      new=plain(names[int(after.probabilities.argmax())])))  # fmt: skip
    else:
        st.markdown(_("The answer stays; its probability moves by {points} points.", points=number(100 * moved, 1)))


def _search(run: Run, network: Network, text: str, key: str) -> None:
    st.subheader(_("The smallest edit that turns the answer"))
    asked = f"inside_search_{run.run_id}"
    if st.button(_("Search for it"), icon=":material/search:", key="inside_search"):
        st.session_state[asked] = text
    if st.session_state.get(asked) != text:
        st.caption(_("Every word is removed, doubled, swapped with the next and replaced, until the answer turns."))
        return
    exporting.sharing()
    with st.spinner(_("The network reads the sentence with other words…")):
        found, tried = _found(run.run_id, run.seconds, text)
    if not found:
        st.write(_("None of {count} texts turned the answer, with up to {most} edits: the network holds to it.",
                   count=tried, most=MOST_EDITS))  # fmt: skip
        return
    words = Words.of(network.encoder, text)
    for place, one in enumerate(found):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("{what} The answer is then **{answer}**, {probability} sure.",
                          what=_told(words, one.edits), answer=plain(network.class_names[one.answer]),
                          probability=percent(one.probability, 0)))  # fmt: skip
            st.button(_("Look at it"), key=f"inside_found_{place}", on_click=st.session_state.__setitem__,
                      args=(key, one.text))  # fmt: skip
    st.caption(_("The smallest first: what only takes away says nothing new. {count} texts were tried; of other words, "
                 "those that speak most against the answer.", count=tried))  # fmt: skip


@st.cache_data(max_entries=30, show_spinner=False)
def _found(run_id: str, seconds: float, text: str) -> tuple[list[Found], int]:
    found: tuple[list[Found], int] = state.engine().short(sentence_insights.smallest_edit_of_run, run_id, text)
    return found


def _told(words: Words, edits: Sequence[Edit]) -> str:
    """The edits in words, one sentence each."""
    said = []
    for edit in edits:
        word = plain(words.words[edit.place])
        if edit.kind == "remove":
            said.append(_("Remove “{word}” (word {number}).", word=word, number=edit.place + 1))
        elif edit.kind == "double":
            said.append(_("Double “{word}” (word {number}).", word=word, number=edit.place + 1))
        elif edit.kind == "swap":
            following = plain(words.words[edit.place + 1])
            said.append(_("Swap “{word}” and “{following}” (word {number}).", word=word, following=following,
                          number=edit.place + 1))  # fmt: skip
        else:
            new = plain(edit.word)
            said.append(_("Replace “{word}” (word {number}) by “{new}”.", word=word, number=edit.place + 1, new=new))
        words = words.edited(edit)
    return " ".join(said)
