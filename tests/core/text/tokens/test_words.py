"""Elisions, hyphens and contractions are cut as French and English readers see them."""

from __future__ import annotations

import pytest

from core.text.tokens.base import pieces
from core.text.tokens.words import PATTERN, sentence


def cut(text: str) -> list[str]:
    return [word for word, _ in pieces(PATTERN).pre_tokenize_str(text)]


@pytest.mark.parametrize(
    "words",
    [
        "l' arrivée",
        "L’ Été",
        "aujourd'hui",
        "d' aujourd’hui",
        "peut-être",
        "qu' est-ce qu' il y a-t-il",
        "c' est-à-dire",
        "jusqu' au presqu'île",
        "quelqu'un lorsqu' on",
        "va-t'en main-d'œuvre",
        "don't can't o'clock rock'n'roll O'Brien",
        "film 's we 'll I 'm you 're they 've she 'd",
        "can't 've",
        "' d' accord '",
        "dogs ' food",
        "well-known covid-19",
        "10 - 15",
        "a - - b",
        "- x -",
        "« l' eau »",
        "10'000",
    ],
)
def test_words(words: str) -> None:
    expected = words.split()
    # Signs that stand alone need their spaces; the rest is typed as one does.
    typed = sentence(expected)
    assert cut(typed) == expected


def test_typed_as_usual() -> None:
    assert cut("Qu'est-ce que l'arrivée d'aujourd'hui ? Peut-être.") == [
        "Qu'", "est-ce", "que", "l'", "arrivée", "d'", "aujourd'hui", "?", "Peut-être", ".",
    ]  # fmt: skip
    assert cut("'d'accord'") == ["'", "d'", "accord", "'"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["l'", "été", ",", "(", "enfin", ")", "."], "l'été, (enfin)."),
        (["don't", "!", "it", "'s"], "don't ! it's"),
        (["我", "喜", "this", "電"], "我喜 this 電"),
        (["10", "-", "15"], "10 - 15"),
        ([], ""),
    ],
)
def test_words_are_joined_as_one_writes(words: list[str], text: str) -> None:
    assert sentence(words) == text
