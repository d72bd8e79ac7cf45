"""A store of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.runs.store import RunStore
from core.settings import Settings


@pytest.fixture
def environment(home: Path) -> Settings:
    return Settings.from_environment()


@pytest.fixture
def store(environment: Settings) -> RunStore:
    return RunStore(environment.tracking_uri, environment.home, patience=0.1)


@pytest.fixture(scope="session")
def reviews() -> Dataset:
    """300 texts of two classes that one word tells apart."""
    openings = ("the film was", "i found the book", "their service is", "this phone seems", "dinner tonight was")
    verdicts = (("wonderful", "good"), ("awful", "bad"), ("lovely", "good"), ("dreadful", "bad"))
    rows = [
        (f"{openings[number % 5]} {word} number {number}", label) for number in range(75) for word, label in verdicts
    ]
    return Dataset.build([text for text, _ in rows], [label for _, label in rows], "reviews", "pasted")


@pytest.fixture(scope="session")
def quick() -> RunSettings:
    """The network that is built and trained the soonest."""
    from core.training.recipes import recipe

    values = {"embedding_dim": 8, "epochs": 2, "batch_size": 32, "learning_rate": 0.002, "early_stopping": False}
    return recipe("fast", "pooling").with_values(values)


@pytest.fixture
def run_id(store: RunStore, reviews: Dataset, quick: RunSettings) -> str:
    """A run that waits."""
    return store.create_run(quick, store.save_dataset(reviews))


@pytest.fixture
def steady(quick: RunSettings) -> RunSettings:
    return quick.with_values({"epochs": 4})
