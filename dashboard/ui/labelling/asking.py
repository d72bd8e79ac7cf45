"""One text, large, and a button for each class. Only this part of the page is drawn anew after an answer."""

from __future__ import annotations

import streamlit as st

from core.data.labelling.session import Event, Labelling, next_question
from core.errors import UnrolledError
from dashboard.ui import problems
from dashboard.ui.i18n import _, ngettext, percent
from dashboard.ui.labelling import session
from dashboard.ui.labelling.suggestions import Suggestions
from dashboard.ui.problems import plain

_KEYS = 9  # classes that a number key answers
_STYLE = """<style>
.st-key-label_text p, .st-key-label_text [data-testid=stText] {{ font-size: 1.35rem; line-height: 1.55; }}
.st-key-label_about {{ min-height: 3.2rem; }}
{suggested}
</style>"""
_OUTLINE = ".st-key-{key} button {{ outline: 2px solid currentColor; outline-offset: 2px; }}"


def ask(name: str, suggestions: Suggestions | None, shown: bool) -> None:
    """The text to label now, with everything that one needs to answer."""
    with problems.shown():
        if error := st.session_state.pop("not_labelled", None):
            raise error
        now = session.now(name)
        _progress(name, now)
        row = _row(name, now, suggestions)
        if row is None:
            st.success(_("Every text has a label."), icon=":material/check_circle:")
            _tools(name, now, None)
            return
        # Always as high, so that the buttons stay where they are.
        with st.container(border=True, height=190, key="label_text"):
            st.text(session.texts(name).frame["text"].iloc[row])
        suggested = suggestions.answers.get(row) if suggestions and shown else None
        with st.container(key="label_about"):
            _about(name, row, suggestions, suggested)
        _answers(name, row, now, suggested)
        _tools(name, now, row)


def _row(name: str, now: Labelling, suggestions: Suggestions | None) -> int | None:
    """The text that is shown stays until it is answered, whatever is trained or answered elsewhere meanwhile."""
    key = f"asked:{name}"
    row: int | None = st.session_state.get(key)
    if row is None or row in now.labels:
        row = next_question(session.questions(name), now, suggestions.uncertainty if suggestions else None)
        st.session_state[key] = row
    return row


def _progress(name: str, now: Labelling) -> None:
    rows, done = len(session.questions(name).order), len(now.labels)
    said = ngettext("{done} of {count} text labelled", "{done} of {count} texts labelled", rows, done=done)
    st.progress(done / max(1, rows), said)
    st.caption(" · ".join(_("{title}: {count}", title=plain(each), count=count) for each, count in now.counts.items()))


def _about(name: str, row: int, suggestions: Suggestions | None, suggested: tuple[str, float] | None) -> None:
    if row in session.questions(name).test:
        st.caption(_("Drawn at random: this text will judge the network, so nobody suggests an answer."))
    elif suggested:
        answer, probability = suggested
        st.caption(_("The network would say “{answer}” and is {probability} sure. Decide for yourself.",
                     answer=plain(answer), probability=percent(probability, 0)))  # fmt: skip
    elif suggestions and row in suggestions.uncertainty:
        st.caption(_("Chosen by the network, which is unsure about it."))
    else:
        st.caption(_("Drawn at random."))


def _answers(name: str, row: int, now: Labelling, suggested: tuple[str, float] | None) -> None:
    # Keys name the text: a number pressed twice cannot answer a text that nobody has seen yet.
    keys = {each: f"answer_{row}_{place}" for place, each in enumerate(now.classes)}
    outline = _OUTLINE.format(key=keys[suggested[0]]) if suggested and suggested[0] in keys else ""
    st.html(_STYLE.format(suggested=outline))
    with st.container(horizontal=True, key="label_classes"):
        for place, (each, key) in enumerate(keys.items(), 1):
            st.button(
                plain(each), key=key, shortcut=str(place) if place <= _KEYS else None, wrap=True,
                on_click=_note, args=(name, {"row": row, "label": each}),
            )  # fmt: skip


def _tools(name: str, now: Labelling, row: int | None) -> None:
    with st.container(horizontal=True):
        st.button(
            _("Undo"), icon=":material/undo:", shortcut="Left", key="label_undo", type="tertiary",
            disabled=now.last is None, on_click=_note, args=(name, {"undo": True}, now.last),
        )  # fmt: skip
        if row is not None:
            st.button(
                _("Skip"), icon=":material/redo:", shortcut="Right", key=f"skip_{row}", type="tertiary",
                on_click=_note, args=(name, {"skip": row}), help=_("Skipped texts come back at the end."),
            )  # fmt: skip
        with st.popover(_("Classes"), icon=":material/edit:", type="tertiary"):
            classes(name, now)


def classes(name: str, now: Labelling) -> None:
    """Add a class, or call one by another name."""
    with st.form("label_add", clear_on_submit=True, border=False):
        added = st.text_input(_("Name of a new class"), key="label_added", max_chars=80)
        if st.form_submit_button(_("Add")) and added.strip():
            _done(name, {"class": added.strip()})
    if not now.classes:
        return
    with st.form("label_rename", clear_on_submit=True, border=False):
        old = st.selectbox(_("Class to rename"), now.classes, key="label_renamed")
        new = st.text_input(
            _("Its new name"), key="label_new_name", max_chars=80,
            help=_("With the name of another class, the two become one."),
        )  # fmt: skip
        if st.form_submit_button(_("Rename")) and new.strip():
            _done(name, {"rename": [old, new.strip()]})


def _done(name: str, event: Event) -> None:
    session.desk().note(name, event)
    st.rerun()  # the whole page: which networks know these classes has changed


def _note(name: str, event: Event, then: int | None = None) -> None:
    """Keep an answer, a skip or an undo, and show the text that comes `then`, by default the next one."""
    try:
        session.desk().note(name, event)
        st.session_state[f"asked:{name}"] = then
    except UnrolledError as error:
        st.session_state["not_labelled"] = error  # nothing that a callback shows has a place on the page
