"""Settings that answer a finding: made for the next training by a click, listed, and undone by another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from core.data.quality import Finding
from dashboard.ui import draft, settings_table
from dashboard.ui.i18n import _
from dashboard.ui.problems import plain

_TAKEN = "remedies"  # in the session: the value of each setting as it was before, and as it was made


def buttons(finding: Finding) -> None:
    """One for each setting that would help and is not made yet."""
    values, declared = draft.settings().flat(), draft.settings().declared()
    for remedy in finding.remedies:
        if remedy.setting in declared and values[remedy.setting] != remedy.value:
            st.button(
                _(remedy.title), key=f"remedy_{remedy.setting}_{remedy.value}", icon=":material/tune:",
                help=plain(_(declared[remedy.setting].help)), on_click=_take, args=(remedy.setting, remedy.value),
            )  # fmt: skip


def taken() -> dict[str, Any]:
    """The settings that were made like this and are still so."""
    values = draft.settings().flat()
    return {name: made for name, (_before, made) in _noted().items() if values.get(name) == made}


def show(findings: Iterable[Finding]) -> None:
    """A line for each of them, with its undoing; nothing where there are none. `findings` are those of the page."""
    _recall(findings)
    made = taken()
    if not made:
        return
    declared = draft.settings().declared()
    with st.container(border=True, key="remedies"):
        st.markdown(_("**Set for the next training**"))
        for name, value in made.items():
            title, word = settings_table.title(name, declared[name]), settings_table.word(name, declared[name], value)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(_("{setting}: {value}", setting=title, value=word)), width="stretch")
                st.button(
                    _("Undo"), key=f"undo_{name}", icon=":material/undo:", type="tertiary", on_click=_undo, args=(name,)
                )


def _recall(findings: Iterable[Finding]) -> None:
    """After a reload the session knows no clicks any more, but the address still has the settings that they made."""
    values, usual = draft.settings().flat(), draft.usual().flat()
    for remedy in (remedy for finding in findings for remedy in finding.remedies):
        made = values.get(remedy.setting)
        if made == remedy.value != usual.get(remedy.setting):
            _noted().setdefault(remedy.setting, (usual[remedy.setting], made))


def _noted() -> dict[str, tuple[Any, Any]]:
    kept: dict[str, tuple[Any, Any]] = st.session_state.setdefault(_TAKEN, {})
    return kept


def _take(name: str, value: Any) -> None:
    before = _noted().get(name, (draft.settings().flat()[name],))[0]
    _set(name, value)
    _noted()[name] = (before, value)


def _undo(name: str) -> None:
    _set(name, _noted().pop(name)[0])


def _set(name: str, value: Any) -> None:
    st.session_state.pop(f"{draft.WIDGET}{name}", None)  # a control that shows it is told anew
    draft.change(name, value)
    if name == "split_by":  # the column that came with the texts
        st.session_state.pop(f"{draft.WIDGET}split_column", None)
        draft.change("split_column", "")
