"""Copies fake a score; without them it is what it is."""

from __future__ import annotations

import pytest

from core.data.dataset import Dataset
from core.evaluation import leak
from core.evaluation.leak import NothingToCompare, leak_scores
from tests.core.data.quality.planted import CLEAN, TUTORIAL


def built(rows: list[tuple[str, str]]) -> Dataset:
    return Dataset.build([text for text, _ in rows], [label for _, label in rows], "t", "t")


def test_the_tutorial_set() -> None:
    found = leak_scores(built(TUTORIAL))
    assert (found.fake, found.known) == (1.0, 1.0)
    assert (found.rows, found.distinct, found.tested, found.folds) == (640, 20, 128, 5)
    assert found.guess == 0.5
    assert found.honest <= 0.6
    assert not found.sampled
    assert leak_scores(built(TUTORIAL)) == found


def test_without_copies_nothing_is_faked() -> None:
    found = leak_scores(built([*CLEAN, ("alone", "rare"), ("", "yes"), ("unlabelled", "")]))
    assert (found.known, found.rows, found.distinct, found.folds) == (0.0, 61, 61, 5)
    assert found.fake > 0.9
    assert found.honest > 0.9


def test_of_many_rows_whole_families_of_copies_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leak, "MOST_ROWS", 320)
    found = leak_scores(built(TUTORIAL))
    assert found.sampled
    assert (found.rows, found.distinct) == (320, 10)


@pytest.mark.parametrize("rows", [[], [("a", "x")] * 9, [("a", "x"), ("b", "x"), ("c", "y")]])
def test_too_little_to_compare(rows: list[tuple[str, str]]) -> None:
    with pytest.raises(NothingToCompare):
        leak_scores(built(rows))
