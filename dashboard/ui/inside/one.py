"""One sentence, word by word: the answer after each word, and the memory below."""

from __future__ import annotations

from core.runs.records import Run
from dashboard.ui import results
from dashboard.ui.inside.given import sentence, side_by_side


def show(run: Run) -> None:
    side_by_side([(results.network(run), sentence(run))])
