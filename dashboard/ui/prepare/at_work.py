"""The cleaning steps at work on a few of one's own texts: what disappears struck through, what is new in bold."""

from __future__ import annotations

import random
from collections.abc import Sequence

import streamlit as st

from core.text.cleaning import STEPS, Chosen
from core.text.cleaning.effects import stages
from core.text.difference import Piece, difference
from dashboard.ui import problems
from dashboard.ui.i18n import _
from dashboard.ui.prepare.boxes import SPACES

_ALL = -1
_SHOWN, _LONGEST = 3, 800  # texts, and characters of each
# Colours stand close: “l’électricien” is one word, whatever of it has changed.
_CLOSE = """<style>
[class*="st-key-difference_"] .stMarkdownColoredBackground { padding: 2px 0 !important }
[class*="st-key-difference_"] .stMarkdownColoredBackground:has(del) + .stMarkdownColoredBackground { margin-left: 3px }
</style>"""
_TYPED, _FIRST, _WHICH = "cleaning_typed", "cleaning_first_text", "cleaning_which"


def show(steps: list[str], texts: Sequence[str]) -> None:
    """Before and after, of a text that one types, or else of training texts that one can choose."""
    st.subheader(_("At work on your texts"))
    typed = st.text_input(_("Try a text of your own"), key=_TYPED, placeholder=_("Type or paste a text"))
    if texts and not typed:
        _choice(len(texts))
    ways = [_ALL, *(place for place, step in enumerate(steps) if Chosen.read(step).on)]
    if st.session_state.get(_WHICH) not in ways:
        st.session_state[_WHICH] = _ALL
    which = st.selectbox(
        _("Show what changes"),
        ways,
        key=_WHICH,
        format_func=lambda place: _("through all steps") if place == _ALL else _title(steps, place),
    )
    st.html(_CLOSE)
    for place, text in enumerate([typed] if typed else _chosen(texts)):
        _text(steps, which, text, place)
    st.caption(_("Red and struck through: what disappears. Green and bold: what is written instead. ␣ is a space."))


def _title(steps: list[str], place: int) -> str:
    return _("by step {number}: {step}", number=place + 1, step=_(STEPS[Chosen.read(steps[place]).name].title))


def _choice(count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.session_state[_FIRST] = min(st.session_state.get(_FIRST, 1), count)
        st.number_input(_("Training text number"), min_value=1, max_value=count, key=_FIRST, width=200)
        st.button(_("Other texts"), icon=":material/shuffle:", key="cleaning_shuffle", on_click=_shuffle, args=(count,))


def _shuffle(count: int) -> None:
    st.session_state[_FIRST] = random.randint(1, count)


def _chosen(texts: Sequence[str]) -> list[str]:
    """The chosen text and two more, far from it."""
    first = st.session_state.get(_FIRST, 1) - 1
    places = (
        dict.fromkeys((first + step * len(texts) // _SHOWN) % len(texts) for step in range(_SHOWN)) if texts else {}
    )
    return [texts[place] for place in places]


def _text(steps: list[str], which: int, text: str, place: int) -> None:
    versions = [text[:_LONGEST], *stages(steps, text[:_LONGEST])]
    before, after = (versions[0], versions[-1]) if which == _ALL else (versions[which], versions[which + 1])
    with st.container(border=True, key=f"difference_{place}"):
        st.markdown("".join(map(_piece, difference(before, after))).strip() or "–")
        if before == after:
            st.caption(_("Nothing changes in this text."))


def _piece(piece: Piece) -> str:
    if piece.kind == "same":
        return problems.plain(piece.text)
    words = piece.text.strip()
    if not words:
        return _marked(piece.kind, "".join(SPACES.get(character, "␣") for character in piece.text))
    # Markdown strikes no space at an end.
    before, after = (" " * (piece.text != text) for text in (piece.text.lstrip(), piece.text.rstrip()))
    return f"{before}{_marked(piece.kind, words)}{after}"


def _marked(kind: str, text: str) -> str:
    inside = problems.plain(text)
    return f":red-background[~~{inside}~~]" if kind == "removed" else f":green-background[**{inside}**]"
