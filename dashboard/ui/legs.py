"""What changed when a run was continued: a sentence below its curves, and a mark on them."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from core.runs.legs import Leg
from core.runs.records import Run
from dashboard.ui.i18n import _, ngettext, number
from dashboard.ui.problems import plain


def marks(run: Run) -> dict[int, str]:
    """After which epochs the run was continued, with a word for what changed."""
    return {leg.epochs: _mark(before, leg) for before, leg in pairwise(run.legs) if leg.epochs}


def say(run: Run) -> None:
    """One line for each continuation."""
    for before, leg in pairwise(run.legs):
        st.caption(" ".join(_sentences(before, leg)))


def _mark(before: Leg, leg: Leg) -> str:
    if leg.fingerprint != before.fingerprint:
        return _("other texts")
    return _("continued") if leg.learning_rate == before.learning_rate else _("rate {rate}", rate=_rate(leg))


def _sentences(before: Leg, leg: Leg) -> list[str]:
    said = [_("Continued after epoch {epoch}, until epoch {until}.", epoch=leg.epochs, until=leg.until)]
    if leg.learning_rate != before.learning_rate:
        said.append(_("Learning rate: {rate} instead of {before}.", rate=_rate(leg), before=_rate(before)))
    if leg.fingerprint != before.fingerprint:
        said.append(_("Texts: “{name}”; the words are those of the first training.", name=plain(leg.dataset)))
    if new := [name for name in leg.classes if name not in before.classes]:
        said.append(ngettext("New class: {names}.", "New classes: {names}.", len(new), names=plain(", ".join(new))))
    return said


def _rate(leg: Leg) -> str:
    return number(leg.learning_rate)
