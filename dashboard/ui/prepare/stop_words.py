"""The step *Remove stop words*: which lists, own words, and a warning where negations are among them."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from core.text.cleaning import Chosen
from core.text.cleaning.steps.stop_words import LANGUAGES, NEGATIONS, StopWords, read_words
from dashboard.ui import problems
from dashboard.ui.i18n import _, ngettext
from dashboard.ui.prepare import step_list

_NAMED = 12  # words that the warning names


def show(steps: list[str], place: int) -> None:
    """The words of the step at this place."""
    chosen = Chosen.read(steps[place])
    words = read_words(chosen.option)
    key = f"cleaning_stop_{place}"
    st.session_state[f"{key}_languages"] = list(words.languages)
    st.session_state[f"{key}_added"] = "\n".join(words.added)
    st.session_state[f"{key}_kept"] = "\n".join(word for word in words.kept if word != NEGATIONS)
    st.session_state[f"{key}_negations"] = NEGATIONS in words.kept
    common: dict[str, Any] = {"on_change": _changed, "args": (steps, place), "disabled": not chosen.on}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.pills(
            _("Start from these lists"), list(LANGUAGES), selection_mode="multi", key=f"{key}_languages",
            format_func=lambda language: _(LANGUAGES[language]), width="content", **common,
        )  # fmt: skip
        st.toggle(
            _("Keep negations"), key=f"{key}_negations", help=_("Words such as “not” and “never” stay in the texts."),
            **common,
        )  # fmt: skip
    if chosen.on:
        _warning(words)
    gone = sorted(words.words())
    with st.expander(ngettext("{count} word disappears", "{count} words disappear", len(gone))):
        for part, title in (("added", _("Words that disappear, too")), ("kept", _("Words of the lists that stay"))):
            st.text_area(title, key=f"{key}_{part}", help=_("One a line, or with commas between them."), **common)
        st.caption(problems.plain(", ".join(gone)))


def _warning(words: StopWords) -> None:
    negations = words.negations()
    if not negations:
        return
    named = ", ".join(_("“{name}”", name=word) for word in negations[:_NAMED]) + (
        ", …" if len(negations) > _NAMED else ""
    )
    st.warning(
        problems.plain(
            _("Negations are among these words ({words}). They turn opinions round: without “not”, “not good” is good.",
              words=named)
        ),
        icon=":material/warning:",
    )  # fmt: skip


def _changed(steps: list[str], place: int) -> None:
    told = {
        part: st.session_state[f"cleaning_stop_{place}_{part}"] for part in ("languages", "added", "kept", "negations")
    }
    kept = (*_words(told["kept"]), *([NEGATIONS] if told["negations"] else []))
    words = StopWords(tuple(sorted(told["languages"])), _words(told["added"]), kept)
    chosen = Chosen.read(steps[place])
    step_list.put(steps, place, str(Chosen(chosen.name, str(words), chosen.on)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in re.split(r"[,;\n]", text) if word.strip())
