"""The draft's list of cleaning steps, as the parts of its tab change it, and what is noted of each step meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.text.cleaning import with_step
from dashboard.ui import draft

_CHANGED, _NOTES = "cleaning_changed", "cleaning_notes"


def put(steps: list[str], place: int, text: str) -> None:
    """Write another step, or the same with another option, in one place of the list."""
    _change([*steps[:place], text, *steps[place + 1 :]], range(len(steps)))


def move(steps: list[str], place: int, by: int) -> None:
    """One step to another place."""
    order = [other for other in range(len(steps)) if other != place]
    order.insert(place + by, place)
    _change([steps[other] for other in order], order)


def take_away(steps: list[str], place: int) -> None:
    order = [other for other in range(len(steps)) if other != place]
    _change([steps[other] for other in order], order)


def add(text: str) -> None:
    """One more step, in its usual place."""
    before = draft.settings().preparation.cleaning
    after = list(with_step(before, text))
    place = next((place for place, step in enumerate(before) if step != after[place]), len(before))
    _change(after, [*range(place), -1, *range(place, len(before))])


def notes() -> dict[int, Any]:
    """What a page notes of the step at each place; it goes where its step goes."""
    kept: dict[int, Any] = st.session_state.setdefault(_NOTES, {})
    return kept


def was_changed() -> bool:
    """Whether the list was changed since this was asked last."""
    return bool(st.session_state.pop(_CHANGED, False))


def _change(steps: list[str], order: Sequence[int]) -> None:
    """`order`: for each place the one where its step was before, -1 for a new one."""
    draft.change("cleaning", steps)
    before = notes()
    st.session_state[_NOTES] = {place: before[old] for place, old in enumerate(order) if old in before}
    st.session_state[_CHANGED] = True
