"""Nearly equal texts are found exactly where their real overlap, or one word of a short text, says so."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.data.quality.near import OVERLAP, _overlap, _pairs, near_copies


def made(rng: np.random.Generator) -> list[str]:
    """Texts of 20 to 60 words, each followed by a copy with a few words exchanged."""
    texts = []
    for _ in range(150):
        words = [f"w{number}" for number in rng.integers(0, 5_000, rng.integers(20, 60))]
        texts.append(" ".join(words))
        for place in rng.integers(0, len(words), rng.integers(1, 5)):
            words[place] = f"w{rng.integers(0, 5_000)}"
        texts.append(" ".join(words))
    return texts


def test_nearly_all_pairs_above_the_limit_are_found_and_none_below() -> None:
    texts = made(np.random.default_rng(0))
    # Labels of their own, so that words alone decide.
    near = near_copies(pd.Series(texts), pd.Series(map(str, range(len(texts)))), np.arange(len(texts)))
    overlaps = [
        _overlap(frozenset(_pairs(one)), frozenset(_pairs(other)))
        for one, other in zip(texts[::2], texts[1::2], strict=True)
    ]
    wanted = {2 * place + 1 for place, overlap in enumerate(overlaps) if overlap >= OVERLAP}
    assert 50 < len(wanted) < 140
    assert set(near.rows.tolist()) <= wanted
    assert len(near.rows) > 0.97 * len(wanted)
    assert (near.twins == near.rows - 1).all()


def test_the_order_says_who_is_kept() -> None:
    texts = pd.Series(["a b c d e f g h i j k l m n o p q r s t", "a b c d e f g h i j k l m n o p q r s u", "other"])
    labels = pd.Series(["a", "b", "c"])
    assert near_copies(texts, labels, np.array([0, 1, 2])).rows.tolist() == [1]
    assert near_copies(texts, labels, np.array([2, 1, 0])).rows.tolist() == [0]
    assert near_copies(texts, labels, np.array([], dtype=np.int64)).rows.tolist() == []


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Set a timer for 5 minutes", "set the timer for 10 minutes!", True),
        ("Annonce que le dîner est prêt", "annoncer que le dîner est prêt", True),
        ("The night, all cats are grey", "The night, all the cats are grey", True),
        ("Turn on the light in the kitchen", "Turn on the light in the bathroom", False),  # a long word of a short text
        ("Set a timer for 5 minutes", "Please set the timer for 5 minutes", False),  # two words
        ("Saint-Julien-sur-Reyssouze", "Saint-Jean-sur-Reyssouze", False),  # a name
        ("Yes it was 1", "Yes it was 2", False),  # too short
    ],
)
def test_short_texts_of_one_label_may_differ_in_a_word_and_in_numbers(one: str, other: str, near: bool) -> None:
    def found(*labels: str) -> int:
        return len(near_copies(pd.Series([one, other]), pd.Series(labels), np.arange(2)).rows)

    assert (found("a", "a"), found("a", "b")) == (near, 0)
