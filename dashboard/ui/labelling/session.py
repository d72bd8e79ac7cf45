"""The labelling session that is in view, and what is known of it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core.data.dataset import Dataset
from core.data.labelling.desk import Desk
from core.data.labelling.session import Labelling, Questions, labelled
from core.errors import DataError
from core.messages import N_
from dashboard.ui import state, ways
from dashboard.ui.i18n import _


class NothingLabelled(DataError):
    message = N_("No text has a label yet. Label a few first.")


@st.cache_resource(show_spinner=False)
def desk() -> Desk:
    return Desk(state.settings_of_machine().home)


def current() -> str | None:
    return st.session_state.get("labelling")


def begin(dataset: Dataset) -> None:
    """A new session on the texts without a label; leaves for its page."""
    go_on(desk().begin(dataset))


def go_on(session: str) -> None:
    state.look_at_labelling(session)
    ways.go("label")


@st.cache_resource(max_entries=4, show_spinner=False)
def texts(session: str) -> Dataset:
    """Raises SessionNotFound, as do the others here."""
    return desk().texts(session)


@st.cache_resource(max_entries=4, show_spinner=False)
def questions(session: str) -> Questions:
    return desk().questions(session)


def now(session: str) -> Labelling:
    """As it is on the disk: another tab or person may label the same texts."""
    return desk().state(session, questions(session))


def dataset(session: str) -> Dataset:
    """The texts that have a label by now. Raises NothingLabelled."""
    found = labelled(texts(session), questions(session), now(session))
    if not len(found):
        raise NothingLabelled
    return replace(found, name=found.name or _("labelled texts"))


def csv(session: str) -> bytes:
    """The texts that have a label by now; the mark at the start lets spreadsheets read accents rightly."""
    frame = labelled(texts(session), questions(session), now(session)).frame
    return frame.to_csv(index=False).encode("utf-8-sig")
