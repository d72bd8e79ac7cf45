"""Finding what was copied: against a search by hand, and with ids as large as they get."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.generation.copying import Copies
from core.text.sequences import Sequences

TEXT = st.lists(st.integers(2, 5), max_size=8)


def longest_by_hand(text: list[int], others: list[list[int]]) -> int:
    runs = [
        end - start
        for start in range(len(text))
        for end in range(start + 1, len(text) + 1)
        for other in others
        if any(other[place : place + end - start] == text[start:end] for place in range(len(other)))
    ]
    return max(runs, default=0)


@settings(max_examples=20)
@given(st.lists(TEXT.filter(bool), min_size=1, max_size=6), TEXT)
def test_the_longest_run_is_found_with_where_it_is_from(others: list[list[int]], text: list[int]) -> None:
    found = Copies(Sequences.from_lists(others), "words").of(text)
    assert (found.tokens, found.longest) == (len(text), longest_by_hand(text, others))
    if found.longest:
        run, source = text[found.start : found.start + found.longest], others[found.source]
        assert any(source[place : place + len(run)] == run for place in range(len(source)))
    else:
        assert found.source == -1


def test_runs_are_counted_within_texts_not_across_them() -> None:
    search = Copies(Sequences.from_lists([[2, 3, 4, 5], [6, 7, 8, 9]]), "words")
    found = search.of([2, 3, 4, 5, 6, 7])
    assert (found.runs, found.found, found.longest, found.source) == (3, 1, 4, 0)
    assert not found.nearly_all
    assert search.of([9, 6, 7, 8, 9]).nearly_all
    assert search.of([2, 3, 4, 5]).nearly_all
    assert not search.of([]).nearly_all


def test_a_piece_of_a_word_is_no_copy_but_a_word_is() -> None:
    search = Copies(Sequences.from_lists([[2, 3, 4, 5, 6, 7, 8], [9, 2, 3, 4], [4, 5, 6, 7]]), "characters")
    assert search.of([2, 3, 4]).source == 1
    assert not search.of([2, 3, 4]).nearly_all  # three of four
    assert search.of([4, 5, 6, 7]).source == 2
    assert search.of([4, 5, 6, 7]).nearly_all
    assert search.of([2, 3, 4, 5, 6, 7]).nearly_all  # six of seven
    assert not search.of([3, 4, 5]).nearly_all


def test_ids_of_the_largest_vocabulary_are_told_apart() -> None:
    """Some ids would be halves of characters, or beyond what a string can hold."""
    ids = [0xD7FE, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 200_001]
    search = Copies(Sequences.from_lists([ids]), "words")
    assert search.of(np.int32(ids)).longest == 6
    assert search.of([0xD800 + 0x800]).longest == (0xD800 + 0x800 in ids)
    assert [search.of([each]).longest for each in ids] == [1] * 6
    assert search.of([ids[0] - 1]).longest == 0


def test_of_letters_longer_runs_are_asked_for_than_of_words() -> None:
    texts = Sequences.from_lists([[2, 3, 4]])
    assert Copies(texts, "characters").run > Copies(texts, "bpe").run > Copies(texts, "words").run
