"""Nearly equal texts are found by MinHash exactly where their real overlap says so."""

from __future__ import annotations

import numpy as np
import pandas as pd

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
    near = near_copies(pd.Series(texts), np.arange(len(texts)))
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
    assert near_copies(texts, np.array([0, 1, 2])).rows.tolist() == [1]
    assert near_copies(texts, np.array([2, 1, 0])).rows.tolist() == [0]
    assert near_copies(texts, np.array([], dtype=np.int64)).rows.tolist() == []
