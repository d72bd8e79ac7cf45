"""In which order files of tests begin, and which of them stay together on one core.

Tests of a browser and of the engine's programs wait more than they work. At the end, they would wait for each other;
here, the other core works through the rest meanwhile.
"""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadFileScheduling

BROWSER = "tests/browser"
ENGINE = "tests/core/runs/test_engine.py"


def unit(nodeid: str) -> str:
    """What a test is given to a core with: its file, or all of the browser's, which share one app and one Chromium."""
    file = nodeid.split("::", 1)[0]
    return BROWSER if file.startswith(f"{BROWSER}/") else file


def place(item: pytest.Item) -> int:
    """The browser's tests begin, those of core follow, then the engine's programs, then all the rest."""
    here = unit(item.nodeid)
    if here == BROWSER:
        return 0
    if here == ENGINE:
        return 2
    return 1 if here.startswith("tests/core/") else 3


class Scheduler(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)
