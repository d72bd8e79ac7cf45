"""Cross-validation: its runs, what they say together, and that comparisons take them as one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.data.splits import assign
from core.data.usable import reasons_against
from core.evaluation.marks import Marks, joined
from core.evaluation.references import majority
from core.runs.compared import comparable, cross_validated, kinds
from core.runs.doubts import held_out
from core.runs.folds import TAG, begun, complete, few, gathered
from core.runs.store import RunStore
from core.text.prepare import prepare


def of_fold(fold: int, right: int) -> Marks:
    return Marks(f"fold {fold}", (np.arange(60) < right).astype(np.float32), np.ones(60, np.float32))


def test_every_text_judges_once_and_the_folds_are_found_again(
    store: RunStore, run_id: str, reviews: Dataset, quick: RunSettings
) -> None:
    shared, made = begun(store, store.run(run_id), ["a", "b", "c"])
    runs = store.together(TAG, shared)
    assert [run.run_id for run in runs] == made
    assert [run.name for run in runs] == ["a", "b", "c"]
    assert {run.parent for run in runs} == {run_id}
    parts = [assign(reviews.frame, run.settings.split) == "test" for run in runs]
    assert (np.sum(parts, axis=0) == 1).all()
    assert store.together(TAG, "no such' name") == []

    marked = {made[0]: of_fold(1, 50), made[1]: of_fold(2, 40)}
    assert gathered(runs, {}) is None
    sofar = gathered(runs, marked)
    assert sofar is not None
    assert sofar.standing.texts == 120
    assert sofar.standing.score == pytest.approx(0.75)
    assert sofar.folds == pytest.approx({1: 50 / 60, 2: 40 / 60})
    assert sofar.spread == pytest.approx(np.std([50 / 60, 40 / 60], ddof=1))
    assert not complete(runs[:2])

    # With a fold missing each stands by itself; together they are one run, judged by all texts.
    apart, same = cross_validated(runs, marked)
    assert len(apart) == 3
    assert same == marked
    marked[made[2]] = of_fold(3, 45)
    whole, answers = cross_validated(runs, marked)
    assert [run.run_id for run in whole] == [made[0]]
    assert len(answers[made[0]]) == 180
    chosen, left_out = comparable(kinds(whole, {run.run_id: answers[run.run_id].key for run in whole}))
    assert [len(kind.runs) for kind in chosen] == [1]
    assert left_out == []


def test_one_test_of_several_is_the_same_in_any_order() -> None:
    one, other = joined([of_fold(1, 10), of_fold(2, 20)]), joined([of_fold(2, 20), of_fold(1, 10)])
    assert one.key == other.key
    assert (one.right == other.right).all()
    assert joined([of_fold(1, 10), of_fold(3, 20)]).key != one.key


def test_few_texts_are_below_five_hundred() -> None:
    assert few({"train": 300, "validation": 50, "test": 50})
    assert not few({"train": 500, "validation": 50, "test": 50})
    assert not few({})


def test_one_fold_has_no_spread(store: RunStore, run_id: str) -> None:
    _shared, made = begun(store, store.run(run_id), ["a", "b"])
    found = gathered([store.run(each) for each in made], {made[0]: of_fold(1, 30)})
    assert found is not None
    assert math.isnan(found.spread)


def test_the_networks_doubts_need_all_folds(store: RunStore, reviews: Dataset, quick: RunSettings) -> None:
    first = store.run(store.create_run(quick, store.save_dataset(reviews), "whole"))
    shared, made = begun(store, first, ["a", "b"])
    assert held_out(store, shared) is None
    for run_id in made:
        settings = store.run(run_id).settings
        prepared = prepare(reviews, settings.preparation, settings.split)
        store.save_evaluation(run_id, majority(prepared))
    found = held_out(store, shared)
    assert found is not None
    assert sorted(found.index) == sorted(np.flatnonzero(reasons_against(reviews) == ""))
    assert list(found) == prepared.class_names
    assert held_out(store, "nothing") is None
