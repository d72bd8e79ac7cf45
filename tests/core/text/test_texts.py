"""Texts that are read from their table are the same as a list of them."""

from __future__ import annotations

import pickle

import pandas as pd

from core.text.texts import Texts

COLUMN = pd.Series([f"é{number}" for number in range(25_000)], dtype="str")


def test_they_are_a_sequence() -> None:
    places = list(range(24_999, -1, -1))
    texts = Texts(COLUMN, places)
    wanted = [f"é{number}" for number in places]
    assert list(texts) == wanted
    assert (len(texts), texts[0], texts[-1]) == (25_000, "é24999", "é0")
    assert texts[1:3] == wanted[1:3]
    assert wanted == texts
    assert texts != wanted[1:]
    assert "é7" in texts
    assert texts.some([5, 2]) == [wanted[5], wanted[2]]


def test_few_of_many_are_few_when_they_are_kept() -> None:
    kept = pickle.dumps(Texts(COLUMN, [7, 3]))
    assert len(kept) < 2_000
    assert pickle.loads(kept) == ["é7", "é3"]
