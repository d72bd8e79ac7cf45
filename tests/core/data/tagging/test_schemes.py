"""Every way of marking spans becomes BIO, with the same spans."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.tagging.schemes import Scheme, invalid, scheme_of, to_bio

Span = tuple[int, int, str]  # first word, word after the last, type

KINDS = st.sampled_from(["PER", "LOC", "a-b", "e_f", "é"])
TAGS = st.sampled_from(["O", "B-A", "I-A", "E-A", "S-A", "B-B", "I-B", "E-B"])


@st.composite
def sentences(draw: st.DrawFn) -> list[tuple[int, list[Span]]]:
    """(words, spans) of some sentences; spans do not overlap, and may touch. At least one span in all."""
    made: list[tuple[int, list[Span]]] = []
    for _ in range(draw(st.integers(1, 5))):
        spans: list[Span] = []
        place = 0
        for gap, length, kind in draw(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), KINDS), max_size=5)):
            spans.append((place + gap, place + gap + length, kind))
            place += gap + length
        made.append((max(1, place + draw(st.integers(0, 2))), spans))
    return [*made, (2, [(0, 1, "PER")])]


def written(words: int, spans: list[Span], scheme: str) -> list[str]:
    """The tags of one sentence, as the scheme's definition has them: the reader's opposite, for these tests."""
    tags = ["O"] * words
    for number, (begin, end, kind) in enumerate(spans):
        touches = number > 0 and spans[number - 1][1] == begin and spans[number - 1][2] == kind
        letters = ["I"] * (end - begin)
        if scheme != "IOB1" or touches:
            letters[0] = "B"
        if scheme in ("BIOES", "BILOU", "BMEWO"):
            inner, last, single = {"BIOES": "IES", "BILOU": "ILU", "BMEWO": "MEW"}[scheme]
            letters = [single] if end - begin == 1 else ["B", *inner * (end - begin - 2), last]
        tags[begin:end] = [f"{letter}-{kind}" for letter in letters]
    return tags


def flat(tags: list[list[str]]) -> tuple[pd.Series, np.ndarray]:
    first = np.concatenate([np.arange(len(sentence)) == 0 for sentence in tags])
    return pd.Series([tag for sentence in tags for tag in sentence], dtype="str"), first


@pytest.mark.parametrize("scheme", ["BIO", "IOB1", "BIOES", "BILOU", "BMEWO"])
@given(given=sentences())
def test_the_same_spans_come_back_in_bio(scheme: str, given: list[tuple[int, list[Span]]]) -> None:
    tags, first = flat([written(words, spans, scheme) for words, spans in given])
    expected, _ = flat([written(words, spans, "BIO") for words, spans in given])
    letters = set(tags.str[0])
    found = scheme_of(tags, first)
    names: dict[str, Scheme] = {"BIO": "BIO", "IOB1": "IOB1"}
    assert found == names.get(scheme, "BIOES"), letters
    assert to_bio(tags, first, found).tolist() == expected.tolist()
    assert not invalid(tags, first, found).any()


@given(tags=st.lists(st.lists(TAGS, min_size=1, max_size=6), min_size=1, max_size=4))
def test_whatever_is_given_becomes_valid_bio(tags: list[list[str]]) -> None:
    """Also what breaks the rules; and BIO stays as it is when it is read again."""
    series, first = flat(tags)
    scheme = scheme_of(series, first)
    bio = to_bio(series, first, scheme)
    assert not invalid(bio, first, "BIO").any()
    assert to_bio(bio, first, "BIO").tolist() == bio.tolist()
    assert ((bio == "O") == (series == "O")).all()
    if not invalid(series, first, scheme).any() and scheme == "BIO":
        assert bio.tolist() == series.tolist()


@pytest.mark.parametrize(
    ("scheme", "tags", "wrong"),
    [
        ("BIO", ["O", "I-A", "I-A", "B-A", "I-B", "O"], [1, 4]),
        ("IOB1", ["O", "B-A", "I-A", "B-A", "B-B", "I-B"], [1, 4]),
        ("BIOES", ["S-A", "I-A", "E-A", "B-A", "O", "B-B", "E-A", "S-A", "B-A"], [1, 3, 5, 6, 8]),
        ("plain", ["NOUN", "I-A"], []),
    ],
)
def test_tags_that_cannot_stand_where_they_are(scheme: Scheme, tags: list[str], wrong: list[int]) -> None:
    series, first = flat([tags])
    assert np.flatnonzero(invalid(series, first, scheme)).tolist() == wrong


def test_a_span_ends_with_its_sentence() -> None:
    series, first = flat([["O", "B-A"], ["I-A"]])
    assert scheme_of(series, first) == "BIO"
    assert to_bio(series, first, "BIO").tolist() == ["O", "B-A", "B-A"]
    assert np.flatnonzero(invalid(series, first, "BIO")).tolist() == [2]


@pytest.mark.parametrize(
    ("tags", "scheme"),
    [
        (["NOUN", "VERB", "X"], "plain"),
        (["B", "I", "O"], "BIO"),
        (["B", "E", "S", "N"], "plain"),  # parts of speech of one letter
        (["B", "S"], "plain"),
        (["O", "O"], "plain"),
        (["B-PER", "_", "I-PER"], "BIO"),
        (["I_PER", "O", "I_PER"], "IOB1"),
        ([], "plain"),
    ],
)
def test_schemes_are_told_by_their_letters(tags: list[str], scheme: Scheme) -> None:
    series = pd.Series(tags, dtype="str")
    assert scheme_of(series, np.arange(len(tags)) == 0) == scheme


def test_words_without_a_tag_are_outside_of_spans_and_marked_among_plain_tags() -> None:
    first = np.array([True, False, False])
    assert to_bio(pd.Series(["", "_", "I_PER"]), first, "IOB1").tolist() == ["O", "O", "B-PER"]
    assert to_bio(pd.Series(["", "DET", "NOUN"]), first, "plain").tolist() == ["_", "DET", "NOUN"]
