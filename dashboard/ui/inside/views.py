"""The views of page Look inside, in groups: a view is a module of this package with a function `show(run)`."""

from __future__ import annotations

import importlib
from typing import NamedTuple

import streamlit as st

from core.messages import N_
from core.runs.records import Run
from dashboard.ui import problems
from dashboard.ui.i18n import _
from dashboard.ui.inside.lens import lens_class


class Group(NamedTuple):
    """title: on the control. views: the module's name -> the view's title."""

    title: str
    views: dict[str, str]


GROUPS = {
    "sentence": Group(
        N_("One sentence"),
        {"one": N_("The memory"), "gates": N_("The gates"), "path": N_("Its path"), "counted": N_("What counted")},
    ),
    "beside": Group(N_("Side by side"), {"sentences": N_("Two sentences"), "runs": N_("Two runs"), "race": N_("Race")}),
    "if": Group(N_("What if"), {"edits": N_("Other words"), "surgery": N_("Surgery")}),
    "whole": Group(
        N_("The whole network"),
        {
            "order": N_("Word order"),
            "distance": N_("How far back"),
            "units": N_("Units"),
            "vectors": N_("Word vectors"),
            "pushes": N_("Words that push"),
        },
    ),
    "learned": Group(N_("While it learned"), {"epochs": N_("Time travel")}),
}


def show(run: Run) -> None:
    """Let the visitor choose a group and a view, and show it; only the chosen one's code is loaded."""
    group = st.segmented_control(
        _("What to look at"),
        list(GROUPS),
        format_func=lambda name: _(GROUPS[name].title),
        default="sentence",
        key="inside_group",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
        wrap=True,
    )
    every, missing = GROUPS[group or "sentence"].views, lens_class(run).without
    views = {name: title for name, title in every.items() if name not in missing}
    without = {title: missing[name] for name, title in every.items() if name in missing}
    view = next(iter(views), "")
    if views and len(every) > 1:
        key = f"inside_{group}"
        if st.session_state.get(key, view) not in views:  # chosen for a run of another task
            st.session_state[key] = view
        view = (
            st.pills(
                _("View"),
                list(views),
                format_func=lambda name: _(views[name]),
                default=view,
                key=key,
                required=True,
                persist_state="session",
                label_visibility="collapsed",
            )
            or view
        )
    _say_without(without)
    _say_tokens(run)
    if not views:
        return
    # A click in a view draws this view anew, and nothing around it.
    st.fragment(_view, key=f"view_{view}")(view, run)


def _view(view: str, run: Run) -> None:
    with problems.shown():
        importlib.import_module(f"dashboard.ui.inside.{view}").show(run)


def _say_tokens(run: Run) -> None:
    """What a “word” is to a network that reads something else."""
    tokens = "words" if run.settings.task == "tagging" else run.settings.preparation.tokens
    if tokens == "characters":
        st.caption(_("This network reads characters: where a view counts or names words, each is one character."))
    elif tokens != "words":
        st.caption(_("This network reads pieces of words: where a view counts or names words, each is one such piece."))


def _say_without(without: dict[str, str]) -> None:
    """Of the views that there are for other tasks: which, and unfolded why there is none here."""
    if not without:
        return
    with st.expander(_("Not for this network: {views}", views=", ".join(map(_, without)))):
        for sentence in without.values():
            st.caption(_(sentence))
