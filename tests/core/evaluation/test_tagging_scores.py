"""Scores of tags and of spans, against an independent way of counting; and the simpler methods."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.dataset import Dataset
from core.evaluation.comparison import compare_tables
from core.evaluation.tagging.intervals import of_tagging
from core.evaluation.tagging.references import each_reference, linear, majority, per_word
from core.evaluation.tagging.scores import entities, scored, sentences_of
from core.evaluation.tagging.spans import kinds_of, marks_spans, span_counts, spans
from core.tasks import task
from core.text.prepare import Prepared
from core.training.recipes import recipe

TAGS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
SENTENCES = st.lists(st.lists(st.sampled_from(TAGS), min_size=1, max_size=9), min_size=1, max_size=6)


def by_pattern(tags: list[str]) -> list[tuple[int, int, str]]:
    """The same spans by a regular expression over one letter a tag: small where a span goes on."""
    line = "".join({"O": "-", "B-PER": "P", "I-PER": "p", "B-LOC": "L", "I-LOC": "l"}[tag] for tag in tags)
    kinds = {"p": "PER", "l": "LOC"}
    return [(m.start(), m.end(), kinds[m[0][0].lower()]) for m in re.finditer("Pp*|p+|Ll*|l+", line)]


@given(SENTENCES, st.randoms(use_true_random=False))
def test_spans_are_counted_as_by_another_way(true: list[list[str]], random: Any) -> None:
    answered = [[tag if random.random() < 0.6 else random.choice(TAGS) for tag in tags] for tags in true]
    for tags in (*true, *answered):
        assert spans(tags) == by_pattern(tags)
    ours, theirs = (
        Counter((row, *span) for row, tags in enumerate(some) for span in by_pattern(tags)) for some in (true, answered)
    )
    right = (ours & theirs).total()
    found = entities(true, answered, TAGS)
    assert found["spans"] == ours.total()
    assert found["recall"] == (right / ours.total() if ours else 0)
    assert found["precision"] == (right / theirs.total() if theirs else 0)
    both = ours.total() + theirs.total()
    assert found["f1"] == pytest.approx(2 * right / both if both else 0)
    counts = span_counts(true, answered, kinds_of(TAGS))
    assert counts.sum(axis=(0, 2)).tolist() == [ours.total(), theirs.total(), right]


def test_tags_of_words_mark_no_spans_and_spans_may_have_no_type() -> None:
    assert not marks_spans(["NOUN", "VERB"])
    assert marks_spans(TAGS)
    assert kinds_of(TAGS) == ["LOC", "PER"]
    assert spans(["B", "I", "O", "B"]) == [(0, 2, ""), (3, 4, "")]
    assert span_counts([["NOUN"]], [["VERB"]], []).shape == (1, 3, 0)


def prepared(spans_too: bool) -> Prepared:
    """60 sentences: "le" is always DET, a word's tag goes by its ending, or names stand after "de"."""
    words, tags = [], []
    for number in range(60):
        name = f"n{number % 7}"
        if spans_too:
            words.append(f"il\tvient\tde\tNom{name}\tBeau{name}")
            tags.append("O\tO\tO\tB-LOC\tI-LOC")
        else:
            words.append(f"le\t{name}chat\t{name}dort\t{number}")
            tags.append("DET\tNOUN\tVERB\tNUM")
    texts = [f"{row.replace(chr(9), ' ')} {number}" for number, row in enumerate(words)]
    dataset = Dataset.build(texts, None, "x", "x", words=words, tags=tags)
    return task("tagging").prepare(dataset, recipe("fast", "gru", 60, "tagging"))


@pytest.fixture(scope="module", params=[False, True], ids=["words", "spans"])
def some(request: pytest.FixtureRequest) -> Prepared:
    return prepared(request.param)


def noisy(some: Prepared, right: float) -> Any:
    """Answers that are right for this share of the words."""
    numbers, answers = np.random.default_rng(0), {}
    for name in ("validation", "test"):
        true = [tag for row in some.parts[name].tags for tag in row.split("\t")]  # type: ignore[attr-defined]
        places = np.array([some.class_names.index(tag) for tag in true])
        wrong = numbers.random(len(places)) > right
        places[wrong] = numbers.integers(0, len(some.class_names), int(wrong.sum()))
        answers[name] = np.eye(len(some.class_names))[places] * 0.9 + 0.1 / len(some.class_names)
    return scored(some, answers, 0.0)


def test_scores_are_those_of_the_words_with_ranges_of_whole_sentences(some: Prepared) -> None:
    result = noisy(some, 0.8)
    table, test = result.predictions, result.test
    right = (table["label"] == table["predicted"]).mean()
    assert test["accuracy"] == pytest.approx(right)
    assert test["texts"] == len(table) == sum(len(row.split("\t")) for row in some.parts["test"].words)  # type: ignore[attr-defined]
    assert test["sentences"] == len(some.parts["test"])
    assert [len(tags) for tags in sentences_of(table, "label")] == table.groupby("row", sort=False).size().tolist()
    found = of_tagging(result)
    assert 0 < found.overall["accuracy"].low < test["accuracy"] < found.overall["accuracy"].high < 1
    assert found.overall["macro_f1"].value == pytest.approx(test["macro_f1"])
    for row, own in zip(found.by_class.itertuples(), test["per_class"], strict=True):
        assert (row.name, row.texts) == (own["name"], own["texts"])
        assert (row.precision, row.recall, row.f1) == pytest.approx((own["precision"], own["recall"], own["f1"]))
    if "entities" in test:
        assert found.overall["entity_f1"].value == pytest.approx(test["entities"]["f1"])
        assert found.by_kind is not None
        assert found.by_kind["texts"].sum() == test["entities"]["spans"]
    else:
        assert found.by_kind is None


def test_the_simpler_methods(some: Prepared) -> None:
    found = dict(each_reference(some))
    assert list(found) == list(task("tagging").references)
    train = Counter(tag for row in some.parts["train"].tags for tag in row.split("\t"))  # type: ignore[attr-defined]
    test = [tag for row in some.parts["test"].tags for tag in row.split("\t")]  # type: ignore[attr-defined]
    most = max(sorted(train), key=train.__getitem__)
    assert majority(some).test["accuracy"] == test.count(most) / len(test)
    assert set(majority(some).predictions["predicted"]) == {most}
    looked_up = per_word(some).predictions
    assert (looked_up["label"] == looked_up["predicted"]).mean() > 0.7
    assert linear(some).test["accuracy"] > 0.95


def test_a_comparison_draws_sentences(some: Prepared) -> None:
    good, bad = noisy(some, 0.95).predictions, noisy(some, 0.4).predictions
    difference = compare_tables(good, bad)
    assert difference is not None
    assert (difference.verdict, difference.of, difference.texts) == ("better", "words", len(good))
    exact = 100 * ((good["label"] == good["predicted"]).mean() - (bad["label"] == bad["predicted"]).mean())
    assert difference.points == pytest.approx(exact)
    same = compare_tables(good, good)
    assert same is not None
    assert (same.verdict, same.points) == ("within_noise", 0)
