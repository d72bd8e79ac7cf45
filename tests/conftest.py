"""What holds for every test: its place among all, fixed seeds, and a home folder of its own if it asks for one."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings

from core.runs import tracking
from tests import order, tables

# Pages hide what they did not foresee; a test that fails should show it.
os.environ["STREAMLIT_CLIENT_SHOW_ERROR_DETAILS"] = "full"

# Nothing is asked of the internet, also where there is one.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_CACHE"] = tempfile.mkdtemp(prefix="unrolled-hub-")

# The same examples every time, and no deadline: a busy machine is not a fault of the code.
settings.register_profile("unrolled", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("unrolled")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=order.place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> order.Scheduler:
    return order.Scheduler(config, log)


@pytest.fixture(autouse=True, scope="session")
def tables_made_once() -> Iterator[None]:
    """The stores of this process begin with a copy of tables that MLflow made; those of its programs as ever."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tracking, "_client", tables.opened)
        yield


@pytest.fixture(autouse=True)
def seed() -> int:
    """Fixes the random numbers of each test; the value can be handed on to what takes a seed."""
    random.seed(0)
    np.random.seed(0)
    return 0


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, which UNROLLED_HOME names; no other UNROLLED_ variable is set."""
    for name in ("UNROLLED_TRACKING_URI", "UNROLLED_SCHEDULER", "UNROLLED_WORKERS", "UNROLLED_IDLE_MINUTES"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("UNROLLED_HOME", str(folder))
    return folder
