"""The draft's list of cleaning steps, as the parts of its tab change it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from core.text.cleaning import with_step
from dashboard.ui import draft

_CHANGED = "cleaning_changed"


def put(steps: list[str], place: int, text: str) -> None:
    """Write another step, or the same with another option, in one place of the list."""
    _change([*steps[:place], text, *steps[place + 1 :]])


def move(steps: list[str], place: int, by: int) -> None:
    """One step to another place."""
    others = [*steps[:place], *steps[place + 1 :]]
    _change([*others[: place + by], steps[place], *others[place + by :]])


def take_away(steps: list[str], place: int) -> None:
    _change([*steps[:place], *steps[place + 1 :]])


def add(text: str) -> None:
    """One more step, in its usual place."""
    _change(with_step(draft.settings().preparation.cleaning, text))


def was_changed() -> bool:
    """Whether the list was changed since this was asked last."""
    return bool(st.session_state.pop(_CHANGED, False))


def _change(steps: Iterable[str]) -> None:
    draft.change("cleaning", list(steps))
    st.session_state[_CHANGED] = True
