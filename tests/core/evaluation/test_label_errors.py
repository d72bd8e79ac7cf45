"""Confident learning, against its definition written out; and labels that were swapped are found again."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import Preparation
from core.data.dataset import Dataset
from core.data.relabelled import relabelled
from core.evaluation.label_errors import held_out_probabilities, suspects
from core.runs.doubts import doubtful


@given(st.integers(0, 10_000), st.integers(2, 4))
def test_the_confident_joint_is_that_of_the_paper(seed: int, classes: int) -> None:
    rng = np.random.default_rng(seed)
    labels = np.append(np.arange(classes), rng.integers(0, classes, 30))
    probabilities = rng.dirichlet(np.ones(classes), len(labels))
    thresholds = [probabilities[labels == each, each].mean() for each in range(classes)]
    joint = np.zeros((classes, classes), int)
    counted = []
    for label, row in zip(labels, probabilities, strict=True):
        enough = [each for each in range(classes) if row[each] >= thresholds[each]]
        best = max(enough, key=lambda each: row[each], default=None)
        counted.append(best)
        if best is not None:
            joint[label, best] += 1
    found = suspects(labels, probabilities)
    assert (found.joint == joint).all()
    for row, better in zip(found.rows, found.better, strict=True):
        assert counted[row] == better != labels[row]
        assert probabilities[row, better] > probabilities[row, labels[row]]
    margins = probabilities[found.rows, found.better] - probabilities[found.rows, labels[found.rows]]
    assert (np.diff(margins) <= 1e-12).all()


def swapped() -> tuple[Dataset, set[int]]:
    """120 texts that one word tells apart, six of them under the wrong label."""
    things = [
        f"the {noun} number {row}" for row in range(10) for noun in ("soup", "film", "bus", "lamp", "book", "bed")
    ]
    texts = [f"{thing} was {word}" for thing in things for word in ("lovely", "awful")]
    labels = ["good", "bad"] * len(things)
    wrong = {3, 20, 41, 64, 85, 110}
    labels = [{"good": "bad", "bad": "good"}[each] if row in wrong else each for row, each in enumerate(labels)]
    return Dataset.build(texts, labels, "things", "pasted"), wrong


def test_swapped_labels_are_found_and_corrected() -> None:
    dataset, wrong = swapped()
    found = doubtful(dataset, Preparation())
    assert set(found["row"].head(6)) == wrong
    assert found.attrs["right"] == (len(dataset) - len(found)) / len(dataset)
    corrected = relabelled(dataset, dict(zip(found["row"].head(6), found["better"].head(6), strict=True)))
    assert corrected.labels == ["good", "bad"] * 60
    assert corrected.fingerprint != dataset.fingerprint
    assert dataset.labels[3] == "good"  # as it was


def test_what_the_network_doubts_too_comes_first() -> None:
    dataset, wrong = swapped()
    right = np.array([row % 2 == 0 for row in range(120)])  # whether it is good
    right[[7, 8]] = ~right[[7, 8]]  # of these two the network is of another opinion than everybody
    answers = pd.DataFrame({"good": np.where(right, 0.97, 0.03), "bad": np.where(right, 0.03, 0.97)})
    found = doubtful(dataset, Preparation(), answers=answers.drop(index=3).sample(frac=1, random_state=0))
    assert set(found.loc[found["agreed"], "row"]) == wrong - {3}
    assert found["agreed"].to_numpy()[: len(wrong) - 1].all()
    assert {3, 7, 8} <= set(found["row"])
    assert dict(zip(found["row"], found["better"], strict=True))[7] == "good"
    assert found.attrs["network_right"] == pytest.approx((120 - 5 - 2 - 1) / 119)
    alone = doubtful(dataset, Preparation())
    assert not alone["agreed"].any()
    assert np.isnan(alone.attrs["network_right"])


def test_each_text_is_asked_of_a_model_that_has_not_read_it() -> None:
    labels = np.array([0, 1] * 10)
    texts = [f"unique{row} word" for row in range(20)]
    heard: list[int] = []
    told = held_out_probabilities(texts, labels, Preparation(), done=heard.append)
    assert heard == [1, 2, 3, 4, 5]
    assert (np.abs(told - 0.5) < 0.1).all()  # what is in no other text cannot be known
