"""The small bilingual network that the home page shows; `python -m core.insight.make_demo` trains it anew."""

from __future__ import annotations

from pathlib import Path

from core.insight.network import Network

FOLDER = Path(__file__).parent


def load_demo() -> Network:
    """Classes "negative" and "positive"; `about` tells its rows, its test score, and how it was made."""
    return Network.load(FOLDER)
