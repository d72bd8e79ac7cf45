"""Scores of what was foretold, by hand and against resampling; the texts that a network is judged on."""

from __future__ import annotations

from math import exp, isnan, log
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from core.config import Preparation, Split
from core.data.dataset import Dataset
from core.data.usable import TooFewTexts
from core.evaluation.contrast import Contrast
from core.evaluation.said import between, said
from core.generation.evaluate import REFERENCES, each_reference
from core.generation.judging import CopyScores, WritingEvaluation, is_writing, scores_of
from core.generation.prepare import NothingToRead, TooManyLabels, WritingPart, labelled, prepare, require_writable
from core.generation.rows import NO_LABEL, UNASKED
from core.text.sequences import UNKNOWN_ID

TEXTS = [f"le {noun} {verb} {place}" for noun in ("chat", "chien", "loup") for verb in ("dort", "court", "mange")
         for place in ("ici", "là", "dehors", "souvent")]  # fmt: skip


def table(losses: list[float], tokens: list[int]) -> pd.DataFrame:
    texts = [f"text {place}" for place in range(len(tokens))]
    return pd.DataFrame({"text": texts, "label": "x", "loss": losses, "tokens": tokens, "right": [0.0] * len(tokens)})


def test_perplexity_is_exp_of_the_mean_loss_of_a_token() -> None:
    found = scores_of(table([4 * log(10), 1 * log(10)], [4, 1]))
    assert found["perplexity"] == pytest.approx(10)
    assert found["perplexity_low"] == pytest.approx(10)
    assert (found["texts"], found["tokens"]) == (2, 5)


def test_the_interval_is_that_of_resampled_texts() -> None:
    random = np.random.default_rng(0)
    tokens = random.integers(3, 30, 400)
    losses = tokens * random.normal(3, 0.5, 400)
    found = scores_of(table(losses.tolist(), tokens.tolist()))
    drawn = [random.integers(0, 400, 400) for _ in range(2_000)]
    resampled = np.quantile([exp(losses[rows].sum() / tokens[rows].sum()) for rows in drawn], [0.025, 0.975])
    assert [found["perplexity_low"], found["perplexity_high"]] == pytest.approx(resampled, rel=0.01)


def test_one_text_has_no_interval_and_none_no_score() -> None:
    one = scores_of(table([3.0], [2]))
    assert isnan(one["perplexity_low"])
    assert one["perplexity"] == pytest.approx(exp(1.5))
    assert isnan(scores_of(table([], []))["loss"])


def test_better_is_said_only_when_the_texts_agree() -> None:
    base, noise = np.linspace(20, 40, 50), np.where(np.arange(50) % 2, 5.0, -5.1)

    def found(losses: NDArray[np.float64], tokens: int = 10) -> Contrast | None:
        return between("LSTM", table(losses.tolist(), [tokens] * 50), "counts", table(base.tolist(), [10] * 50))

    better, worse, open_ = found(base - 1), found(base + 1), found(base + noise)
    assert better is not None
    assert worse is not None
    assert open_ is not None
    assert [each.verdict for each in (better, worse, open_)] == ["better", "worse", "equal"]
    assert better.points == pytest.approx(100 * (1 - exp(-0.1)), abs=1e-3)
    assert said(worse).startswith("LSTM is worse than counts: its perplexity is higher by 10.5% (10.5 to 10.5), on 50")
    assert found(base - 1, tokens=9) is None  # cut in another way


def test_longer_memory_foretells_regular_texts_better() -> None:
    prepared = prepare(Dataset.build(TEXTS, None, "x", "x"), Preparation(minimum_count=1), Split(), by_label=True)
    found = dict(each_reference(prepared))
    assert list(found) == list(REFERENCES)
    perplexities = [found[name].test["perplexity"] for name in ("uniform", "unigram", "bigram")]
    assert perplexities == sorted(perplexities, reverse=True)
    assert found["uniform"].test["perplexity"] == pytest.approx(prepared.encoder.vocabulary_size - 1)
    assert len(found["bigram"].predictions) == len(prepared.parts["test"])


def test_an_evaluation_survives_being_kept(tmp_path: Path) -> None:
    prepared = prepare(Dataset.build(TEXTS, None, "x", "x"), Preparation(minimum_count=1), Split(), by_label=True)
    kept = dict(each_reference(prepared))["bigram"]
    samples = pd.DataFrame(
        {"label": ["*"], "text": ["le"], "longest": [1], "tokens": [1], "copied": [True], "source": ["x"]}
    )
    whole = WritingEvaluation(**{**vars(kept), "samples": samples, "copying": {"samples": CopyScores.of([], 4)}})
    whole.save(tmp_path / "a")
    again = WritingEvaluation.load(tmp_path / "a")
    assert is_writing(tmp_path / "a")
    assert (again.test["loss"], again.copying) == (whole.test["loss"], whole.copying)
    pd.testing.assert_frame_equal(again.predictions, whole.predictions)
    pd.testing.assert_frame_equal(again.samples, samples)
    lean = WritingEvaluation.load(tmp_path / "a", validation=False, beside=kept)
    assert lean.validation_predictions is None
    assert lean.predictions["text"] is not None


def test_parts_ask_for_every_known_token_once_whatever_the_window() -> None:
    data = Dataset.build([*TEXTS, "zzz le chat"], None, "x", "x")
    for length in (2, 4, 50):
        prepared = prepare(data, Preparation(minimum_count=2, sequence_length=length), Split(), by_label=True)
        part = prepared.parts["train"]
        assert isinstance(part, WritingPart)
        rows = np.arange(len(part.sequences))
        inputs, targets = part.arrays(rows, int(part.sequences.lengths.max()), "left")
        assert inputs.shape == targets.shape
        known = int((part.whole.ids != UNKNOWN_ID).sum()) + len(part)
        assert (targets != UNASKED).sum() == part.asked(rows) == len(part.labels) == known
        np.testing.assert_array_equal(targets[targets != UNASKED], part.labels)


def test_labels_are_used_where_there_are_two_and_asked_for_by_nobody() -> None:
    some = Dataset.build(TEXTS[:6], ["a", "b"] * 3, "x", "x")
    assert labelled(some, by_label=True).class_names == ["a", "b"]
    assert labelled(some, by_label=False).class_names == [NO_LABEL]
    assert labelled(Dataset.build(TEXTS, ["a"] * len(TEXTS), "x", "x"), by_label=True).class_names == [NO_LABEL]
    tagged = Dataset.build(["le chat"], None, "x", "x", words=["le\tchat"], tags=["DET\tNOUN"])
    assert labelled(tagged, by_label=True).task == "classification"


def test_what_cannot_be_learned_from_is_said() -> None:
    with pytest.raises(NothingToRead):
        require_writable(Dataset.build(["", " "], None, "x", "x"))
    with pytest.raises(TooFewTexts):
        require_writable(Dataset.build(["a", "b", "a"], None, "x", "x"))
    with pytest.raises(TooManyLabels, match="1100 different labels"):
        require_writable(Dataset.build(map(str, range(1_100)), map(str, range(1_100)), "x", "x"))
    require_writable(Dataset.build(TEXTS, None, "x", "x"))
