"""Networks whose memory is known, because it is written here: as many words as they look at have to be found."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import validated
from core.data.generated import generate
from core.insight.distance import Distances, Verdict, distances, distances_of, evenly, steps_back, swapped
from core.insight.looks.texts import TextLook
from core.insight.network import Network
from core.models.base import Array
from core.text.encoder import TextEncoder
from core.text.sequences import Sequences


def texts(count: int = 60, tokens: int = 30) -> Sequences:
    numbers = np.random.default_rng(1)
    return Sequences.from_lists([numbers.integers(2, 20, tokens).tolist() for _ in range(count)])


def of_the_last(words: int) -> Any:
    """Answers by how many of the last few words are even."""

    def answers(sequences: Sequences, _texts: Any) -> Array:
        even = [float((sequences.row(place)[-words:] % 2 == 0).mean()) for place in range(len(sequences))]
        return np.array([[1 - share, share] for share in even], np.float32)

    return answers


@pytest.mark.parametrize("words", [1, 4, 9])
def test_as_many_words_as_it_looks_at(words: int) -> None:
    found = distances(of_the_last(words), texts())
    assert found.verdict == "about"
    assert (found.fewest, found.words, found.most) == (words, words, words)
    assert (found.change[found.back >= words] == 0).all()
    assert (found.low <= found.change).all()
    assert (found.change <= found.high).all()


def test_what_counts_everywhere_is_remembered_as_far_as_texts_go() -> None:
    found = distances(of_the_last(1_000), texts())
    assert (found.verdict, found.words, found.fewest) == ("all", 30, 30)
    assert found.texts.tolist() == [60] * len(found.back)


def test_a_network_that_nothing_moves_has_no_memory() -> None:
    found = distances(lambda rows, _texts: np.full((len(rows), 2), 0.5, np.float32), texts())
    assert (found.verdict, found.words) == ("nothing", 0)


def test_a_memory_that_fades_is_cut_where_half_is_left() -> None:
    def fading(sequences: Sequences, _texts: Any) -> Array:
        shares = 0.93 ** np.arange(30)[::-1]
        values = [0.05 * float((shares * (sequences.row(place) % 2)).sum()) for place in range(len(sequences))]
        return np.array([[1 - value, value] for value in values], np.float32)

    found = distances(fading, texts(200))
    assert found.fewest <= 10 <= found.most  # 0.93 ** 9 = 0.52, 0.93 ** 10 = 0.48
    assert found.fewest >= 6
    assert found.most <= 14


def test_one_short_text_is_enough_for_an_answer() -> None:
    found = distances(of_the_last(2), Sequences.from_lists([[5], [4, 7, 9]]))
    assert found.back.tolist() == [0]
    assert np.isfinite(found.low).all()


@given(st.integers(0, 5_000))
def test_distances_rise_from_the_last_word_to_the_furthest(longest: int) -> None:
    found = steps_back(longest)
    assert (found[0], found[-1]) == (0, longest)
    assert (np.diff(found) > 0).all()
    assert len(found) < 100
    assert found[:64].tolist() == list(range(min(longest + 1, 64)))


@given(st.lists(st.lists(st.integers(1, 9), min_size=3, max_size=12), min_size=1, max_size=8), st.integers(0, 2))
def test_a_swap_changes_one_word_of_each_text_at_its_place(rows: list[list[int]], back: int) -> None:
    before = Sequences.from_lists(rows)
    after = swapped(before, back, np.random.default_rng(1))
    for place, row in enumerate(rows):
        expected = row.copy()
        expected[-1 - back] = int(after.row(place)[-1 - back])
        assert after.row(place).tolist() == expected
    assert set(after.ids.tolist()) <= set(before.ids.tolist())


def test_places_are_taken_evenly() -> None:
    assert evenly(5, 3).tolist() == [0, 2, 4]
    assert evenly(2, 9).tolist() == [0, 1]


def first_word_network() -> Network:
    """A SimpleRNN set by hand for the sample “first word”: one unit takes up the first word, and keeps it.

    The answers' vectors are 3 and -3, all others 0; with a recurrent weight of 30 tanh holds what came first.
    """
    table = generate("first_word", "en", 80)
    told = {
        "preparation": {"sequence_length": 200, "minimum_count": 1},
        "network": {
            "architecture": "simple_rnn",
            "units": 1,
            "embedding_dim": 1,
            "read_out": "last",
            "dense_layers": 0,
        },
    }
    settings = validated(told)
    encoder = TextEncoder.fit(table["text"].tolist(), settings.preparation)
    names = sorted(table["label"].unique())
    vectors = np.zeros((encoder.vocabulary_size, 1), np.float32)
    for name, value in zip(names, (-3, 3), strict=True):
        vectors[encoder.vocabulary.index(name)] = value
    weights = {
        "embedding": vectors,
        "recurrent/kernel": np.ones((1, 1), np.float32),
        "recurrent/recurrent_kernel": np.full((1, 1), 30, np.float32),
        "recurrent/bias": np.zeros(1, np.float32),
        "output/kernel": np.full((1, 1), 9, np.float32),
        "output/bias": np.zeros(1, np.float32),
    }
    return Network(settings, encoder, names, weights)


def test_the_first_word_of_a_long_text_is_found_to_be_remembered() -> None:
    network, table = first_word_network(), generate("first_word", "en", 80)
    answers = network.predict(table["text"].tolist())
    assert [network.class_names[place] for place in answers.argmax(axis=1)] == table["label"].tolist()
    found = distances_of(TextLook(network), table)
    lengths = network.encoder.encode(table["text"].tolist()).lengths
    assert lengths.min() < found.words <= lengths.max()
    # What stands at the end does nothing: all of the memory is of the beginning.
    assert found.change[found.back < lengths.min() - 1].max() == 0


@pytest.mark.parametrize(
    ("words", "verdict", "said"),
    [
        (1, "about", "about one word (likely between {low}"),
        (2, "about", "about {words} words"),
        (1, "all", "one word or more"),
        (5, "all", "{words} words or more (likely at least {low})"),
        (0, "nothing", "No single word"),
    ],
)
def test_a_memory_of_one_word_is_not_one_words(words: int, verdict: Verdict, said: str) -> None:
    numbers, counts = np.zeros(1), np.zeros(1, np.int64)
    assert said in Distances(counts, numbers, numbers, numbers, counts, words, 0, 9, verdict).sentence(True)


@pytest.mark.parametrize("verdict", ["about", "all", "nothing"])
def test_what_has_no_memory_is_not_said_to_remember(verdict: Verdict) -> None:
    numbers, counts = np.zeros(1), np.zeros(1, np.int64)
    said = Distances(counts, numbers, numbers, numbers, counts, 1, 0, 9, verdict).sentence(False)
    assert "remembers" not in said
    assert "no memory" in said
