"""The reader's language, for what core writes in sentences: reports, and what may be said of two methods."""

from __future__ import annotations

from core.report.words import Words
from dashboard.ui.i18n import _, date, language, number, percent


def words() -> Words:
    """How this page says, counts and dates."""
    return Words(_, number, percent, date, language())
