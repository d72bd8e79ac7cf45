"""What if: the sentence with other words beside the sentence as it was; the smallest edit that turns the answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.insight.edits import MOST_EDITS, Edit, Found, Kind, Words
from core.insight.looks import Given
from core.insight.places import Places
from core.insight.trained import Trained
from core.runs import sentence_insights
from core.runs.records import Run
from dashboard.ui import charts, exporting, state
from dashboard.ui.i18n import _, percent
from dashboard.ui.inside import given as given_box
from dashboard.ui.inside import taking
from dashboard.ui.inside.chosen import STRETCH, choose_word
from dashboard.ui.inside.given import LONGEST
from dashboard.ui.inside.lens import Lens, lens_of
from dashboard.ui.inside.lens.base import table_of
from dashboard.ui.inside.settled import settle
from dashboard.ui.problems import plain

_WORD, _NEW = "inside_edit_word", "inside_edit_new"


def show(run: Run) -> None:
    lens = lens_of(run)
    found = lens.read()
    if found is None:
        return
    given, before = found
    if not given.text.strip():
        given_box.nothing_typed()
        return
    key = f"inside_edited_{run.dataset_fingerprint}_{run.settings.task}"
    if st.session_state.get(f"{key}_of") != given.text:
        st.session_state[key], st.session_state[f"{key}_of"] = given.text, given.text
    edited = st.text_area(
        _("The sentence with other words"), key=key, height=80, max_chars=LONGEST, persist_state="session",
        help=_("Type what you like, or use the buttons below. Press Ctrl+Enter to read it."),
    )  # fmt: skip
    _buttons(lens.look.network, key, edited or "", given.text)
    after = lens.trace(given._replace(text=edited or "")) if (edited or "").strip() else None
    if after is not None and len(after.norms):
        _beside(lens, before, after)
    else:
        given_box.nothing_typed()
    _search(lens, given, before, key)


def _buttons(network: Trained, key: str, text: str, original: str) -> None:
    words = Words.of(network.encoder, text).words if text.strip() else ()
    if not words:
        return
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


def _edit(network: Trained, key: str, edit: Edit) -> None:
    text = st.session_state.get(key) or ""
    words = Words.of(network.encoder, text) if text.strip() else None
    if words and edit.place + (edit.kind == "swap") < len(words.words):
        st.session_state[key] = words.edited(edit).text


def _beside(lens: Lens, before: Places, after: Places) -> None:
    pairs = ((before, _("As it was"), "old"), (after, _("With other words"), "new"))
    for column, (trace, title, key) in zip(st.columns(2), pairs, strict=True):
        with column:
            st.markdown(f"**{title}**")
            lens.said(trace)
            words, part = lens.words(trace), slice(0, STRETCH)
            lanes = [lens.lane(trace, part), *lens.more_lanes(trace, part)]
            if trace.remembers:
                lanes.append(charts.norms(trace.norms[part], words[part]))
            taking.show(lanes, f"inside_beside_{key}", partial(table_of, lens, trace, None, []), f"what_if_{key}")
            if len(words) > STRETCH:
                st.caption(_("The first {count} words are drawn.", count=STRETCH))
    st.markdown(lens.compared(before, after))
    lens.explain(before, None)
    if before.remembers:
        st.caption(_("Bottom: the length of the whole memory; a jump marks a word that changed much."))


def _search(lens: Lens, given: Given, trace: Places, key: str) -> None:
    st.subheader(_("The smallest edit that turns the answer"))
    step = -1
    if lens.chosen_answers:
        step = lens.asked(trace, choose_word(lens, trace))
        st.markdown(lens.question(trace, step))
    run = lens.run
    asked = f"inside_search_{run.run_id}"
    if st.button(_("Search for it"), icon=":material/search:", key="inside_search"):
        st.session_state[asked] = (given, step)
    if st.session_state.get(asked) != (given, step):
        st.caption(_("Every word is removed, doubled, swapped with the next and replaced, until the answer turns."))
        return
    exporting.sharing()
    with st.spinner(_("The network reads the sentence with other words…")):
        found, tried = _found(run.run_id, run.seconds, given, step)
    if not found:
        st.write(_("None of {count} texts turned the answer, with up to {most} edits: the network holds to it.",
                   count=tried, most=MOST_EDITS))  # fmt: skip
        return
    words = Words.of(lens.look.network.encoder, given.text)
    for place, one in enumerate(found):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("{what} The answer is then **{answer}**, {probability} sure.",
                          what=_told(words, one.edits), answer=plain(lens.name_of(one.answer)),
                          probability=percent(one.probability, 0)))  # fmt: skip
            st.button(_("Look at it"), key=f"inside_found_{place}", on_click=st.session_state.__setitem__,
                      args=(key, one.text))  # fmt: skip
    st.caption(_("The smallest first: what only takes away says nothing new. {count} texts were tried.", count=tried))
    lens.explain_search()


@st.cache_data(max_entries=30, show_spinner=False)
def _found(run_id: str, seconds: float, given: Given, step: int) -> tuple[list[Found], int]:
    found: tuple[list[Found], int] = state.engine().short(sentence_insights.smallest_edit_of_run, run_id, given, step)
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
