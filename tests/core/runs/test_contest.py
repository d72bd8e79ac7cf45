"""A network against its siblings and simpler methods: who enters, what is shown while it fills, and what to use."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.evaluation.marks import Marks, marks
from core.evaluation.several import Method
from core.generation.judging import WritingEvaluation, scores_of
from core.runs.contest import (
    BEST,
    LONE,
    NOT_YET,
    SIMPLEST,
    SIMPLEST_FIRST,
    TAG,
    advice,
    begun,
    by_network,
    entrants,
    lone_of,
    methods,
    rows,
)
from core.runs.records import Run, RunStatus
from core.runs.store import RunStore
from core.tasks import task as task_named
from core.training.recipes import recipe


def marked(right: int, seed: int = 0) -> Marks:
    """So many of 300 texts answered rightly, mostly the same ones."""
    answers = np.arange(300) < right
    swapped = np.random.default_rng(seed).choice(300, 6, replace=False)
    answers[swapped] = ~answers[swapped]
    return Marks("test", answers.astype(np.float32), np.ones(300, np.float32))


def test_siblings_have_the_settings_of_the_chosen_network_and_all_the_same_texts() -> None:
    base = recipe("recommended", "gru", 800).with_values({"units": 24, "test_share": 0.2, "sequence_length": 60})
    found = entrants(base, 800)
    assert list(found) == ["gru", "lstm", "simple_rnn", "pooling", "bag_of_words"]
    assert found["gru"] == base
    assert {each.split for each in found.values()} == {base.split}
    assert {each.preparation.sequence_length for each in found.values()} == {60}
    assert found["lstm"].flat()["units"] == found["simple_rnn"].flat()["units"] == 24
    assert found["lstm"].training == base.training
    assert found["pooling"].preparation.mask_padding


@pytest.mark.parametrize("chosen", ["pooling", "transformer", "bag_of_words"])
def test_any_network_can_be_chosen(chosen: str) -> None:
    found = entrants(recipe("recommended", chosen, 800), 800)
    assert next(iter(found)) == chosen
    assert set(found) >= {"lstm", "gru", "simple_rnn", "pooling", "bag_of_words"}


@pytest.fixture
def runs(store: RunStore, reviews: Dataset, quick: RunSettings) -> list[Run]:
    networks = {name: recipe("fast", name).with_values({"seed": 4}) for name in ("lstm", "pooling")}
    shared, made = begun(store, store.save_dataset(reviews), networks, lambda name, seed: f"{name} {seed}", seeds=2)
    found = store.together(TAG, shared)
    assert [run.run_id for run in found] == made
    return found


def test_seeds_go_in_rounds(runs: list[Run]) -> None:
    assert [run.name for run in runs] == ["lstm 4", "pooling 4", "lstm 5", "pooling 5"]
    assert [run.settings.training.seed for run in runs] == [4, 4, 5, 5]
    assert {key: len(several) for key, several in by_network(runs).items()} == {"lstm": 2, "pooling": 2}


def test_the_table_fills_while_it_is_trained(runs: list[Run]) -> None:
    known = {runs[0].run_id: marked(200)}
    done = replace(runs[0], status=RunStatus.FINISHED, has_network=True, seconds=12.0, metrics={"test_macro_f1": 0.6})
    now = [done, *runs[1:]]
    lone = {"majority": marked(150)}
    judged = methods(now, known, lone)
    assert set(judged) == {"lstm", "majority"}
    found = rows(now, judged, {"majority": (0.33, 0.1)}, lambda run: 1_000, {})
    assert [row.key for row in found] == ["lstm", "majority", "pooling"]
    assert (found[0].done, found[0].runs, found[0].seconds, found[0].numbers) == (1, 2, 12.0, 1_000)
    assert found[0].standing is not None
    assert math.isnan(found[0].standing.scatter)
    assert found[2].standing is None
    assert found[2].seconds is None


def test_what_to_use_is_the_simplest_of_those_that_are_as_good() -> None:
    several = {key: Method(key, (marked(right, 1), marked(right, 2))) for key, right in
               {"lstm": 240, "gru": 238, "pooling": 237, "simple_rnn": 150}.items()}  # fmt: skip
    sentence, key, pairs = advice(several)
    assert (sentence, key) == (SIMPLEST, "pooling")
    assert len(pairs) == 6
    clear = several | {"lstm": Method("lstm", (marked(295, 1), marked(294, 2)))}
    assert advice(clear)[:2] == (BEST, "lstm")
    assert advice({"lstm": several["lstm"]})[:2] == (NOT_YET, "")


@pytest.mark.parametrize("task", ["tagging", "generation"])
def test_tags_and_what_comes_next_are_for_networks_with_a_memory(task: str) -> None:
    base = recipe("recommended", "gru", 800, task).with_values({"units": 24, "test_share": 0.2})
    found = entrants(base, 800)
    assert list(found) == ["gru", "lstm", "simple_rnn"]
    assert {each.task for each in found.values()} == {task}
    assert {each.split for each in found.values()} == {base.split}
    assert {each.of_task.model_dump_json() for each in found.values()} == {base.of_task.model_dump_json()}
    assert set(LONE[task]) <= set(task_named(task).references)
    assert set(LONE[task]) | set(found) <= set(SIMPLEST_FIRST)


def test_networks_that_write_are_ranked_by_perplexity() -> None:
    texts = [f"text {place}" for place in range(60)]

    def judged(loss: float) -> WritingEvaluation:
        table = pd.DataFrame({"row": range(60), "text": texts, "label": "x", "loss": 10 * loss + np.arange(60) % 3,
                              "tokens": 10, "right": 4.0})  # fmt: skip
        return WritingEvaluation(["x"], scores_of(table), scores_of(table), table, 0.5)

    lone = lone_of({"fivegram": judged(4.0), "unigram": judged(5.0), "uniform": judged(6.0)}, "generation")
    assert list(lone) == ["fivegram", "unigram"]
    assert lone["fivegram"][1:] == (0.4, 0.5)
    ways = {name: Method(name, (each[0],), learned=False) for name, each in lone.items()}
    ways["lstm"] = Method("lstm", tuple(marks(judged(3.0 + seed / 100).predictions) for seed in range(3)))
    told, key, pairs = advice(ways)
    assert (told, key) == (BEST, "lstm")
    assert [pair.measure for pair in pairs] == ["perplexity"] * 3
    found = rows([], ways, {name: each[1:] for name, each in lone.items()}, lambda run: 0, {})
    assert [row.key for row in found] == ["fivegram", "unigram"]
    assert found[0].standing is not None
    assert found[0].standing.score == pytest.approx(np.exp(4.1), rel=1e-5)


def test_who_is_worse_by_itself_is_not_recommended_for_being_simple() -> None:
    right = {"lstm": 150, "gru": 149, "tfidf_logistic_regression": 148, "pooling": 147, "bag_of_words": 146}
    several = {key: Method(key, (marked(count, 1),)) for key, count in right.items()}
    few = Marks("test", marked(150, 1).right - np.float32(np.arange(300) < 7), np.ones(300, np.float32))
    several["majority"] = Method("majority", (few,), learned=False)
    told, key, pairs = advice(several)
    worst = next(pair for pair in pairs if (pair.name, pair.reference) == ("lstm", "majority"))
    assert worst.verdict == "more_texts"
    assert replace(worst, corrected=math.nan).verdict == "better"
    assert (told, key) == (SIMPLEST, "tfidf_logistic_regression")
