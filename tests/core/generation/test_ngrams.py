"""Counting neighbouring tokens: probabilities that add up, and the numbers of Chen and Goodman's rule."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.generation.ngrams import NGrams
from core.generation.rows import end_of, ended, start_of
from core.text.sequences import UNKNOWN_ID, Sequences

VOCABULARY = 6  # padding, unknown, four words
END, START = end_of(VOCABULARY), start_of(VOCABULARY, 0)
WORDS = [2, 3, 4, 5, END]
TEXTS = st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=6), min_size=1, max_size=12)


def learned(texts: list[list[int]], order: int) -> NGrams:
    rows = ended(Sequences.from_lists(texts), VOCABULARY)
    return NGrams(order, START + 1, len(WORDS)).fit(np.full(len(texts), START, np.int32), rows)


def after(counted: NGrams, context: list[int]) -> np.ndarray:
    """The probability of each of WORDS after a text has begun like this."""
    rows = Sequences.from_lists([[*context, word] for word in WORDS])
    logarithms = counted.log_probabilities(np.full(len(WORDS), START, np.int32), rows)
    return np.exp(logarithms.reshape(len(WORDS), -1)[:, -1])


@settings(max_examples=20)
@given(TEXTS, st.integers(0, 4), st.lists(st.integers(2, 5), max_size=5))
def test_the_probabilities_of_all_that_may_follow_add_up_to_one(
    texts: list[list[int]], order: int, context: list[int]
) -> None:
    found = after(learned(texts, order), context)
    assert found.sum() == pytest.approx(1)
    assert (found > 0).all()


def test_order_zero_knows_nothing_and_order_one_how_frequent_a_token_is() -> None:
    texts = [[2, 2, 2, 3], [2, 4]]
    assert after(learned(texts, 0), [2]) == pytest.approx(np.full(5, 0.2))
    one = learned(texts, 1)
    np.testing.assert_allclose(after(one, []), after(one, [3, 4]))
    assert after(one, []).argmax() == 0
    assert after(one, [])[3] == after(one, [])[3].min()


def test_two_tokens_as_by_hand() -> None:
    """Interpolated Kneser-Ney with three discounts, written out for one context."""
    random = np.random.default_rng(5)
    texts = [random.choice([2, 3, 4, 5], 8, p=[0.6, 0.25, 0.1, 0.05]).tolist() for _ in range(6)]
    pairs = Counter(pair for text in texts for pair in pairwise([START, *text, END]))

    def discounts(counts: list[int]) -> dict[int, float]:
        often = Counter(counts)
        if not all(often[count] for count in (1, 2, 3, 4)):
            return {1: 0.5, 2: 0.75, 3: 0.75}
        base = often[1] / (often[1] + 2 * often[2])
        raw = {count: count - (count + 1) * base * often[count + 1] / often[count] for count in (1, 2, 3)}
        return {count: min(max(value, 0.1), count - 0.05) for count, value in raw.items()}

    continued = Counter(word for _, word in pairs)
    small, large = discounts(list(continued.values())), discounts(list(pairs.values()))
    given_up = sum(small[min(3, count)] for count in continued.values()) / continued.total()
    below = {
        word: max(continued[word] - small[min(3, continued[word])], 0) / continued.total() + given_up / 5
        if continued[word]
        else given_up / 5
        for word in WORDS
    }
    row = {word: pairs[2, word] for word in WORDS if pairs[2, word]}
    left = sum(large[min(3, count)] for count in row.values()) / sum(row.values())
    expected = [
        (row[word] - large[min(3, row[word])] if word in row else 0) / sum(row.values()) + left * below[word]
        for word in WORDS
    ]
    assert after(learned(texts, 2), [2]) == pytest.approx(np.array(expected))


def test_unknown_words_are_read_but_not_counted() -> None:
    counted = learned([[2, UNKNOWN_ID, 3], [4, UNKNOWN_ID, 3]], 2)
    rows = Sequences.from_lists([[2, UNKNOWN_ID, 3, END]])
    assert len(counted.log_probabilities(np.int32([START]), rows)) == 3
    assert after(counted, [UNKNOWN_ID]).argmax() == 1


def test_longer_runs_foretell_better_what_is_regular() -> None:
    texts = [[2, 3, 4, 2, 3, 5] * 3 for _ in range(10)]
    rows = ended(Sequences.from_lists(texts[:1]), VOCABULARY)
    losses = [-learned(texts, n).log_probabilities(np.int32([START]), rows).mean() for n in (0, 1, 2, 3, 5)]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.3
