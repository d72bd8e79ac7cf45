"""Errors as a person should see them: one sentence in their language, never a traceback."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.errors import UnrolledError
from dashboard.ui.i18n import _, number

_log = logging.getLogger("unrolled")


def sentence(error: UnrolledError) -> str:
    """The error's sentence in the session's language, its numbers written as that language writes them."""
    return translated(error.message, error.values)


def translated(message: str, values: dict[str, object]) -> str:
    """A message from a run's record (its template and values) in the session's language."""
    shown = {name: _shown(name, value) for name, value in values.items()}
    return _(message, **shown)


def _shown(name: str, value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value)
    # A reason, or a setting's title, is itself ours; all other strings are the user's own words and stay as they are.
    return _(value) if name in _OURS and isinstance(value, str) else value


_OURS = ("reason", "first_setting", "second_setting")


@contextmanager
def shown() -> Iterator[None]:
    """Show what goes wrong inside as a sentence on the page; what we did not foresee goes to the log in full."""
    try:
        yield
    except UnrolledError as error:
        st.error(plain(sentence(error)), icon=":material/error:")
    except Exception:
        _log.exception("Unforeseen error on a page")
        st.error(
            _("Something unforeseen went wrong on this page. Your texts and runs are safe. Reload the page to go on; "
              "the details are in the program's own output."),
            icon=":material/error:",
        )  # fmt: skip


def plain(text: str) -> str:
    """Text of a user inside Markdown, with every character that Markdown would render made harmless."""
    # Addresses become links however much is escaped; after a character of no width they do not.
    text = _ADDRESS.sub("\\g<0>\N{ZERO WIDTH SPACE}", text)
    escaped = "".join(f"\\{character}" if character in _SPECIAL else character for character in text)
    return escaped.replace("\n", " ")


_SPECIAL = set("\\`*_{}[]()<>#+-.!|~$:")
_ADDRESS = re.compile(r"https?://|www(?=\.)|@", re.IGNORECASE)
