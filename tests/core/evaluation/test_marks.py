"""Which test texts were answered rightly, and whether two tables are of the same texts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.evaluation.marks import marks


def table(texts: list[str], labels: list[str], predicted: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"row": range(len(texts)), "text": texts, "label": labels, "predicted": predicted})


def test_the_same_texts_have_the_same_key_and_order_wherever_they_stand() -> None:
    one = marks(table(["a", "b", "c"], ["x", "y", "x"], ["x", "x", "x"]))
    other = marks(table(["c", "a", "b"], ["x", "x", "y"], ["y", "x", "y"]))
    assert one.key == other.key
    assert one.score == 2 / 3
    # Read as (one, other): “a” right in both, “b” in the other alone, “c” in the first alone.
    assert sorted(zip(one.right, other.right, strict=True)) == [(0, 1), (1, 0), (1, 1)]


def test_another_label_or_text_is_another_test() -> None:
    key = marks(table(["a", "b"], ["x", "y"], ["x", "x"])).key
    assert marks(table(["a", "b"], ["x", "x"], ["x", "x"])).key != key
    assert marks(table(["a", "B"], ["x", "y"], ["x", "x"])).key != key
    assert marks(table(["a"], ["x"], ["x"])).key != key


def test_the_key_does_not_depend_on_how_a_table_is_kept(tmp_path: Path) -> None:
    given = table(["é", "b"], ["x", "y"], ["x", "x"])
    given.to_parquet(tmp_path / "kept.parquet")
    kept = pd.read_parquet(tmp_path / "kept.parquet")
    assert marks(kept).key == marks(given).key == marks(given.astype({"text": object, "label": "category"})).key


def test_words_go_together_by_their_sentence() -> None:
    words = pd.DataFrame(
        {
            "row": [4, 4, 9],
            "place": [0, 1, 0],
            "text": ["a", "dog", "runs"],
            "label": ["DET", "NOUN", "VERB"],
            "predicted": ["DET", "VERB", "VERB"],
        }
    )
    found = marks(words)
    assert found.words
    assert sorted(zip(found.right, found.size, strict=True)) == [(1, 1), (1, 2)]
    assert np.isclose(found.score, 2 / 3)
    turned = words.assign(text=["dog", "a", "runs"], label=["NOUN", "DET", "VERB"])
    assert marks(turned).key != found.key  # the same words in another order are another sentence


def test_tags_of_spans_are_judged_by_exact_spans() -> None:
    tags = {"label": ["B-A", "I-A", "O", "B-A", "O"], "predicted": ["B-A", "O", "B-A", "B-A", "O"]}
    table = pd.DataFrame({"row": [0, 0, 0, 1, 1], "place": [0, 1, 2, 0, 1], "text": list("abcde"), **tags})
    found = marks(table)
    assert (found.measure, found.words) == ("entity_f1", True)
    assert sorted(zip(found.right.tolist(), found.size.tolist(), strict=True)) == [(0.0, 3.0), (2.0, 2.0)]
    assert found.score == 0.4
    by_words = marks(table, spans=False)
    assert (by_words.measure, by_words.score) == ("accuracy", 0.6)
    assert by_words.key == found.key


def test_other_tokens_are_another_test() -> None:
    table = pd.DataFrame({"text": ["a b", "c"], "label": ["x", "x"], "loss": [3.0, 1.0], "tokens": [2, 1]})
    found = marks(table)
    assert (found.measure, found.score) == ("perplexity", pytest.approx(np.exp(4 / 3)))
    assert marks(table.iloc[::-1]).key == found.key != marks(table.assign(tokens=[3, 1])).key
    assert found.influence.mean() == pytest.approx(found.ratio)
