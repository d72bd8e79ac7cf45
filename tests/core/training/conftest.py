"""Small texts that a network learns in a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.config import RunSettings, validated
from core.data.dataset import Dataset
from core.text.prepare import Prepared, prepare
from core.training import trainer


@pytest.fixture(scope="session")
def few_texts() -> Dataset:
    """60 texts of 2 to 9 words; the class is told by one word among them."""
    numbers = np.random.default_rng(0)
    texts, labels = [], []
    for place in range(60):
        words = [f"w{number}" for number in numbers.integers(0, 30, int(numbers.integers(1, 9)))]
        label = ("no", "yes")[place % 2]
        words.insert(int(numbers.integers(0, len(words) + 1)), label)
        texts.append(f"{' '.join(words)} t{place}")
        labels.append(label)
    return Dataset(pd.DataFrame({"text": texts, "label": labels}), "few", "test")


@pytest.fixture
def small() -> Callable[..., RunSettings]:
    """Settings of a tiny network, with any values changed."""

    def made(architecture: str = "pooling", **values: Any) -> RunSettings:
        start = validated({"network": {"architecture": architecture}})
        own = {"embedding_dim": 8, "units": 8, "dense_units": 8, "batch_size": 5, "epochs": 3, "minimum_count": 1}
        known = start.flat()
        return start.with_values({name: value for name, value in (own | values).items() if name in known})

    return made


@pytest.fixture
def prepared(few_texts: Dataset, small: Callable[..., RunSettings]) -> Prepared:
    return prepare(few_texts, small().preparation, small().split)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for a stop, and save, at every batch."""
    monkeypatch.setattr(trainer, "POLL_SECONDS", 0.0)
    monkeypatch.setattr(trainer, "CHECKPOINT_SECONDS", 0.0)
