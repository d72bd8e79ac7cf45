"""Taggers whose reach is known: as many neighbours as decide a tag have to be found, on the side where they stand."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from core.insight.around import around_of
from core.tasks.tagging.tagger import Tagger
from tests.core.insight.networks import tagger


def sentences(count: int = 40, words: int = 14) -> pd.DataFrame:
    numbers = np.random.default_rng(1)
    rows = [(place, str(numbers.integers(0, 10))) for _ in range(count) for place in range(words)]
    return pd.DataFrame(rows, columns=["place", "text"]).assign(label="tag")


class Looking:
    """Tags by how many of the words from so many before to so many behind are even."""

    def __init__(self, before: int, behind: int, own: bool = True) -> None:
        self.before, self.behind, self.own = before, behind, own

    def tag(self, rows: list[list[str]]) -> list[Any]:
        return [np.array([self._at(words, place) for place in range(len(words))]) for words in rows]

    def _at(self, words: list[str], place: int) -> tuple[float, float]:
        seen = range(max(0, place - self.before), min(len(words), place + self.behind + 1))
        even = [int(words[each]) % 2 == 0 for each in seen if self.own or each != place]
        share = sum(even) / 12
        return share, 1 - share


@pytest.mark.parametrize(("before", "behind"), [(1, 3), (4, 1)])
def test_as_many_neighbours_as_it_looks_at(before: int, behind: int) -> None:
    found = around_of(cast(Tagger, Looking(before, behind)), sentences())
    assert found is not None
    assert (found.before.words, found.behind.words) == (before, behind)
    assert (found.before.change[before:] == 0).all()
    assert (found.behind.change[behind:] == 0).all()
    assert found.own == pytest.approx(found.before.change[0], rel=0.2)
    assert found.before.texts[0] == 40
    assert found.before.texts.min() >= 30


def test_what_looks_back_only_is_not_moved_by_what_comes() -> None:
    found = around_of(cast(Tagger, Looking(50, 0, own=False)), sentences())
    assert found is not None
    assert (found.before.verdict, found.behind.verdict, found.behind.words) == ("all", "nothing", 0)
    assert found.own == 0
    assert [text for text, _side in found.said] == [
        "Before a word, {words} words and more count for its tag: as far back as these sentences go.",
        "The words behind it hardly change a word’s tag.",
    ]


@pytest.mark.parametrize(("two", "verdict"), [(False, "nothing"), (True, "about")])
def test_a_tagger_in_one_direction_does_not_look_ahead(two: bool, verdict: str) -> None:
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    table = sentences(30, 6)
    table = table.assign(text=[words[int(word)] for word in table["text"]])
    found = around_of(tagger("gru", "words", bidirectional=two)[0], table)
    assert found is not None
    assert found.before.verdict == "about"
    assert found.behind.verdict == verdict
    assert found.own > found.before.change.max()


def test_sentences_of_one_word_have_no_neighbours() -> None:
    assert around_of(cast(Tagger, Looking(1, 1)), sentences(3, 1)) is None
    short = around_of(cast(Tagger, Looking(1, 1)), sentences(1, 2))
    assert short is not None
    assert short.before.back.tolist() == short.behind.back.tolist() == [0]
    assert (short.before.words, short.before.verdict) == (1, "all")
    assert "one word and more count for its tag" in short.said[0][0]
