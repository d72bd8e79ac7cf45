"""Networks whose rule is known, because it is written here: what uses order must be told apart from what does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.config import Preparation
from core.insight.network import Network
from core.insight.order import MOST_TEXTS, in_other_orders, order, order_of, shuffled
from core.models.base import Array
from core.text.encoder import TextEncoder
from core.text.sequences import Sequences

GOOD, BAD = 2, 3  # ids of two words; the others mean nothing


def texts(count: int, tokens: int = 12) -> tuple[Sequences, NDArray[np.int32]]:
    """Texts that begin with one of the two words and have the other one somewhere: the first one is the label."""
    numbers = np.random.default_rng(3)
    rows, labels = [], []
    for place in range(count):
        first, second = (GOOD, BAD) if place % 2 else (BAD, GOOD)
        row = numbers.integers(4, 30, tokens)
        row[0], row[numbers.integers(1, tokens)] = first, second
        rows.append(row.tolist())
        labels.append(int(first == GOOD))
    return Sequences.from_lists(rows), np.array(labels, np.int32)


def certain(labels: list[int]) -> Array:
    return np.eye(2, dtype=np.float32)[labels]


def by_first_word(sequences: Sequences) -> Array:
    return certain([int(sequences.row(place)[0] == GOOD) for place in range(len(sequences))])


def by_words_alone(sequences: Sequences) -> Array:
    return certain([int(sequences.row(place).sum()) % 2 for place in range(len(sequences))])


def by_which_of_two_comes_first(sequences: Sequences) -> Array:
    rows = [sequences.row(place).tolist() for place in range(len(sequences))]
    return certain([int(row.index(GOOD) < row.index(BAD)) for row in rows])


@pytest.mark.parametrize("rule", [by_first_word, by_which_of_two_comes_first])
def test_a_network_that_uses_order_is_found_out(rule: Any) -> None:
    found = order(rule, *texts(200))
    assert found.verdict == "used"
    assert found.accuracy == 1.0
    assert found.shuffled == pytest.approx(0.5, abs=0.1)
    assert found.low > 0.3
    assert found.changed > 0.3


def test_what_only_counts_words_cannot_move() -> None:
    found = order(by_words_alone, *texts(200))
    assert (found.verdict, found.changed) == ("unused", 0.0)
    assert found.accuracy == found.shuffled


def test_random_answers_owe_nothing_to_order() -> None:
    numbers = np.random.default_rng(0)
    found = order(lambda sequences: certain(numbers.integers(0, 2, len(sequences)).tolist()), *texts(200))
    assert found.verdict == "noise"
    assert found.low <= 0 <= found.high
    assert found.changed > 0.3


def test_an_order_that_misleads_is_said_with_its_points() -> None:
    found = order(lambda sequences: 1 - by_first_word(sequences), *texts(200))
    assert found.verdict == "harmful"
    assert "more" in found.sentence
    points, low, high = found.points
    assert 0 < low < points < high


def test_five_texts_can_show_nothing() -> None:
    assert order(by_first_word, *texts(5)).verdict == "noise"


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=12), min_size=1, max_size=8))
def test_shuffling_moves_tokens_within_their_text_only(rows: list[list[int]]) -> None:
    before = Sequences.from_lists(rows)
    after = shuffled(before, np.random.default_rng(1))
    assert [sorted(after.row(place).tolist()) for place in range(len(rows))] == [sorted(row) for row in rows]


@dataclass
class Reader:
    """Stands for a trained network: “no” first means no."""

    encoder: TextEncoder
    class_names: list[str]
    read: int = 0

    def answers(self, sequences: Sequences, between: Any = None) -> Array:
        self.read = max(self.read, len(sequences))
        no = self.encoder.vocabulary.index("no")
        return certain([int(sequences.row(place)[0] != no) for place in range(len(sequences))])


def reader() -> Reader:
    return Reader(TextEncoder.fit(["no yes well then"], Preparation(minimum_count=1)), ["no", "yes"])


def test_a_network_reads_an_even_share_of_very_many_texts() -> None:
    network = reader()
    wanted = ["no yes well then", "yes no well then"] * MOST_TEXTS
    found = order_of(cast(Network, network), wanted, ["no", "yes"] * MOST_TEXTS)
    assert found.texts == network.read == MOST_TEXTS
    assert found.verdict == "used"


def test_a_sentence_in_other_orders_keeps_its_words_as_typed() -> None:
    others = in_other_orders(cast(Network, reader()), "No YES well", 4)
    assert len(others) == 4
    for words, answer in others:
        assert sorted(words) == ["No", "YES", "well"]
        assert answer.argmax() == (words[0] != "No")
