"""The tab *Cleaning*: the steps that each text goes through before it is cut into words, in the user's order."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.text.cleaning import STEPS, Chosen
from core.text.cleaning.effects import changed
from core.text.prepare import Prepared, Statistics
from dashboard.ui import draft, problems
from dashboard.ui.i18n import _, language, ngettext, number
from dashboard.ui.prepare import at_work, replacing, step_list, stop_words

_SAMPLE, _LONGEST = 500, 1_000  # texts, and characters of each, on which the steps' effects are counted
_ADD = "cleaning_add"
# The buttons' names are for screen readers and for pointing at; those who see have their pictures. A table of rules
# leaves room for its own toolbar, which would cover them.
_STYLE = """<style>
[class*="st-key-cleaning_rules_"] { margin-top: 1.75rem }
:is([class*="st-key-cleaning_up_"], [class*="st-key-cleaning_down_"], [class*="st-key-cleaning_away_"]) p
{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
</style>"""


@st.fragment
def show(prepared: Prepared | None, figures: Statistics | None) -> None:
    """The list of steps and what they do to texts; `None` where the settings do not fit the texts."""
    with problems.shown():
        _steps(prepared.parts["train"].texts if prepared else [])
    if step_list.was_changed():
        st.rerun()  # what stands here is up to date at once; now the rest of the page, which counts all texts anew


def _steps(texts: Sequence[str]) -> None:
    st.html(_STYLE)
    steps = list(draft.settings().preparation.cleaning)
    st.caption(_("Every text goes through these steps from top to bottom. The trained network cleans new texts alike."))
    counts = _effects(tuple(steps), texts)
    for place, text in enumerate(steps):
        _row(steps, place, Chosen.read(text), counts[place] if counts else None, min(len(texts), _SAMPLE))
    if not steps:
        st.write(_("No step: texts are cut into words as they were typed."))
    st.selectbox(
        _("Add a step"),
        list(STEPS),
        index=None,
        key=_ADD,
        format_func=lambda name: _(STEPS[name].title),
        placeholder=_("Choose what else to clean"),
        help=_("A step comes to its usual place. Move it from there: each step sees what those above it left."),
        on_change=_add,
    )
    at_work.show(steps, texts)


def _row(steps: list[str], place: int, chosen: Chosen, count: int | None, texts: int) -> None:
    """One step: whether it is on, how, where it stands, what it does."""
    with st.container(border=True, key=f"cleaning_step_{place}", gap="xsmall"):
        line = st.container(horizontal=True, vertical_alignment="center")
        with line.container(width=280):
            _switch(steps, place, chosen)
        if chosen.step.choices:
            with line:
                _options(steps, place, chosen)
        with line.container(width="stretch"):
            if not chosen.on:
                st.caption(_("Switched off."))
            elif count is not None:
                st.caption(
                    ngettext("Changes {changed} of {count} text.", "Changes {changed} of {count} texts.", texts,
                             changed=number(count))
                )  # fmt: skip
        with line.container(horizontal=True, gap="xsmall", width="content"):
            _buttons(steps, place, _(chosen.step.title))
        if chosen.name == "replace":
            replacing.show(steps, place)
        elif chosen.name == "stop_words":
            stop_words.show(steps, place)


def _switch(steps: list[str], place: int, chosen: Chosen) -> None:
    key = f"cleaning_on_{place}"
    st.session_state[key] = chosen.on
    title, explained = f"{place + 1}\\. {_(chosen.step.title)}", problems.plain(_(chosen.step.help))
    st.toggle(title, key=key, help=explained, on_change=_switched, args=(steps, place))


def _buttons(steps: list[str], place: int, title: str) -> None:
    up, down = _("Move “{step}” up", step=title), _("Move “{step}” down", step=title)
    away = _("Take “{step}” away", step=title)
    for name, icon, label, by in (("up", "arrow_upward", up, -1), ("down", "arrow_downward", down, 1)):
        st.button(
            label, icon=f":material/{icon}:", key=f"cleaning_{name}_{place}", type="tertiary", help=label,
            disabled=not 0 <= place + by < len(steps), on_click=step_list.move, args=(steps, place, by),
        )  # fmt: skip
    st.button(
        away, icon=":material/delete:", key=f"cleaning_away_{place}", type="tertiary", help=away,
        on_click=step_list.take_away, args=(steps, place),
    )  # fmt: skip


def _options(steps: list[str], place: int, chosen: Chosen) -> None:
    choices = chosen.step.choices
    key = f"cleaning_option_{place}"
    st.session_state[key] = chosen.option or chosen.step.usual
    st.selectbox(
        _("How “{step}” works", step=_(chosen.step.title)),
        list(choices),
        key=key,
        format_func=lambda name: _(choices[name]),
        label_visibility="collapsed",
        width=300,
        disabled=not chosen.on,
        on_change=_choose,
        args=(steps, place),
    )


def _switched(steps: list[str], place: int) -> None:
    chosen = Chosen.read(steps[place])
    step_list.put(steps, place, str(Chosen(chosen.name, chosen.option, st.session_state[f"cleaning_on_{place}"])))


def _choose(steps: list[str], place: int) -> None:
    chosen = Chosen.read(steps[place])
    step_list.put(steps, place, str(Chosen(chosen.name, st.session_state[f"cleaning_option_{place}"], chosen.on)))


def _add() -> None:
    name = st.session_state[_ADD]
    if name:
        step_list.add(f"stop_words:{language()}" if name == "stop_words" else name)
    st.session_state[_ADD] = None


def _effects(steps: tuple[str, ...], texts: Sequence[str]) -> list[int] | None:
    """How many of a sample of the texts each step changes; None without texts."""
    sample = tuple(text[:_LONGEST] for text in texts[:: max(1, len(texts) // _SAMPLE)][:_SAMPLE])
    return _counted(steps, sample) if sample else None


@st.cache_data(max_entries=32, show_spinner=False)
def _counted(steps: tuple[str, ...], sample: tuple[str, ...]) -> list[int]:
    return changed(steps, sample)
