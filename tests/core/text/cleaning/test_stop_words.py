"""Stop words disappear where they stand alone, and negations are named."""

from __future__ import annotations

import pytest

from core.errors import SettingsError
from core.text.cleaning import normalizer
from core.text.cleaning.steps.stop_words import all_negations, pattern, read_words, words_of


def left(text: str, option: str) -> str:
    return " ".join(normalizer([f"stop_words:{option}"]).normalize_str(text).split())


@pytest.mark.parametrize(
    ("option", "raw", "expected"),
    [
        ("fr", "L’été, qu'elle aimait", "été, aimait"),
        ("fr", "aujourd'hui peut-être quelqu'un d'Aix", "aujourd'hui peut-être quelqu'un Aix"),
        ("fr", "celui-ci, LA lampe", ", lampe"),
        ("fr", "lesquels leséquipes", "leséquipes"),
        ("fr", "Ce film n'est pas mauvais", "film mauvais"),
        ("fr;-negations", "Ce film n'est pas mauvais", "film n' pas mauvais"),
        ("fr;-pas", "Ce n'est pas mauvais", "pas mauvais"),
        ("fr", "meme tres a etre", ""),
        ("fr;+film", "Le Film et les films", "films"),
        ("+tout à fait", "tout à fait bien, tout", "bien, tout"),
        ("en", "I don't like it, isn't it?", "like , ?"),
        ("en", "'the' the-best other's", "' ' the-best other's"),
        ("en;-negations", "I don't like it", "don't like"),
        ("fr;en", "le the", ""),
        ("", "le the", "le the"),
    ],
)
def test_words_that_disappear(option: str, raw: str, expected: str) -> None:
    assert left(raw, option) == expected


def test_neighbours_are_never_glued() -> None:
    assert normalizer(["stop_words:fr"]).normalize_str("beau,le/la\nrose") == "beau, / \nrose"


def test_a_long_list_is_one_pattern_that_shares_beginnings() -> None:
    assert "(?:a(?:u(?:x)?)?)" in pattern({"a", "au", "aux"})


def test_negations_in_a_list_are_named() -> None:
    assert read_words("fr").negations()[:4] == ["ne", "n'", "ni", "non"]
    assert {"not", "no", "never", "don't"} <= set(read_words("en").negations())
    assert {"ne", "pas", "jamais"} <= set(all_negations())
    assert read_words("fr;-negations").negations() == []
    assert read_words("+Film;+PAS").negations() == ["pas"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_bundled_lists_are_words_in_lower_case(language: str) -> None:
    words = words_of(language)
    assert len(words) > 100
    assert all(word == word.lower() and not set(word) & set(" ,;%+’") for word in words)


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("de", "no list of stop words “de”"),
        ("+" + "x" * 99, "too long"),
        (";".join(f"+w{n}" for n in range(1001)), "1001"),
    ],
)
def test_what_is_not_possible_is_named(option: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        read_words(option)


def test_a_list_is_written_in_one_way() -> None:
    assert str(read_words("en; FR ;+b;+A;+b;-Pas")) == "en;fr;+b;+a;-pas"
    assert read_words(str(read_words("+a,b;+100%"))) == read_words("+a,b;+100%")
