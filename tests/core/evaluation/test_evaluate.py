"""Evaluating, with a network whose answers are known; and what was evaluated goes to files and back."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd
import pytest

from core import spill
from core.breaks import Between
from core.config import Preparation, Split
from core.data.dataset import Dataset
from core.evaluation import evaluate as module
from core.evaluation.evaluate import Evaluation, evaluate
from core.insight.network import Network
from core.text.prepare import Prepared, prepare
from core.text.sequences import Sequences


class Oracle:
    """Knows the answers: sure of “probability:text” for texts with an even number, wrong about number 4."""

    def __init__(self, prepared: Prepared) -> None:
        self.parts = prepared.parts.values()

    def answers(self, sequences: Sequences, between: Between) -> np.ndarray:
        return self.right(next(part.texts for part in self.parts if part.sequences is sequences))

    def right(self, texts: Sequence[str]) -> np.ndarray:
        numbers = np.array([int(text.split()[-1]) for text in texts])
        second = np.where((numbers % 2 == 0) ^ (numbers == 4), 0.75, 0.125)
        return np.stack([1 - second, second], axis=1).astype(np.float32)


@pytest.fixture
def prepared() -> Prepared:
    texts = [f"some words and {number}" for number in range(60)]
    labels = ["text" if number % 2 == 0 else "label" for number in range(60)]
    dataset = Dataset(pd.DataFrame({"text": texts, "label": labels}), "numbers", "pasted")
    return prepare(dataset, Preparation(), Split(test_share=0.4, split_seed=1))


@pytest.fixture
def evaluation(prepared: Prepared) -> Evaluation:
    return evaluate(cast(Network, Oracle(prepared)), prepared)


def test_the_table_tells_what_was_answered_to_each_test_text(evaluation: Evaluation, prepared: Prepared) -> None:
    table, test = evaluation.predictions, prepared.parts["test"]
    assert list(table) == ["row", "text", "label", "predicted", "probability", "probability:label", "probability:text"]
    assert table["text"].tolist() == test.texts
    assert table["row"].tolist() == [int(text.split()[-1]) for text in test.texts]
    wrong = table[table["label"] != table["predicted"]]
    assert wrong["row"].tolist() == [row for row in table["row"] if row == 4]
    assert set(table["probability"]) <= {0.75, 0.875}
    np.testing.assert_array_equal(evaluation.probabilities, Oracle(prepared).right(test.texts))
    assert evaluation.validation_predictions is not None
    assert evaluation.validation_predictions["text"].tolist() == prepared.parts["validation"].texts


def test_both_parts_are_scored_on_their_own_texts(evaluation: Evaluation, prepared: Prepared) -> None:
    for name, result in [("validation", evaluation.validation), ("test", evaluation.test)]:
        numbers = [int(text.split()[-1]) for text in prepared.parts[name].texts]
        assert result["texts"] == len(numbers)
        assert result["accuracy"] == 1 - (4 in numbers) / len(numbers)


def test_files_bring_back_the_same(evaluation: Evaluation, tmp_path: Path) -> None:
    evaluation.save(tmp_path / "evaluation")
    loaded = Evaluation.load(tmp_path / "evaluation")
    pd.testing.assert_frame_equal(loaded.predictions, evaluation.predictions, check_dtype=False)
    assert (loaded.validation, loaded.test) == (evaluation.validation, evaluation.test)
    assert (loaded.class_names, loaded.seconds) == (evaluation.class_names, evaluation.seconds)
    assert loaded.probabilities.dtype == np.float32


def test_what_is_loaded_beside_another_shares_its_texts(evaluation: Evaluation, tmp_path: Path) -> None:
    evaluation.save(tmp_path)
    first = Evaluation.load(tmp_path)
    second = Evaluation.load(tmp_path, validation=False, beside=first)
    pd.testing.assert_frame_equal(second.predictions, first.predictions)
    changed = replace(first, predictions=first.predictions.assign(text="taken from here"))
    assert set(Evaluation.load(tmp_path, beside=changed).predictions["text"]) == {"taken from here"}
    assert second.validation_predictions is None
    other = replace(first, predictions=first.predictions.assign(row=0, text="something else"))
    pd.testing.assert_frame_equal(Evaluation.load(tmp_path, beside=other).predictions, first.predictions)


def test_a_large_table_is_the_same_with_its_texts_on_disk(
    evaluation: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluation.save(tmp_path)
    small = Evaluation.load(tmp_path)
    monkeypatch.setattr(module, "_LARGE", 3)
    monkeypatch.setattr(module, "_PIECE", 5)
    monkeypatch.setattr(spill, "IN_MEMORY", 16)
    large = Evaluation.load(tmp_path)
    beside = Evaluation.load(tmp_path, validation=False, beside=large)
    pd.testing.assert_frame_equal(large.predictions, small.predictions)
    pd.testing.assert_frame_equal(beside.predictions, small.predictions)
    assert small.validation_predictions is not None
    pd.testing.assert_frame_equal(large.validation_predictions, small.validation_predictions)  # type: ignore[arg-type]
